// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Arrays} from "@openzeppelin/contracts/utils/Arrays.sol";
import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {Memory} from "@openzeppelin/contracts/utils/Memory.sol";

/// @title ListAudit
/// @notice Recomputes one row of an airdrop's tree, and everything above it, on the chain's own machine.
/// @dev It is never deployed: `eth_call` runs its creation code, and what that returns is the code that a deployment
/// would leave, with the results in it as immutables. It reads no state.
///
/// A row is a level of a subtree from its highest position to its lowest, which is the order of indexes. It consists of
/// leaves on this level and of pairs of leaves on the level below. A list of any length is audited in such rows. Their
/// roots make up rows of the next round: of nodes on one level and of pairs of nodes on the level below.
contract ListAudit {
    /// @notice Leaves with consecutive indexes.
    struct Run {
        /// @dev The index of the first leaf.
        uint256 index;
        /// @dev The account of the leaf before it, from which the first must ascend; zero if there is none.
        address previous;
        /// @dev Packed as for `claimRange`: the account in the high 160 bits, the amount in the low 96.
        uint256[] entries;
    }

    /// @dev A pair is not complete, or the number of places is not a power of two: the row is no level of a subtree.
    error IncompleteRow();

    /// @dev The sum of the amounts in base units.
    uint256 private immutable TOTAL;
    /// @dev The node above the whole row.
    bytes32 private immutable ROOT;
    /// @dev One if each account is higher than the one before it, else zero.
    uint256 private immutable ASCENDS;

    constructor(Run memory leaves, Run memory pairs, bytes32[] memory nodes, bytes32[] memory nodePairs) {
        uint256 pairsFrom = leaves.entries.length;
        uint256 nodesFrom = pairsFrom + pairs.entries.length / 2;
        uint256 nodePairsFrom = nodesFrom + nodes.length;
        uint256 length = nodePairsFrom + nodePairs.length / 2;
        if ((pairs.entries.length | nodePairs.length) % 2 != 0) revert IncompleteRow();
        if (length == 0 || length & (length - 1) != 0) revert IncompleteRow();

        bytes32[] memory row = new bytes32[](length);
        (uint256 ofLeaves, bool leavesAscend) = _hashLeaves(leaves, row);
        (uint256 ofPairs, bool pairsAscend) = _hashPairs(pairs, row, pairsFrom);
        for (uint256 i = 0; i < nodes.length; ++i) row[nodesFrom + i] = nodes[i];
        for (uint256 i = 0; i < nodePairs.length; i += 2) {
            row[nodePairsFrom + i / 2] = Hashes.commutativeKeccak256(nodePairs[i], nodePairs[i + 1]);
        }

        TOTAL = ofLeaves + ofPairs;
        ASCENDS = leavesAscend && pairsAscend ? 1 : 0;
        ROOT = _fold(row);
    }

    /// @notice Answers any call with the results.
    fallback(bytes calldata) external returns (bytes memory) {
        return abi.encode(TOTAL, ROOT, ASCENDS);
    }

    /// @dev Puts the leaves of a run into the row. Adds the amounts, and compares each account with the one before.
    function _hashLeaves(
        Run memory run,
        bytes32[] memory row
    ) private pure returns (uint256 total, bool ascends) {
        uint256[] memory entries = run.entries;
        uint256 index = run.index;
        uint256 previous = uint160(run.previous);
        ascends = true;
        Memory.Pointer free = Memory.getFreeMemoryPointer();
        // Cannot overflow: amounts are below 2^96, and what is counted are the elements of arrays.
        unchecked {
            for (uint256 i = 0; i < entries.length; ++i) {
                uint256 entry = Arrays.unsafeMemoryAccess(entries, i);
                if (entry >> 96 <= previous) ascends = false;
                previous = entry >> 96;
                total += uint96(entry);
                row[i] = _leaf(index + i, entry);
                // What a leaf is encoded in is not used again.
                Memory.unsafeSetFreeMemoryPointer(free);
            }
        }
    }

    /// @dev As `_hashLeaves`, with the nodes above pairs of leaves, from `at` on.
    function _hashPairs(
        Run memory run,
        bytes32[] memory row,
        uint256 at
    ) private pure returns (uint256 total, bool ascends) {
        uint256[] memory entries = run.entries;
        uint256 index = run.index;
        uint256 previous = uint160(run.previous);
        ascends = true;
        Memory.Pointer free = Memory.getFreeMemoryPointer();
        // Cannot overflow: as above. The number of entries is even.
        unchecked {
            for (uint256 i = 0; i < entries.length; i += 2) {
                uint256 first = Arrays.unsafeMemoryAccess(entries, i);
                uint256 second = Arrays.unsafeMemoryAccess(entries, i + 1);
                if (first >> 96 <= previous || second >> 96 <= first >> 96) ascends = false;
                previous = second >> 96;
                total += uint256(uint96(first)) + uint96(second);
                row[at++] = Hashes.commutativeKeccak256(
                    _leaf(index + i, first),
                    _leaf(index + i + 1, second)
                );
                Memory.unsafeSetFreeMemoryPointer(free);
            }
        }
    }

    /// @dev Each level is written over the one below.
    function _fold(bytes32[] memory row) private pure returns (bytes32) {
        // Cannot overflow, and within bounds: all are indexes of the array, whose length is a power of two.
        unchecked {
            for (uint256 length = row.length / 2; length > 0; length /= 2) {
                for (uint256 i = 0; i < length; ++i) {
                    row[i] = Hashes.commutativeKeccak256(
                        Arrays.unsafeMemoryAccess(row, 2 * i),
                        Arrays.unsafeMemoryAccess(row, 2 * i + 1)
                    );
                }
            }
        }
        return row[0];
    }

    /// @dev The leaf as `MerkleAirdrop` hashes it.
    function _leaf(uint256 index, uint256 entry) private pure returns (bytes32) {
        return keccak256(abi.encode(keccak256(abi.encode(index, entry >> 96, uint96(entry)))));
    }
}
