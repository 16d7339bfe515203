/** The demo's story: every stage of a program, through the verbs that a user would call. */
import { merkleAirdropAt } from "../../stages/deployment/airdrop-contract.ts"
import { parseAddress, toChecksum } from "../../core/primitives/address.ts"
import type { Allocation, Participant } from "../../core/allocation/allocation.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { readAllocation } from "../../stages/allocation/allocation-files.ts"
import { deploymentCall } from "../../core/ethereum/create2.ts"
import { loadContext } from "../../stages/deployment/deployment-context.ts"
import { requireDeployment } from "../../stages/deployment/deployment-file.ts"
import { isoTime } from "../../core/primitives/time.ts"
import { tokenAmount } from "../../core/primitives/token.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { tokenBalance } from "../../io/transactions/token.ts"
import { attest, tellAttestations, tellStatements } from "./statements.ts"
import type { Narrator } from "./narrator.ts"
import { executeProposal, onCopy, type Proposed, type Stage } from "./stage.ts"

/** The demo's result, with amounts in base units of the token. */
export interface DemoSummary {
  readonly nodes: number
  readonly payees: number
  readonly allocated: bigint
  readonly root: string
  readonly contract: string
  readonly claimed: bigint
  readonly granted: bigint
}

export async function tellStory(stage: Stage, narrator: Narrator): Promise<DemoSummary> {
  const { program, url, network, chain } = stage
  const rpc = ["--rpc", url]

  narrator.chapter(
    "A network of nodes, and a list of people",
    `The chain holds ${network.nodes.length} nodes at block ${network.block.number}. Since then the first has left`,
    "and all other stakes have doubled; neither may change the result.",
  )
  await narrator.run("snapshot", program, ...rpc)

  await tellStatements(stage, narrator)

  narrator.chapter("Each recipient's amount, to the last unit")
  await narrator.run("allocate", program)
  const allocation = await readAllocation(program)
  const cast = castOf(allocation)
  narrator.say("", "The derivation of one amount:")
  await narrator.run("explain", program, toChecksum(cast.plain.account))

  narrator.chapter("A tree, its root, and a proof for each recipient")
  await narrator.run("build", program)
  await narrator.run("verify", program)

  await tellAttestations(stage, narrator)

  narrator.chapter(
    "Its own future, before anything is sent",
    "A chain of its own takes the program from the deployment to the sweep, with the Safe in place:",
  )
  const nextDay = isoTime(network.block.timestamp + DAY)
  await narrator.run("rehearse", program, "--at", nextDay)

  narrator.chapter(
    "Anyone deploys the contract, and the multisig funds it",
    "The Safe can deploy, fund and announce in one batch. That needs a delegatecall, which no device can show:",
  )
  const batch = (await narrator.run("propose", program, "deploy", "--batch", ...rpc)) as Proposed
  await narrator.run("inspect", shownPath(batch.files.batch), "--program", program, ...rpc)
  const { initCode, airdrop: address, program: terms } = await loadContext(program)
  await onCopy(stage, async () => {
    await executeProposal(stage, batch)
    const held = await tokenBalance(chain.ethers.provider, terms.token.address, address, "latest")
    narrator.say(
      "",
      "Two owners sign it on a copy of the chain, and the Safe executes it: the contract is created and holds",
      `${tokenAmount(held, terms.token)}. The copy is then thrown away.`,
    )
  })
  narrator.say(
    "",
    "The usual way needs no delegatecall, because the address follows from the code and its arguments.",
    "A stranger sends the code to the deployment proxy. Two of three owners then sign one transfer to that",
    "address, which this compares with the sources first:",
  )
  await (await stage.payer.sendTransaction(deploymentCall(initCode))).wait()
  const proposed = await narrator.run("propose", program, "deploy", ...rpc)
  const { files } = proposed as Proposed
  narrator.say(
    "",
    "A signer who receives these files decodes and simulates them, without trusting their descriptions:",
  )
  await narrator.run("inspect", shownPath(files.batch), "--program", program, ...rpc)
  await executeProposal(stage, proposed)
  narrator.say("", "They have signed, and the Safe has executed. Anyone can check what is deployed now:")
  await narrator.run("verify", program, ...rpc)
  narrator.say("", "One more call announces where the proofs are, by the content of the files:")
  await executeProposal(stage, await narrator.run("propose", program, "publish", ...rpc))

  narrator.chapter("Recipients claim", "Another account pays the gas; the tokens go to the recipient:")
  await narrator.run(
    "claim",
    program,
    toChecksum(cast.plain.account),
    ...rpc,
    "--account",
    stage.payer.address,
  )
  narrator.say("", "A recipient whose stake is in a vesting contract is paid at their own address:")
  await narrator.run(
    "claim",
    program,
    toChecksum(cast.vesting.account),
    ...rpc,
    "--account",
    stage.payer.address,
  )
  narrator.say("", "A recipient sends their tokens to another address:")
  await chain.impersonate(toChecksum(cast.mover.account))
  const elsewhere = toChecksum(parseAddress(`0x${"e15e".repeat(10)}`))
  const mover = toChecksum(cast.mover.account)
  await narrator.run("claim", program, mover, "--to", elsewhere, ...rpc, "--account", mover)

  const granted = await grantFromReserve(stage, narrator)

  narrator.chapter("The status of the program")
  await narrator.run("status", program, ...rpc)

  const deployment = await requireDeployment(program)
  const airdrop = await merkleAirdropAt(deployment.address, chain.ethers.provider)
  const claims = await airdrop.queryFilter(airdrop.filters.Claimed())
  return {
    nodes: network.nodes.length,
    payees: allocation.entries.length,
    allocated: allocation.allocated,
    root: deployment.automaticRoot,
    contract: toChecksum(deployment.address),
    claimed: claims.reduce((sum, { args }) => sum + args.amount, 0n),
    granted,
  }
}

