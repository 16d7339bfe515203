/**
 * A program with everything that a recipient can meet, on the embedded chain: a published list with derivations,
 * a vesting contract, an accepted reserve, a funded contract, and the claim page built over it.
 */
import { Contract, ContractFactory, Interface, Wallet } from "ethers"
import { join } from "node:path"
import type { MerkleAirdrop } from "../../types/MerkleAirdrop.ts"
import { merkleAirdropAt } from "../../scripts/stages/deployment/airdrop-contract.ts"
import { artifactOf, merkleAirdropArtifact } from "../../scripts/io/project/artifacts.ts"
import { startEmbeddedChain, type EmbeddedChain } from "../../scripts/dev/embedded/embedded-chain.ts"
import { SESSION } from "../../scripts/core/session/contracts.ts"
import { parseAddress, type Address } from "../../scripts/core/primitives/address.ts"
import type { Origin } from "../../scripts/core/publication/claim-file.ts"
import { derivationsOf, NO_DERIVATIONS } from "../../scripts/core/allocation/derivations.ts"
import { invariant } from "../../scripts/core/primitives/error.ts"
import { toHex, type Hex } from "../../scripts/core/primitives/bytes.ts"
import { amountOf, findRow, listOf, totalOf, type LeafList } from "../../scripts/core/merkle/leaf-list.ts"
import { treeOfList } from "../../scripts/core/merkle/tree.ts"
import { REWARDS_SLOTS } from "../../scripts/core/session/storage-layout.ts"
import { buildPage, type BuiltPage } from "../../scripts/stages/page/build-page.ts"
import { servePage, type PageServer } from "../../scripts/stages/page/serve.ts"
import { publish, RESERVE } from "../../scripts/stages/publication/publish.ts"
import { serveBrowserRpc, type BrowserRpc } from "../../scripts/dev/rigs/browser-rpc.ts"
import { address, allocateStakes, snapshotOf, vestingFor } from "./made-up.ts"

export interface Person {
  readonly key: string
  readonly account: Address
}

export interface ClaimSite {
  readonly chain: EmbeddedChain
  /** The RPC of the page. */
  readonly rpc: BrowserRpc
  /** The RPC of the wallets, which the page may be told to use instead. */
  readonly otherRpc: BrowserRpc
  readonly server: PageServer
  readonly folder: string
  readonly page: BuiltPage
  readonly airdrop: MerkleAirdrop
  readonly contract: Address
  readonly people: Readonly<Record<PersonName, Person>>
  /** Listed as a recipient, and a vesting contract whose beneficiary is dave. */
  readonly vesting: Address
  /** A vesting contract of dave's that no list knows. */
  readonly laterVesting: Address
  /** Has stakes and is not listed. */
  readonly stranger: Address
  /** Base units. */
  readonly amountOf: (account: Address) => bigint
  readonly balanceOf: (account: string) => Promise<bigint>
  /** Pays an account's automatic amount without the page. @param gasPrice to be ahead of others in a block */
  readonly claimAutomatic: (account: Address, gasPrice?: bigint) => Promise<void>
  /** Takes tokens out of the contract, which nobody can in truth. */
  readonly drain: (amount: bigint) => Promise<void>
  close(): Promise<void>
}

type PersonName = "owner" | "alice" | "bob" | "carol" | "dave" | "frank" | "penniless"

const NODE = 25_000_000_000_000n
const RESERVE_CAP = 50_000_000_000_000n
const RESERVE_DELAY = 3600n
/** In base units. */
export const GRANTS = { alice: 100_000_000_000n, frank: 250_500_000_000n }
const OTHERS = 60
const NODES = 1_503n
const POOL = 38_000_000_000_000_000n

/** Long paths as gateways of IPFS have them show that the page is at home anywhere. */
const SERVED_AT = "/ipfs/bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/"

/** Where the made-up program's team is reached. */
export const CONTACT = "https://forum.example/rewards"

