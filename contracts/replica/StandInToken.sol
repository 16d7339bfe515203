// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A stand-in for any token
/// @notice For the embedded chain and tests only: anyone may mint.
/// @dev Symbol and decimals are code, not storage, so that the code alone, put at an address, is the token.
contract StandInToken is ERC20("", "") {
    bytes32 private immutable SYMBOL;
    uint256 private immutable DECIMALS;

    /// @param symbol_ the symbol's UTF-8 bytes, padded with zeros at the end
    constructor(bytes32 symbol_, uint8 decimals_) {
        SYMBOL = symbol_;
        DECIMALS = decimals_;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function name() public view override returns (string memory) {
        return symbol();
    }

    function symbol() public view override returns (string memory) {
        uint256 length = 0;
        while (length < 32 && SYMBOL[length] != 0) ++length;
        bytes memory text = new bytes(length);
        for (uint256 i = 0; i < length; ++i) text[i] = SYMBOL[i];
        return string(text);
    }

    function decimals() public view override returns (uint8) {
        return uint8(DECIMALS);
    }
}
