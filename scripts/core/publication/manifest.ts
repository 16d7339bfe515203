/** manifest.json: the program, the root, and the hash of every published file. */
import { toChecksum, type Address } from "../primitives/address.ts"
import { formatAmount } from "../primitives/amount.ts"
import type { Origin } from "./claim-file.ts"
import { AirdropError } from "../primitives/error.ts"
import type { Hex } from "../primitives/bytes.ts"
import {
  addressOf,
  countOf,
  decimalsOf,
  hexOf,
  objectOf,
  textOf,
  unitsOf,
  wordOf,
} from "../primitives/json-reader.ts"
import { LEAF_ENCODING } from "../merkle/leaf.ts"
import { MOST_LEAVES } from "../merkle/position.ts"
import { parseLayout, type ShardLayout } from "./shard-layout.ts"

export const MANIFEST_FORMAT = "merkle-airdrop/manifest@1"

/** The hash and the size that identify the content of a file. */
export interface FileRecord {
  /** In hex, with no 0x. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
}

export interface Manifest extends Origin {
  /** True if the program has unconfirmed terms: not for publication. */
  readonly draft: boolean
  /** keccak256 of the contract's creation code without arguments, as compiled from the sources. */
  readonly creationCodeHash?: Hex | undefined
  readonly root: Hex
  readonly leafCount: number
  /** Base units: the sum of all leaves. */
  readonly total: bigint
  /** True if every address has a file in claims/; otherwise only the shards hold proofs. */
  readonly claimFiles: boolean
  readonly shards: ShardLayout
  /** The input files of the list, by name within the program's folder. */
  readonly inputs: ReadonlyMap<string, FileRecord>
  /** The published files by path. Those in claims/ and shards/ are listed in files.csv, which is one of these. */
  readonly outputs: ReadonlyMap<string, FileRecord>
}

/** Writes the text of manifest.json. */
export function formatManifest(manifest: Manifest): string {
  const { token, contract } = manifest
  return `${JSON.stringify(
    {
      format: MANIFEST_FORMAT,
      program: manifest.program,
      ...(manifest.draft ? { draft: true } : {}),
      tranche: manifest.tranche,
      chainId: manifest.chainId,
      contract: contract === undefined ? null : toChecksum(contract),
      creationCodeHash: manifest.creationCodeHash,
      token: { address: toChecksum(token.address), symbol: token.symbol, decimals: token.decimals },
      root: manifest.root,
      leafCount: manifest.leafCount,
      leafEncoding: LEAF_ENCODING[manifest.tranche],
      total: { baseUnits: manifest.total.toString(), amount: formatAmount(manifest.total, token.decimals) },
      claimFiles: manifest.claimFiles,
      shards: manifest.shards,
      inputs: Object.fromEntries(manifest.inputs),
      outputs: Object.fromEntries(manifest.outputs),
    },
    undefined,
    2,
  )}\n`
}

/**
 * Reads a manifest from an untrusted source.
 * @throws AirdropError that names file and field
 */
export function parseManifest(json: unknown, file = "manifest.json"): Manifest {
  const value = objectOf(json, file)
  wordOf(value["format"], [MANIFEST_FORMAT], `${file}: format`)
  const token = objectOf(value["token"], `${file}: token`)
  const total = objectOf(value["total"], `${file}: total`)
  const tranche = wordOf(value["tranche"], ["automatic", "reserve"], `${file}: tranche`)
  if (JSON.stringify(value["leafEncoding"]) !== JSON.stringify(LEAF_ENCODING[tranche])) {
    throw new AirdropError(`${file}: leafEncoding is not that of the ${tranche} tranche`, {
      code: "mismatch",
    })
  }
  const inputs = recordsOf(value["inputs"], `${file}: inputs`)
  if (tranche === "reserve" && inputs.size > 0) {
    throw new AirdropError(`${file}: inputs must be empty: the reserve follows from its ledger`, {
      code: "mismatch",
    })
  }
  return {
    program: textOf(value["program"], `${file}: program`),
    draft: value["draft"] === true,
    tranche,
    chainId: countOf(value["chainId"], `${file}: chainId`),
    contract: contractOf(value["contract"], file),
    ...(value["creationCodeHash"] === undefined
      ? {}
      : { creationCodeHash: hexOf(value["creationCodeHash"], 32, `${file}: creationCodeHash`) }),
    token: {
      address: addressOf(token["address"], `${file}: token.address`),
      symbol: textOf(token["symbol"], `${file}: token.symbol`),
      decimals: decimalsOf(token["decimals"], `${file}: token.decimals`),
    },
    root: hexOf(value["root"], 32, `${file}: root`),
    leafCount: leafCountOf(value["leafCount"], `${file}: leafCount`),
    total: unitsOf(total["baseUnits"], `${file}: total.baseUnits`),
    claimFiles: value["claimFiles"] === true,
    shards: parseLayout(value["shards"], `${file}: shards`),
    inputs,
    outputs: recordsOf(value["outputs"], `${file}: outputs`),
  }
}

function leafCountOf(value: unknown, what: string): number {
  const count = countOf(value, what)
  if (count > MOST_LEAVES)
    throw new AirdropError(`${what} is ${count}, above the most of ${MOST_LEAVES}`, { code: "invalid-value" })
  return count
}

function contractOf(value: unknown, file: string): Address | undefined {
  return value === null ? undefined : addressOf(value, `${file}: contract`)
}

function recordsOf(value: unknown, what: string): Map<string, FileRecord> {
  return new Map(
    Object.entries(objectOf(value, what)).map(([name, one]) => {
      const record = objectOf(one, `${what}.${name}`)
      const sha256 = textOf(record["sha256"], `${what}.${name}.sha256`)
      return [name, { sha256, size: countOf(record["size"], `${what}.${name}.size`) }]
    }),
  )
}
