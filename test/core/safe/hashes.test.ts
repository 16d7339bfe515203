import { expect } from "chai"
import fc from "fast-check"
import { Contract } from "ethers"
import type { Address } from "../../../scripts/core/primitives/address.ts"
import type { Hex } from "../../../scripts/core/primitives/bytes.ts"
import {
  safeHashes,
  safeTransaction,
  type SafeTransaction,
} from "../../../scripts/core/safe/safe-transaction.ts"
import { decodeMultiSend, encodeMultiSend } from "../../../scripts/core/safe/multi-send.ts"

import { knownMultiSends, multiSendCallOnly, safeContracts } from "../../../scripts/io/safe/deployments.ts"
import { readSafe, SAFE } from "../../../scripts/io/safe/safe.ts"
import { chainWithSafe, type SafeOnChain } from "../../support/safe.ts"
import { expectThrown } from "../../support/errors.ts"

const hex = (bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Hex> =>
  bytes.map((value): Hex => `0x${Buffer.from(value).toString("hex")}`)
const address: fc.Arbitrary<Address> = hex(fc.uint8Array({ minLength: 20, maxLength: 20 }))
const data = hex(fc.uint8Array({ maxLength: 300 }))
const amount = fc.bigInt({ min: 0n, max: (1n << 256n) - 1n })

const transactions: fc.Arbitrary<SafeTransaction> = fc.record({
  to: address,
  value: amount,
  data,
  operation: fc.constantFrom(0 as const, 1 as const),
  safeTxGas: amount,
  baseGas: amount,
  gasPrice: amount,
  gasToken: address,
  refundReceiver: address,
  nonce: amount,
})

describe("Hashes that signers compare", () => {
  let there: SafeOnChain
  before(async () => {
    there = await chainWithSafe()
  })
  after(async () => {
    await there.chain.close()
  })

  it("are the Safe's own, for 100 random transactions", async () => {
    const { provider } = there.chain.ethers
    const state = await readSafe(provider, there.safe)
    const contract = new Contract(there.safe, SAFE, provider)
    const domain = (await contract.getFunction("domainSeparator").staticCall()) as string
    let compared = 0
    await fc.assert(
      fc.asyncProperty(transactions, async (transaction) => {
        const hashes = safeHashes(state, transaction)
        const { to, value, operation, safeTxGas, baseGas, gasPrice, gasToken, refundReceiver, nonce } =
          transaction
        const its = (await contract
          .getFunction("getTransactionHash")
          .staticCall(
            ...[
              to,
              value,
              transaction.data,
              operation,
              safeTxGas,
              baseGas,
              gasPrice,
              gasToken,
              refundReceiver,
              nonce,
            ],
          )) as string
        expect(hashes.safe).to.equal(its)
        expect(hashes.domain).to.equal(domain)
        compared++
      }),
      { numRuns: 100, seed: 7 },
    )
    expect(compared).to.equal(100)
  })

  it("leave the chain out before version 1.3.0, as those Safes do", () => {
    const transaction = safeTransaction([{ to: there.safe, value: 0n, data: "0x" }], 0n, there.safe)
    const at = (chainId: number, version: string): string =>
      safeHashes({ chainId, address: there.safe, version }, transaction).domain
    expect(at(1, "1.2.0")).to.equal(at(42161, "1.2.0"))
    expect(at(1, "1.3.0")).not.to.equal(at(42161, "1.3.0"))
    expect(at(42161, "1.3.0")).to.equal(at(42161, "1.4.1")).and.to.equal(at(42161, "1.4.1+L2"))
  })

  it("are refused for versions that hash otherwise", () => {
    const transaction = safeTransaction([{ to: there.safe, value: 0n, data: "0x" }], 0n, there.safe)
    for (const version of ["0.1.0", "2.0.0", "latest", ""]) {
      expectThrown(
        () => safeHashes({ chainId: 1, address: there.safe, version }, transaction),
        "invalid-value",
      )
    }
  })
})

describe("Several calls in one Safe transaction", () => {
  it("are packed for MultiSendCallOnly and read back the same", () => {
    const calls = fc.array(fc.record({ to: address, value: amount, data }), { maxLength: 8 })
    fc.assert(
      fc.property(calls, (list) => {
        expect(decodeMultiSend(encodeMultiSend(list))).to.deep.equal(
          list.map((call) => ({ ...call, operation: 0 })),
        )
      }),
    )
  })

  it("are refused when a byte too many or too few is there", () => {
    const packed = encodeMultiSend([{ to: `0x${"11".repeat(20)}`, value: 1n, data: "0x1234" }])
    expectThrown(() => decodeMultiSend(`${packed}00`), "invalid-value")
    expectThrown(() => decodeMultiSend(packed.slice(0, -2) as Hex), "invalid-value")
    const longer = packed.replace("0000000002" + "1234", "0000000009" + "1234")
    expect(longer).not.to.equal(packed)
    expectThrown(() => decodeMultiSend(longer as Hex), "invalid-value", "call 1")
  })

  it("go through the library of the Safe's own version, and a single call through none", () => {
    const call = { to: safeContracts(42161).singleton, value: 0n, data: "0x" } as const
    const current = multiSendCallOnly(42161, "1.4.1")
    expect(current).to.equal("0x9641d764fc13c8b624c04430c7356c1c7c8102e2")
    expect(multiSendCallOnly(42161, "1.3.0")).not.to.equal(current)
    expect(knownMultiSends(42161).get(current)).to.equal("1.4.1")
    expect(safeTransaction([call], 0n, current)).to.include({ to: call.to, operation: 0 })
    expect(safeTransaction([call, call], 0n, current)).to.include({ to: current, operation: 1 })
    expectThrown(() => safeTransaction([], 0n, current), "refused")
    expectThrown(() => multiSendCallOnly(42161, "9.9.9"), "unknown", "9.9.9", "42161")
  })
})
