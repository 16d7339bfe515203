import { expect } from "chai"
import { Contract } from "ethers"
import { merkleAirdropAt } from "../../../scripts/stages/deployment/airdrop-contract.ts"
import { merkleAirdropArtifact } from "../../../scripts/io/project/artifacts.ts"
import { locateDeployment } from "../../../scripts/stages/deployment/locate-deployment.ts"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import type { ExpectedDeployment } from "../../../scripts/stages/verification/verify-code.ts"
import { verifyDeployment } from "../../../scripts/stages/verification/verify-deployment.ts"
import { parseAddress, toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import type { Call } from "../../../scripts/core/ethereum/call.ts"
import { TOKEN } from "../../../scripts/core/ethereum/erc20.ts"
import {
  initCode,
  type ConstructorParameters,
} from "../../../scripts/core/contract/constructor-parameters.ts"
import { deploymentCall } from "../../../scripts/core/ethereum/create2.ts"
import { contractAddress } from "../../../scripts/core/ethereum/create2.ts"
import { ZERO_SALT } from "../../../scripts/core/ethereum/create2.ts"
import { DEPLOYMENT_PROXY } from "../../../scripts/core/ethereum/create2.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import type { Hex } from "../../../scripts/core/primitives/bytes.ts"
import { toHex } from "../../../scripts/core/primitives/bytes.ts"
import { automaticLeaf } from "../../../scripts/core/merkle/leaf.ts"
import {
  deploymentCalls,
  executeCall,
  ownerCall,
  scheduleCall,
  transferCall,
} from "../../../scripts/core/multisig/owner-calls.ts"
import { safeHashes, safeTransaction } from "../../../scripts/core/safe/safe-transaction.ts"
import { buildTree, type MerkleTree } from "../../../scripts/core/merkle/tree.ts"
import { safeContracts } from "../../../scripts/io/safe/deployments.ts"
import {
  approvedHashSignature,
  executeSafeTransaction,
  signSafeTransaction,
} from "../../../scripts/io/safe/execute.ts"
import { executeSafeBatch } from "../../../scripts/dev/rigs/execute-safe-batch.ts"
import { createSafe, readSafe, SAFE } from "../../../scripts/io/safe/safe.ts"
import { addressOf, chainWithSafe, deployTimelock, type SafeOnChain } from "../../support/safe.ts"

const SESH = 10n ** 9n
const AMOUNTS = [100n * SESH, 250n * SESH + 1n]
const RESERVE = 50n * SESH
const FUNDING = 350n * SESH + 1n + RESERVE
const URI = "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi"

describe("A Safe deploys, funds and runs an airdrop", () => {
  let there: SafeOnChain
  let point: unknown
  let code: Hex
  let parameters: ConstructorParameters
  let airdrop: Address
  const recipients = (): Address[] => there.owners.slice(0, 2).map(addressOf).sort()

  const tree = (): MerkleTree =>
    buildTree(recipients().map((account, i) => automaticLeaf(i, account, AMOUNTS[i] ?? 0n)))

  async function planFor(owner: Address): Promise<void> {
    const { bytecode } = await merkleAirdropArtifact()
    parameters = {
      token: SESSION.token,
      automaticRoot: toHex(tree().root),
      leafCount: 2n,
      reserveCap: RESERVE,
      reserveDelay: 86_400n,
      sweepTime: 1_900_000_000n,
      owner,
      proofsURI: "",
    }
    code = initCode(bytecode, parameters)
    airdrop = contractAddress(code)
  }

  const plan = (): Parameters<typeof deploymentCalls>[0] => ({
    address: airdrop,
    code,
    salt: ZERO_SALT,
    token: SESSION.token,
    funding: FUNDING,
  })

  const expectedOnChain = (
    transaction: Hex,
    changed: Partial<ExpectedDeployment> = {},
  ): ExpectedDeployment => ({
    chainId: 42161,
    address: airdrop,
    parameters,
    salt: ZERO_SALT,
    transaction,
    token: { symbol: "SESH", decimals: 9 },
    amounts: AMOUNTS,
    proofsURI: URI,
    ...changed,
  })

  const balanceOf = async (account: Address): Promise<bigint> => {
    const token = new Contract(SESSION.token, TOKEN, there.chain.ethers.provider)
    return (await token.getFunction("balanceOf").staticCall(account)) as bigint
  }

  before(async () => {
    there = await chainWithSafe()
    await there.chain.fund(there.safe, FUNDING)
    point = await there.chain.request("evm_snapshot")
  })
  beforeEach(async () => {
    await planFor(there.safe)
  })
  afterEach(async () => {
    await there.chain.request("evm_revert", [point])
    point = await there.chain.request("evm_snapshot")
  })
  after(async () => {
    await there.chain.close()
  })

  const run = async (calls: Parameters<typeof executeSafeBatch>[1]): Promise<Hex> => {
    const { hash } = await executeSafeBatch(there.safe, calls, there.owners.slice(1), there.payer)
    return hash as Hex
  }
  const announce = (): ReturnType<typeof ownerCall> =>
    ownerCall(airdrop, "publishProofs", [parameters.automaticRoot, URI])

  it("two of three owners sign: the contract is at the predicted address, exactly funded", async () => {
    const transaction = await run([...deploymentCalls(plan()), announce()])
    expect(await balanceOf(airdrop)).to.equal(FUNDING)
    expect(await balanceOf(there.safe)).to.equal(0n)
    const contract = await merkleAirdropAt(airdrop, there.chain.ethers.provider)
    expect(await contract.owner()).to.equal(toChecksum(there.safe))
    const { provider } = there.chain.ethers
    expect(await locateDeployment(provider, airdrop)).to.deep.equal({
      transaction,
      block: await provider.getBlockNumber(),
    })
    const checks = await verifyDeployment(provider, expectedOnChain(transaction))
    expect(checks.filter(({ ok }) => !ok)).to.deep.equal([])
    expect(checks.map(({ subject }) => subject)).to.include.members([
      "address from the sources' creation code",
      "deployed code with its immutables",
      "owner",
      "automatic root",
      "reserve cap",
      "reserve delay",
      "sweep time",
      "funding",
      "URI of the proofs announced at deployment",
    ])
  })

  it("verification names what does not agree with the sources or the files", async () => {
    const transaction = await run(deploymentCalls(plan()))
    const { provider } = there.chain.ethers
    const failed = async (changed: Partial<ExpectedDeployment>): Promise<string[]> => {
      const checks = await verifyDeployment(
        provider,
        expectedOnChain(transaction, { proofsURI: undefined, ...changed }),
      )
      return checks.filter(({ ok }) => !ok).map(({ subject }) => subject)
    }
    expect(await failed({})).to.deep.equal([])
    const code = "deployed code with its immutables"
    const address = "address from the sources' creation code"
    const other = (changed: Partial<ConstructorParameters>): Partial<ExpectedDeployment> => ({
      parameters: { ...parameters, ...changed },
    })
    expect(await failed(other({ sweepTime: 1_900_000_001n }))).to.deep.equal([address, code, "sweep time"])
    expect(await failed(other({ reserveDelay: 0n }))).to.deep.equal([address, code, "reserve delay"])
    expect(await failed(other({ reserveCap: RESERVE - 1n }))).to.deep.equal([address, code, "reserve cap"])
    expect(await failed(other({ leafCount: 3n }))).to.deep.equal([address, code, "number of leaves"])
    expect(await failed(other({ owner: airdrop }))).to.deep.equal([address, "owner"])
    expect(await failed(other({ automaticRoot: `0x${"12".repeat(32)}` }))).to.deep.equal([
      address,
      code,
      "automatic root",
      "root announced at deployment",
    ])
    expect(await failed({ chainId: 1 })).to.deep.equal(["chain"])
    expect(await failed({ token: { symbol: "SESH", decimals: 6 } })).to.deep.equal(["decimals of the token"])
    expect(await failed({ address: there.safe })).to.include(code)
    expect(await failed({ address: SESSION.pool })).to.deep.equal(["contract"])
    expect(await failed({ amounts: [AMOUNTS[0] ?? 0n, (AMOUNTS[1] ?? 0n) + 1n] })).to.deep.equal(["funding"])
    expect(await failed({ proofsURI: URI })).to.deep.equal(["URI of the proofs announced at deployment"])
    const bytes = await provider.getCode(airdrop)
    await there.chain.setCode(
      airdrop,
      `${bytes.slice(0, 2000)}${bytes[2000] === "0" ? "1" : "0"}${bytes.slice(2001)}`,
    )
    expect(await failed({})).to.include(code)
  })

  it("funding is compared with what is still owed: what was claimed is not", async () => {
    const transaction = await run(deploymentCalls(plan()))
    const { provider } = there.chain.ethers
    const funding = async (): Promise<unknown> => {
      const checks = await verifyDeployment(provider, expectedOnChain(transaction, { proofsURI: undefined }))
      return checks.find(({ subject }) => subject === "funding")
    }
    const contract = await merkleAirdropAt(airdrop, there.stranger)
    const [first = airdrop] = recipients()
    const proof = tree().proof(0).map(toHex)
    await (await contract.claim(0, first, AMOUNTS[0] ?? 0n, proof)).wait()
    const after = "holds 300.000000001 SESH, owes 300.000000001 SESH"
    expect(await funding()).to.deep.include({ ok: true, finding: after })
    await there.chain.fund(airdrop, 5n)
    expect(await funding()).to.deep.include({
      ok: true,
      finding: `holds 300.000000006 SESH, owes 300.000000001 SESH: more than it owes`,
    })
    const thief = await there.chain.impersonate(airdrop)
    await (await thief.sendTransaction(transferCall(SESSION.token, there.safe, 7n))).wait()
    expect(await funding()).to.deep.include({ ok: false })
  })

  it("a batch that fails leaves nothing deployed and nothing funded", async () => {
    const missing = { ...plan(), funding: FUNDING + 1n }
    await rejects(run(deploymentCalls(missing)))
    await rejects(run([...deploymentCalls(plan()), ownerCall(airdrop, "sweep")]))
    await rejects(run([...deploymentCalls(plan()), deploymentCall(code)]))
    expect(await there.chain.ethers.provider.getCode(airdrop)).to.equal("0x")
    expect(await balanceOf(airdrop)).to.equal(0n)
    expect(await balanceOf(there.safe)).to.equal(FUNDING)
    expect(await locateDeployment(there.chain.ethers.provider, airdrop)).to.equal(undefined)
  })

  it("too few owners, a stranger's signature or another nonce execute nothing", async () => {
    const calls = deploymentCalls(plan())
    const [first] = there.owners
    await rejects(executeSafeBatch(there.safe, calls, [first], there.payer))
    await rejects(executeSafeBatch(there.safe, calls, [first, there.stranger], there.payer))
    const state = await readSafe(there.chain.ethers.provider, there.safe)
    const transaction = safeTransaction(calls, state.nonce + 1n, safeContracts(42161).multiSendCallOnly)
    const signatures = await Promise.all(
      there.owners.map((owner) => signSafeTransaction(state, transaction, owner)),
    )
    await rejects(executeSafeTransaction(state, transaction, signatures, there.payer))
    expect(await there.chain.ethers.provider.getCode(airdrop)).to.equal("0x")
  })

  it("anyone who deploys it first only saves the Safe the gas: the same contract, and the Safe owns it", async () => {
    await (await there.stranger.sendTransaction(deploymentCall(code))).wait()
    await rejects(run(deploymentCalls(plan())))
    const transaction = await locateDeployment(there.chain.ethers.provider, airdrop)
    await run([transferCall(SESSION.token, airdrop, FUNDING), announce()])
    const checks = await verifyDeployment(
      there.chain.ethers.provider,
      expectedOnChain(transaction?.transaction ?? "0x", { proofsURI: undefined }),
    )
    expect(checks.filter(({ ok }) => !ok)).to.deep.equal([])
  })

  it("the reserve: submitted, revoked, submitted again, accepted after the delay", async () => {
    await run(deploymentCalls(plan()))
    const contract = await merkleAirdropAt(airdrop, there.chain.ethers.provider)
    const [bad, good]: Hex[] = [`0x${"01".repeat(32)}`, `0x${"02".repeat(32)}`]
    await run([ownerCall(airdrop, "submitReserveRoot", [bad, URI])])
    await run([
      ownerCall(airdrop, "revokeReserveRoot", [bad]),
      ownerCall(airdrop, "submitReserveRoot", [good, URI]),
    ])
    await rejects(run([ownerCall(airdrop, "acceptReserveRoot", [good])]))
    await later(86_400)
    await run([ownerCall(airdrop, "acceptReserveRoot", [good])])
    expect(await contract.reserveRoot()).to.equal(good)
  })

  it("sweep, rescue and a change of owner go through the Safe", async () => {
    await run(deploymentCalls(plan()))
    const contract = await merkleAirdropAt(airdrop, there.chain.ethers.provider)
    await rejects(run([ownerCall(airdrop, "sweep")]))
    await rejects(run([ownerCall(airdrop, "rescue", [SESSION.token, there.safe, 1n])]))
    const next = await createSafe(there.payer, { owners: [there.stranger.address], threshold: 1 })
    await run([ownerCall(airdrop, "transferOwnership", [next])])
    await executeSafeBatch(next, [ownerCall(airdrop, "acceptOwnership")], [there.stranger], there.payer)
    expect(parseAddress(await contract.owner())).to.equal(next)
    await there.chain.mine(Number(parameters.sweepTime))
    await rejects(run([ownerCall(airdrop, "sweep")]))
    await executeSafeBatch(next, [ownerCall(airdrop, "sweep")], [there.stranger], there.payer)
    expect(await balanceOf(next)).to.equal(FUNDING)
  })

  it("a nested Safe: one owner is itself a Safe, which approves the hash", async () => {
    const { provider } = there.chain.ethers
    const [first, second, third] = there.owners
    const child = await createSafe(there.payer, { owners: [second.address, third.address], threshold: 2 })
    const parent = await createSafe(there.payer, { owners: [first.address, child], threshold: 2 })
    await planFor(parent)
    await there.chain.fund(parent, FUNDING)
    const state = await readSafe(provider, parent)
    const transaction = safeTransaction(
      deploymentCalls(plan()),
      state.nonce,
      safeContracts(42161).multiSendCallOnly,
    )
    const approve: Call = {
      to: parent,
      value: 0n,
      data: SAFE.encodeFunctionData("approveHash", [safeHashes(state, transaction).safe]) as Hex,
    }
    const signatures = [await signSafeTransaction(state, transaction, first), approvedHashSignature(child)]
    await rejects(executeSafeTransaction(state, transaction, signatures, there.payer))
    await executeSafeBatch(child, [approve], [second, third], there.payer)
    await executeSafeTransaction(state, transaction, signatures, there.payer)
    expect(await balanceOf(airdrop)).to.equal(FUNDING)
    const contract = await merkleAirdropAt(airdrop, provider)
    expect(parseAddress(await contract.owner())).to.equal(parent)
  })

  it("a timelock as owner: the Safe schedules, waits, and executes", async () => {
    const delay = 172_800n
    const timelock = await deployTimelock(there.payer, delay, there.safe)
    await planFor(timelock)
    const terms = { timelock, delay, salt: ZERO_SALT }
    const [root, other]: Hex[] = [`0x${"03".repeat(32)}`, `0x${"04".repeat(32)}`]
    const inner = [announce(), ownerCall(airdrop, "submitReserveRoot", [root, URI])]
    await run([...deploymentCalls(plan()), scheduleCall(inner, terms)])
    await rejects(run([ownerCall(airdrop, "submitReserveRoot", [root, URI])]))
    await rejects(run([executeCall(inner, terms)]))
    await later(Number(delay))
    await rejects(run([executeCall([ownerCall(airdrop, "submitReserveRoot", [other, URI])], terms)]))
    await run([executeCall(inner, terms)])
    const contract = await merkleAirdropAt(airdrop, there.chain.ethers.provider)
    expect((await contract.pendingReserveRoot()).root).to.equal(root)
    expect(parseAddress(await contract.owner())).to.equal(timelock)
  })

  async function later(seconds: number): Promise<void> {
    await there.chain.request("evm_increaseTime", [seconds])
    await there.chain.mine()
  }
})

describe("The deterministic deployment", () => {
  it("has an address that depends on code, arguments and salt, and on no account", () => {
    // EIP-1014's example 5.
    const creator = parseAddress("0x00000000000000000000000000000000deadbeef")
    const salt: Hex = "0x00000000000000000000000000000000000000000000000000000000cafebabe"
    expect(contractAddress("0xdeadbeef", salt, creator)).to.equal(
      "0x60f3f640a8508fc6a86d45df051962668e1e8ac7",
    )
    expect(contractAddress("0x00", ZERO_SALT)).to.equal(contractAddress("0x00"))
    expect(contractAddress("0x00")).not.to.equal(contractAddress("0x01"))
    expect(deploymentCall("0x1234").to).to.equal(DEPLOYMENT_PROXY)
    expect(deploymentCall("0x1234").data).to.equal(`${ZERO_SALT}1234`)
  })
})

async function rejects(promise: Promise<unknown>): Promise<void> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).to.be.instanceOf(AirdropError)
  expect((error as AirdropError).exit).to.equal(1)
}
