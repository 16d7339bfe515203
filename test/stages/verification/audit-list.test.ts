/** The list as the chain's own machine recomputes it, against the library and against the project's tree. */
import { expect } from "chai"
import { StandardMerkleTree } from "@openzeppelin/merkle-tree"
import { toHex } from "../../../scripts/core/primitives/bytes.ts"
import { auditRows } from "../../../scripts/core/merkle/audit-rows.ts"
import { createList, totalOf, type LeafList } from "../../../scripts/core/merkle/leaf-list.ts"
import { putNumber } from "../../../scripts/core/primitives/words.ts"
import { treeOfList } from "../../../scripts/core/merkle/tree.ts"
import { serveEmbeddedChain } from "../../../scripts/dev/embedded/embedded-chain.ts"
import { artifactOf } from "../../../scripts/io/project/artifacts.ts"
import { createRpc, type RpcClient } from "../../../scripts/io/rpc/client.ts"
import { auditCode, auditList } from "../../../scripts/stages/verification/audit-list.ts"
import { startFaultProxy, type Fault } from "../../support/fault-proxy.ts"

const MOST = (1n << 96n) - 1n

/** A list of ascending accounts with amounts of all sizes. */
function listOfSize(count: number): LeafList {
  const list = createList("automatic", count)
  const step = (1n << 160n) / BigInt(count + 1)
  for (let row = 0; row < count; row++) {
    const account = new Uint8Array(32)
    putNumber(account, 0, step * BigInt(row + 1))
    list.accounts.set(account.subarray(12), 20 * row)
    putNumber(list.amounts, 32 * row, row % 7 === 0 ? MOST : BigInt(row) ** 2n)
  }
  return list
}

function libraryRoot(list: LeafList): string {
  const rows = Array.from({ length: list.count }, (_, row) => [
    String(row),
    toHex(list.accounts.subarray(20 * row, 20 * row + 20)),
    toHex(list.amounts.subarray(32 * row, 32 * row + 32)),
  ])
  return StandardMerkleTree.of(rows, ["uint256", "address", "uint256"], { sortLeaves: false }).root
}

describe("The list audited by the EVM", function () {
  this.timeout(300_000)
  let url: string
  let rpc: RpcClient
  let close: () => Promise<void>
  before(async () => {
    ;({ url, close } = await serveEmbeddedChain({ bare: true }))
    rpc = createRpc(url)
  })
  after(async () => {
    await close()
  })

  it("has the library's root, the total and the order at every size from 1 to 300, and at 1,024", async () => {
    for (const count of [...Array.from({ length: 300 }, (_, i) => i + 1), 1_024]) {
      const list = listOfSize(count)
      const audit = await auditList(rpc, list)
      expect(audit, `${count} leaves`).to.deep.equal({
        root: libraryRoot(list),
        total: totalOf(list),
        ascends: true,
        calls: 1,
      })
    }
  })

  it("has the library's root where rows meet: around 1,024 and 2,048, and at 1,500 and 3,000", async () => {
    for (const count of [1_023, 1_025, 1_400, 1_401, 1_500, 2_047, 2_048, 2_049, 3_000, 4_097]) {
      const list = listOfSize(count)
      const { root, total } = await auditList(rpc, list)
      expect([root, total], `${count} leaves`).to.deep.equal([libraryRoot(list), totalOf(list)])
    }
  })

  it("has the root of a list as long as Uniswap's, of 252,803", async () => {
    const list = listOfSize(252_803)
    const { root, total, ascends } = await auditList(rpc, list)
    expect({ root, total, ascends }).to.deep.equal({
      root: toHex(treeOfList(list).root),
      total: totalOf(list),
      ascends: true,
    })
  })

  it("finds two accounts out of order or equal, wherever they are, also across rows", async () => {
    for (const count of [2, 3, 1_025, 1_500, 2_050]) {
      for (const row of new Set([1, count >> 1, count - 1, 1_024, 476, 2_047])) {
        if (row >= count) continue
        for (const swapped of [true, false]) {
          const list = listOfSize(count)
          const before = list.accounts.slice(20 * (row - 1), 20 * row)
          if (swapped) list.accounts.copyWithin(20 * (row - 1), 20 * row, 20 * (row + 1))
          list.accounts.set(before, 20 * row)
          const { ascends } = await auditList(rpc, list)
          expect(ascends, `row ${row} of ${count}`).to.equal(false)
        }
      }
    }
  })

  it("takes at most 1,700 gas a leaf, calldata included", async () => {
    const artifact = await artifactOf("ListAudit")
    for (const count of [1_000, 1_024, 1_536, 2_047, 3_000]) {
      const list = listOfSize(count)
      let gas = 0
      for (const row of auditRows(list)) {
        gas += Number(await rpc.call("eth_estimateGas", [{ data: auditCode(artifact, row) }]))
      }
      expect(gas / count, `${count} leaves`)
        .to.be.below(1_700)
        .and.above(500)
    }
  })

  it("is asked for in smaller requests where the provider takes no large ones", async () => {
    const tooLarge: Fault = {
      onHttp: (response, _count, calls) => {
        if (calls.length <= 2) return false
        response.writeHead(413).end("Request Entity Too Large")
        return true
      },
    }
    const proxy = await startFaultProxy(url, [tooLarge])
    try {
      const list = listOfSize(10_000)
      const { root } = await auditList(createRpc(proxy.url), list)
      expect(root).to.equal(toHex(treeOfList(list).root))
    } finally {
      await proxy.close()
    }
  })

  it("is refused if what the provider answers is not the code of ListAudit", async () => {
    const proxy = await startFaultProxy(url, [
      { onReply: (reply) => ({ ...reply, result: `${String(reply.result).slice(0, -2)}00` }) },
    ])
    try {
      const error: unknown = await auditList(createRpc(proxy.url), listOfSize(3)).catch(
        (cause: unknown) => cause,
      )
      expect(error).to.include({ code: "rpc-answer" })
    } finally {
      await proxy.close()
    }
  })
})
