/** Rebuilds what a contract pays from recorded transactions alone, and compares it with the contract. */
import { join } from "node:path"
import { NO_DERIVATIONS } from "../../core/allocation/derivations.ts"
import type { Chain } from "../../core/ethereum/chains.ts"
import { createFindings } from "../../core/files/findings.ts"
import type { Tranche } from "../../core/merkle/leaf.ts"
import { totalOf } from "../../core/merkle/leaf-list.ts"
import { parseAddress, toChecksum, type Address } from "../../core/primitives/address.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import { plural } from "../../core/primitives/plural.ts"
import { tokenAmount, type Token } from "../../core/primitives/token.ts"
import { type Publication, USUAL_CLAIMS } from "../../core/publication/published-files.ts"
import type { NodeProvider } from "../../io/rpc/provider.ts"
import { merkleAirdropAt } from "../deployment/airdrop-contract.ts"
import { creationCodeHash } from "../deployment/expected-address.ts"
import { locateDeployment } from "../deployment/locate-deployment.ts"
import { readToken } from "../program/read-token.ts"
import { publish, RESERVE } from "../publication/publish.ts"
import type { ChainStage } from "../verification/chain-stage.ts"
import { readRecorded, rebuildList, type RecordedList } from "./read-recorded.ts"

/** A contract whose lists are rebuilt. */
export interface RecordedAirdrop {
  /** The name that the rebuilt files have. */
  readonly program: string
  readonly provider: NodeProvider
  readonly address: Address
  readonly chain: Chain
  /** Nothing was recorded before it; the contract's creation if undefined. */
  readonly fromBlock: number | undefined
  readonly onProgress: (label: string, done: number, total: number) => void
}

export interface RebuiltLists {
  readonly stages: readonly ChainStage[]
  /** Undefined if the list was not recorded, or not rightly. */
  readonly automatic: Publication | undefined
  readonly reserve: Publication | undefined
}

const NO_ROOT = 0n

/**
 * Rebuilds the automatic list, and that of the accepted reserve root if there is one.
 * @throws AirdropError if the address is no airdrop, or the node does not keep what is needed
 */
export async function rebuildLists(target: RecordedAirdrop): Promise<RebuiltLists> {
  const { provider, address, chain } = target
  const airdrop = await merkleAirdropAt(toChecksum(address), provider)
  const [root, count, token, reserveRoot, head] = await Promise.all([
    airdrop.AUTOMATIC_ROOT(),
    airdrop.LEAF_COUNT(),
    airdrop.TOKEN(),
    airdrop.reserveRoot(),
    provider.getBlockNumber(),
  ])
  const from = target.fromBlock ?? (await locateDeployment(provider, address))?.block ?? 0
  const terms: Terms = {
    ...target,
    token: await readToken(provider, parseAddress(token), chain),
    creationCode: await creationCodeHash(),
    range: { from, to: head },
  }
  const automatic = await rebuild(terms, "automatic", root as Hex, Number(count))
  if (BigInt(reserveRoot) === NO_ROOT)
    return { stages: [automatic.stage], automatic: automatic.publication, reserve: undefined }
  const reserve = await rebuild(terms, RESERVE, reserveRoot as Hex, undefined)
  return {
    stages: [automatic.stage, reserve.stage],
    automatic: automatic.publication,
    reserve: reserve.publication,
  }
}

/** Publishes rebuilt lists into a folder, from which everybody can claim. */
export async function publishRebuilt(folder: string, { automatic, reserve }: RebuiltLists): Promise<void> {
  if (automatic !== undefined) await publish(folder, automatic)
  if (reserve !== undefined) await publish(join(folder, RESERVE), reserve)
}

interface Terms extends RecordedAirdrop {
  readonly token: Token
  readonly creationCode: Hex
  readonly range: { readonly from: number; readonly to: number }
}

interface Rebuilt {
  readonly stage: ChainStage
  readonly publication: Publication | undefined
}

async function rebuild(
  terms: Terms,
  tranche: Tranche,
  root: Hex,
  count: number | undefined,
): Promise<Rebuilt> {
  const { provider, program, address, chain, token, creationCode, range, onProgress } = terms
  const findings = createFindings()
  const recorded = await readRecorded(provider, root, range, (done, total) => {
    onProgress("blocks", done, total)
  })
  const rebuilt = await findings.trying(
    toChecksum(address),
    async () => await rebuildList(provider, { root, tranche, count }, recorded),
  )
  const summary = rebuilt === undefined ? `root ${root}` : summaryOf(rebuilt, root, token)
  const stage = {
    name: tranche === RESERVE ? "the reserve" : "the list",
    summary,
    notes: [],
    findings: findings.all(),
  }
  if (rebuilt === undefined) return { stage, publication: undefined }
  const { list, tree } = rebuilt
  const publication: Publication = {
    origin: { program, tranche, chainId: chain.id, contract: address, token },
    draft: false,
    ...(tranche === "automatic" ? { creationCode } : {}),
    list,
    tree,
    derivations: NO_DERIVATIONS,
    inputs: new Map(),
    claims: tranche === RESERVE || list.count <= USUAL_CLAIMS,
  }
  return { stage, publication }
}

function summaryOf({ list, recorder, transactions, bytes }: RecordedList, root: Hex, token: Token): string {
  const sum = tokenAmount(totalOf(list), token)
  return `${plural(list.count, "entry", "entries")}, ${sum}, from ${bytes} bytes in ${plural(transactions, "transaction")} of ${toChecksum(recorder)}: they make the contract's root ${root}`
}
