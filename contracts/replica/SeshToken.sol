// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A stand-in for the SESH token
/// @notice For the embedded chain and tests only: anyone may mint.
/// @dev Name, symbol and decimals are code, not storage, so that the code alone, put at an address, is the token.
contract SeshToken is ERC20("", "") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function name() public pure override returns (string memory) {
        return "Session Token";
    }

    function symbol() public pure override returns (string memory) {
        return "SESH";
    }

    function decimals() public pure override returns (uint8) {
        return 9;
    }
}
