/** Computes how much a batch should pay into the airdrop, from the chain if a node is named. */
import type { Provider } from "ethers"
import { toChecksum } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { tokenAmount } from "../../core/primitives/token.ts"
import { innermost, type DecodedCall } from "../../core/multisig/decode-call.ts"
import { tokenBalance } from "../../io/transactions/token.ts"
import type { ProgramContext } from "../deployment/deployment-context.ts"
import { missing, readDeployed, type DeployedAirdrop } from "./deployed-airdrop.ts"

export interface ExpectedFunding {
  /** Base units. */
  readonly amount: bigint
  readonly flags: readonly string[]
  readonly notes: readonly string[]
}

/** Compares the contract that a batch pays into with the sources; its own batch may create it. */
export async function fundingExpected(
  calls: readonly DecodedCall[],
  context: ProgramContext,
  provider: Provider | undefined,
): Promise<ExpectedFunding> {
  const { airdrop, funding, program } = context
  const whole = { amount: funding, flags: [], notes: [] }
  const inner = calls.flatMap(innermost)
  const pays = inner.some((call) => call.kind === "transfer" && call.to === airdrop)
  const creates = inner.some(({ kind }) => kind === "deploy" || kind === "deploy-unknown")
  if (!pays) return whole
  const text = (value: bigint): string => tokenAmount(value, program.token)
  if (creates) {
    const held = provider === undefined ? 0n : await tokenBalance(provider, program.token.address, airdrop)
    if (held === 0n) return whole
    return {
      amount: held < funding ? funding - held : 0n,
      flags: [],
      notes: [`${toChecksum(airdrop)} holds ${text(held)} before it is created.`],
    }
  }
  if (provider === undefined) {
    return {
      ...whole,
      notes: [
        `Whether a contract is deployed at ${toChecksum(airdrop)}, and what it still owes, was not checked: give --rpc.`,
      ],
    }
  }
  const flagged = (...flags: string[]): ExpectedFunding => ({ ...whole, flags })
  let deployed: DeployedAirdrop | undefined
  try {
    deployed = await readDeployed(provider, context)
  } catch (error) {
    if (!(error instanceof AirdropError)) throw error
    return flagged(`the contract at ${toChecksum(airdrop)} could not be compared: ${error.message}`)
  }
  if (deployed === undefined) {
    return flagged(
      `no contract is deployed at ${toChecksum(airdrop)}: the tokens would go to an address without code`,
    )
  }
  if (deployed.funding === undefined) {
    return flagged(
      ...deployed.faults.map(
        (fault) => `the contract at ${toChecksum(airdrop)} is not the program's: ${fault}`,
      ),
    )
  }
  const { held, owed } = deployed.funding
  return {
    amount: missing(deployed.funding),
    flags: [],
    notes: [
      `The contract at ${toChecksum(airdrop)} was compared with the sources: ${deployed.checks} checks agree. It holds ${text(held)} and owes ${text(owed)}.`,
    ],
  }
}
