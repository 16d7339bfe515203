/**
 * The configuration of a claim page. It is part of the page's index.html and so of the page's fingerprint. A changed
 * data file can therefore lead no recipient to another contract.
 */
import type { Token } from "../primitives/token.ts"
import type { Address } from "../primitives/address.ts"
import type { Hex } from "../primitives/bytes.ts"

export interface PageConfig {
  /** The program's name, for people. */
  readonly title: string
  /** The program's description from program.json. */
  readonly description: string | undefined
  /** The URL at which the team is reached: https: or mailto:. */
  readonly contact: string | undefined
  /** True if terms of the program are not yet settled. */
  readonly draft: boolean
  readonly chainId: number
  readonly chainName: string
  /** The symbol of the currency in which gas is paid. */
  readonly currency: string
  readonly contract: Address
  readonly automaticRoot: Hex
  readonly leafCount: number
  readonly token: Token
  /** The first is used unless the user chooses another. */
  readonly rpcUrls: readonly string[]
  /** The URL of a block explorer. It is used for links only, and nothing is loaded from it. */
  readonly explorer: string | undefined
  /** The block of the deployment, if it is known when the page is built. */
  readonly deployedBlock: number | undefined
  /** The staking network of the program, if there is one. */
  readonly network:
    { readonly stakingContract: Address; readonly rewardPool: Address | undefined } | undefined
  /** The origins that may show the page in a frame and offer a Safe: the Safe's web app. */
  readonly safeOrigins: readonly string[]
  /** The page's own files, for its fingerprint. */
  readonly files: readonly string[]
}
