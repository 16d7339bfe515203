// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title IMerkleAirdrop
/// @notice One airdrop in two tranches: an *automatic* one, fixed for ever by a Merkle root given at deployment,
/// and a capped *reserve*, whose root the owner can replace after a delay.
///
/// Leaves are those of OpenZeppelin's standard Merkle tree (double keccak256, pairs hashed in sorted order), in
/// index order (`sortLeaves: false`):
///   automatic  keccak256(bytes.concat(keccak256(abi.encode(uint256 index, address account, uint256 amount))))
///   reserve    keccak256(bytes.concat(keccak256(abi.encode(address account, uint256 cumulativeAmount))))
///
/// Trust assumptions:
/// - Nobody, the owner included, can change who gets what from the automatic tranche, stop its claims, take its
///   tokens before `SWEEP_TIME`, or undo a claim. There is no pause and no upgrade.
/// - The contract does not check its funding. It is fully funded when it holds the sum of the unclaimed automatic
///   amounts plus `RESERVE_CAP - reservePaid()`. The guarantees above are those of a fully funded contract.
/// - The token is a plain ERC-20: a transfer moves exactly its amount or reverts (a return value is optional, and
///   false is a failure), balances move by transfers only, and transfers stay possible. The contract stays safe
///   with a token that re-enters; with one that charges fees the recipient bears the fee; one that takes more from
///   the sender than the amount, shrinks balances, or blocks an address can leave claims unpaid.
/// - Within the cap the owner alone decides who is paid from the reserve. `RESERVE_DELAY` (zero allowed) is how
///   long others can look at a root before it counts.
/// - From `SWEEP_TIME` the owner may take all that is left, and claims then fail for lack of balance. Until the
///   owner does, claims remain possible.
/// - Anyone can have the automatic amount of an account paid to that account. Only the account, by its own call or
///   its signature, can have it paid elsewhere; whichever comes first counts.
interface IMerkleAirdrop {
    /// @param token ERC-20 to pay. Must have code.
    /// @param automaticRoot Root of the automatic tranche. Must not be zero.
    /// @param leafCount Number of leaves under `automaticRoot`, which `claimRange` needs to know. Must not be zero.
    /// @param reserveCap The most that can ever be paid from the reserve, in base units.
    /// @param reserveDelay Seconds between the submission of a reserve root and the earliest acceptance; may be 0.
    /// @param sweepTime Unix time, in seconds, from which (inclusive) the owner may sweep. Must lie in the future.
    /// @param owner The first owner, usually a Safe. Must not be zero.
    /// @param proofsURI Where the list and the proofs of `automaticRoot` are published, with their content hash.
    struct Parameters {
        address token;
        bytes32 automaticRoot;
        uint256 leafCount;
        uint256 reserveCap;
        uint256 reserveDelay;
        uint256 sweepTime;
        address owner;
        string proofsURI;
    }

    /// @notice The automatic amount of leaf `index` was paid on behalf of `account`. Exactly one for each payment.
    event Claimed(uint256 index, address indexed account, uint256 amount);

    /// @notice `amount` was paid from the reserve on behalf of `account`, which has now had `cumulativeAmount` of
    /// the reserve in all. Exactly one for each payment.
    event ReserveClaimed(address indexed account, uint256 amount, uint256 cumulativeAmount);

    /// @notice The payment announced by the event before this one went to `to`, by the will of `account`.
    event Redirected(address indexed account, address indexed to);

    /// @notice The list and proofs behind `root` can be had at `uri`.
    event ProofsPublished(bytes32 indexed root, string uri);

    /// @notice `root` was submitted; anyone may accept it from `acceptableAt` (Unix time in seconds, inclusive).
    event ReserveRootSubmitted(bytes32 indexed root, uint256 acceptableAt, string proofsURI);

    /// @notice `root` is now the root of the reserve.
    event ReserveRootAccepted(bytes32 indexed root);

    /// @notice `root` is no longer pending: revoked, or replaced by the submission announced after this event.
    event ReserveRootRevoked(bytes32 indexed root);

    /// @notice The owner took what was left.
    event Swept(address indexed to, uint256 amount);

