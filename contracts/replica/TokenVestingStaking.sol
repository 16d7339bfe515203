// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title A stand-in for a vesting contract that can stake
/// @notice For the embedded chain and tests only. Storage, views and where its tokens can go are those of the real
/// one: locked until `end`, then the whole balance to the beneficiary; once revoked, all of it to the revoker.
contract TokenVestingStaking {
    using SafeERC20 for IERC20;

    // Views of the real contract have these names.
    // solhint-disable immutable-vars-naming
    // The declarations' order is that of the compiler's numbers, by which the embedded chain fills the immutables in.
    uint256 public immutable start;
    uint256 public immutable end;
    IERC20 public immutable SESH;
    address public immutable rewardsContract;
    bool public immutable transferableBeneficiary;
    // solhint-enable immutable-vars-naming

    address public beneficiary; // slot 0
    address public revoker; // slot 1, byte 0
    bool public revoked; // slot 1, byte 20

    error NotBeneficiary(address caller);
    error NotRevoker(address caller);
    error NotTransferable();
    error StillLocked(uint256 until);

    constructor(
        address beneficiary_,
        address revoker_,
        uint256 start_,
        uint256 end_,
        bool transferable,
        address rewards,
        IERC20 token
    ) {
        beneficiary = beneficiary_;
        revoker = revoker_;
        start = start_;
        end = end_;
        transferableBeneficiary = transferable;
        rewardsContract = rewards;
        SESH = token;
    }

    function release(IERC20 token) external {
        require(block.timestamp >= end, StillLocked(end));
        token.safeTransfer(revoked ? revoker : beneficiary, token.balanceOf(address(this)));
    }

    function revoke(IERC20 token) external {
        require(msg.sender == revoker, NotRevoker(msg.sender));
        revoked = true;
        token.safeTransfer(revoker, token.balanceOf(address(this)));
    }

    function transferBeneficiary(address to) external {
        require(msg.sender == beneficiary, NotBeneficiary(msg.sender));
        require(transferableBeneficiary, NotTransferable());
        beneficiary = to;
    }
}
