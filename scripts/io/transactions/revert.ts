import { Interface, isCallException } from "ethers"
import { AirdropError } from "../../core/primitives/error.ts"
import { field } from "../rpc/node-message.ts"

/** What the contract's errors mean to the person who meets them. */
const MEANING: Readonly<Record<string, string>> = {
  AlreadyClaimed: "it has been claimed already",
  InvalidProof:
    "the proof does not belong to the contract's root: these files are of another program or version",
  InvalidRecipient: "tokens cannot be sent to that address",
  SignatureExpired: "the signature's deadline is over: it has to be signed anew",
  InvalidSignature: "the account has not signed this",
  InvalidRangeProof: "the batch does not belong to the contract's root",
  InvalidReserveProof: "the proof does not belong to the reserve root that is accepted now",
  NothingToClaim: "the reserve amount has been claimed already",
  ReserveCapExceeded: "the reserve is spent",
  ERC20InsufficientBalance: "the contract does not hold enough tokens: it is not funded, or was swept",
  SafeERC20FailedOperation: "the token refused the transfer",
}

const TOKEN_ERRORS = new Interface([
  "error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)",
  "error SafeERC20FailedOperation(address token)",
])

/** The name and meaning of the error that a call reverted with; undefined if the error is no revert. */
export function revertReason(error: unknown, contract: Interface): string | undefined {
  if (!isCallException(error)) return undefined
  const data = error.data ?? nestedData(error.info)
  if (data === undefined || data === "0x") return error.reason ?? "it reverts without a reason"
  const parsed = contract.parseError(data) ?? TOKEN_ERRORS.parseError(data)
  if (parsed === null) return error.reason ?? `it reverts with ${data.slice(0, 10)}`
  const known = MEANING[parsed.name]
  const shown = `${parsed.name}(${parsed.args.map(String).join(", ")})`
  return known === undefined ? shown : `${known} (${shown})`
}

/** Runs a call or an estimate of the contract, with its reverts turned into one line that says why. */
export async function explained<T>(what: string, contract: Interface, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    const reason = revertReason(cause, contract)
    if (reason === undefined) throw cause
    throw new AirdropError(`${what}: ${reason}`, { exit: 1, cause })
  }
}

/** Some nodes put the revert data into the JSON-RPC error of an estimate, where ethers leaves it. */
function nestedData(info: unknown): string | undefined {
  const data = field(field(info, "error"), "data")
  const inner = field(data, "data")
  return typeof data === "string" ? data : typeof inner === "string" ? inner : undefined
}
