// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @dev The floor of a push: a trusted sender's list, packed into one word for each recipient (20 bytes of account,
/// 12 of amount), and a bare call of the token for each. Nothing is checked except that the call succeeds, nothing
/// is recorded, and there is no dispatch: the calldata is the token's address in one word, and then the entries.
contract PackedDrop {
    fallback() external {
        assembly ("memory-safe") {
            let token := calldataload(0)
            // transfer(address,uint256), written once. Only its two arguments change.
            mstore(0, shl(224, 0xa9059cbb))
            for {
                let at := 32
            } lt(at, calldatasize()) {
                at := add(at, 32)
            } {
                let entry := calldataload(at)
                mstore(4, shr(96, entry))
                mstore(36, and(entry, 0xffffffffffffffffffffffff))
                if iszero(call(gas(), token, 0, 0, 68, 0, 0)) {
                    revert(0, 0)
                }
            }
        }
    }
}
