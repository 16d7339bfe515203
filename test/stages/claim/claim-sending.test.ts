import { expect } from "chai"
import { keccak256, Transaction, type TransactionLike } from "ethers"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as claim from "../../../scripts/commands/claim.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import {
  balancesOf,
  knownWallet,
  madeUpRecipients,
  startDeployedProgram,
  type DeployedProgram,
} from "../../../scripts/dev/rigs/deployed-program.ts"
import { errorFor, startFaultProxy, type Fault, type FaultProxy } from "../../support/fault-proxy.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"
import {
  forgottenTransactions,
  refusedTransactions,
  unconfirmedTransactions,
  unknownReceipts,
} from "../../support/send-faults.ts"
import { expectError } from "../../support/errors.ts"

const HASH = /sent: transaction (0x[0-9a-f]{64})/

describe("a claim that is sent through a faulty node", () => {
  let parent: string
  let stage: DeployedProgram
  let proxy: FaultProxy
  let snapshot: unknown

  before(async () => {
    parent = await mkdtemp(join(tmpdir(), "airdrop-"))
    process.env["OPS_KEY"] = knownWallet(2).privateKey
    stage = await startDeployedProgram(parent, { recipients: madeUpRecipients(8) })
    proxy = await startFaultProxy(stage.url)
  })
  beforeEach(async () => {
    proxy.setFaults([])
    snapshot = await stage.chain.request("evm_snapshot")
  })
  afterEach(async () => {
    await stage.chain.request("evm_setAutomine", [true])
    await stage.chain.request("evm_revert", [snapshot])
  })
  after(async () => {
    Reflect.deleteProperty(process.env, "OPS_KEY")
    await proxy.close()
    await stage.close()
    await rm(parent, { recursive: true, force: true })
  })

  const run = async (...args: readonly string[]): Promise<VerbRun> =>
    await runVerb(claim, [
      stage.folder,
      stage.recipients[0]?.account ?? "",
      ...["--rpc", proxy.url, "--replace-after", "0.4", "--patience", "20", "--json"],
      ...args,
    ])
  const byKey = async (...args: readonly string[]): Promise<VerbRun> => await run("--key", "OPS_KEY", ...args)
  const byNode = async (): Promise<VerbRun> => await run("--account", stage.sender.address)

  /** Asserts that the recipient is paid once, that the hash was printed, and that the reported transaction has paid. */
  const expectPaidOnce = async (done: VerbRun, sent = true): Promise<string> => {
    expect(done.error).to.equal(undefined)
    if (sent) expect(done.lines.join("\n")).to.match(HASH)
    expect((await balancesOf(stage, SESSION.token))[0]).to.equal(stage.recipients[0]?.amount)
    const events = await stage.airdrop.queryFilter(stage.airdrop.filters.Claimed())
    expect(events).to.have.length(1)
    const { transaction } = done.json as { readonly transaction: string }
    expect(transaction).to.equal(events[0]?.transactionHash)
    return transaction
  }
  const typeOf = async (hash: string): Promise<number | undefined> =>
    (await stage.chain.ethers.provider.getTransaction(hash))?.type

  const passing: readonly (readonly [what: string, fault: () => Fault])[] = [
    [
      "receipts are answered with errors for a while",
      () => {
        let left = 6
        const words = ["transaction indexing is in progress", "Internal error", "header not found"]
        return errorFor(
          ({ method }) => method === "eth_getTransactionReceipt" && left-- > 0,
          -32000,
          words[left % words.length] ?? "",
        )
      },
    ],
    [
      "the receipt and the transaction are not known for a while",
      () => {
        let left = 6
        return unknownReceipts(() => left-- > 0)
      },
    ],
    [
      "the node takes the transaction and forgets it",
      () => {
        let left = 2
        return forgottenTransactions(keccak256, () => left-- > 0)
      },
    ],
    [
      "the answer to the transaction is an error, though it was taken",
      () => unconfirmedTransactions(() => true),
    ],
    [
      "the price rises above the offer",
      () => {
        let left = 1
        return refusedTransactions("max fee per gas less than block base fee", () => left-- > 0)
      },
    ],
    [
      "the price of data on L1 rises above the gas limit",
      () => {
        let left = 2
        return refusedTransactions("intrinsic gas too low", () => left-- > 0)
      },
    ],
    [
      "another transaction of the nonce waits",
      () => {
        let left = 2
        return refusedTransactions("replacement transaction underpriced", () => left-- > 0)
      },
    ],
  ]
  for (const [what, fault] of passing) {
    it(`ends paid once where ${what}`, async () => {
      proxy.setFaults([fault()])
      await expectPaidOnce(await byKey())
    })
  }

  it("gives more gas after each refusal of the gas limit", async () => {
    const limits: bigint[] = []
    proxy.setFaults([
      {
        onCall: (call) => {
          if (call.method === "eth_sendRawTransaction")
            limits.push(Transaction.from(String(call.params[0])).gasLimit)
          return call
        },
      },
      refusedTransactions("intrinsic gas too low", () => limits.length < 3),
    ])
    await expectPaidOnce(await byKey())
    expect(limits).to.have.length(3)
    expect([...limits].sort((a, b) => Number(a - b))).to.deep.equal(limits)
    expect(new Set(limits).size).to.equal(3)
  })

  it("sends a legacy transaction where the node refuses those of EIP-1559, signed here or by the node", async () => {
    const isTyped = (call: { method: string; params: readonly unknown[] }): boolean => {
      if (call.method === "eth_sendRawTransaction") return Transaction.from(String(call.params[0])).type === 2
      return call.method === "eth_sendTransaction" && JSON.stringify(call.params).includes("maxFeePerGas")
    }
    for (const words of ["transaction type not supported", "network does not support EIP-1559"]) {
      proxy.setFaults([errorFor(isTyped, -32000, words)])
      expect(await typeOf(await expectPaidOnce(await byKey()))).to.equal(0)
      await stage.chain.request("evm_revert", [snapshot])
      snapshot = await stage.chain.request("evm_snapshot")
      expect(await typeOf(await expectPaidOnce(await byNode()))).to.equal(0)
      await stage.chain.request("evm_revert", [snapshot])
      snapshot = await stage.chain.request("evm_snapshot")
    }
  })

  it("sends a legacy transaction on a chain without a base fee", async () => {
    proxy.setFaults([
      {
        onReply: (reply, { method }) => {
          if (method !== "eth_getBlockByNumber") return reply
          return { ...reply, result: { ...(reply.result as object), baseFeePerGas: undefined } }
        },
      },
      errorFor(({ method }) => method === "eth_maxPriorityFeePerGas", -32601, "the method does not exist"),
    ])
    expect(await typeOf(await expectPaidOnce(await byKey()))).to.equal(0)
  })

  /** Mines another transaction of the same nonce in place of the one that is sent, once. */
  const replacedBy = (change: (sent: Transaction) => TransactionLike): Fault => {
    let done = false
    return {
      onCall: (call) => {
        if (call.method !== "eth_sendRawTransaction" || done) return call
        done = true
        const raw = String(call.params[0])
        const sent = Transaction.from(raw)
        void knownWallet(2)
          .signTransaction(change(sent))
          .then(async (other) => await stage.chain.request("eth_sendRawTransaction", [other]))
        return { reply: { jsonrpc: "2.0", id: call.id, result: keccak256(raw) } }
      },
    }
  }
  const faster = (sent: Transaction): TransactionLike => ({
    type: 2,
    chainId: sent.chainId,
    nonce: sent.nonce,
    gasLimit: sent.gasLimit,
    to: sent.to,
    data: sent.data,
    maxFeePerGas: (sent.maxFeePerGas ?? 0n) * 2n,
    maxPriorityFeePerGas: 7n,
  })

  it("finds the transaction that paid where the sent one was sped up under another hash", async () => {
    proxy.setFaults([replacedBy(faster)])
    const done = await byKey()
    const [, first] = HASH.exec(done.lines.join("\n")) ?? []
    expect(await expectPaidOnce(done)).to.not.equal(first)
  })

  it("sends the claim again where another transaction took its nonce", async () => {
    proxy.setFaults([
      replacedBy((sent) => ({
        ...faster(sent),
        to: stage.owner.address,
        data: "0x",
        gasLimit: 21_000n,
      })),
    ])
    await expectPaidOnce(await byKey())
  })

  it("says that another sender has paid, where the claim fails for that", async () => {
    let done = false
    proxy.setFaults([
      {
        onCall: (call) => {
          if (call.method !== "eth_sendRawTransaction" || done) return call
          done = true
          const { to, data } = Transaction.from(String(call.params[0]))
          const first = { maxFeePerGas: 99_000_000_000n, maxPriorityFeePerGas: 50_000_000_000n }
          void stage.owner.sendTransaction({ to, data, gasLimit: 300_000n, ...first })
          return call
        },
      },
    ])
    await stage.chain.request("evm_setAutomine", [false])
    const mining = setInterval(() => void stage.chain.request("evm_mine"), 1_500)
    const failed = await byKey("--replace-after", "20").finally(() => {
      clearInterval(mining)
    })
    expect(failed.error).to.be.instanceOf(AirdropError).with.property("code", "reverted")
    expectError(failed.error, "reverted", /transaction 0x\w{64}/)
    expect((await balancesOf(stage, SESSION.token))[0]).to.equal(stage.recipients[0]?.amount)
  })

  it("ends with the hash and what to do where nothing is mined", async () => {
    await stage.chain.request("evm_setAutomine", [false])
    const done = await byKey("--patience", "2")
    expect(done.error).to.be.instanceOf(AirdropError).with.property("code", "unsettled")
    expectError(done.error, "unsettled", /transaction 0x\w{64}/)
    expect((done.error as AirdropError).hint).to.match(/Run the same command again/)
    // The same command again waits for what was sent, or replaces it, and pays once.
    // Mined before its state is read, the claim would only be told as paid already.
    let mining: NodeJS.Timeout | undefined
    proxy.setFaults([
      {
        onCall: (call) => {
          if (call.method === "eth_getTransactionCount")
            mining ??= setInterval(() => void stage.chain.request("evm_mine"), 200)
          return call
        },
      },
    ])
    const again = await byKey().finally(() => {
      clearInterval(mining)
    })
    await expectPaidOnce(again, false)
  })

  it("ends at once if the wallet's user declines, or the sender has no ether", async () => {
    proxy.setFaults([refusedTransactions("User rejected the request.", () => true)])
    const declined = await byNode()
    expect(declined.error).to.be.instanceOf(AirdropError).with.property("code", "unanswered")
    proxy.setFaults([])
    await stage.chain.request("hardhat_setBalance", [stage.sender.address, "0x10"])
    const poor = await byKey()
    expect(poor.error).to.be.instanceOf(AirdropError).with.property("code", "insufficient-funds")
    expect((await balancesOf(stage, SESSION.token))[0]).to.equal(0n)
  })
})
