/** Deploys an airdrop from a key, through Ignition, which can be interrupted and resumed. */
import type { NetworkConnection } from "hardhat/types/network"
import { airdropModule } from "../../../deploy/modules/MerkleAirdrop.ts"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { DEPLOYMENT_PROXY } from "../../core/ethereum/create2.ts"
import type { Call } from "../../core/ethereum/call.ts"
import { AirdropError } from "../../core/primitives/error.ts"
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
 * Creates the contract and funds it.
 * @param confirmations blocks to wait for
 * @param sender pays gas and funding
 * @throws AirdropError (exit 1) if a transaction fails; running it again continues where it stopped
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
      exit: 1,
      hint: "Run it again to continue; deploy/deployments/ has its journal.",
      cause,
    })
  }
  const creation = await locateDeployment(connection.ethers.provider, airdrop)
  if (creation === undefined) throw new AirdropError(`nothing stands at ${toChecksum(airdrop)}`, { exit: 1 })
  return creation
}
