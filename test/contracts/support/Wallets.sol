// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @dev Agrees to what its keeper signed.
contract KeeperWallet is IERC1271 {
    address private immutable KEEPER;

    constructor(address keeper) {
        KEEPER = keeper;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        return ECDSA.recover(hash, signature) == KEEPER ? IERC1271.isValidSignature.selector : bytes4(0);
    }
}

/// @dev Agrees to nothing: any other answer than the right one is a no.
contract RefusingWallet is IERC1271 {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        return 0xffffffff;
    }
}

/// @dev Answers `true` in one word, which is not the magic value.
contract LyingWallet {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bool) {
        return true;
    }
}

/// @dev Answers with the four bytes of the magic value alone, less than a word.
contract ShortAnswerWallet {
    fallback() external {
        bytes4 magic = IERC1271.isValidSignature.selector;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            mstore(0, magic)
            return(0, 4)
        }
    }
}

/// @dev Has the right answer and reverts with it.
contract RevertingWallet {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        bytes4 magic = IERC1271.isValidSignature.selector;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            mstore(0, magic)
            revert(0, 32)
        }
    }
}

/// @dev Burns all the gas it is given.
contract BurningWallet {
    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        // solhint-disable-next-line no-empty-blocks
        while (gasleft() > 0) {}
        return IERC1271.isValidSignature.selector;
    }
}

/// @dev Tries to act on its target while it is asked, and agrees if that went well.
contract ReentrantWallet {
    address private _target;
    bytes private _data;

    function arm(address target, bytes calldata data) external {
        _target = target;
        _data = data;
    }

    function isValidSignature(bytes32, bytes calldata) external returns (bytes4) {
        (bool done, ) = _target.call(_data);
        return done ? IERC1271.isValidSignature.selector : bytes4(0);
    }
}
