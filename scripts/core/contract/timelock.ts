/** OpenZeppelin's TimelockController, as the owner of an airdrop. */
import { Interface } from "ethers"

/** The views of a timelock that are called here, for `BaseContract.from`. */
export interface TimelockViews {
  readonly getMinDelay: () => Promise<bigint>
  readonly getTimestamp: (id: string) => Promise<bigint>
  readonly PROPOSER_ROLE: () => Promise<string>
  readonly EXECUTOR_ROLE: () => Promise<string>
  readonly hasRole: (role: string, account: string) => Promise<boolean>
}

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
