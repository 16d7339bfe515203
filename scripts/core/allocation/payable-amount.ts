import { toChecksum } from "../primitives/address.ts"
import { MOST_PAYABLE } from "../primitives/amount.ts"
import { AirdropError } from "../primitives/error.ts"
import { tokenAmount, type Token } from "../primitives/token.ts"
import type { Entry } from "./allocation.ts"

/**
 * Requires that each payment is at most {@link MOST_PAYABLE}, after all merges.
 * @throws AirdropError that names the payee and both amounts
 */
export function requirePayable(entries: readonly Entry[], token: Token): void {
  for (const { account, amount } of entries) {
    if (amount <= MOST_PAYABLE) continue
    const [paid, most] = [tokenAmount(amount, token), tokenAmount(MOST_PAYABLE, token)]
    throw new AirdropError(
      `${toChecksum(account)} is paid ${paid}. The most that one account can be paid is ${most} (2^96 - 1 base units)`,
      { code: "invalid-amount", hint: "Correct the source's file, or set rules.cap in program.json." },
    )
  }
}