    /// @notice The owner returned another token that had been sent here.
    event Rescued(address indexed token, address indexed to, uint256 amount);

    /// @notice The token has no code, so it cannot be one.
    error TokenHasNoCode(address token);

    /// @notice A root of zero stands for "none" and is not accepted.
    error ZeroRoot();

    /// @notice A tree has at least one leaf.
    error ZeroLeafCount();

    /// @notice The sweep time is not after the time of deployment.
    error SweepTimeNotInFuture(uint256 sweepTime, uint256 blockTimestamp);

    /// @notice Leaf `index` was paid before.
    error AlreadyClaimed(uint256 index);

    /// @notice The proof does not lead from this leaf to the automatic root.
    error InvalidProof(uint256 index, address account, uint256 amount);

    /// @notice Tokens cannot be sent to zero, to this contract or to the token.
    error InvalidRecipient(address to);

    /// @notice The signature could be used up to and including `deadline`.
    error SignatureExpired(uint256 deadline, uint256 blockTimestamp);

    /// @notice The signature is not one of `account` over these very values, for this contract and chain.
    error InvalidSignature(address account);

    /// @notice A range has at least one entry.
    error EmptyRange();

    /// @notice The range ends beyond the last leaf.
    error RangeOutOfBounds(uint256 start, uint256 length, uint256 leafCount);

    /// @notice The leaves of the range lie on two levels of the tree: split it at the boundary.
    error RangeCrossesLevels(uint256 start, uint256 length);

    /// @notice The entries and the proof do not lead to the automatic root: an entry is wrong, or the proof is, or
    /// it has too few or too many elements.
    error InvalidRangeProof(uint256 start, uint256 length);

    /// @notice The proof does not lead from this leaf to the reserve root, or there is no reserve root.
    error InvalidReserveProof(bytes32 root, address account, uint256 cumulativeAmount);

    /// @notice `account` has had this much from the reserve, or more.
    error NothingToClaim(address account, uint256 cumulativeAmount, uint256 claimed);

    /// @notice The payment would bring the total paid from the reserve above its cap.
    error ReserveCapExceeded(uint256 amount, uint256 paid, uint256 cap);

    /// @notice `root` is not the pending reserve root.
    error ReserveRootNotPending(bytes32 root, bytes32 pendingRoot);

    /// @notice The pending reserve root cannot be accepted before `acceptableAt`.
    error ReserveRootNotAcceptable(uint256 acceptableAt, uint256 blockTimestamp);

    /// @notice `root` is neither the automatic root nor the current or pending reserve root.
    error UnknownRoot(bytes32 root);

    /// @notice What is left cannot be swept before `sweepTime`.
    error SweepTooEarly(uint256 sweepTime, uint256 blockTimestamp);

    /// @notice The airdrop's own token leaves by claims and by the sweep only.
    error CannotRescueAirdropToken(address token);

    /// @notice Ownership can be transferred, not given up.
    error RenouncingDisabled();

    /// @notice Pays the automatic amount of leaf `index` to its account. Anyone may call.
    /// @dev Requirements:
    /// - the leaf is unclaimed (`AlreadyClaimed`) and proved against `AUTOMATIC_ROOT` (`InvalidProof`).
    /// @param index Index of the leaf.
    /// @param account Account of the leaf; it receives the tokens.
    /// @param amount Amount of the leaf, in base units.
    /// @param proof Siblings from the leaf up to the root.
    function claim(uint256 index, address account, uint256 amount, bytes32[] calldata proof) external;

    /// @notice Pays the automatic amount of leaf `index`, whose account is the caller, to `to`.
    /// @dev Requirements:
    /// - `to` is not zero, this contract or the token (`InvalidRecipient`);
    /// - the leaf (index, caller, amount) is unclaimed (`AlreadyClaimed`) and proved (`InvalidProof`).
    /// @param index Index of the leaf.
    /// @param to Receiver of the tokens.
    /// @param amount Amount of the leaf, in base units.
    /// @param proof Siblings from the leaf up to the root.
    function claimTo(uint256 index, address to, uint256 amount, bytes32[] calldata proof) external;

