/** Compares a deployed airdrop with what the sources and the published files in this tree say it is. */
import { tokenAmount } from "../../core/primitives/token.ts"
import type { Provider, TransactionReceipt } from "ethers"
import { toChecksum } from "../../core/primitives/address.ts"
import { AIRDROP } from "../../core/contract/abi.ts"
import { equalCheck, type Check } from "../../core/primitives/check.ts"
import { isoTime } from "../../core/primitives/time.ts"
import { duration } from "../../core/primitives/time.ts"
import { insist } from "../../io/rpc/insist.ts"
import { RpcError } from "../../io/rpc/rpc-error.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import { merkleAirdropAt } from "../deployment/airdrop-contract.ts"
import { tokenDecimals } from "../../io/transactions/token.ts"
import { readFunding } from "./read-funding.ts"
import { codeChecks, type ExpectedDeployment } from "./verify-code.ts"

/**
 * Checks everything that decides who is paid what: code, constructor arguments, owner, root, cap, delay, times,
 * funding and the events of the deployment.
 * @returns one check for each, in words; the caller decides what a failed one means
 * @throws AirdropError if the chain cannot be read
 */
export async function verifyDeployment(provider: Provider, expected: ExpectedDeployment): Promise<Check[]> {
  const chainId = Number((await provider.getNetwork()).chainId)
  const chain = equalCheck("chain", chainId.toString(), expected.chainId.toString())
  if (!chain.ok) return [chain]
  const code = (await provider.getCode(expected.address)) as Hex
  if (code === "0x") {
    return [
      chain,
      {
        subject: "contract",
        ok: false,
        finding: `no contract is deployed at ${toChecksum(expected.address)}`,
      },
    ]
  }
  const receipt = await insist(async () => await provider.getTransactionReceipt(expected.transaction))
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

/**
 * Returns a finding for a contract that does not answer as the airdrop does, since its code is another.
 * @throws the error itself if the code is the airdrop's or the provider failed
 */
function unanswered(error: unknown, isOurs: boolean): Check[] {
  // A failure of the provider says nothing about the contract.
  if (isOurs || !(error instanceof AirdropError) || error instanceof RpcError) throw error
  return [{ subject: "answers of the contract", ok: false, finding: error.message }]
}

async function stateChecks(
  provider: Provider,
  { address, parameters, token, owner = parameters.owner }: ExpectedDeployment,
): Promise<Check[]> {
  const contract = await merkleAirdropAt(toChecksum(address), provider)
  const read = async <Value>(name: string, answer: Promise<Value>): Promise<Value> =>
    await answer.catch((cause: unknown) => {
      if (cause instanceof RpcError) throw cause
      throw new AirdropError(`${toChecksum(address)}: ${name}() cannot be read`, {
        code: "rpc-answer",
        cause,
      })
    })
  const amount = (value: bigint): string => tokenAmount(value, token)
  const pendingOwner = await read("pendingOwner", contract.pendingOwner())
  const decimals = await read("decimals", tokenDecimals(provider, parameters.token))
  const cap = await read("RESERVE_CAP", contract.RESERVE_CAP())
  const delay = await read("RESERVE_DELAY", contract.RESERVE_DELAY())
  const sweepTime = await read("SWEEP_TIME", contract.SWEEP_TIME())
  const leaves = await read("LEAF_COUNT", contract.LEAF_COUNT())
  return [
    equalCheck("owner", await read("owner", contract.owner()), toChecksum(owner)),
    {
      subject: "pending owner",
      ok: BigInt(pendingOwner) === 0n,
      finding: BigInt(pendingOwner) === 0n ? "none" : `ownership is offered to ${pendingOwner}`,
    },
    equalCheck("token", await read("TOKEN", contract.TOKEN()), toChecksum(parameters.token)),
    equalCheck("decimals of the token", decimals.toString(), token.decimals.toString()),
    equalCheck(
      "automatic root",
      await read("AUTOMATIC_ROOT", contract.AUTOMATIC_ROOT()),
      parameters.automaticRoot,
    ),
    equalCheck("number of leaves", leaves.toString(), parameters.leafCount.toString()),
    equalCheck("reserve cap", amount(cap), amount(parameters.reserveCap)),
    equalCheck("reserve delay", duration(delay), duration(parameters.reserveDelay)),
    equalCheck("sweep time", isoTime(sweepTime), isoTime(parameters.sweepTime)),
  ]
}

/** Compares what the contract holds with what it owes. */
async function fundingChecks(provider: Provider, expected: ExpectedDeployment): Promise<Check[]> {
  const { address, parameters, amounts, token } = expected
  const { reserveCap } = parameters
  const {
    held: balance,
    owed,
    isUnclaimed,
  } = await readFunding(provider, {
    address,
    token: parameters.token,
    reserveCap,
    amounts,
  })
  const text = (value: bigint): string => tokenAmount(value, token)
  const held = `holds ${text(balance)}, owes ${text(owed)}`
  const subject = "funding"
  if (balance >= owed) {
    return [{ subject, ok: true, finding: balance === owed ? held : `${held}: more than it owes` }]
  }
  // Anyone can send a few tokens early. Only after a payment is a missing token more than a step to come.
  if (isUnclaimed) {
    const finding = `not funded yet: ${text(balance)} of ${text(owed)}`
    return [{ subject, ok: false, isPending: true, finding }]
  }
  return [{ subject, ok: false, finding: `${held}: ${text(owed - balance)} are missing` }]
}

/** The values of the event ProofsPublished. */
interface AnnouncedProofs {
  readonly root: string
  readonly uri: string
}

/**
 * Checks the events of the deployment: the constructor announces root and first owner, and the batch may announce the
 * URI of the proofs.
 */
function eventChecks(expected: ExpectedDeployment, receipt: TransactionReceipt | null): Check[] {
  const logs = (receipt?.logs ?? []).filter(({ address }) => address.toLowerCase() === expected.address)
  const published = logs.flatMap((log) => {
    const event = AIRDROP.parseLog(log)
    return event?.name === "ProofsPublished" ? [event.args.toObject() as AnnouncedProofs] : []
  })
  const checks = [
    equalCheck(
      "root announced at deployment",
      published[0]?.root ?? "none",
      expected.parameters.automaticRoot,
    ),
  ]
  if (expected.proofsURI === undefined) return checks
  const uri = published.at(-1)?.uri ?? "none"
  return [...checks, equalCheck("URI of the proofs announced at deployment", uri, expected.proofsURI)]
}
