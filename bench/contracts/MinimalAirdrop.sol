// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";

/// @dev The least that plain Solidity can do for the same leaves and the same event: one function, nothing to own,
/// to sweep or to read. The difference to MerkleAirdrop is the price of everything else that it can do.
contract MinimalAirdrop {
    using SafeERC20 for IERC20;
    using BitMaps for BitMaps.BitMap;

    IERC20 private immutable TOKEN;
    bytes32 private immutable ROOT;
    BitMaps.BitMap private _claimed;

    event Claimed(uint256 index, address indexed account, uint256 amount);

    error NotClaimable();

    constructor(IERC20 token, bytes32 root) {
        TOKEN = token;
        ROOT = root;
    }

    function claim(uint256 index, address account, uint256 amount, bytes32[] calldata proof) external {
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(index, account, amount))));
        if (_claimed.get(index) || !MerkleProof.verifyCalldata(proof, ROOT, leaf)) revert NotClaimable();
        _claimed.set(index);
        emit Claimed(index, account, amount);
        TOKEN.safeTransfer(account, amount);
    }
}
