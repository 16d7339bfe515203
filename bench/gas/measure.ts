/** The single measurements of the gas bench. Each opens its own chain, so that none warms another's storage. */
import { concat, toBeHex } from "ethers"
import { invariant } from "../../scripts/core/primitives/error.ts"
import { projectSettings, type Settings } from "../solc.ts"
import { billedBytes } from "../../scripts/stages/distribution/distribution-cost.ts"
import {
  deployDisperse,
  deployPackedDrop,
  deployToken,
  openChain,
  type Chain,
  type Deployed,
} from "./chain.ts"
import { merkleAirdrop, ownTree, packed, type Distributor } from "./distributors.ts"
import { chainOf, LEAF_COUNT, type ProvenRecipient } from "./fixture.ts"

/** Gas of a claim, whole transaction: means over the same recipients for each distributor. */
export interface ClaimCost {
  readonly name: string
  /** The first claim in a bitmap word; the recipient holds none of the token. */
  readonly firstOfWord: number
  /** A later claim in a bitmap word; the recipient holds none. */
  readonly typicalClaim: number
  /** A later claim in a bitmap word; the recipient holds some. */
  readonly holding: number
  readonly deployment: number
  readonly codeSize: number
}

/** Compiler settings, and the gas and size of the project's contract under them. */
export interface SettingsCost {
  readonly viaIR: boolean
  readonly runs: number
  readonly typicalClaim: number
  readonly rangePerRecipient200: number
  readonly deployment: number
  readonly codeSize: number
}

/** The indexes of the typical claims, spread over words in which a first claim was made. */
export const TYPICAL_INDEXES = sample(10)

export async function claimCost(distributor: Distributor): Promise<ClaimCost> {
  return await onChain(async (chain) => {
    const { token, deployed, size, claim } = await distributor.ready(chain)
    const at = (index: number): ProvenRecipient => recipientAt(distributor.proven, index)
    const claims = async (indexes: readonly number[]): Promise<number> => {
      let sum = 0n
      for (const index of indexes) sum += await claim(at(index))
      return Math.round(Number(sum) / indexes.length)
    }
    const firstOfWord = await claims([100, 400, 700, 1000])
    const typicalClaim = await claims(TYPICAL_INDEXES)
    for (const index of sample(20)) await token.send("transfer", at(index).account, 1n)
    const holding = await claims(sample(20))
    const deployment = Number(deployed.deploymentGas)
    return { name: distributor.name, firstOfWord, typicalClaim, holding, deployment, codeSize: size }
  })
}

/** Gas and size of one transaction that pays several recipients who hold none of the token. */
export interface PushCost {
  /** Of the whole transaction. */
  readonly gas: number
  readonly perRecipient: number
  /** What Arbitrum bills for its data on Ethereum: bytes after brotli, envelope and signature included. */
  readonly bytesPerRecipient: number
}

/** Measures claimRange over leaves from `start`: the middle of a word, unless it is the whole level. */
export async function rangeCost(count: number, settings?: Settings): Promise<PushCost> {
  return await onChain(async (chain) => {
    const { deployed } = await merkleAirdrop(settings).ready(chain)
    const start = count === LEAF_COUNT ? 0 : 512
    const entries = ownTree.proven.slice(start, start + count).map(packed)
    return await pushOf(
      deployed,
      count,
      deployed.encode("claimRange", start, entries, siblingsOf(start, count)),
    )
  })
}

/** Measures a plain loop of transfers: what a trusted sender pays who checks nothing. */
export async function disperseCost(count: number): Promise<PushCost> {
  return await onChain(async (chain) => {
    const token = await deployToken(chain)
    const disperse = await deployDisperse(chain)
    await token.send("transfer", disperse.address, 10n ** 30n)
    const to = recipientsFrom(512, count)
    const accounts = to.map((recipient) => recipient.account)
    const amounts = to.map((recipient) => recipient.amount)
    return await pushOf(disperse, count, disperse.encode("disperse", token.address, accounts, amounts))
  })
}

