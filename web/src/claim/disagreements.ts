/** Compares the contract on chain with the one in the page's settings. */
import type { ChainView } from "../chain/status.ts"
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import type { TextKey } from "../text/en.ts"

/** One difference, as the key of its text. */
export type Disagreement = Extract<TextKey, `check.bad.${string}`>

/** Returns the differences. No claim is offered while there are any. */
export function disagreements(config: PageConfig, chain: ChainView): readonly Disagreement[] {
  switch (chain.kind) {
    // Neither speaks against the page: the contract may not be deployed yet, or the RPC may serve another chain.
    case "absent":
    case "otherChain":
      return []
    case "contract": {
      const { status } = chain
      const found: Disagreement[] = []
      if (status.automaticRoot !== config.automaticRoot) found.push("check.bad.root")
      if (status.token !== config.token.address) found.push("check.bad.token")
      if (status.leafCount !== BigInt(config.leafCount)) found.push("check.bad.leaves")
      return found
    }
  }
}
