// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";
import {IMerkleAirdrop} from "./interfaces/IMerkleAirdrop.sol";

/// @title MerkleAirdrop
/// @notice Pays an airdrop against Merkle proofs. What it promises, and to whom, is in `IMerkleAirdrop`.
/// @dev A claim is cheap because all it reads besides the token is one word of a bitmap: roots and limits of the
/// automatic tranche are immutables. Reentrancy is harmless because each payment follows its own effects and
/// nothing is cached across it; so there is no guard. The contract answers no ERC-20 call: a vesting contract that
/// was told to `release` it as if it were a token must fail.
contract MerkleAirdrop is IMerkleAirdrop, Ownable2Step, EIP712, Multicall {
    using SafeERC20 for IERC20;
    using BitMaps for BitMaps.BitMap;

    bytes32 private constant CLAIM_TYPEHASH = keccak256(
        "Claim(uint256 index,address account,address to,uint256 amount,uint256 deadline)"
    );
    bytes32 private constant CLAIM_RESERVE_TYPEHASH = keccak256(
        "ClaimReserve(address account,address to,uint256 cumulativeAmount,uint256 deadline)"
    );

    /// @inheritdoc IMerkleAirdrop
    IERC20 public immutable TOKEN;
    /// @inheritdoc IMerkleAirdrop
    bytes32 public immutable AUTOMATIC_ROOT;
    /// @inheritdoc IMerkleAirdrop
    uint256 public immutable LEAF_COUNT;
    /// @inheritdoc IMerkleAirdrop
    uint256 public immutable RESERVE_CAP;
    /// @inheritdoc IMerkleAirdrop
    uint256 public immutable RESERVE_DELAY;
    /// @inheritdoc IMerkleAirdrop
    uint256 public immutable SWEEP_TIME;

    BitMaps.BitMap private _claimed;
    bytes32 private _pendingReserveRoot;
    uint256 private _acceptableAt;

    /// @inheritdoc IMerkleAirdrop
    bytes32 public reserveRoot;
    /// @inheritdoc IMerkleAirdrop
    uint256 public reservePaid;
    /// @inheritdoc IMerkleAirdrop
    mapping(address account => uint256 amount) public reserveClaimed;

    /// @dev Requirements: the token has code (`TokenHasNoCode`), the root is not zero (`ZeroRoot`), there is a leaf
    /// (`ZeroLeafCount`), the sweep time lies in the future (`SweepTimeNotInFuture`), the owner is not zero
    /// (`OwnableInvalidOwner`).
    constructor(Parameters memory parameters) Ownable(parameters.owner) EIP712("MerkleAirdrop", "1") {
        // Check
        if (parameters.token.code.length == 0) revert TokenHasNoCode(parameters.token);
        if (parameters.automaticRoot == 0) revert ZeroRoot();
        if (parameters.leafCount == 0) revert ZeroLeafCount();
        if (parameters.sweepTime <= block.timestamp) {
            revert SweepTimeNotInFuture(parameters.sweepTime, block.timestamp);
        }

        // Effect
        TOKEN = IERC20(parameters.token);
        AUTOMATIC_ROOT = parameters.automaticRoot;
        LEAF_COUNT = parameters.leafCount;
        RESERVE_CAP = parameters.reserveCap;
        RESERVE_DELAY = parameters.reserveDelay;
        SWEEP_TIME = parameters.sweepTime;
        emit ProofsPublished(parameters.automaticRoot, parameters.proofsURI);
    }

    // ---------------------------------------------------------------------------------------------------------
    // Automatic tranche
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IMerkleAirdrop
    function claim(uint256 index, address account, uint256 amount, bytes32[] calldata proof) external {
        _markClaimed(index, account, amount, proof);
        TOKEN.safeTransfer(account, amount);
    }

    /// @inheritdoc IMerkleAirdrop
    function claimTo(uint256 index, address to, uint256 amount, bytes32[] calldata proof) external {
        _checkRecipient(to);
        _markClaimed(index, msg.sender, amount, proof);
        _payTo(msg.sender, to, amount);
    }

    /// @inheritdoc IMerkleAirdrop
    function claimWithSignature(
        uint256 index,
        address account,
        address to,
        uint256 amount,
        uint256 deadline,
        bytes calldata signature,
        bytes32[] calldata proof
    ) external {
        _checkRecipient(to);
        _checkSignature(
            account,
            deadline,
            keccak256(abi.encode(CLAIM_TYPEHASH, index, account, to, amount, deadline)),
            signature
        );
        _markClaimed(index, account, amount, proof);
        _payTo(account, to, amount);
    }

    /// @inheritdoc IMerkleAirdrop
    function claimRange(uint256 start, uint256[] calldata entries, bytes32[] calldata proof) external {
        // Check
        _checkRange(start, entries, proof);

        // For each word of the bitmap: effect, then interactions. A token that re-enters meanwhile finds this word
        // written, and what it claims in a later one is seen when that is read.
        uint256 end = start + entries.length;
        uint256 index = start;
        while (index < end) {
            uint256 word = index >> 8;
            uint256 wordEnd = (word + 1) << 8;
            if (wordEnd > end) wordEnd = end;

            // Effect
            uint256 before = _claimed._data[word];
            _claimed._data[word] =
                before | ((type(uint256).max >> (256 - (wordEnd - index))) << (index & 0xff));

            // Interaction
            for (; index < wordEnd; ++index) {
                if (before & (1 << (index & 0xff)) != 0) continue;
                uint256 i;
                // Cannot underflow: the loop begins at `start`.
                unchecked {
                    i = index - start;
                }
                (address account, uint256 amount) = _unpack(entries[i]);
                emit Claimed(index, account, amount);
                TOKEN.safeTransfer(account, amount);
            }
        }
    }

    // ---------------------------------------------------------------------------------------------------------
    // Reserve
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IMerkleAirdrop
    function claimReserve(address account, uint256 cumulativeAmount, bytes32[] calldata proof) external {
        uint256 amount = _markReserveClaimed(account, cumulativeAmount, proof);
        TOKEN.safeTransfer(account, amount);
    }

    /// @inheritdoc IMerkleAirdrop
    function claimReserveTo(address to, uint256 cumulativeAmount, bytes32[] calldata proof) external {
        _checkRecipient(to);
        uint256 amount = _markReserveClaimed(msg.sender, cumulativeAmount, proof);
        _payTo(msg.sender, to, amount);
    }

    /// @inheritdoc IMerkleAirdrop
    function claimReserveWithSignature(
        address account,
        address to,
        uint256 cumulativeAmount,
        uint256 deadline,
        bytes calldata signature,
        bytes32[] calldata proof
    ) external {
        _checkRecipient(to);
        _checkSignature(
            account,
            deadline,
            keccak256(abi.encode(CLAIM_RESERVE_TYPEHASH, account, to, cumulativeAmount, deadline)),
            signature
        );
        uint256 amount = _markReserveClaimed(account, cumulativeAmount, proof);
        _payTo(account, to, amount);
    }

    /// @inheritdoc IMerkleAirdrop
    function acceptReserveRoot(bytes32 root) external {
        // Check
        _checkPending(root);
        if (block.timestamp < _acceptableAt) revert ReserveRootNotAcceptable(_acceptableAt, block.timestamp);

        // Effect
        _clearPending();
        reserveRoot = root;
        emit ReserveRootAccepted(root);
    }

    // ---------------------------------------------------------------------------------------------------------
    // Owner
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IMerkleAirdrop
    function submitReserveRoot(bytes32 root, string calldata proofsURI) external onlyOwner {
        // Check
        if (root == 0) revert ZeroRoot();

        // Effect
        if (_pendingReserveRoot != 0) emit ReserveRootRevoked(_pendingReserveRoot);
        uint256 acceptableAt = block.timestamp + RESERVE_DELAY;
        _pendingReserveRoot = root;
        _acceptableAt = acceptableAt;
        emit ReserveRootSubmitted(root, acceptableAt, proofsURI);
    }

    /// @inheritdoc IMerkleAirdrop
    function revokeReserveRoot(bytes32 root) external onlyOwner {
        // Check
        _checkPending(root);

        // Effect
        _clearPending();
        emit ReserveRootRevoked(root);
    }

    /// @inheritdoc IMerkleAirdrop
    function publishProofs(bytes32 root, string calldata uri) external onlyOwner {
        // Check
        if (root == 0 || (root != AUTOMATIC_ROOT && root != reserveRoot && root != _pendingReserveRoot)) {
            revert UnknownRoot(root);
        }

        // Effect
        emit ProofsPublished(root, uri);
    }

    /// @inheritdoc IMerkleAirdrop
    function sweep() external onlyOwner {
        // Check
        if (block.timestamp < SWEEP_TIME) revert SweepTooEarly(SWEEP_TIME, block.timestamp);

        // Effect
        uint256 amount = TOKEN.balanceOf(address(this));
        emit Swept(msg.sender, amount);

        // Interaction
        TOKEN.safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc IMerkleAirdrop
    function rescue(address token, address to, uint256 amount) external onlyOwner {
        // Check
        if (token == address(TOKEN)) revert CannotRescueAirdropToken(token);

        // Effect
        emit Rescued(token, to, amount);

        // Interaction
        uint256 before = TOKEN.balanceOf(address(this));
        IERC20(token).safeTransfer(to, amount);
        // Some tokens answer at two addresses: the balance tells.
        if (TOKEN.balanceOf(address(this)) < before) revert CannotRescueAirdropToken(token);
    }

    /// @notice Always reverts: it would strand what is left for ever, and leave a pending root that anyone could
    /// accept and nobody revoke.
    function renounceOwnership() public pure override {
        revert RenouncingDisabled();
    }

    // ---------------------------------------------------------------------------------------------------------
    // Views
    // ---------------------------------------------------------------------------------------------------------

    /// @inheritdoc IMerkleAirdrop
    function isClaimed(uint256 index) external view returns (bool) {
        return _claimed.get(index);
    }

    /// @inheritdoc IMerkleAirdrop
    function pendingReserveRoot() external view returns (bytes32 root, uint256 acceptableAt) {
        return (_pendingReserveRoot, _acceptableAt);
    }

    // ---------------------------------------------------------------------------------------------------------
    // Internals
    // ---------------------------------------------------------------------------------------------------------

    /// @dev Check and effect of one automatic claim; the interaction is the caller's.
    function _markClaimed(uint256 index, address account, uint256 amount, bytes32[] calldata proof) private {
        // Check
        uint256 word = index >> 8;
        uint256 bit = 1 << (index & 0xff);
        uint256 before = _claimed._data[word];
        if (before & bit != 0) revert AlreadyClaimed(index);
        if (!MerkleProof.verifyCalldata(proof, AUTOMATIC_ROOT, _leaf(index, account, amount))) {
            revert InvalidProof(index, account, amount);
        }

        // Effect
        _claimed._data[word] = before | bit;
        emit Claimed(index, account, amount);
    }

    /// @dev Check and effect of one reserve claim; the interaction is the caller's. Returns what is to be paid.
    function _markReserveClaimed(
        address account,
        uint256 cumulativeAmount,
        bytes32[] calldata proof
    ) private returns (uint256 amount) {
        // Check
        bytes32 root = reserveRoot;
        bytes32 leaf = keccak256(abi.encode(keccak256(abi.encode(account, cumulativeAmount))));
        if (root == 0 || !MerkleProof.verifyCalldata(proof, root, leaf)) {
            revert InvalidReserveProof(root, account, cumulativeAmount);
        }
        uint256 claimed = reserveClaimed[account];
        if (cumulativeAmount <= claimed) revert NothingToClaim(account, cumulativeAmount, claimed);
        amount = cumulativeAmount - claimed;
        uint256 paid = reservePaid;
        // `paid` is at most the cap, and the sum of two amounts might overflow: compare with the difference.
        if (amount > RESERVE_CAP - paid) revert ReserveCapExceeded(amount, paid, RESERVE_CAP);

        // Effect
        reserveClaimed[account] = cumulativeAmount;
        reservePaid = paid + amount;
        emit ReserveClaimed(account, amount, cumulativeAmount);
    }

    /// @dev Interaction of a claim whose account chose the recipient.
    function _payTo(address account, address to, uint256 amount) private {
        if (to != account) emit Redirected(account, to);
        TOKEN.safeTransfer(to, amount);
    }

    /// @dev Heap positions count from 1 here: leaf i of n is at 2n - 1 - i, the children of p are at 2p and 2p + 1.
    function _checkRange(uint256 start, uint256[] calldata entries, bytes32[] calldata proof) private view {
        uint256 length = entries.length;
        if (length == 0) revert EmptyRange();
        if (start > LEAF_COUNT || length > LEAF_COUNT - start)
            revert RangeOutOfBounds(start, length, LEAF_COUNT);

        uint256 high = 2 * LEAF_COUNT - 1 - start;
        uint256 low = high - (length - 1);
        // Level d holds positions 2^d to 2^(d+1) - 1: two are on one level when they have the same highest bit, that
        // is, when that bit is in their intersection and not in their difference.
        if ((high ^ low) > (high & low)) revert RangeCrossesLevels(start, length);
        if (_foldRange(start, high, entries, proof) != AUTOMATIC_ROOT)
            revert InvalidRangeProof(start, length);
    }

    /// @dev Folds the leaves of a range, whose first is at position `high`, up to the root. Nodes are kept from the
    /// highest position down, which is the order of indexes, each level written over the one below. Where the first
    /// is a left child (an even position), or one without a partner remains at the end, its sibling is outside and
    /// taken from the proof; the only leaf of a tree has none. Returns zero if the proof has elements to spare or
    /// too few: no root that is accepted.
    function _foldRange(
        uint256 start,
        uint256 high,
        uint256[] calldata entries,
        bytes32[] calldata proof
    ) private pure returns (bytes32) {
        uint256 length = entries.length;
        // The leaves, hashed and joined in one pass, which keeps half of the nodes out of memory.
        bytes32[] memory nodes = new bytes32[](length / 2 + 1);
        uint256 used = 0;
        uint256 from = 0;
        uint256 count = 0;
        if (high & 1 == 0) {
            nodes[count++] = Hashes.commutativeKeccak256(
                _entryLeaf(start, entries[0]),
                _element(proof, used++)
            );
            from = 1;
        }
        // Cannot overflow: `from` is at most the length of an array in calldata, `start + from` at most LEAF_COUNT.
        unchecked {
            for (; from + 1 < length; from += 2) {
                nodes[count++] = Hashes.commutativeKeccak256(
                    _entryLeaf(start + from, entries[from]),
                    _entryLeaf(start + from + 1, entries[from + 1])
                );
            }
        }
        if (from < length) {
            bytes32 last = _entryLeaf(start + from, entries[from]);
            nodes[count++] = high == 1 ? last : Hashes.commutativeKeccak256(last, _element(proof, used++));
        }

        for (high >>= 1; high > 1; high >>= 1) {
            length = count;
            from = 0;
            count = 0;
            if (high & 1 == 0) {
                nodes[count++] = Hashes.commutativeKeccak256(nodes[from++], _element(proof, used++));
            }
            // Cannot overflow: `from` is at most the length of an array in memory.
            unchecked {
                for (; from + 1 < length; from += 2) {
                    nodes[count++] = Hashes.commutativeKeccak256(nodes[from], nodes[from + 1]);
                }
            }
            if (from < length) {
                nodes[count++] = Hashes.commutativeKeccak256(nodes[from], _element(proof, used++));
            }
        }
        return used == proof.length ? nodes[0] : bytes32(0);
    }

    /// @dev Zero beyond the end: a proof that is too short leads nowhere, and its length is found wrong at the end.
    function _element(bytes32[] calldata proof, uint256 i) private pure returns (bytes32) {
        return i < proof.length ? proof[i] : bytes32(0);
    }

    function _entryLeaf(uint256 index, uint256 entry) private pure returns (bytes32) {
        (address account, uint256 amount) = _unpack(entry);
        return _leaf(index, account, amount);
    }

    function _unpack(uint256 entry) private pure returns (address account, uint256 amount) {
        return (address(uint160(entry >> 96)), uint96(entry));
    }

    function _leaf(uint256 index, address account, uint256 amount) private pure returns (bytes32) {
        return keccak256(abi.encode(keccak256(abi.encode(index, account, amount))));
    }

    function _checkRecipient(address to) private view {
        if (to == address(0) || to == address(this) || to == address(TOKEN)) revert InvalidRecipient(to);
    }

    function _checkSignature(
        address account,
        uint256 deadline,
        bytes32 structHash,
        bytes calldata signature
    ) private view {
        if (block.timestamp > deadline) revert SignatureExpired(deadline, block.timestamp);
        bytes32 digest = _hashTypedDataV4(structHash);
        (address recovered, ECDSA.RecoverError err, ) = ECDSA.tryRecoverCalldata(digest, signature);
        if (err == ECDSA.RecoverError.NoError && recovered == account) return;
        // Without code, the call succeeds with no answer, which is not a valid one.
        if (!SignatureChecker.isValidERC1271SignatureNowCalldata(account, digest, signature)) {
            revert InvalidSignature(account);
        }
    }

    function _checkPending(bytes32 root) private view {
        if (root == 0 || root != _pendingReserveRoot) revert ReserveRootNotPending(root, _pendingReserveRoot);
    }

    function _clearPending() private {
        _pendingReserveRoot = 0;
        _acceptableAt = 0;
    }
}