const GRANT = "1250.5"
const DAY = 86_400

/** Grants an amount to a recipient with a new address, through a reserve root. Returns the amount paid. */
async function grantFromReserve(stage: Stage, narrator: Narrator): Promise<bigint> {
  const { program, url, chain, payer } = stage
  const rpc = ["--rpc", url]
  const newcomer = toChecksum(parseAddress(`0x${"5e55".repeat(10)}`))
  narrator.chapter(
    "A recipient was missed, and is granted from the reserve",
    "The ledger records who, how much and why. The multisig publishes a root for the grants:",
  )
  const [reason, evidence] = ["moved to a new address in June", "letter signed with the old address's key"]
  await narrator.run("grants", program, "add", newcomer, GRANT, "--reason", reason, "--evidence", evidence)
  await narrator.run("grants", program, "build")
  narrator.say("", "The root of the grants needs two attestations as well:")
  await attest(program, narrator, 2, "--reserve")
  await narrator.run("build", program)
  await executeProposal(stage, await narrator.run("propose", program, "reserve", ...rpc))
  narrator.say("", "A day later anyone may accept the root, and the grant can be claimed:")
  const { address } = await requireDeployment(program)
  const airdrop = await merkleAirdropAt(address, payer)
  const pending = await airdrop.pendingReserveRoot()
  await chain.mine(Number(pending.acceptableAt))
  await (await airdrop.acceptReserveRoot(pending.root)).wait()
  await narrator.run("claim", program, newcomer, ...rpc, "--account", payer.address)
  return await airdrop.reservePaid()
}

interface Cast {
  /** Stakes from its own address only. */
  readonly plain: Participant
  /** Has a stake in a vesting contract. */
  readonly vesting: Participant
  /** Sends its tokens to another address. */
  readonly mover: Participant
}

/** Returns the largest participant of each kind, so that every run has the same ones. */
function castOf({ participants }: Allocation): Cast {
  const ranked = participants.toSorted((a, b) => (a.amount < b.amount ? 1 : -1)).filter(paysItself)
  const throughVesting = ({ account, contributions }: Participant): boolean =>
    contributions.some((part) => part.account !== account)
  const vesting = ranked.find(throughVesting)
  const [plain, mover] = ranked.filter((one) => !throughVesting(one))
  if (plain === undefined || vesting === undefined || mover === undefined) {
    throw new AirdropError(
      "the demo needs two stakers with their own addresses and one with a vesting contract",
      { code: "inconsistent" },
    )
  }
  return { plain, vesting, mover }
}

function paysItself({ account, payments }: Participant): boolean {
  return payments.every(({ payee }) => payee === account)
}
