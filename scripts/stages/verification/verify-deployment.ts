/** Compares a deployed airdrop with what the sources and the published files in this tree say it is. */
import { tokenAmount } from "../../core/primitives/token.ts"
import { Contract, type Interface, type Provider, type TransactionReceipt } from "ethers"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { AIRDROP } from "../../core/contract/abi.ts"
import { TOKEN } from "../../core/ethereum/erc20.ts"
import { equalCheck, type Check } from "../../core/primitives/check.ts"
import { isoTime } from "../../core/primitives/time.ts"
import { duration } from "../../core/primitives/time.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import { merkleAirdropAt } from "../deployment/airdrop-contract.ts"
import { readClaimed } from "../claim/read-claimed.ts"
import { codeChecks, type ExpectedDeployment } from "./verify-code.ts"

/**
 * Checks everything that decides who is paid what: code, constructor arguments, owner, root, cap, delay, times,
 * funding and the events of the deployment.
 * @returns one check for each, in words; the caller decides what a failed one means
 * @throws AirdropError (exit 1) if the chain cannot be read
 */
export async function verifyDeployment(provider: Provider, expected: ExpectedDeployment): Promise<Check[]> {
  const chainId = Number((await provider.getNetwork()).chainId)
  const chain = equalCheck("chain", chainId.toString(), expected.chainId.toString())
  if (!chain.ok) return [chain]
  const code = (await provider.getCode(expected.address)) as Hex
  if (code === "0x") {
    return [
      chain,
      { subject: "contract", ok: false, finding: `nothing stands at ${toChecksum(expected.address)}` },
    ]
  }
  const receipt = await provider.getTransactionReceipt(expected.transaction)
  const codes = await codeChecks(provider, expected, code, receipt)
  const isOurs = codes.every(({ ok }) => ok)
  return [
    chain,
    ...codes,
    ...(await stateChecks(provider, expected).catch((error: unknown) => unanswered(error, isOurs))),
    ...(await fundingChecks(provider, expected).catch((error: unknown) => unanswered(error, isOurs))),
    ...eventChecks(expected, receipt),
  ]
}

/** Other code need not answer as the airdrop does: that is a finding, not a failure to read. */
function unanswered(error: unknown, isOurs: boolean): Check[] {
  if (isOurs || !(error instanceof AirdropError)) throw error
  return [{ subject: "answers of the contract", ok: false, finding: error.message }]
}

async function stateChecks(
  provider: Provider,
  { address, parameters, token }: ExpectedDeployment,
): Promise<Check[]> {
  const read = reader(provider, address, AIRDROP)
  const ofToken = reader(provider, parameters.token, TOKEN)
  const owner = parameters.owner
  const amount = (value: unknown): string => tokenAmount(BigInt(String(value)), token)
  const count = (value: unknown): bigint => BigInt(String(value))
  const pendingOwner = String(await read("pendingOwner"))
  return [
    equalCheck("owner", String(await read("owner")), toChecksum(owner)),
    {
      subject: "pending owner",
      ok: BigInt(pendingOwner) === 0n,
      finding: BigInt(pendingOwner) === 0n ? "none" : `ownership is offered to ${pendingOwner}`,
    },
    equalCheck("token", String(await read("TOKEN")), toChecksum(parameters.token)),
    equalCheck("decimals of the token", String(await ofToken("decimals")), token.decimals.toString()),
    equalCheck("automatic root", String(await read("AUTOMATIC_ROOT")), parameters.automaticRoot),
    equalCheck("number of leaves", String(await read("LEAF_COUNT")), parameters.leafCount.toString()),
    equalCheck("reserve cap", amount(await read("RESERVE_CAP")), amount(parameters.reserveCap)),
    equalCheck(
      "reserve delay",
      duration(count(await read("RESERVE_DELAY"))),
      duration(parameters.reserveDelay),
    ),
    equalCheck("sweep time", isoTime(count(await read("SWEEP_TIME"))), isoTime(parameters.sweepTime)),
  ]
}

/** Holds what is owed: unclaimed automatic amounts and what is left of the reserve, all read at one block. */
async function fundingChecks(provider: Provider, expected: ExpectedDeployment): Promise<Check[]> {
  const { address, parameters, amounts, token } = expected
  const block = await provider.getBlockNumber()
  const read = reader(provider, address, AIRDROP, block)
  const balance = BigInt(String(await reader(provider, parameters.token, TOKEN, block)("balanceOf", address)))
  const airdrop = await merkleAirdropAt(toChecksum(address), provider)
  const claimed = await readClaimed(airdrop, amounts.length, block).catch((cause: unknown) => {
    throw new AirdropError(`${toChecksum(address)}: isClaimed() cannot be read`, { exit: 1, cause })
  })
  const total = amounts.reduce((sum, amount, i) => (claimed[i] === 1 ? sum : sum + amount), 0n)
  const owed = total + parameters.reserveCap - BigInt(String(await read("reservePaid")))
  const text = (value: bigint): string => tokenAmount(value, token)
  const held = `holds ${text(balance)}, owes ${text(owed)}`
  return [
    balance >= owed
      ? { subject: "funding", ok: true, finding: balance === owed ? held : `${held}: more than it has to` }
      : { subject: "funding", ok: false, finding: `${held}: ${text(owed - balance)} are missing` },
  ]
}

/** The constructor announces root and first owner; the batch that deploys may announce where the proofs are. */
function eventChecks(expected: ExpectedDeployment, receipt: TransactionReceipt | null): Check[] {
  const logs = (receipt?.logs ?? []).filter(({ address }) => address.toLowerCase() === expected.address)
  const events = logs.flatMap((log) => AIRDROP.parseLog(log) ?? [])
  const [published, ...later] = events.filter(({ name }) => name === "ProofsPublished")
  const checks = [
    equalCheck(
      "root announced at deployment",
      String(published?.args["root"]),
      expected.parameters.automaticRoot,
    ),
  ]
  if (expected.proofsURI === undefined) return checks
  const uri = String([published, ...later].at(-1)?.args["uri"])
  return [...checks, equalCheck("place of the proofs announced at deployment", uri, expected.proofsURI)]
}

function reader(
  provider: Provider,
  address: Address,
  abi: Interface,
  blockTag: number | "latest" = "latest",
): (name: string, ...values: unknown[]) => Promise<unknown> {
  const contract = new Contract(address, abi, provider)
  return async (name, ...values) => {
    try {
      return (await contract.getFunction(name).staticCall(...values, { blockTag })) as unknown
    } catch (cause) {
      throw new AirdropError(`${toChecksum(address)}: ${name}() cannot be read`, { exit: 1, cause })
    }
  }
}
