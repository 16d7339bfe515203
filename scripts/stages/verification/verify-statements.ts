/** The part of verification that concerns signed links and redirects. */
import { plural } from "../../core/primitives/plural.ts"
import type { WalletSignature } from "../../core/statements/judge.ts"
import type { Finding } from "../../core/files/findings.ts"
import { connect } from "../../io/rpc/provider.ts"
import type { LoadedInputs } from "../../core/allocation/read-inputs.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { statementsPath } from "../statements/statement-files.ts"
import { walletFault } from "../statements/wallet-signature.ts"
import { shownPath } from "../../io/disk/paths.ts"

export interface StatementsStage {
  readonly name: "statements"
  readonly summary: string
  readonly notes: readonly string[]
  readonly findings: readonly Finding[]
}

/** Returns what was verified of the statements while the inputs were read; undefined without statements. */
export function statementsStage({
  statements: { links, redirects },
  walletSignatures,
}: LoadedInputs): StatementsStage | undefined {
  if (links.length + redirects.length === 0) return undefined
  return {
    name: "statements",
    summary: `${plural(links.length, "link")}, ${plural(redirects.length, "redirect")}, signatures of keys verified`,
    notes:
      walletSignatures.length === 0
        ? []
        : [
            `${plural(walletSignatures.length, "signature")} of contract wallets need a node: verify --rpc URL`,
          ],
    findings: [],
  }
}

/**
 * Asks each contract wallet about its signature, at the snapshot block.
 * @param block undefined without a snapshot: the latest state is asked
 */
export async function walletsStage(
  { folder, program }: LoadedProgram,
  signatures: readonly WalletSignature[],
  block: number | undefined,
  rpc: string,
): Promise<StatementsStage> {
  const provider = await connect(rpc, program.chainId)
  const findings: Finding[] = []
  for (const signature of signatures) {
    const problem = await walletFault(provider, signature, block)
    if (problem !== undefined) {
      findings.push({ file: shownPath(statementsPath(folder, signature.terms.kind)), problem })
    }
  }
  const summary = `${plural(signatures.length, "contract wallet")} asked about their signatures`
  return { name: "statements", summary, notes: [], findings }
}