    /// @notice Pays the automatic amount of leaf `index` to the `to` that its account signed for. Anyone may call.
    /// @dev Signed is the EIP-712 message `Claim(uint256 index,address account,address to,uint256 amount,uint256
    /// deadline)`. It needs no nonce: a leaf is paid once. The signature is taken as a plain 65-byte ECDSA one
    /// first and as an ERC-1271 one only then, so that an EIP-7702 account can use its key whatever its code says.
    /// Requirements:
    /// - `block.timestamp <= deadline` (`SignatureExpired`) and the signature is valid (`InvalidSignature`);
    /// - `to` is not zero, this contract or the token (`InvalidRecipient`);
    /// - the leaf is unclaimed (`AlreadyClaimed`) and proved (`InvalidProof`).
    /// @param index Index of the leaf.
    /// @param account Account of the leaf and signer.
    /// @param to Receiver of the tokens.
    /// @param amount Amount of the leaf, in base units.
    /// @param deadline Last second, Unix time, at which the signature counts (inclusive).
    /// @param signature Signature of `account`.
    /// @param proof Siblings from the leaf up to the root.
    function claimWithSignature(
        uint256 index,
        address account,
        address to,
        uint256 amount,
        uint256 deadline,
        bytes calldata signature,
        bytes32[] calldata proof
    ) external;

    /// @notice Pays the unclaimed leaves among `start` (inclusive) to `start + entries.length` (exclusive), each to
    /// its account, with one shared proof. Anyone may call.
    /// @dev What is already claimed is skipped, so nobody can make a batch fail by claiming first; one false entry
    /// fails the whole batch. Leaf i of n stands at position 2n - 2 - i of the tree's heap layout. A run of leaves
    /// on one level folds pairwise, level by level, and the parity of the positions at its ends says where a
    /// sibling from outside is needed. `proof` holds just those siblings in order of use: on each level from the
    /// bottom, the one above the run's highest position (beside its first leaf) if needed, then the one below its
    /// lowest (beside its last) if needed.
    /// Requirements:
    /// - at least one entry (`EmptyRange`), no index beyond `LEAF_COUNT` (`RangeOutOfBounds`), all leaves on one
    ///   level of the tree (`RangeCrossesLevels`);
    /// - entries and proof lead to `AUTOMATIC_ROOT`, with no element to spare (`InvalidRangeProof`).
    /// @param start Index of the first leaf.
    /// @param entries `uint160(account) << 96 | uint96(amount)` of each leaf. Larger amounts: use `claim`.
    /// @param proof The siblings from outside the range.
    function claimRange(uint256 start, uint256[] calldata entries, bytes32[] calldata proof) external;

    /// @notice Pays `account` what the reserve grants it, less what it has had. Anyone may call.
    /// @dev Requirements:
    /// - the leaf is proved against the accepted, non-zero reserve root (`InvalidReserveProof`);
    /// - `cumulativeAmount` is more than the account has had (`NothingToClaim`);
    /// - the total paid from the reserve stays within `RESERVE_CAP` (`ReserveCapExceeded`).
    /// @param account Account of the leaf; it receives the tokens.
    /// @param cumulativeAmount All that is granted to `account`, earlier payments included, in base units.
    /// @param proof Siblings from the leaf up to the root.
    function claimReserve(address account, uint256 cumulativeAmount, bytes32[] calldata proof) external;

    /// @notice As `claimReserve` for the caller, paid to `to`.
    /// @dev Requirements: those of `claimReserve`, and `to` is not zero, this contract or the token
    /// (`InvalidRecipient`).
    /// @param to Receiver of the tokens.
    /// @param cumulativeAmount All that is granted to the caller, earlier payments included, in base units.
    /// @param proof Siblings from the leaf up to the root.
    function claimReserveTo(address to, uint256 cumulativeAmount, bytes32[] calldata proof) external;