/** Measures the same loop in assembly over packed entries, the floor of any push. */
export async function packedDropCost(count: number): Promise<PushCost> {
  return await onChain(async (chain) => {
    const token = await deployToken(chain)
    const drop = await deployPackedDrop(chain)
    await token.send("transfer", drop.address, 10n ** 30n)
    const words = [BigInt(token.address), ...recipientsFrom(512, count).map(packed)]
    return await pushOf(drop, count, concat(words.map((word) => toBeHex(word, 32))))
  })
}

async function pushOf(to: Deployed, count: number, data: string): Promise<PushCost> {
  const gas = Number(await to.sendRaw(data))
  return {
    gas,
    perRecipient: Math.round(gas / count),
    bytesPerRecipient: Math.round((10 * billedBytes(data)) / count) / 10,
  }
}

function recipientsFrom(start: number, count: number): readonly ProvenRecipient[] {
  return ownTree.proven.slice(start, start + count)
}

/** Returns the mean of the bytes that Arbitrum bills for the data of a typical claim. */
export async function claimBytes(): Promise<number> {
  return await onChain(async (chain) => {
    const { deployed } = await merkleAirdrop().ready(chain)
    const sizes = TYPICAL_INDEXES.map((at) => {
      const { index, account, amount, proof } = recipientAt(ownTree.proven, at)
      return billedBytes(deployed.encode("claim", index, account, amount, proof))
    })
    return Math.round(sizes.reduce((sum, size) => sum + size, 0) / sizes.length)
  })
}

/** Returns the mean gas of a plain transfer of the token, from a holder to the typical claims' recipients. */
export async function transferCost(): Promise<number> {
  return await onChain(async (chain) => {
    const token = await deployToken(chain)
    let sum = 0n
    for (const index of TYPICAL_INDEXES) {
      const { account, amount } = recipientAt(ownTree.proven, index)
      sum += await token.send("transfer", account, amount)
    }
    return Math.round(Number(sum) / TYPICAL_INDEXES.length)
  })
}

/**
 * Returns the gas of a claim with a proof of this length. It is the first of its word, as the tree has no other
 * leaf.
 */
export async function depthCost(depth: number): Promise<number> {
  const recipient = recipientAt(ownTree.proven, 301)
  const { root, proof } = chainOf(depth, recipient)
  return await onChain(async (chain) => {
    const { deployed } = await merkleAirdrop(undefined, root, 2 ** depth).ready(chain)
    const { index, account, amount } = recipient
    return Number(await deployed.send("claim", index, account, amount, proof))
  })
}

export async function settingsCost(viaIR: boolean, runs: number): Promise<SettingsCost> {
  const settings = { ...projectSettings(), viaIR, optimizer: { enabled: true, runs } }
  const { typicalClaim, deployment, codeSize } = await claimCost(merkleAirdrop(settings))
  return {
    viaIR,
    runs,
    typicalClaim,
    rangePerRecipient200: (await rangeCost(200, settings)).perRecipient,
    deployment,
    codeSize,
  }
}

/** Returns the recipient of an index. */
export function recipientAt(proven: readonly ProvenRecipient[], index: number): ProvenRecipient {
  const recipient = proven[index]
  invariant(recipient, `the fixture has no recipient ${index}`)
  return recipient
}

/** Returns the siblings outside a run of leaves of the full tree, in the order in which claimRange uses them. */
function siblingsOf(start: number, count: number): readonly string[] {
  const nodes = ownTree.tree.dump().tree
  const proof: string[] = []
  let high = 2 * LEAF_COUNT - 2 - start
  for (let low = high - count + 1; high > 0; high = (high - 1) >> 1, low = (low - 1) >> 1) {
    if (high % 2 === 1) proof.push(nodes[high + 1] ?? "")
    if (low % 2 === 0) proof.push(nodes[low - 1] ?? "")
  }
  return proof
}

function sample(offset: number): readonly number[] {
  return Array.from({ length: 16 }, (_, i) => offset + 63 * i)
}

async function onChain<T>(measure: (chain: Chain) => Promise<T>): Promise<T> {
  const chain = await openChain()
  try {
    return await measure(chain)
  } finally {
    await chain.close()
  }
}
