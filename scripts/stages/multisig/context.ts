import { DEPLOYMENT_PROXY } from "../../core/ethereum/create2.ts"
import type { Target } from "../../core/multisig/actions.ts"
import type { Address } from "../../core/primitives/address.ts"
import type { Wording } from "../../core/multisig/describe-call.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { knownMultiSends } from "../../io/safe/deployments.ts"
import type { Output } from "../../io/terminal/output.ts"
import type { ProgramContext } from "../deployment/deployment-context.ts"
import { requireAttested } from "../verification/verify-attestations.ts"
import { refuseUnverified } from "../verification/require-verified.ts"

/**
 * Refuses what must not be signed: drafts, files that do not verify, and roots without the attestations that
 * program.json requires.
 * @param tranche the tranche that is about to be funded or submitted
 * @throws AirdropError
 */
export async function assertFit(
  context: ProgramContext,
  out: Output,
  tranche?: "automatic" | "reserve",
): Promise<void> {
  const { automatic, name } = context
  if (automatic.manifest.draft) {
    throw new AirdropError(`${name} has unconfirmed terms: its published files are a draft`, {
      code: "unresolved",
    })
  }
  const recomputed = await refuseUnverified(context, automatic.folder, (done, total) => {
    out.progress("verified", done, total)
  })
  if (tranche !== undefined) await requireAttested(context, recomputed, tranche)
}

/** Returns the contracts and the root that an action concerns. */
export function targetOf({ airdrop, program, automatic }: ProgramContext): Target {
  return { airdrop, token: program.token.address, automaticRoot: automatic.root }
}

/** Returns the wording for addresses in texts about the program. */
export function wordingOf(context: ProgramContext, others: ReadonlyMap<Address, string>): Wording {
  const { program, airdrop } = context
  const libraries = [...knownMultiSends(program.chainId)].map(
    ([address, version]) => [address, `MultiSendCallOnly ${version}`] as const,
  )
  return {
    token: program.token,
    names: new Map<Address, string>([
      ...libraries,
      [DEPLOYMENT_PROXY, "the deterministic deployment proxy"],
      [program.token.address, `the ${program.token.symbol} token`],
      ...others,
      [airdrop, "the airdrop"],
    ]),
  }
}
