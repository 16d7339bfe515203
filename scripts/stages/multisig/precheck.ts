/** Checks on chain before a proposal is written: what could only fail, or does nothing, is not proposed. */
import { chainText } from "../../core/ethereum/chains.ts"
import type { Provider } from "ethers"
import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import { parseAddress, toChecksum, ZERO_ADDRESS, type Address } from "../../core/primitives/address.ts"
import { tokenAmount } from "../../core/primitives/token.ts"
import { DEPLOYMENT_PROXY } from "../../core/ethereum/create2.ts"
import { isoTime } from "../../core/primitives/time.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { timelockOperation, type Action, type TimelockStep } from "../../core/multisig/actions.ts"
import { programArgument } from "../../io/project/folders.ts"
import { isProviderFault } from "../../io/rpc/rpc-error.ts"
import { tokenBalance, tokenDecimals } from "../../io/transactions/token.ts"
import type { SafeState } from "../../io/safe/safe.ts"
import { merkleAirdropAt } from "../deployment/airdrop-contract.ts"
import type { ProgramContext } from "../deployment/deployment-context.ts"
import { targetOf } from "./context.ts"
import { missing, readDeployed } from "./deployed-airdrop.ts"
import { assertTimelock } from "./precheck-timelock.ts"

export interface Precheck {
  readonly context: ProgramContext
  readonly safe: SafeState
  readonly action: Action
  readonly timelock: TimelockStep | undefined
}

/**
 * Checks a proposal against the chain.
 * @throws AirdropError `refused` that says why it would fail
 */
export async function precheck(provider: Provider, check: Precheck): Promise<void> {
  const { context, safe, action, timelock } = check
  if (timelock !== undefined) {
    await assertTimelock(provider, safe, timelock, timelockOperation(action, targetOf(context), timelock))
  }
  const now = BigInt((await provider.getBlock("latest"))?.timestamp ?? 0)
  if (action.name === "deploy") {
    if (timelock?.step === "execute") return
    await assertDeployable(provider, check, action, now)
    return
  }
  // What is recorded was compared with the chain when the part was chosen, and needs no owner.
  if (action.name === "record") return
  const caller = timelock?.timelock ?? safe.address
  if (action.name === "collect") {
    await assertHolds(provider, context, caller, action.amount)
    return
  }
  const { airdrop } = context
  if ((await provider.getCode(airdrop)) === "0x")
    throw refusal(`no airdrop is deployed at ${toChecksum(airdrop)}`)
  const contract = await merkleAirdropAt(toChecksum(airdrop), provider)
  await assertCaller(contract, action, caller)
  switch (action.name) {
    case "accept": {
      const acceptableAt = await assertPending(contract, action.root)
      if (now < acceptableAt) throw refusal(`the reserve root is acceptable from ${isoTime(acceptableAt)}`)
      return
    }
    case "revoke":
      await assertPending(contract, action.root)
      return
    case "sweep":
      await assertSweepable(provider, context, now)
      return
    case "rescue":
      await assertRescuable(provider, airdrop, action)
      return
    case "transfer-ownership":
    case "accept-ownership":
    case "publish":
    case "reserve":
      return
  }
}

/** The amount that the funding has to be, and what is said about it. */
export interface FundingPlan {
  readonly amount: bigint
  readonly note: string
}

/**
 * Compares the deployed contract with the sources and computes what is still to be paid in.
 * @throws AirdropError if nothing is deployed, if it is another contract, or if nothing is missing
 */
export async function planFunding(provider: Provider, context: ProgramContext): Promise<FundingPlan> {
  const { airdrop, program, folder } = context
  const deployed = await readDeployed(provider, context)
  if (deployed === undefined) {
    throw new AirdropError(`no airdrop is deployed at ${toChecksum(airdrop)} yet`, {
      code: "not-ready",
      hint: `Deploy it from any key, the address does not depend on it: ./airdrop deploy ${programArgument(folder)} --rpc URL --key NAME --no-fund --yes. Or add --batch to have the Safe deploy and fund it at once.`,
    })
  }
  const [fault] = deployed.faults
  if (fault !== undefined || deployed.funding === undefined) {
    throw new AirdropError(
      `the contract at ${toChecksum(airdrop)} is not the program's: ${fault ?? "it does not answer"}`,
      { code: "mismatch" },
    )
  }
  const { held, owed } = deployed.funding
  const amount = missing(deployed.funding)
  const text = (value: bigint): string => tokenAmount(value, program.token)
  if (amount === 0n) throw refusal(`the airdrop holds ${text(held)} already and owes ${text(owed)}`)
  return {
    amount,
    note: `The contract was compared with the sources and the published files: ${deployed.checks} checks agree. It holds ${text(held)} and owes ${text(owed)}.`,
  }
}

