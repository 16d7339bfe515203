/** Puts code before a token that refuses or fakes some transfers, as a block list, a pause or a new proxy would do. */
import { SESSION } from "../../scripts/core/session/contracts.ts"
import type { Address } from "../../scripts/core/primitives/address.ts"
import type { EmbeddedChain } from "../../scripts/dev/embedded/embedded-chain.ts"

/** Where the token's own code is moved to. */
const BEHIND = `0x${"7e".repeat(20)}`
const TRANSFER = "a9059cbb"

/** The data that a refused transfer reverts with; `true` if it answers that all is well and moves nothing. */
export type Refusal = `0x${string}` | true

/**
 * Changes the token: transfers to some accounts, or to all if none are named, are refused. Everything else is passed on
 * to the token's own code over the same storage.
 */
export async function makeTokenOdd(
  chain: EmbeddedChain,
  refusal: Refusal,
  accounts?: readonly Address[],
): Promise<void> {
  const own = await ownCode(chain)
  await chain.setCode(BEHIND, own)
  await chain.setCode(SESSION.token, oddCode(refusal, accounts))
}

/** Gives the token its own code back. */
export async function restoreToken(chain: EmbeddedChain): Promise<void> {
  await chain.setCode(SESSION.token, await ownCode(chain))
}

async function ownCode({ request }: EmbeddedChain): Promise<string> {
  const behind = String(await request("eth_getCode", [BEHIND, "latest"]))
  return behind === "0x" ? String(await request("eth_getCode", [SESSION.token, "latest"])) : behind
}

function oddCode(refusal: Refusal, accounts: readonly Address[] | undefined): string {
  const push2 = (value: number): string => `61${value.toString(16).padStart(4, "0")}`
  const checks = (refuse: number): string =>
    accounts === undefined
      ? `${push2(refuse)}56` //                           jump
      : accounts.map((account) => `73${account.slice(2)}60043514${push2(refuse)}57`).join("")
  const head = (pass: number, refuse: number): string =>
    `60003560e01c63${TRANSFER}1415${push2(pass)}57${checks(refuse)}`
  const pass = head(0, 0).length / 2
  const delegate = (ok: number): string =>
    `5b3660006000376000600036600073${BEHIND.slice(2)}5af43d600060003e${push2(ok)}573d6000fd5b3d6000f3`
  const ok = pass + delegate(0).length / 2 - 5
  const refuse = pass + delegate(0).length / 2
  return `0x${head(pass, refuse)}${delegate(ok)}5b${refusing(refusal)}`
}

function refusing(refusal: Refusal): string {
  if (refusal === true) return "600160005260206000f3"
  const data = refusal.slice(2)
  const words = data.match(/.{1,64}/g) ?? []
  const stores = words.map(
    (word, i) => `7f${word.padEnd(64, "0")}61${(32 * i).toString(16).padStart(4, "0")}52`,
  )
  return `${stores.join("")}61${(data.length / 2).toString(16).padStart(4, "0")}6000fd`
}
