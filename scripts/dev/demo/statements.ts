/** The demo's signed statements: recipients who have moved or are to be paid elsewhere, and outsiders who vouch. */
import { id, Wallet } from "ethers"
import { join } from "node:path"
import { parseAddress, toChecksum, type Address } from "../../core/primitives/address.ts"
import type { Attester } from "../../core/statements/attester.ts"
import type { Narrator } from "./narrator.ts"
import type { Stage } from "./stage.ts"

const ATTESTERS = ["first outsider", "second outsider", "third outsider"].map((name) => ({
  name,
  variable: `KEY_OF_${name.replace(" ", "_").toUpperCase()}`,
  wallet: new Wallet(id(`merkle-airdrop demo: ${name}`)),
}))

/** The outsiders whom the demo's program.json names. */
export const DEMO_ATTESTERS: readonly Attester[] = ATTESTERS.map(({ name, wallet }) => ({
  name,
  address: parseAddress(wallet.address),
}))

/** The recipients of the network who have something to sign. */
interface Signers {
  /** Uses a new address now. */
  readonly moved: Address
  readonly vesting: { readonly contract: Address; readonly beneficiary: Address }
  /** Is to be paid at another address. */
  readonly redirected: Address
}

const NEW_ADDRESSES = {
  moved: toChecksum(parseAddress(`0x${"a11d".repeat(10)}`)),
  vesting: toChecksum(parseAddress(`0x${"be5f".repeat(10)}`)),
  redirected: toChecksum(parseAddress(`0x${"c0de".repeat(10)}`)),
}

/** Two links and a redirect, signed and accepted before the allocation. */
export async function tellStatements(stage: Stage, narrator: Narrator): Promise<void> {
  const signers = signersOf(stage)
  if (signers === undefined) return
  narrator.chapter(
    "Recipients speak for themselves",
    "Somebody has a new address since the testnet. The old one signs that both are the same person:",
  )
  const { program, url } = stage
  const accept = async (
    signer: Address,
    from: Address,
    kind: "link" | "redirect",
    to: string,
  ): Promise<void> => {
    const file = join(program, `${kind}-${from}.json`)
    const account = toChecksum(signer)
    const signing = [`--${kind}`, to, "--account", account, "--rpc", url, "--out", file]
    await narrator.run("sign", program, toChecksum(from), ...signing)
    await narrator.run("statements", program, "add", file)
  }
  const { moved, vesting, redirected } = signers
  await accept(moved, moved, "link", NEW_ADDRESSES.moved)
  narrator.say("", "A vesting contract cannot sign. Its beneficiary does it, and links it to a new address:")
  await accept(vesting.beneficiary, vesting.contract, "link", NEW_ADDRESSES.vesting)
  narrator.say("", "An account that cannot use tokens has its amount paid to another one:")
  await accept(redirected, redirected, "redirect", NEW_ADDRESSES.redirected)
  narrator.say("", "The snapshot is taken again, so that it says what is at the new addresses:")
  await narrator.run("snapshot", program, "--rpc", url)
}

/** Three outsiders recompute everything and sign the root. Two of them are needed before the Safe is asked. */
export async function tellAttestations({ program }: Stage, narrator: Narrator): Promise<void> {
  narrator.chapter(
    "Outsiders vouch",
    "program.json names three, and asks for two of them before anybody proposes to pay. Each recomputes the root:",
  )
  await attest(program, narrator, ATTESTERS.length)
  narrator.say("", "Their signatures are published beside the list, and whoever verifies sees them:")
  await narrator.run("build", program)
  await narrator.run("verify", program)
}

/** Has some of the outsiders recompute a root and sign it. Their keys are in variables, as an outsider's would be. */
export async function attest(
  program: string,
  narrator: Narrator,
  count: number,
  ...options: readonly string[]
): Promise<void> {
  for (const { variable, wallet } of ATTESTERS.slice(0, count)) {
    process.env[variable] = wallet.privateKey
    try {
      await narrator.run("attest", program, "--key", variable, ...options)
    } finally {
      Reflect.deleteProperty(process.env, variable)
    }
  }
}

/** Returns people of the network whose keys the chain has; undefined for a network of others. */
function signersOf({ chain, network }: Stage): Signers | undefined {
  const keys = new Set(chain.signers.map(({ address }) => parseAddress(address)))
  const stakes = network.nodes.flatMap(({ contributors }) => contributors)
  const own = stakes.filter((stake) => stake.addr === stake.beneficiary && keys.has(parseAddress(stake.addr)))
  const held = stakes.find(
    (stake) => stake.addr !== stake.beneficiary && keys.has(parseAddress(stake.beneficiary)),
  )
  if (held === undefined) return undefined
  const vesting = { contract: parseAddress(held.addr), beneficiary: parseAddress(held.beneficiary) }
  const people = [...new Set(own.map(({ addr }) => parseAddress(addr)))].filter(
    (one) => one !== vesting.beneficiary,
  )
  const [moved, redirected] = people
  return moved === undefined || redirected === undefined ? undefined : { moved, vesting, redirected }
}