    /// @notice As `claimReserve`, paid to the `to` that `account` signed for. Anyone may call.
    /// @dev Signed is the EIP-712 message `ClaimReserve(address account,address to,uint256 cumulativeAmount,uint256
    /// deadline)`. It needs no nonce: once used, the account has had that cumulative amount, and the same amount
    /// never pays again. Requirements: those of `claimReserve`, and of `claimWithSignature` for signature and `to`.
    /// @param account Account of the leaf and signer.
    /// @param to Receiver of the tokens.
    /// @param cumulativeAmount All that is granted to `account`, earlier payments included, in base units.
    /// @param deadline Last second, Unix time, at which the signature counts (inclusive).
    /// @param signature Signature of `account`.
    /// @param proof Siblings from the leaf up to the root.
    function claimReserveWithSignature(
        address account,
        address to,
        uint256 cumulativeAmount,
        uint256 deadline,
        bytes calldata signature,
        bytes32[] calldata proof
    ) external;

    /// @notice Submits a root for the reserve; a root still pending is replaced. Owner only.
    /// @dev Requirements: `root` is not zero (`ZeroRoot`).
    /// @param root Root over the cumulative amounts of all grants so far.
    /// @param proofsURI Where its list and proofs are published, with their content hash.
    function submitReserveRoot(bytes32 root, string calldata proofsURI) external;

    /// @notice Makes the pending root the root of the reserve. Anyone may call.
    /// @dev Requirements:
    /// - `root` is the pending root (`ReserveRootNotPending`);
    /// - `block.timestamp >= acceptableAt` (`ReserveRootNotAcceptable`).
    /// @param root The pending root, named so that nobody accepts another than the one examined.
    function acceptReserveRoot(bytes32 root) external;

    /// @notice Withdraws the pending root. Owner only. An accepted root is replaced by a new one instead.
    /// @dev Requirements: `root` is the pending root (`ReserveRootNotPending`).
    /// @param root The pending root.
    function revokeReserveRoot(bytes32 root) external;

    /// @notice Announces a new place for the list and proofs of a root. Owner only.
    /// @dev Requirements: `root` is the automatic root, the reserve root or the pending one (`UnknownRoot`).
    /// @param root The root.
    /// @param uri Where its list and proofs are published, with their content hash.
    function publishProofs(bytes32 root, string calldata uri) external;

    /// @notice Sends the whole balance of the token to the owner. Owner only.
    /// @dev Requirements: `block.timestamp >= SWEEP_TIME` (`SweepTooEarly`).
    function sweep() external;

    /// @notice Sends another token that was sent here to `to`. Owner only.
    /// @dev Requirements: `token` is not the airdrop's, nor another door to it: its balance here is no smaller
    /// afterwards (`CannotRescueAirdropToken`).
    /// @param token The other token.
    /// @param to Receiver of the tokens.
    /// @param amount Amount in the token's base units.
    function rescue(address token, address to, uint256 amount) external;

    // solhint-disable func-name-mixedcase

    /// @notice The ERC-20 that is paid.
    function TOKEN() external view returns (IERC20);

    /// @notice Root of the automatic tranche.
    function AUTOMATIC_ROOT() external view returns (bytes32);

    /// @notice Number of leaves under `AUTOMATIC_ROOT`.
    function LEAF_COUNT() external view returns (uint256);

    /// @notice The most that can ever be paid from the reserve, in base units.
    function RESERVE_CAP() external view returns (uint256);

    /// @notice Seconds between the submission of a reserve root and the earliest acceptance.
    function RESERVE_DELAY() external view returns (uint256);

    /// @notice Unix time, in seconds, from which (inclusive) the owner may sweep.
    function SWEEP_TIME() external view returns (uint256);

    // solhint-enable func-name-mixedcase

    /// @notice Whether leaf `index` was paid.
    /// @param index Index of the leaf.
    function isClaimed(uint256 index) external view returns (bool);

    /// @notice The accepted root of the reserve, zero if there is none yet.
    function reserveRoot() external view returns (bytes32);

    /// @notice The pending root, and the Unix time from which (inclusive) it can be accepted; both zero if none.
    function pendingReserveRoot() external view returns (bytes32 root, uint256 acceptableAt);

    /// @notice What was paid from the reserve on behalf of `account`, in base units.
    /// @param account The account of the reserve leaf.
    function reserveClaimed(address account) external view returns (uint256);

    /// @notice What was paid from the reserve in all, in base units.
    function reservePaid() external view returns (uint256);
}
