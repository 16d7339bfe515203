import { expect } from "chai"
import fc from "fast-check"
import { Contract, ContractFactory, keccak256, toBeHex } from "ethers"
import { artifactOf, merkleAirdropArtifact } from "../../scripts/io/project/artifacts.ts"
import { startEmbeddedChain, type EmbeddedChain } from "../../scripts/dev/embedded/embedded-chain.ts"
import { SESSION } from "../../scripts/core/session/contracts.ts"
import { automaticLeaf, reserveLeaf } from "../../scripts/core/merkle/leaf.ts"
import { deepLeafCount } from "../../scripts/core/merkle/position.ts"
import { packEntry, rangeProof } from "../../scripts/core/merkle/range-proof.ts"
import { buildTree, type MerkleTree } from "../../scripts/core/merkle/tree.ts"
import { DEEP, SEED } from "../support/fuzz.ts"

const MOST_LEAVES = 3000
/** Every tree of a few leaves, then around each power of two: there the levels change. */
const SIZES = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9],
  ...[16, 64, 256, 1024, 2048].flatMap((n) => [n - 1, n, n + 1]),
  3000,
]

interface Payee {
  readonly account: string
  readonly amount: bigint
}

const PAYEES: readonly Payee[] = Array.from({ length: MOST_LEAVES }, (_, i) => {
  const random = BigInt(keccak256(toBeHex(i, 32)))
  return { account: toBeHex(random >> 96n, 20), amount: (random & ((1n << 60n) - 1n)) + 1n }
})

describe("TypeScript and Solidity agree", () => {
  let chain: EmbeddedChain
  let factory: ContractFactory

  before(async () => {
    chain = await startEmbeddedChain()
    const { abi, bytecode } = await merkleAirdropArtifact()
    factory = new ContractFactory(abi, bytecode, chain.signers[0])
    const token = await artifactOf("SeshToken", "contracts/replica/SeshToken.sol")
    expect(await chain.request("eth_getCode", [SESSION.token, "latest"])).to.equal(token.deployedBytecode)
  })
  after(async () => {
    await chain.close()
  })

  /** Deploys and funds the contract over the first `size` payees. */
  const deploy = async (size: number): Promise<{ contract: Contract; tree: MerkleTree }> => {
    const tree = buildTree(
      PAYEES.slice(0, size).map(({ account, amount }, i) => automaticLeaf(i, account, amount)),
    )
    const deployed = await factory.deploy({
      token: SESSION.token,
      automaticRoot: tree.root,
      leafCount: size,
      reserveCap: 10n ** 30n,
      reserveDelay: 0,
      sweepTime: 2n ** 40n,
      owner: chain.signers[0],
      proofsURI: "",
    })
    const address = await deployed.getAddress()
    await chain.fund(address, 10n ** 30n)
    return { contract: new Contract(address, deployed.interface, chain.signers[0]), tree }
  }

  const claim = async (contract: Contract, tree: MerkleTree, index: number): Promise<unknown> => {
    const { account, amount } = PAYEES[index] ?? { account: "", amount: 0n }
    return await contract.getFunction("claim").staticCall(index, account, amount, tree.proof(index))
  }

  const claimRange = async (
    contract: Contract,
    tree: MerkleTree,
    start: number,
    count: number,
  ): Promise<unknown> => {
    const entries = PAYEES.slice(start, start + count).map(({ account, amount }) =>
      packEntry(account, amount),
    )
    return await contract.getFunction("claimRange").staticCall(start, entries, rangeProof(tree, start, count))
  }

  /** Runs of at most 40 leaves that begin or end at each end of each level, and the whole of short levels. */
  const boundaryRuns = (size: number): readonly (readonly [number, number])[] => {
    const deep = deepLeafCount(size)
    return [
      [0, deep],
      [deep, size],
    ].flatMap(([from = 0, to = 0]) => {
      if (from === to) return []
      return [1, 2, 7, 40].flatMap((count) => {
        const length = Math.min(count, to - from)
        return [[from, length] as const, [to - length, length] as const]
      })
    })
  }

  for (const size of SIZES) {
    it(`on a tree of ${size}: leaves, proofs, and ranges at each level boundary`, async () => {
      const { contract, tree } = await deploy(size)
      for (const index of new Set([0, deepLeafCount(size) - 1, deepLeafCount(size) % size, size - 1])) {
        await claim(contract, tree, index)
      }
      for (const [start, count] of boundaryRuns(size)) await claimRange(contract, tree, start, count)
    }).timeout(60_000)
  }

  it("on trees of any size from 1 to 3,000, anywhere", async () => {
    const anyRange = fc
      .integer({ min: 1, max: MOST_LEAVES })
      .chain((size) =>
        fc.tuple(fc.constant(size), fc.nat(size - 1), fc.integer({ min: 1, max: 60 }), fc.nat(size - 1)),
      )
    await fc.assert(
      fc.asyncProperty(anyRange, async ([size, start, count, index]) => {
        const { contract, tree } = await deploy(size)
        await claim(contract, tree, index)
        const deep = deepLeafCount(size)
        await claimRange(contract, tree, start, Math.min(count, (start < deep ? deep : size) - start))
      }),
      { numRuns: DEEP ? 1000 : 60, seed: SEED, endOnFailure: true },
    )
  }).timeout(DEEP ? 900_000 : 120_000)

  it("and the contract refuses the proof of another range", async () => {
    const { contract, tree } = await deploy(1025)
    const entries = PAYEES.slice(10, 30).map(({ account, amount }) => packEntry(account, amount))
    const refusalAt = async (start: number, proof: readonly Uint8Array[]): Promise<string | undefined> =>
      await contract
        .getFunction("claimRange")
        .staticCall(start, entries, proof)
        .then(
          () => "accepted",
          (error: unknown) => contract.interface.parseError((error as { data: string }).data)?.name,
        )
    expect(await refusalAt(10, rangeProof(tree, 10, 20))).to.equal("accepted")
    expect(await refusalAt(10, rangeProof(tree, 11, 20))).to.equal("InvalidRangeProof")
    expect(await refusalAt(11, rangeProof(tree, 11, 20))).to.equal("InvalidRangeProof")
    // Of 1,025 leaves two stand on the deeper level.
    expect(await refusalAt(1, rangeProof(tree, 10, 20))).to.equal("RangeCrossesLevels")
    expect(await refusalAt(1006, rangeProof(tree, 10, 20))).to.equal("RangeOutOfBounds")
  })

  it("on the reserve's leaf, and on a transaction that pays", async () => {
    const { contract, tree } = await deploy(300)
    const payees = PAYEES.slice(0, 5)
    const reserve = buildTree(payees.map(({ account, amount }) => reserveLeaf(account, amount)))
    await contract.getFunction("submitReserveRoot").send(reserve.root, "")
    await contract.getFunction("acceptReserveRoot").send(reserve.root)
    for (const [i, { account, amount }] of payees.entries()) {
      await contract.getFunction("claimReserve").staticCall(account, amount, reserve.proof(i))
    }
    const entries = PAYEES.slice(0, 88).map(({ account, amount }) => packEntry(account, amount))
    await contract.getFunction("claimRange").send(0, entries, rangeProof(tree, 0, 88))
    for (const index of [0, 87]) expect(await contract.getFunction("isClaimed")(index)).to.equal(true)
    expect(await contract.getFunction("isClaimed")(88)).to.equal(false)
  })
})
