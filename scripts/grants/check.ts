import { Contract, hashMessage, id, TypedDataEncoder, type Provider } from "ethers"
import { openProgram } from "../chain/open-program.ts"
import { toChecksum, type Address } from "../core/address.ts"
import {
  evidenceFault,
  moveDomain,
  moveMessage,
  MOVE_TYPES,
  type MoveContext,
  type SignedMove,
  type TransferPath,
} from "../core/grant-evidence.ts"
import { objectionsTo } from "../core/grant-objections.ts"
import { foldLedger, type Grant, type Ledger } from "../core/grants.ts"
import { ledgerPath, readLedger } from "../files/grants.ts"
import type { LoadedProgram } from "../files/program.ts"
import { readTranche } from "../files/published-tranche.ts"
import type { Output } from "../output.ts"
import { floorsOnChain, readReserve } from "./chain-state.ts"
import { readGrantContext } from "./context.ts"
import { brokenFloors } from "../core/reserve-diff.ts"

/** What a valid ERC-1271 signature is answered with. */
const MAGIC = "0x1626ba7e"
const TRANSFER = id("Transfer(address,address,uint256)")

/** Checks every grant that stands: its evidence, and what speaks against it and was not overruled. */
export async function checkGrants(
  loaded: LoadedProgram,
  { rpc }: { readonly rpc?: string },
  out: Output,
): Promise<void> {
  const { folder, program } = loaded
  const { ledger } = await readLedger(ledgerPath(folder), program.token.decimals)
  const context = await readGrantContext(loaded)
  const open = rpc === undefined ? undefined : await openProgram(loaded, rpc)
  const move: MoveContext = { program: loaded.name, chainId: program.chainId }
  const findings: string[] = []
  let signed = 0
  for (const grant of ledger.grants.filter(({ revoked }) => revoked === undefined)) {
    const others = withoutGrant(ledger, grant)
    const objections = objectionsTo(context, others, grant).filter((text) => !grant.forced.includes(text))
    const fault = await faultOf(move, grant, open?.provider, program.token.address)
    if (grant.evidence?.kind === "signed" && fault === undefined) signed++
    for (const text of [...objections, ...(fault === undefined ? [] : [fault])]) {
      findings.push(`grant ${grant.id} to ${toChecksum(grant.account)}: ${text}`)
    }
  }
  if (ledger.total > program.tranches.reserve) findings.push("the grants come to more than the reserve")
  const published = await readTranche(folder, program, "reserve")
  if (published !== undefined && ledger.cumulativeAt(published.root) === undefined) {
    findings.push(`the published root ${published.root} was not built from this ledger`)
  }
  if (rpc !== undefined) {
    const chain = await readReserve(loaded, ledger, rpc)
    for (const { account, because } of brokenFloors(ledger.current, floorsOnChain(ledger, chain))) {
      findings.push(`${toChecksum(account)} is granted less than what is ${because}`)
    }
  }
  for (const finding of findings) out.line(finding)
  const count = ledger.grants.filter(({ revoked }) => revoked === undefined).length
  out.line(`${count} grants checked, ${signed} of them by signature: ${findings.length} to look at.`)
  out.json({ grants: count, signed, findings })
  if (findings.length > 0) process.exitCode = 1
}

/** The message that a recipient signs with the old address, ready to be pasted into a wallet. */
export function showMessage({ name, program }: LoadedProgram, from: Address, to: Address, out: Output): void {
  const context = { program: name, chainId: program.chainId }
  const message = moveMessage(context, from, to)
  out.line(message)
  out.json({
    message,
    typedData: TypedDataEncoder.getPayload(moveDomain(context), MOVE_TYPES, {
      program: name,
      from,
      to,
    }) as unknown,
  })
}

/** The ledger as it was judged when the grant was added: the grants before it that still stand. */
function withoutGrant({ grants }: Ledger, grant: Grant): Ledger {
  const before = grants.slice(0, grant.id - 1)
  return foldLedger([...before, ...before.flatMap(({ revoked }) => (revoked === undefined ? [] : [revoked]))])
}

async function faultOf(
  context: MoveContext,
  { account, evidence }: Grant,
  provider: Provider | undefined,
  token: Address,
): Promise<string | undefined> {
  if (evidence === undefined) return undefined
  const fault = evidenceFault(context, account, evidence)
  if (provider === undefined || evidence.kind === "note") return fault
  if (evidence.kind === "transfers") return fault ?? (await transferFault(evidence, provider, token))
  if (fault === undefined || evidence.to !== account) return fault
  return (await isSignedByContract(context, evidence, provider)) ? undefined : fault
}

/** An old address that is a contract wallet cannot sign as a key does: it is asked itself (ERC-1271). */
async function isSignedByContract(
  context: MoveContext,
  move: SignedMove,
  provider: Provider,
): Promise<boolean> {
  const { from, to, signature, scheme } = move
  const hash =
    scheme === "eip191"
      ? hashMessage(moveMessage(context, from, to))
      : TypedDataEncoder.hash(moveDomain(context), MOVE_TYPES, { program: context.program, from, to })
  const wallet = new Contract(
    from,
    ["function isValidSignature(bytes32, bytes) view returns (bytes4)"],
    provider,
  )
  try {
    return (await wallet.getFunction("isValidSignature").staticCall(hash, signature)) === MAGIC
  } catch {
    return false
  }
}

/** Looks each transfer up again. */
async function transferFault(
  { from, hops }: TransferPath,
  provider: Provider,
  token: Address,
): Promise<string | undefined> {
  let sender = from
  for (const { to, amount, transaction } of hops) {
    const receipt = await provider.getTransactionReceipt(transaction)
    const isThere = receipt?.logs.some(
      ({ address, topics, data }) =>
        address.toLowerCase() === token &&
        topics[0] === TRANSFER &&
        topics[1] === wordOf(sender) &&
        topics[2] === wordOf(to) &&
        BigInt(data) === amount,
    )
    if (isThere !== true) return `transaction ${transaction} holds no such transfer to ${toChecksum(to)}`
    sender = to
  }
  return undefined
}

function wordOf(address: Address): string {
  return `0x${address.slice(2).padStart(64, "0")}`
}
