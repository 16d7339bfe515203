// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @dev The lower bound of a push: a loop of transfers by a trusted sender, with no list to check, no record
/// and no event of its own.
contract Disperse {
    function disperse(IERC20 token, address[] calldata accounts, uint256[] calldata amounts) external {
        for (uint256 i = 0; i < accounts.length; ++i) {
            token.transfer(accounts[i], amounts[i]);
        }
    }
}
