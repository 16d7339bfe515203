/**
 * What the page was built for. It stands in index.html itself, so that it is part of the page's fingerprint and a
 * changed data file cannot lead anyone to another contract.
 */
import { isObject } from "./chain/rpc.ts"

export interface PageConfig {
  /** The program's name, for people. */
  readonly title: string
  readonly chainId: number
  readonly chainName: string
  /** The symbol of what gas is paid in. */
  readonly currency: string
  readonly contract: `0x${string}`
  readonly automaticRoot: `0x${string}`
  readonly leafCount: number
  readonly token: { readonly address: `0x${string}`; readonly symbol: string; readonly decimals: number }
  readonly rpcUrls: readonly string[]
  /** Where transactions can be looked at; links only, nothing is loaded from there. */
  readonly explorer: string | undefined
  /** The block of the deployment, where it is known when the page is built. */
  readonly deployedBlock: number | undefined
  /** The staking network beside the program, where there is one. */
  readonly network: { readonly rewards: `0x${string}`; readonly pool: `0x${string}` | undefined } | undefined
  /** Files of the page itself, for its fingerprint. */
  readonly files: readonly string[]
}

/** Reads the config that scripts/files/page.ts wrote; both are built together, so only its presence is checked. */
export function readConfig(): PageConfig {
  const text = document.querySelector<HTMLMetaElement>('meta[name="airdrop"]')?.content
  const config: unknown = text === undefined ? undefined : JSON.parse(text)
  if (!isObject(config) || !isPageConfig(config)) throw new Error("index.html carries no settings")
  return config
}

function isPageConfig(value: Readonly<Record<string, unknown>>): value is Readonly<Record<string, unknown>> & PageConfig {
  return typeof value["contract"] === "string" && typeof value["chainId"] === "number" && isObject(value["token"])
}
