// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @dev Merkle trees as OpenZeppelin's library builds them, in its heap layout: the root at 0, the children of p at
/// 2p + 1 and 2p + 2, leaf i of n at 2n - 2 - i. Written apart from the contract, to be compared with it.
library Trees {
    function build(bytes32[] memory leaves) internal pure returns (bytes32[] memory nodes) {
        uint256 n = leaves.length;
        nodes = new bytes32[](2 * n - 1);
        for (uint256 i = 0; i < n; ++i) nodes[2 * n - 2 - i] = leaves[i];
        for (uint256 p = n - 1; p > 0; --p) nodes[p - 1] = join(nodes[2 * p - 1], nodes[2 * p]);
    }

    function join(bytes32 a, bytes32 b) internal pure returns (bytes32) {
        return a < b ? keccak256(bytes.concat(a, b)) : keccak256(bytes.concat(b, a));
    }

    function proofOf(bytes32[] memory nodes, uint256 index) internal pure returns (bytes32[] memory proof) {
        uint256 p = nodes.length - 1 - index;
        proof = new bytes32[](levelOf(p));
        for (uint256 i = 0; i < proof.length; ++i) {
            proof[i] = nodes[p % 2 == 1 ? p + 1 : p - 1];
            p = (p - 1) / 2;
        }
    }

    /// @dev The siblings outside the run of leaves `start` (inclusive) to `start + count` (exclusive).
    function rangeProofOf(
        bytes32[] memory nodes,
        uint256 start,
        uint256 count
    ) internal pure returns (bytes32[] memory proof) {
        bytes32[] memory found = new bytes32[](64);
        uint256 used = 0;
        uint256 high = nodes.length - 1 - start;
        uint256 low = high + 1 - count;
        while (high > 0 && low > 0) {
            if (high % 2 == 1) found[used++] = nodes[high + 1];
            if (low % 2 == 0) found[used++] = nodes[low - 1];
            high = (high - 1) / 2;
            low = (low - 1) / 2;
        }
        proof = new bytes32[](used);
        for (uint256 i = 0; i < used; ++i) proof[i] = found[i];
    }

    /// @dev Edges between a position and the root.
    function levelOf(uint256 position) internal pure returns (uint256 level) {
        for (uint256 p = position; p > 0; p = (p - 1) / 2) ++level;
    }

    /// @dev How many leaves, from the first on, stand on the deeper level.
    function deepLeaves(uint256 leafCount) internal pure returns (uint256 count) {
        uint256 deepest = levelOf(2 * leafCount - 2);
        while (count < leafCount && levelOf(2 * leafCount - 2 - count) == deepest) ++count;
    }

    function automaticLeaf(uint256 index, address account, uint256 amount) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(index, account, amount))));
    }

    function reserveLeaf(address account, uint256 cumulativeAmount) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(account, cumulativeAmount))));
    }
}