export async function startClaimSite(folder: string): Promise<ClaimSite> {
  const chain = await startEmbeddedChain()
  const people = makePeople()
  for (const { account } of Object.values(people)) {
    if (account !== people.penniless.account)
      await chain.request("hardhat_setBalance", [account, "0x8ac7230489e80000"])
  }
  const [vesting, laterVesting] = [
    await placeVesting(chain, people.dave),
    await placeVesting(chain, people.dave),
  ]
  const stranger = address(9_999)
  const allocation = allocationOf(people, vesting, stranger)
  const list = listOf("automatic", allocation.entries)
  const tree = treeOfList(list)
  const airdrop = await deploy(chain, people.owner, toHex(tree.root), list.count)
  const contract = parseAddress((await airdrop.getAddress()).toLowerCase())
  const token = { address: SESSION.token, symbol: "SESH", decimals: 9 }
  const origin: Origin = { program: "made-up", tranche: "automatic", chainId: 42161, contract, token }
  const proofs = join(folder, "proofs")
  const shared = { draft: false, inputs: new Map(), claims: true }
  await publish(proofs, { ...shared, origin, list, tree, derivations: derivationsOf(allocation) })
  await chain.fund(contract, totalOf(list) + RESERVE_CAP)

  const grants = reserveList(people)
  const grantTree = treeOfList(grants)
  await publish(join(proofs, RESERVE), {
    ...shared,
    origin: { ...origin, tranche: "reserve" },
    list: grants,
    tree: grantTree,
    derivations: NO_DERIVATIONS,
  })
  await (await airdrop.submitReserveRoot(grantTree.root, "")).wait()
  await chain.request("evm_increaseTime", [Number(RESERVE_DELAY)])
  await (await airdrop.acceptReserveRoot(grantTree.root)).wait()

  await fillNetwork(chain)
  const rpc = await serveBrowserRpc(chain.request)
  const otherRpc = await serveBrowserRpc(chain.request)
  const built = join(folder, "page")
  const page = await buildPage(built, {
    title: "Community Rewards",
    description: "350,000 SESH for people who ran and backed nodes.",
    contact: CONTACT,
    rpcUrls: [rpc.url],
    deployment: { address: contract, block: 1 },
    network: { stakingContract: SESSION.rewards, rewardPool: SESSION.pool },
    publication: proofs,
  })
  const server = await servePage(built, 0, SERVED_AT)
  const transfer = new Interface(["function transfer(address,uint256)"])
  const amounts = new Map(allocation.entries.map(({ account, amount }) => [account, amount]))
  const erc20 = new Contract(
    SESSION.token,
    ["function balanceOf(address) view returns (uint256)"],
    chain.ethers.provider,
  )
  return {
    chain,
    rpc,
    otherRpc,
    server,
    folder: built,
    page,
    airdrop,
    contract,
    people,
    vesting,
    laterVesting,
    stranger,
    amountOf: (account) => amounts.get(account) ?? 0n,
    claimAutomatic: async (account, gasPrice) => {
      const { row, found } = findRow(list, account)
      invariant(found, "the account is on the list")
      const overrides = { gasLimit: 200_000, ...(gasPrice === undefined ? {} : { gasPrice }) }
      await airdrop.claim(row, account, amountOf(list, row), tree.proof(row), overrides)
    },
    drain: async (amount) => {
      const data = transfer.encodeFunctionData("transfer", [people.owner.account, amount])
      await (await chain.impersonate(contract)).sendTransaction({ to: SESSION.token, data })
    },
    balanceOf: async (account) => BigInt(String(await erc20.getFunction("balanceOf")(account))),
    close: async () => {
      await server.close()
      await rpc.close()
      await otherRpc.close()
      await chain.close()
    },
  }
}

function makePeople(): Record<PersonName, Person> {
  const person = (digit: string): Person => {
    const key = `0x${digit.repeat(64)}`
    return { key, account: parseAddress(new Wallet(key).address.toLowerCase()) }
  }
  return {
    owner: person("1"),
    alice: person("2"),
    bob: person("3"),
    carol: person("4"),
    dave: person("5"),
    frank: person("6"),
    penniless: person("7"),
  }
}

