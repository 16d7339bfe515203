// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IMerkleAirdrop} from "../../../contracts/interfaces/IMerkleAirdrop.sol";

/// @dev The whole contract as seen from outside. The tests call the artifact's code through it and import no
/// implementation, so that they compile in seconds and need no compiling when the contract changes.
interface Airdrop is IMerkleAirdrop {
    function owner() external view returns (address);
    function pendingOwner() external view returns (address);
    function transferOwnership(address newOwner) external;
    function acceptOwnership() external;
    function renounceOwnership() external;
    function multicall(bytes[] calldata data) external returns (bytes[] memory results);
    function eip712Domain()
        external
        view
        returns (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address verifyingContract,
            bytes32 salt,
            uint256[] memory extensions
        );
}