async function assertDeployable(
  provider: Provider,
  { context, safe }: Precheck,
  { code, funding }: Extract<Action, { name: "deploy" }>,
  now: bigint,
): Promise<void> {
  const { airdrop, parameters, program } = context
  if (parameters.sweepTime <= now) {
    throw refusal(`the program's sweep time has passed: ${isoTime(parameters.sweepTime)}`)
  }
  if (code !== undefined) {
    if ((await provider.getCode(DEPLOYMENT_PROXY)) === "0x") {
      throw refusal(`the deterministic deployment proxy is missing on ${chainText(program.chain)}`)
    }
    if ((await provider.getCode(airdrop)) !== "0x") {
      throw refusal(
        `the address ${toChecksum(airdrop)} is taken`,
        "Without --batch only the funding is proposed, after a comparison of the contract with the sources.",
      )
    }
  }
  const decimals = await tokenDecimals(provider, program.token.address)
  if (decimals !== program.token.decimals) {
    throw refusal(`the token has ${decimals} decimals, but the program says ${program.token.decimals}`)
  }
  await assertHolds(provider, context, safe.address, funding)
}

/** @param holder the Safe, or its timelock */
async function assertHolds(
  provider: Provider,
  { program: { token } }: ProgramContext,
  holder: Address,
  amount: bigint,
): Promise<void> {
  const balance = await tokenBalance(provider, token.address, holder)
  if (balance >= amount) return
  const text = (value: bigint): string => tokenAmount(value, token)
  throw refusal(
    `${toChecksum(holder)} holds ${text(balance)} and would pay ${text(amount)}: ${text(amount - balance)} are missing`,
  )
}

async function assertCaller(contract: MerkleAirdrop, action: Action, caller: Address): Promise<void> {
  if (action.name === "accept") return
  if (action.name === "accept-ownership") {
    const pending = parseAddress(await contract.pendingOwner())
    if (pending === caller) return
    throw refusal(
      pending === ZERO_ADDRESS
        ? "no transfer of the ownership is pending"
        : `the ownership is offered to ${toChecksum(pending)}, not to ${toChecksum(caller)}`,
    )
  }
  const owner = parseAddress(await contract.owner())
  if (owner !== caller) {
    throw refusal(`the airdrop's owner is ${toChecksum(owner)}, not ${toChecksum(caller)}`)
  }
}

async function assertPending(contract: MerkleAirdrop, root: string): Promise<bigint> {
  const { root: pending, acceptableAt } = await contract.pendingReserveRoot()
  if (pending === root) return acceptableAt
  throw refusal(
    BigInt(pending) === 0n
      ? "no reserve root is pending"
      : `the pending reserve root is ${pending}, not ${root}`,
  )
}

async function assertSweepable(
  provider: Provider,
  { airdrop, parameters, program }: ProgramContext,
  now: bigint,
): Promise<void> {
  if (now < parameters.sweepTime) {
    throw refusal(`the airdrop cannot be swept before ${isoTime(parameters.sweepTime)}`)
  }
  if ((await tokenBalance(provider, program.token.address, airdrop)) === 0n) {
    throw refusal("the airdrop holds nothing to sweep")
  }
}

async function assertRescuable(
  provider: Provider,
  airdrop: Address,
  { token, amount }: Extract<Action, { name: "rescue" }>,
): Promise<void> {
  if ((await provider.getCode(token)) === "0x") throw refusal(`${toChecksum(token)} has no code`)
  const balance = await tokenBalance(provider, token, airdrop).catch((cause: unknown) => {
    if (isProviderFault(cause)) throw cause
    throw new AirdropError(`${toChecksum(token)} does not answer as a token`, { code: "rpc-answer", cause })
  })
  if (balance < amount) throw refusal(`the airdrop holds ${balance} base units of it, not ${amount}`)
}

function refusal(message: string, hint?: string): AirdropError {
  return new AirdropError(message, { code: "chain-state", ...(hint === undefined ? {} : { hint }) })
}
