// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @dev OpenZeppelin's ERC-20 unchanged. Every distributor of the bench pays with it.
contract BenchToken is ERC20 {
    constructor() ERC20("Bench", "BENCH") {
        _mint(msg.sender, 1e36);
    }
}
