// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title A stand-in for the pool that pays the network's own staking rewards
/// @notice For the embedded chain and tests only: it holds a balance and says so.
contract RewardRatePool {
    IERC20 public immutable SESH;

    constructor(IERC20 token) {
        SESH = token;
    }

    function calculateTotalDeposited() external view returns (uint256) {
        return SESH.balanceOf(address(this));
    }
}
