/**
 * Sorts everything that can go wrong with a claim under one code each. The texts explain each code and say what to
 * do. A failure that fits no code is "unknown" and keeps the original message.
 */
import { visible } from "../../../scripts/core/primitives/text.ts"
import { isNamed, isObject, RpcRefused, RpcUnreachable } from "../chain/rpc.ts"
import { CLAIM_ERRORS, type ClaimErrorMeaning } from "../../../scripts/core/claim/claim-errors.ts"
import { selector } from "../chain/words.ts"

export type FailureCode =
  | ClaimErrorMeaning
  | "refused"
  | "walletBusy"
  | "walletLocked"
  | "walletCannot"
  | "wrongAccount"
  | "wrongChain"
  | "noGas"
  | "swept"
  | "rpcDown"
  | "reverted"
  | "replaced"
  | "changedMind"
  | "unknown"

export interface Failure {
  readonly code: FailureCode
  /** The message of the wallet or node, for readers who understand it. */
  readonly detail: string | undefined
}

/** Thrown by the page's own checks. */
export class ClaimFailure extends Error {
  readonly code: FailureCode

  constructor(code: FailureCode, detail?: string) {
    super(detail ?? code)
    this.name = "ClaimFailure"
    this.code = code
  }

  /** Recognizes the error by its name: each script of the page brings its own copy of this class. */
  static override [Symbol.hasInstance](value: unknown): value is ClaimFailure {
    return isNamed(value, "ClaimFailure")
  }
}

const CODE_OF_SELECTOR = new Map<string, FailureCode>(
  Object.entries(CLAIM_ERRORS).map(([signature, meaning]) => [selector(signature), meaning]),
)

/** Codes of EIP-1193, EIP-1474 and MetaMask. */
const WALLET_ERRORS: Readonly<Record<number, FailureCode>> = {
  4001: "refused",
  4100: "walletLocked",
  4200: "walletCannot",
  4900: "wrongChain",
  4901: "wrongChain",
  [-32002]: "walletBusy",
  [-32004]: "walletCannot",
  [-32601]: "walletCannot",
}

/** Returns the failure that an error thrown during a claim means. */
export function failureOf(error: unknown): Failure {
  const detail = wordsIn(error)
  if (error instanceof ClaimFailure)
    return { code: error.code, detail: error.message === error.code ? undefined : detail }
  if (error instanceof RpcUnreachable) return { code: "rpcDown", detail }
  const data = error instanceof RpcRefused ? error.data : dataIn(error)
  const byContract = data === undefined ? undefined : CODE_OF_SELECTOR.get(data.slice(0, 10).toLowerCase())
  if (byContract !== undefined) return { code: byContract, detail: undefined }
  // The codes of RPC and wallet differ: -32002 is a busy wallet there and a missing resource on a node here.
  const code = error instanceof RpcRefused ? undefined : codeIn(error)
  const byWallet = code === undefined ? undefined : WALLET_ERRORS[code]
  if (byWallet !== undefined) return { code: byWallet, detail }
  if (
    /insufficient funds|gas required exceeds|not enough (?:funds|balance)|doesn't have enough funds/i.test(
      detail ?? "",
    )
  ) {
    return { code: "noGas", detail }
  }
  if (REFUSAL.test(detail ?? "")) return { code: "refused", detail }
  if (/transfer amount exceeds balance/i.test(detail ?? "")) return { code: "underfunded", detail }
  if (/revert/i.test(detail ?? "")) return { code: "reverted", detail }
  if (error instanceof RpcRefused) return { code: error.isRevert ? "reverted" : "rpcDown", detail }
  return { code: "unknown", detail }
}

/** Wallets word a refusal in many ways. All of them name the user. */
const REFUSAL =
  /\b(?:user|you)\b.*\b(?:reject|denie|deny|cancel|declin|disapprov|abort)|\b(?:reject|denied|cancel|declin|disapprov)\w* by (?:the )?user|^(?:transaction|request|action|signature)\b.{0,12}\b(?:rejected|denied|declined|cancell?ed)/i

/** Messages that say nothing by themselves: the reason is nested in the error. */
const WRAPPER =
  /^(?:internal (?:json-rpc )?error\.?|unknown error\.?|an? (?:internal|unknown) error (?:was received|occurred)\.?|missing or invalid parameters\.?)$/i

/** Returns the message of an error, or the innermost one if the wallet has wrapped the node's error. */
function wordsIn(error: unknown, depth = 0): string | undefined {
  if (!isObject(error) || depth > 5) return undefined
  const message = error["message"]
  const own = typeof message === "string" && message !== "" ? visible(message.slice(0, 300)) : undefined
  if (own !== undefined && !WRAPPER.test(own)) return own
  for (const name of NESTED) {
    const inner = wordsIn(error[name], depth + 1)
    if (inner !== undefined) return inner
  }
  return own
}

function codeIn(error: unknown): number | undefined {
  return isObject(error) && typeof error["code"] === "number" ? error["code"] : undefined
}

/** Wallets nest the node's error at different depths, under one of these names. */
const NESTED = ["data", "error", "originalError", "cause", "info"]

function dataIn(error: unknown, depth = 0): string | undefined {
  if (!isObject(error) || depth > 5) return undefined
  const { data } = error
  if (typeof data === "string" && data.startsWith("0x")) return data
  for (const name of NESTED) {
    const found = dataIn(error[name], depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}
