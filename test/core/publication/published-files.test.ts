import { expect } from "chai"
import fc from "fast-check"
import type { Address } from "../../../scripts/core/primitives/address.ts"
import {
  checkClaim,
  type Claim,
  formatClaim,
  formatNoClaim,
  parseClaimFile,
} from "../../../scripts/core/publication/claim-file.ts"
import { derivationsOf } from "../../../scripts/core/allocation/derivations.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { toHex } from "../../../scripts/core/primitives/bytes.ts"
import { listOf } from "../../../scripts/core/merkle/leaf-list.ts"
import { treeOfList } from "../../../scripts/core/merkle/tree.ts"
import { formatManifest, type Manifest, parseManifest } from "../../../scripts/core/publication/manifest.ts"
import { formatShard, lookUp, makeShard, parseShard } from "../../../scripts/core/publication/shard.ts"
import { planShards } from "../../../scripts/core/publication/shard-layout.ts"
import { address, allocateStakes, OWNER, snapshotOf, TOKEN, vestingFor } from "../../support/made-up.ts"
import { mutatedJson } from "../../support/mutate.ts"
import { expectThrown } from "../../support/errors.ts"

const list = listOf(
  "automatic",
  Array.from({ length: 30 }, (_, i) => ({ account: address(i), amount: 10n ** BigInt(i % 25) + 7n })),
)
const tree = treeOfList(list)
const root = toHex(tree.root)
const origin = {
  program: "made-up",
  tranche: "automatic",
  chainId: 42161,
  contract: OWNER,
  token: { address: TOKEN, symbol: "TOK", decimals: 9 },
} as const
const claim: Claim = {
  ...origin,
  root,
  index: 11,
  account: address(11),
  amount: 10n ** 11n + 7n,
  proof: tree.proof(11).map(toHex),
}

describe("A claim's file", () => {
  it("reads back as written, and shows base units, decimals and a human amount", () => {
    const text = formatClaim(claim)
    expect(parseClaimFile(JSON.parse(text), "claim")).to.deep.equal({ claim })
    expect(JSON.parse(text)).to.include({
      baseUnits: "100000000007",
      amount: "100.000000007",
      formattedAmount: "100.000000007 TOK",
    })
    checkClaim(claim, root)
  })

  it("is refused if its amount and base units disagree", () => {
    const text = formatClaim(claim).replace('"100.000000007"', '"200.000000007"')
    expectThrown(() => parseClaimFile(JSON.parse(text), "claim"), "mismatch", "baseUnits")
  })

  it("is refused after a change, or still proves the same", () => {
    const original: unknown = JSON.parse(formatClaim(claim))
    fc.assert(
      fc.property(mutatedJson(original), (changed) => {
        try {
          const read = parseClaimFile(changed, "claim")
          if (!("claim" in read)) throw new Error("a claim has become none")
          checkClaim(read.claim, root)
          expect(read.claim).to.include({ index: claim.index, account: claim.account, amount: claim.amount })
        } catch (error) {
          if (!(error instanceof AirdropError)) throw error
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe("A shard's file", () => {
  it("is refused after a change, or still proves the same", () => {
    const plan = planShards(list).shards[0]
    if (plan === undefined) throw new Error("no shard")
    const original: unknown = JSON.parse(formatShard(makeShard(list, tree, plan)))
    fc.assert(
      fc.property(mutatedJson(original), (changed) => {
        try {
          const trusted = { tranche: "automatic", root, leafCount: 30 } as const
          const answer = lookUp(parseShard(changed, "shard"), trusted, claim.account)
          expect(answer).to.deep.include({ found: true, index: 11, amount: claim.amount, proof: claim.proof })
        } catch (error) {
          if (!(error instanceof AirdropError)) throw error
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe("A manifest", () => {
  const manifest: Manifest = {
    ...origin,
    draft: false,
    root,
    leafCount: 30,
    total: 1234n,
    claimFiles: true,
    shards: { prefixLength: 3, splitPrefixes: ["000", "0a0"] },
    inputs: new Map([["program.json", { sha256: "00".repeat(32), size: 5 }]]),
    outputs: new Map([["files.csv", { sha256: "11".repeat(32), size: 6 }]]),
  }

  it("reads back as written", () => {
    expect(parseManifest(JSON.parse(formatManifest(manifest)))).to.deep.equal(manifest)
  })

  it("is refused in one line if its content is malformed", () => {
    fc.assert(
      fc.property(mutatedJson(JSON.parse(formatManifest(manifest))), (changed) => {
        try {
          parseManifest(changed)
        } catch (error) {
          if (!(error instanceof AirdropError)) throw error
          expect(error.message).to.not.include("\n")
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe("A participant without a claim", () => {
  const [person, vesting, stranger]: [Address, Address, Address] = [address(1), address(90), address(5)]
  const allocation = allocateStakes(
    {},
    snapshotOf(
      [
        {
          stakes: [
            [person, 9n],
            [vesting, 4n],
            [stranger, 12n],
          ],
        },
      ],
      [[vesting, vestingFor(person)]],
    ),
    [person],
  )
  const { of, pointers } = derivationsOf(allocation)

  it("is pointed from a vesting contract to the payee", () => {
    const pointer = pointers.find(({ account }) => account === vesting)
    expect(pointer).to.deep.include({ reason: "paid-elsewhere", paidTo: [person] })
    expect(JSON.stringify(of(person))).to.include("participants")
  })

  it("has the reason why it gets nothing", () => {
    const pointer = pointers.find(({ account }) => account === stranger)
    expect(pointer).to.deep.include({ reason: "not-listed", paidTo: [] })
    if (pointer === undefined) return
    const read = parseClaimFile(JSON.parse(formatNoClaim({ ...origin, ...pointer })), "file")
    expect("noClaim" in read && read.noClaim.account).to.equal(stranger)
  })

  it("never includes an address that is paid", () => {
    expect(pointers.map(({ account }) => account)).to.not.include(person)
  })
})
