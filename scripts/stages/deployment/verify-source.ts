/** Publishes the contract's sources at block explorers, through hardhat-verify. */
import { mkdir, rm } from "node:fs/promises"
import { join } from "node:path"
import { randomUUID } from "node:crypto"
import { writeFileAtomic } from "../../io/disk/atomic-write.ts"
import { OTHER_NETWORK, type Chain } from "../../core/ethereum/chains.ts"
import { toChecksum } from "../../core/primitives/address.ts"
import type { Deployment } from "./deployment-file.ts"
import { PROJECT_ROOT, runTool } from "../../io/project/processes.ts"

/** Sites that publish sources. Arbiscan is one of Etherscan's and needs an API key (ETHERSCAN_API_KEY). */
export const EXPLORERS = ["etherscan", "blockscout", "sourcify"] as const
export type Explorer = (typeof EXPLORERS)[number]

export interface SourceVerification {
  readonly explorer: Explorer
  readonly ok: boolean
  /** The message of hardhat-verify. */
  readonly message: string
}

const CONTRACT = "contracts/MerkleAirdrop.sol:MerkleAirdrop"

/** A placeholder key: reading a chain needs none, but the network's settings ask for one. */
const NO_KEY = `0x${"1".padStart(64, "0")}`

/**
 * Submits sources, settings and constructor arguments to each explorer. One that fails does not stop the others.
 * @param rpc node to read the deployed code from; the chain's own if undefined
 * @param run starts Hardhat
 */
export async function verifySource(
  deployment: Deployment,
  { network, keyVariable, rpcVariable }: Chain,
  rpc: string | undefined,
  run: typeof runTool = runTool,
): Promise<SourceVerification[]> {
  const urlVariable = network === OTHER_NETWORK ? "CHAIN_RPC_URL" : rpcVariable
  const environment = { [keyVariable]: NO_KEY, ...(rpc === undefined ? {} : { [urlVariable]: rpc }) }
  const args = join(PROJECT_ROOT, ".cache", `constructor-${randomUUID()}.mjs`)
  await mkdir(join(PROJECT_ROOT, ".cache"), { recursive: true })
  await writeFileAtomic(args, constructorModule(deployment))
  try {
    const results: SourceVerification[] = []
    for (const explorer of EXPLORERS) {
      const { status, text } = await run(
        "hardhat",
        [
          ...["verify", explorer, "--network", network, "--build-profile", "default"],
          ...["--contract", CONTRACT, "--constructor-args-path", args],
          ...(explorer === "sourcify" ? ["--creation-tx-hash", deployment.transaction] : []),
          toChecksum(deployment.address),
        ],
        { environment },
      )
      results.push({ explorer, ok: status === 0, message: firstWords(text) })
    }
    return results
  } finally {
    await rm(args, { force: true })
  }
}

/** Writes a module that exports the arguments as hardhat-verify takes them. */
function constructorModule({ parameters }: Deployment): string {
  const plain = JSON.stringify(parameters, (_key, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  )
  return `export default [${plain}]\n`
}

function firstWords(text: string): string {
  const plain = text
    .replaceAll(/\u001b\[[0-9;]*m/g, "")
    .replaceAll(/\s+/g, " ")
    .trim()
  return plain.length > 300 ? `${plain.slice(0, 300)}…` : plain
}