function allocationOf(
  { alice, bob, carol, dave, penniless }: ClaimSite["people"],
  vesting: Address,
  stranger: Address,
): ReturnType<typeof allocateStakes> {
  const others = Array.from({ length: OTHERS }, (_, i) => spread(i))
  const listed = [alice, bob, carol, dave, penniless].map(({ account }) => account)
  return allocateStakes(
    {},
    snapshotOf(
      [
        { stakes: [[alice.account, NODE]] },
        {
          stakes: [
            [alice.account, NODE / 4n],
            [bob.account, NODE / 2n],
            [carol.account, NODE / 4n],
          ],
        },
        { stakes: [[vesting, NODE]] },
        {
          stakes: [
            [penniless.account, NODE / 2n],
            [bob.account, NODE / 2n],
          ],
        },
        { stakes: [[stranger, NODE]] },
        ...others.map((other) => ({ stakes: [[other, NODE]] as const })),
      ],
      [[vesting, vestingFor(dave.account)]],
    ),
    [...listed, vesting, ...others],
  )
}

/** Returns made-up addresses from the whole range, so that they fall into many shards. */
function spread(i: number): Address {
  const high = ((i * 0x9e37_79b1) >>> 0).toString(16).padStart(8, "0")
  return `0x${high}${i.toString(16).padStart(32, "a")}`
}

function reserveList({ alice, frank }: ClaimSite["people"]): LeafList {
  const rows = [
    { account: alice.account, amount: GRANTS.alice },
    { account: frank.account, amount: GRANTS.frank },
    { account: address(77), amount: 1_000_000_000n },
  ]
  return listOf(
    "reserve",
    rows.sort((a, b) => (a.account < b.account ? -1 : 1)),
  )
}

/** Gives the chain a staking network, as far as the page reads it. */
async function fillNetwork(chain: EmbeddedChain): Promise<void> {
  const word = (value: bigint): string => `0x${value.toString(16).padStart(64, "0")}`
  const store = async (slot: bigint, value: bigint): Promise<unknown> =>
    await chain.request("hardhat_setStorageAt", [SESSION.rewards, `0x${slot.toString(16)}`, word(value)])
  await store(REWARDS_SLOTS.totalNodes, NODES)
  await store(REWARDS_SLOTS.stakingRequirement, NODE)
  await chain.fund(SESSION.pool, POOL)
}

async function deploy(
  chain: EmbeddedChain,
  owner: Person,
  root: Hex,
  leafCount: number,
): Promise<MerkleAirdrop> {
  const { abi, bytecode } = await merkleAirdropArtifact()
  const signer = new Wallet(owner.key, chain.ethers.provider)
  const latest = await chain.ethers.provider.getBlock("latest")
  invariant(latest, "the chain has a block")
  const contract = await new ContractFactory(abi, bytecode, signer).deploy({
    token: SESSION.token,
    automaticRoot: root,
    leafCount,
    reserveCap: RESERVE_CAP,
    reserveDelay: RESERVE_DELAY,
    sweepTime: latest.timestamp + 365 * 86_400,
    owner: owner.account,
    proofsURI: "",
  })
  await contract.waitForDeployment()
  return await merkleAirdropAt(await contract.getAddress(), signer)
}

async function placeVesting(chain: EmbeddedChain, beneficiary: Person): Promise<Address> {
  const { abi, bytecode } = await artifactOf(
    "TokenVestingNoStaking",
    "contracts/replica/TokenVestingNoStaking.sol",
  )
  const [signer] = chain.signers
  invariant(signer, "the chain has signers")
  const factory = new ContractFactory(abi, bytecode, signer)
  const contract = await factory.deploy(beneficiary.account, beneficiary.account, 0, 4_000_000_000, false)
  await contract.waitForDeployment()
  return parseAddress((await contract.getAddress()).toLowerCase())
}
