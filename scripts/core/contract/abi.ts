/** The calls and events that the multisig's files are made of and read by, as the contracts have them. */
import { Interface } from "ethers"

/** MerkleAirdrop: what its owner calls, what it answers, what it announces. */
export const AIRDROP = new Interface([
  "function submitReserveRoot(bytes32 root, string proofsURI)",
  "function acceptReserveRoot(bytes32 root)",
  "function revokeReserveRoot(bytes32 root)",
  "function publishProofs(bytes32 root, string uri)",
  "function sweep()",
  "function rescue(address token, address to, uint256 amount)",
  "function transferOwnership(address newOwner)",
  "function acceptOwnership()",
  "function TOKEN() view returns (address)",
  "function AUTOMATIC_ROOT() view returns (bytes32)",
  "function LEAF_COUNT() view returns (uint256)",
  "function RESERVE_CAP() view returns (uint256)",
  "function RESERVE_DELAY() view returns (uint256)",
  "function SWEEP_TIME() view returns (uint256)",
  "function owner() view returns (address)",
  "function pendingOwner() view returns (address)",
  "function isClaimed(uint256 index) view returns (bool)",
  "function reserveRoot() view returns (bytes32)",
  "function pendingReserveRoot() view returns (bytes32 root, uint256 acceptableAt)",
  "function reservePaid() view returns (uint256)",
  "function multicall(bytes[] data) returns (bytes[] results)",
  "event ProofsPublished(bytes32 indexed root, string uri)",
  "event ReserveRootSubmitted(bytes32 indexed root, uint256 acceptableAt, string proofsURI)",
  "event OwnershipTransferred(address indexed previousOwner, address indexed newOwner)",
])

/** The calls by which the owner runs an airdrop: those that a batch may hold. */
export const OWNER_CALLS = [
  "submitReserveRoot",
  "acceptReserveRoot",
  "revokeReserveRoot",
  "publishProofs",
  "sweep",
  "rescue",
  "transferOwnership",
  "acceptOwnership",
] as const

export type OwnerCall = (typeof OWNER_CALLS)[number]

/** The calls that pay, as far as a Safe makes them: its own claims, and batches of a distribution. */
export const CLAIMS = new Interface([
  "function claim(uint256 index, address account, uint256 amount, bytes32[] proof)",
  "function claimTo(uint256 index, address to, uint256 amount, bytes32[] proof)",
  "function claimRange(uint256 start, uint256[] entries, bytes32[] proof)",
  "function claimReserve(address account, uint256 cumulativeAmount, bytes32[] proof)",
  "function claimReserveTo(address to, uint256 cumulativeAmount, bytes32[] proof)",
])

/** OpenZeppelin's TimelockController, as the owner of an airdrop. */
export const TIMELOCK = new Interface([
  "function schedule(address target, uint256 value, bytes data, bytes32 predecessor, bytes32 salt, uint256 delay)",
  "function scheduleBatch(address[] targets, uint256[] values, bytes[] payloads, bytes32 predecessor, bytes32 salt, uint256 delay)",
  "function execute(address target, uint256 value, bytes payload, bytes32 predecessor, bytes32 salt) payable",
  "function executeBatch(address[] targets, uint256[] values, bytes[] payloads, bytes32 predecessor, bytes32 salt) payable",
  "function cancel(bytes32 id)",
  "function getMinDelay() view returns (uint256)",
  "function getTimestamp(bytes32 id) view returns (uint256)",
  "function hashOperationBatch(address[] targets, uint256[] values, bytes[] payloads, bytes32 predecessor, bytes32 salt) pure returns (bytes32)",
  "function PROPOSER_ROLE() view returns (bytes32)",
  "function EXECUTOR_ROLE() view returns (bytes32)",
  "function hasRole(bytes32 role, address account) view returns (bool)",
])
