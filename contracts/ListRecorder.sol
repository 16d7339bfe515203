// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title ListRecorder
/// @notice Keeps the list of an airdrop on the chain: in the calldata of its callers, which every archive of the chain
/// holds. An event per call says where to find it.
/// @dev Anybody may record anything. What is recorded is judged by the root that it makes, so that no caller needs to
/// be trusted and none can spoil what another has recorded.
contract ListRecorder {
    /// @notice Entries of a list are in the calldata of this transaction.
    /// @param root The root of the list, by which an airdrop pays.
    /// @param recorder The caller. Entries of one caller belong together.
    /// @param position The index of the first entry.
    /// @param hash keccak256 of the entries as they were given.
    event Recorded(bytes32 indexed root, address indexed recorder, uint256 position, bytes32 hash);

    /// @notice Records entries of the list with a root.
    /// @param entries The bytes of an amount, as one byte, and then each entry: an account and an amount.
    function record(bytes32 root, uint256 position, bytes calldata entries) external {
        emit Recorded(root, msg.sender, position, keccak256(entries));
    }
}
