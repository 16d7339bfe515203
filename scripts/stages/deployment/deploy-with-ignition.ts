/** Deploys an airdrop from a key, through Ignition, which can be interrupted and resumed. */
import type { NetworkConnection } from "hardhat/types/network"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { readTextIfAny } from "../../io/disk/read-file.ts"
import { airdropModule } from "../../../deploy/modules/MerkleAirdrop.ts"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { DEPLOYMENT_PROXY } from "../../core/ethereum/create2.ts"
import type { Call } from "../../core/ethereum/call.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { PROJECT_ROOT } from "../../io/project/processes.ts"
import { locateDeployment, type Creation } from "./locate-deployment.ts"

export interface AirdropPlan {
  /** Names the journal by which an interrupted deployment is resumed. */
  readonly id: string
  readonly creation: Call
  readonly airdrop: Address
  readonly token: Address
  /** Base units that the sender pays in; none if undefined. */
  readonly funding: bigint | undefined
}

/**
 * Removes the journal of a deployment that succeeded where there is no contract: it is of another chain with the
 * same id, such as a simulated one that began anew. The contract itself can never lose its code.
 */
async function dropStaleJournal(id: string): Promise<void> {
  const folder = join(PROJECT_ROOT, "deploy", "deployments", id)
  const journal = (await readTextIfAny(join(folder, "journal.jsonl"))) ?? ""
  if (journal.includes('"SEND_DATA_EXECUTION_STATE_COMPLETE"')) await rm(folder, { recursive: true })
}

/**
 * Creates the contract and funds it.
 * @param confirmations blocks to wait for
 * @param sender pays gas and funding
 * @throws AirdropError if a transaction fails; running it again continues where it stopped
 */
export async function deployAirdrop(
  connection: NetworkConnection,
  plan: AirdropPlan,
  confirmations: number,
  sender: Address,
): Promise<Creation> {
  const { airdrop, token, funding } = plan
  const values = {
    proxy: toChecksum(DEPLOYMENT_PROXY),
    airdrop: toChecksum(airdrop),
    ...(funding === undefined ? {} : { token: toChecksum(token), funding }),
  }
  if ((await connection.ethers.provider.getCode(airdrop)) === "0x") await dropStaleJournal(plan.id)
  try {
    await connection.ignition.deploy(airdropModule(plan.creation, funding !== undefined), {
      parameters: { MerkleAirdrop: values },
      config: { requiredConfirmations: confirmations },
      defaultSender: toChecksum(sender),
      deploymentId: plan.id,
      displayUi: false,
    })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.trim().replaceAll(/\s*\n\s*/g, " ") : String(cause)
    throw new AirdropError(`the deployment stopped: ${reason}`, {
      code: "unsettled",
      hint: "Run it again to continue; deploy/deployments/ has its journal.",
      cause,
    })
  }
  const creation = await locateDeployment(connection.ethers.provider, airdrop)
  if (creation === undefined)
    throw new AirdropError(`nothing is deployed at ${toChecksum(airdrop)}`, { code: "unsettled" })
  return creation
}
