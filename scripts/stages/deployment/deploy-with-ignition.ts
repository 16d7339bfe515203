/** Deploys an airdrop from a key, through Ignition, which can be interrupted and resumed. */
import type { NetworkConnection } from "hardhat/types/network"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import { airdropModule } from "../../../deploy/modules/MerkleAirdrop.ts"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import type { Call } from "../../core/ethereum/call.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { addressField } from "../../core/primitives/fields.ts"
import { parseJson } from "../../core/primitives/json-reader.ts"
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

/** What deploy/parameters/ holds for a network. */
export interface NetworkParameters {
  readonly proxy: Address
  readonly confirmations: number
}

const FILE = z.strictObject({
  MerkleAirdrop: z.strictObject({ proxy: addressField, confirmations: z.int().min(1) }),
})

/** Reads the parameters of a network of hardhat.config.ts. */
export async function networkParameters(network: string): Promise<NetworkParameters> {
  const path = join(import.meta.dirname, "..", "..", "..", "deploy", "parameters", `${network}.json`)
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new AirdropError(`there are no parameters for the network "${network}"`, {
      hint: "deploy/parameters/ has a file for each network.",
      cause,
    })
  })
  const parsed = FILE.safeParse(parseJson(text, path))
  if (!parsed.success) throw new AirdropError(`${path}: ${parsed.error.issues[0]?.message ?? "is malformed"}`)
  return parsed.data.MerkleAirdrop
}

/**
 * Creates the contract and funds it.
 * @param sender pays gas and funding
 * @throws AirdropError (exit 1) if a transaction fails; running it again continues where it stopped
 */
export async function deployAirdrop(
  connection: NetworkConnection,
  plan: AirdropPlan,
  parameters: NetworkParameters,
  sender: Address,
): Promise<Creation> {
  const { airdrop, token, funding } = plan
  const values = {
    proxy: toChecksum(parameters.proxy),
    airdrop: toChecksum(airdrop),
    ...(funding === undefined ? {} : { token: toChecksum(token), funding }),
  }
  try {
    await connection.ignition.deploy(airdropModule(plan.creation, funding !== undefined), {
      parameters: { MerkleAirdrop: values },
      config: { requiredConfirmations: parameters.confirmations },
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
