/** The program's contract on chain, compared with the sources before a Safe pays tokens into it. */
import type { Provider } from "ethers"
import type { Hex } from "../../core/primitives/bytes.ts"
import { ZERO_SALT } from "../../core/ethereum/create2.ts"
import { lastRecord } from "../../core/safe/owner-record.ts"
import { amountOf } from "../../core/merkle/leaf-list.ts"
import type { ProgramContext } from "../deployment/deployment-context.ts"
import { readDeployment } from "../deployment/deployment-file.ts"
import { locateDeployment } from "../deployment/locate-deployment.ts"
import { readFunding, type Funding } from "../verification/read-funding.ts"
import { verifyDeployment } from "../verification/verify-deployment.ts"

export interface DeployedAirdrop {
  /** "subject: finding" of each difference from the sources and the files; the funding is not one of them. */
  readonly faults: readonly string[]
  /** The number of comparisons made. */
  readonly checks: number
  /** Undefined if the contract is another one, whose answers mean nothing. */
  readonly funding: Funding | undefined
}

/**
 * Compares the contract with the sources here and with the published files.
 * @returns undefined if nothing is deployed at the address
 */
export async function readDeployed(
  provider: Provider,
  context: ProgramContext,
): Promise<DeployedAirdrop | undefined> {
  const { airdrop: address, program, parameters, automatic, folder } = context
  if ((await provider.getCode(address)) === "0x") return undefined
  const recorded = await readDeployment(folder)
  const isRecorded = recorded?.address === address
  const transaction = isRecorded
    ? recorded.transaction
    : (await locateDeployment(provider, address))?.transaction
  const { list } = automatic
  const amounts = Array.from({ length: list.count }, (_, row) => amountOf(list, row))
  const checks = await verifyDeployment(provider, {
    chainId: program.chainId,
    address,
    parameters: isRecorded ? { ...parameters, proofsURI: recorded.parameters.proofsURI } : parameters,
    ...(isRecorded ? { owner: lastRecord(recorded.ownerHistory).address } : {}),
    salt: isRecorded ? recorded.salt : ZERO_SALT,
    transaction: transaction ?? (`0x${"00".repeat(32)}` satisfies Hex),
    token: program.token,
    amounts,
    proofsURI: undefined,
  })
  const compared = checks.filter(({ subject }) => subject !== "funding")
  const faults = compared.filter(({ ok }) => !ok).map(({ subject, finding }) => `${subject}: ${finding}`)
  const { reserveCap, token } = parameters
  const funding =
    faults.length > 0 ? undefined : await readFunding(provider, { address, token, reserveCap, amounts })
  return { faults, checks: compared.length, funding }
}

/** Returns the base units that the contract still needs: those owed and not held. */
export function missing({ held, owed }: Funding): bigint {
  return owed > held ? owed - held : 0n
}
