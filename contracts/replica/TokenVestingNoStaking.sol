// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title A stand-in for a vesting contract that cannot stake
/// @notice For the embedded chain and tests only. Storage, views and where its tokens can go are those of the real
/// one: nothing before the cliff, then a fifth and the rest linearly until `end`, to the beneficiary.
contract TokenVestingNoStaking {
    using SafeERC20 for IERC20;

    // Views of the real contract have these names.
    // solhint-disable immutable-vars-naming
    // The declarations' order is that of the compiler's numbers, by which the embedded chain fills the immutables in.
    uint256 public immutable cliff;
    uint256 public immutable end;
    bool public immutable transferableBeneficiary;
    // solhint-enable immutable-vars-naming

    address private _beneficiary; // slot 0
    address private _revoker; // slot 1
    mapping(address token => uint256 amount) public released; // slot 2
    bool public revoked; // slot 3

    error NotBeneficiary(address caller);
    error NotRevoker(address caller);
    error NotTransferable();

    constructor(address beneficiary_, address revoker_, uint256 cliff_, uint256 end_, bool transferable) {
        _beneficiary = beneficiary_;
        _revoker = revoker_;
        cliff = cliff_;
        end = end_;
        transferableBeneficiary = transferable;
    }

    function release(IERC20 token) external {
        uint256 amount = releasable(token);
        released[address(token)] += amount;
        token.safeTransfer(_beneficiary, amount);
    }

    function revoke(IERC20 token) external {
        require(msg.sender == _revoker, NotRevoker(msg.sender));
        uint256 kept = releasable(token);
        revoked = true;
        token.safeTransfer(_revoker, token.balanceOf(address(this)) - kept);
    }

    function transferBeneficiary(address to) external {
        require(msg.sender == _beneficiary, NotBeneficiary(msg.sender));
        require(transferableBeneficiary, NotTransferable());
        _beneficiary = to;
    }

    function getBeneficiary() external view returns (address) {
        return _beneficiary;
    }

    function getRevoker() external view returns (address) {
        return _revoker;
    }

    function releasable(IERC20 token) public view returns (uint256) {
        uint256 balance = token.balanceOf(address(this));
        if (revoked || block.timestamp >= end) return balance;
        if (block.timestamp < cliff) return 0;
        uint256 total = balance + released[address(token)];
        uint256 vested = total / 5 + (((total - total / 5) * (block.timestamp - cliff)) / (end - cliff));
        return vested - released[address(token)];
    }
}
