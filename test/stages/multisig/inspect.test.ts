import { expect } from "chai"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Interface } from "ethers"
import fc from "fast-check"
import type { ServedChain } from "../../../scripts/dev/embedded/serve.ts"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import * as inspect from "../../../scripts/commands/inspect.ts"
import * as propose from "../../../scripts/commands/propose.ts"
import { toChecksum } from "../../../scripts/core/primitives/address.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { TIMELOCK } from "../../../scripts/core/contract/timelock.ts"
import { TOKEN } from "../../../scripts/core/ethereum/erc20.ts"
import type { Call } from "../../../scripts/core/ethereum/call.ts"
import { initCode } from "../../../scripts/core/contract/constructor-parameters.ts"
import type { Hex } from "../../../scripts/core/primitives/bytes.ts"
import {
  deploymentCalls,
  ownerCall,
  scheduleCall,
  transferCall,
} from "../../../scripts/core/multisig/owner-calls.ts"
import { batchChecksum, batchFile } from "../../../scripts/core/safe/safe-batch.ts"
import {
  safeHashes,
  safeTransaction,
  type SafeTransaction,
} from "../../../scripts/core/safe/safe-transaction.ts"
import { folderCid } from "../../../scripts/stages/publication/folder-cid.ts"
import { parseBatch, writeBatch } from "../../../scripts/stages/multisig/batch-file.ts"
import {
  readSafeTransaction,
  writeSafeTransaction,
} from "../../../scripts/stages/multisig/transaction-file.ts"
import { loadContext, type ProgramContext } from "../../../scripts/stages/deployment/deployment-context.ts"
import { multiSendCallOnly, multiSendsOf, safeContracts } from "../../../scripts/io/safe/deployments.ts"
import { inspectRequest } from "../../../scripts/stages/multisig/inspect-request.ts"
import type { SignerKnowledge } from "../../../scripts/stages/multisig/signing-claims.ts"
import { SAFE } from "../../../scripts/io/safe/safe.ts"
import { publishProgram } from "../../../scripts/dev/rigs/published-program.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"
import { chainWithSafe, type SafeOnChain } from "../../support/safe.ts"
import { expectError } from "../../support/errors.ts"

const SESH = 10n ** 9n
const STRANGER = `0x${"5a".repeat(20)}` as const

const SAFE_ADMIN = new Interface(["function enableModule(address module)"])

interface Json {
  chainId: string
  meta: Record<string, string>
  transactions: Record<string, unknown>[]
}

describe("A signer who inspects a received batch", function () {
  this.timeout(120_000)
  let there: SafeOnChain
  let served: ServedChain
  let scratch: string
  let program: string
  let context: ProgramContext
  let batch: string
  let original: string

  before(async () => {
    there = await chainWithSafe()
    served = await there.chain.serve()
    scratch = await mkdtemp(join(tmpdir(), "airdrop-inspect-"))
    program = await publishProgram(scratch, { owner: there.safe })
    await there.chain.fund(there.safe, 500n * SESH)
    context = await loadContext(program)
    const run = await runVerb(propose, [
      program,
      "deploy",
      "--batch",
      "--rpc",
      served.url,
      "--uri",
      `ipfs://${await folderCid(join(program, "proofs"), [])}`,
      "--json",
    ])
    batch = (run.json as { files: { batch: string } }).files.batch
    original = await readFile(batch, "utf8")
  })
  afterEach(async () => {
    await writeFile(batch, original)
  })
  after(async () => {
    await served.close()
    await there.chain.close()
    await rm(scratch, { recursive: true, force: true })
  })

  const run = async (...args: string[]): Promise<VerbRun> =>
    await runVerb(inspect, [batch, "--program", program, "--rpc", served.url, ...args])
  const flagsOf = ({ lines }: VerbRun): string[] => lines.filter((line) => line.startsWith("  ! "))

  /** Inspects after a change to the file, with a new checksum as a forger would make it. */
  async function forged(change: (json: Json) => void, ...args: string[]): Promise<string> {
    const json = JSON.parse(original) as Json
    change(json)
    json.meta["checksum"] = batchChecksum(json)
    await writeFile(batch, JSON.stringify(json))
    return await flagged(await run(...args))
  }
  async function flagged(result: VerbRun): Promise<string> {
    expect(result.status).to.equal(1)
    expect(result.error).to.be.instanceOf(AirdropError)
    const flags = flagsOf(result)
    expect(flags).not.to.deep.equal([])
    return Promise.resolve(flags.join("\n"))
  }
  const at = (json: Json, i: number): Record<string, unknown> => {
    const found = json.transactions[i]
    if (found === undefined) throw new Error(`there is no transaction ${i}`)
    return found
  }
  /** Rewrites the batch with calls of one's own choice. */
  async function withCalls(calls: readonly Call[], ...args: string[]): Promise<string> {
    const texts = { name: "deploy and fund the airdrop", description: "" }
    await writeBatch(batch, batchFile({ chainId: 42161, address: there.safe }, texts, calls))
    return await flagged(await run(...args))
  }
  const plan = (): Parameters<typeof deploymentCalls>[0] => ({
    address: context.airdrop,
    code: context.initCode,
    salt: `0x${"00".repeat(32)}`,
    token: SESSION.token,
    funding: context.funding,
  })
  const funding = (): Call => transferCall(SESSION.token, context.airdrop, context.funding)
  const deployment = (): Call => {
    const [first] = deploymentCalls(plan())
    if (first === undefined) throw new Error("a deployment has calls")
    return first
  }

  it("an honest batch is not flagged", async () => {
    const result = await run()
    expect(flagsOf(result)).to.deep.equal([])
    expect(result.status).to.equal(0)
  })

  it("a changed byte: the checksum tells, wherever it is", async () => {
    for (const position of [40, 300, Math.floor(original.length / 2), original.length - 60]) {
      let at = position
      while (!/[0-9a-f]/.test(original.charAt(at))) at++
      const other = original.charAt(at) === "1" ? "2" : "1"
      await writeFile(batch, original.slice(0, at) + other + original.slice(at + 1))
      const result = await run()
      expect(result.status, `character ${at}`).to.be.oneOf([1, 2])
      if (result.status === 1 && result.lines.length > 0) {
        expect(flagsOf(result).join("\n")).to.include("was changed after it was written")
      }
    }
  })

  it("a changed byte of any call is flagged even if the forger mends the checksum", async () => {
    const known: SignerKnowledge = {
      safe: undefined,
      nonce: 0n,
      version: "1.4.1",
      timelock: undefined,
      hash: undefined,
      allowed: new Set(),
    }
    const lengths = (JSON.parse(original) as Json).transactions.map(({ data }) => String(data).length - 2)
    const places = fc.nat(2).chain((call) => fc.tuple(fc.constant(call), fc.nat((lengths[call] ?? 1) - 1)))
    await fc.assert(
      fc.asyncProperty(places, fc.integer({ min: 1, max: 15 }), async ([call, digit], by) => {
        const json = JSON.parse(original) as Json
        const entry = at(json, call)
        const data = String(entry["data"])
        const changed = (Number.parseInt(data.charAt(digit + 2), 16) ^ by).toString(16)
        entry["data"] = data.slice(0, digit + 2) + changed + data.slice(digit + 3)
        json.meta["checksum"] = batchChecksum(json)
        const read = parseBatch(JSON.stringify(json), "batch.json")
        expect(read.flags).to.deep.equal([])
        const request = { file: "batch.json", ...read, claimed: undefined, text: undefined, words: undefined }
        const { flags } = await inspectRequest(request, context, known, undefined)
        expect(flags).not.to.deep.equal([])
      }),
      { numRuns: 120, seed: 7 },
    )
  })

  it("a wrong chain", async () => {
    expect(await forged((json) => (json.chainId = "1"))).to.match(
      /it is for chain 1, and the program is on chain 42161/,
    )
  })

  it("a wrong Safe version", async () => {
    expect(await flagged(await run("--safe-version", "1.3.0"))).to.match(
      /the Safe is of version 1\.4\.1, not 1\.3\.0/,
    )
    await withClaims(
      (file) => ({ ...file, safe: { ...file.safe, version: "1.3.0" } }),
      async () => {
        expect(await flagged(await run())).to.match(
          /made for Safe version 1\.3\.0, but the Safe is of version 1\.4\.1/,
        )
      },
    )
  })

  it("a wrong nonce", async () => {
    expect(await flagged(await run("--nonce", "4"))).to.match(/made for nonce 0, not 4/)
    const later = (file: SafeFile): SafeFile => {
      const transaction = { ...file.transaction, nonce: 2n }
      return { ...file, transaction, hashes: safeHashes(file.safe, transaction) }
    }
    await withClaims(later, async () => {
      expect(await flagged(await run())).to.match(
        /for nonce 2, but the Safe's next nonce is 0: give --nonce 2/,
      )
    })
  })

  it("hashes that differ from the batch's: in the wallet, the transaction file or the text file", async () => {
    expect(await flagged(await run("--hash", `0x${"12".repeat(32)}`))).to.match(/the wallet shows 0x1212/)
    const other = (file: SafeFile): SafeFile => ({
      ...file,
      hashes: { ...file.hashes, message: `0x${"34".repeat(32)}` },
    })
    await withClaims(other, async () => {
      expect(await flagged(await run())).to.match(
        /the message hash in the file differs from the transaction's/,
      )
    })
    const text = batch.replace(".json", ".txt")
    const words = await readFile(text, "utf8")
    await writeFile(text, words.replaceAll(/0x[0-9a-f]{64}/g, `0x${"56".repeat(32)}`))
    expect(await flagged(await run())).to.match(/the text beside it differs in line/)
    await writeFile(text, words)
  })

  it("a delegatecall, in the batch, in the transaction, and inside a MultiSend", async () => {
    expect(await forged((json) => (at(json, 1)["operation"] = 1))).to.match(
      /transaction 2 asks for a DELEGATECALL/,
    )
    const elsewhere = (transaction: SafeTransaction): SafeTransaction => ({ ...transaction, to: STRANGER })
    expect(await transactionFlags(elsewhere)).to.match(/DELEGATECALL to 0x5A5A.*could take everything/i)
    const multiSend = "0x38869bf66a61cf6bdb996a6ae40d5853fd43b526"
    expect(await transactionFlags((transaction) => ({ ...transaction, to: multiSend }))).to.match(
      /DELEGATECALL to/,
    )
    const inner = (transaction: SafeTransaction): SafeTransaction => ({
      ...transaction,
      data: `${transaction.data.slice(0, 138)}01${transaction.data.slice(140)}` as Hex,
    })
    expect(await transactionFlags(inner)).to.match(/call 1: DELEGATECALL inside the batch/)
    const setup = (transaction: SafeTransaction): SafeTransaction => ({ ...transaction, data: "0x12345678" })
    expect(await transactionFlags(setup)).to.match(/what is delegated cannot be read/)
  })

  it("a gas refund out of the Safe", async () => {
    const refund = (transaction: SafeTransaction): SafeTransaction => ({
      ...transaction,
      gasPrice: 5n,
      gasToken: SESSION.token,
      refundReceiver: STRANGER,
    })
    expect(await transactionFlags(refund)).to.match(/the Safe would refund gas to 0x5A5A/i)
  })

  it("an unexpected recipient", async () => {
    const stolen = await withCalls([deployment(), transferCall(SESSION.token, STRANGER, context.funding)])
    expect(stolen).to.match(/UNEXPECTED RECIPIENT: 400 SESH would go to 0x5A5A.*not the airdrop/i)
    expect(stolen).to.match(/in the simulation 400 SESH go from .* to 0x5A5A/i)
    const extra = await withCalls([deployment(), funding(), transferCall(SESSION.token, STRANGER, 1n)])
    expect(extra).to.match(/UNEXPECTED RECIPIENT: 0\.000000001 SESH/)
  })

  it("an amount off by one base unit", async () => {
    const send = (amount: bigint): Call => transferCall(SESSION.token, context.airdrop, amount)
    expect(await withCalls([deployment(), send(context.funding + 1n)])).to.match(
      /400\.000000001 SESH is 0\.000000001 SESH too much: the airdrop needs 400 SESH/,
    )
    expect(await withCalls([deployment(), send(context.funding - 1n)])).to.match(
      /0\.000000001 SESH too little/,
    )
  })

  it("a root, owner, cap, delay, time or token that does not belong to the published files", async () => {
    const with_ = async (changed: Partial<typeof context.parameters>): Promise<string> => {
      const code = initCode(context.creationCode, { ...context.parameters, ...changed })
      return await withCalls(deploymentCalls({ ...plan(), code }))
    }
    expect(await with_({ automaticRoot: `0x${"99".repeat(32)}` })).to.match(
      /the root 0x9999.* does not belong to the published files, whose root is 0x/,
    )
    expect(await with_({ owner: STRANGER })).to.match(/the owner is 0x5A5A.*not this Safe/is)
    expect(await with_({ reserveCap: 49n * SESH })).to.match(
      /reserve cap is 49 SESH, but the published files give 50 SESH/,
    )
    expect(await with_({ reserveDelay: 0n })).to.match(
      /reserve delay is no delay, but the published files give 1 day/,
    )
    expect(await with_({ sweepTime: 1_900_000_001n })).to.match(/sweep time is 2030-03-17T17:46:41Z/)
    expect(await with_({ leafCount: 3n })).to.match(/number of leaves is 3/)
    expect(await with_({ token: SESSION.pool })).to.match(/token is 0x11f040/)
    expect(await with_({ proofsURI: "x" })).to.match(/would be deployed at/)
    expect(
      await withCalls([
        ...deploymentCalls(plan()),
        ownerCall(context.airdrop, "publishProofs", [`0x${"98".repeat(32)}`, "x"]),
      ]),
    ).to.match(/call 3: the root 0x9898.* does not belong to the published files/)
    expect(
      await withCalls([ownerCall(context.airdrop, "submitReserveRoot", [`0x${"97".repeat(32)}`, "x"])]),
    ).to.match(/the reserve root 0x9797.* cannot be checked: no reserve is published/)
  })

  it("code that differs from the sources", async () => {
    const { data } = deployment()
    const middle = 2 + 64 + 2_000
    const other = data.charAt(middle) === "0" ? "1" : "0"
    const forgedCode: Call = {
      ...deployment(),
      data: `${data.slice(0, middle)}${other}${data.slice(middle + 1)}` as Hex,
    }
    expect(await withCalls([forgedCode, funding()])).to.match(
      /the creation code is not that of the MerkleAirdrop/,
    )
  })

  it("unknown calls and contracts", async () => {
    const approve = TOKEN.encodeFunctionData("approve", [STRANGER, 1n]) as Hex
    const honest = [deployment(), funding()]
    const approval = await withCalls([...honest, { to: SESSION.token, value: 0n, data: approve }])
    expect(approval).to.match(
      /call 3: UNKNOWN: 0x10Ea.* is called with 0x095ea7b3, perhaps approve\(address,uint256\)/,
    )
    expect(approval).to.match(/in the simulation 0x5A5A.* is allowed to spend 0\.000000001 SESH/i)
    const addOwner = SAFE.encodeFunctionData("approveHash", [`0x${"77".repeat(32)}`]) as Hex
    expect(await withCalls([...honest, { to: there.safe, value: 0n, data: addOwner }])).to.match(
      /approves hash 0x7777/,
    )
    const threshold: Hex = `0x694e80c3${"1".padStart(64, "0")}`
    const takeover = await withCalls([...honest, { to: there.safe, value: 0n, data: threshold }])
    expect(takeover).to.match(/UNKNOWN: .* 0x694e80c3, perhaps changeThreshold/)
    expect(takeover).to.match(/the Safe's own settings change/)
    expect(await withCalls([...honest, { to: STRANGER, value: 1n, data: "0x" }])).to.match(
      /sends 0\.000000000000000001 ether/,
    )
    expect(await withCalls([...honest, { to: STRANGER, value: 0n, data: "0x12" }])).to.match(
      /UNKNOWN: 0x5A5A/i,
    )
  })

  it("a batch that deploys without funding, twice, or in the wrong order", async () => {
    expect(await withCalls([deployment()])).to.match(/creates the airdrop but does not fund it/)
    expect(await withCalls([deployment(), funding(), funding()])).to.match(/funds the airdrop 2 times/)
    expect(await withCalls([deployment(), deployment(), funding()])).to.match(/creates 2 contracts/)
    const announce = ownerCall(context.airdrop, "publishProofs", [context.automatic.root, "x"])
    expect(await withCalls([announce, deployment(), funding()])).to.match(
      /calls the airdrop before it is created/,
    )
  })

  it("a batch for another Safe, and one that would fail", async () => {
    const other = await forged(
      (json) => (json.meta["createdFromSafeAddress"] = safeContracts(42161).singleton),
    )
    expect(other).to.match(/it is for the Safe 0x29fcB4.*, not for/)
    const early = await withCalls([deployment(), funding(), ownerCall(context.airdrop, "sweep")])
    expect(early).to.match(/in the simulation it fails: call 3 fails: SweepTooEarly\(1900000000/)
    await there.chain.request("hardhat_mine", ["0x1"])
    const point = await there.chain.request("evm_snapshot")
    const impostor = await there.chain.impersonate(there.safe)
    await (await impostor.sendTransaction({ ...transferCall(SESSION.token, STRANGER, 101n * SESH) })).wait()
    expect(await flagged(await run())).to.match(/it fails: call 2 fails: ERC20InsufficientBalance/)
    await there.chain.request("evm_revert", [point])
  })

  it("a Safe of version 1.3.0, for which the web app has two libraries: the hash tells which", async () => {
    const [usual, other, ...more] = multiSendsOf(42161, "1.3.0")
    if (other === undefined) throw new Error("Arbitrum One has two libraries of version 1.3.0")
    expect(more).to.deep.equal([])
    const offline = async (...args: string[]): Promise<VerbRun> =>
      await runVerb(inspect, [
        ...[batch, "--program", program, "--nonce", "0", "--safe-version", "1.3.0"],
        ...args,
      ])
    const by = ["deploy", "--batch", "--nonce", "0", "--safe-version", "1.3.0", "--json"]
    for (const multiSend of [usual, other]) {
      const out = join(scratch, multiSend)
      const made = await runVerb(propose, [program, ...by, "--multi-send", multiSend, "--out", out])
      const { files, hashes } = made.json as { files: { batch: string }; hashes: { safe: string } }
      const result = await runVerb(inspect, [files.batch, "--program", program, "--safe-version", "1.3.0"])
      expect(result.status).to.equal(0)
      expect(result.lines.join("\n")).to.include(hashes.safe).and.to.include(toChecksum(multiSend))
    }
    expect(await flagged(await offline())).to.match(/made for Safe version 1\.4\.1/)
    const foreign = await runVerb(propose, [
      program,
      ...by,
      "--multi-send",
      multiSendCallOnly(42161, "1.4.1"),
    ])
    expectError(foreign.error, "unknown", "1.3.0")
  })

  it("a file that says one thing in words and another in bytes", async () => {
    const method = {
      name: "transfer",
      payable: false,
      inputs: [
        { name: "to", type: "address", internalType: "address" },
        { name: "amount", type: "uint256", internalType: "uint256" },
      ],
    }
    const flags = await forged((json) => {
      const entry = at(json, 1)
      entry["contractMethod"] = method
      entry["contractInputsValues"] = { to: context.airdrop, amount: "1" }
    })
    expect(flags).to.match(/its bytes do not call "transfer" with the values shown beside them/)
    // Without bytes the web app encodes the values: so does the inspection.
    expect(
      await forged((json) => {
        const entry = at(json, 1)
        entry["data"] = null
        entry["contractMethod"] = method
        entry["contractInputsValues"] = { to: context.airdrop, amount: "1" }
      }),
    ).to.match(/0\.000000001 SESH is 399\.999999999 SESH too little/)
  })

  it("files that were published with other sources", async () => {
    const manifest = join(program, "proofs", "manifest.json")
    const text = await readFile(manifest, "utf8")
    const other = text.replace(/("creationCodeHash": "0x)[0-9a-f]{64}/, `$1${"ee".repeat(32)}`)
    expect(other).not.to.equal(text)
    await writeFile(manifest, other)
    expect(await flagged(await run())).to.match(/the files were published with 0xeeee/)
    await writeFile(manifest, text)
  })

  it("a list that was changed after it was published", async () => {
    const csv = join(program, "proofs", "allocations.csv")
    const text = await readFile(csv, "utf8")
    await writeFile(csv, text.replace("100.000000000", "101.000000000"))
    expectError((await run()).error, "mismatch", /its root is 0x.*, the manifest says 0x/)
    await writeFile(csv, text)
  })

  it("proofs announced at another place than the files are", async () => {
    const announce = (uri: string): Call =>
      ownerCall(context.airdrop, "publishProofs", [context.automatic.root, uri])
    const other = "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi"
    expect(await withCalls([deployment(), funding(), announce(other)])).to.match(
      /the proofs announced at ipfs:\/\/bafybeigdy.* are not the published files: those are bafy/,
    )
    expect(await withCalls([deployment(), funding(), announce("https://proofs.example")])).to.match(
      /announced at "https:\/\/proofs.example": only ipfs:\/\/ with a CID/,
    )
  })

  it("a timelock that is not the owner, or an operation that waits for another", async () => {
    const sweep = ownerCall(context.airdrop, "sweep")
    const predecessor = `0x${"0e".repeat(32)}`
    const values = [[sweep.to], [sweep.value], [sweep.data], predecessor, `0x${"00".repeat(32)}`, 3_600n]
    const data = TIMELOCK.encodeFunctionData("scheduleBatch", values) as Hex
    const by = ["--timelock", SESSION.pool, "--safe", there.safe]
    const flags = await withCalls([{ to: SESSION.pool, value: 0n, data }], ...by)
    expect(flags).to.match(/call 1: the timelock 0x11f040.* is not the airdrop's owner/)
    expect(flags).to.match(/call 1: waits for another operation of the timelock, 0x0e0e/)
    const [to, amount] = [STRANGER, 5n * SESH]
    const inner = transferCall(SESSION.token, to, amount)
    const theft = scheduleCall([inner], { timelock: SESSION.pool, delay: 1n, salt: `0x${"00".repeat(32)}` })
    expect(await withCalls([theft], ...by)).to.match(
      /call 1\.1: UNEXPECTED RECIPIENT: 5 SESH would go to 0x5A5A/i,
    )
  })

  it("a Safe that runs code which Safe has not published, or that others can act for", async () => {
    const point = await there.chain.request("evm_snapshot")
    const enable = SAFE_ADMIN.encodeFunctionData("enableModule", [STRANGER])
    const itself = await there.chain.impersonate(there.safe)
    await (await itself.sendTransaction({ to: there.safe, data: enable })).wait()
    expect((await run()).lines.join("\n")).to.match(
      /The module 0x5A5A.* can act for the Safe without signatures/i,
    )
    const copy = `0x${"c0".repeat(20)}`
    await there.chain.setCode(copy, await there.chain.ethers.provider.getCode(safeContracts(42161).singleton))
    await there.chain.request("hardhat_setStorageAt", [
      there.safe,
      "0x0",
      `0x${copy.slice(2).padStart(64, "0")}`,
    ])
    expect(await flagged(await run())).to.match(
      /the Safe runs the code of 0xc0c0.*, which Safe has not published/i,
    )
    await there.chain.request("evm_revert", [point])
  })

  it("a call past the timelock that owns the airdrop", async () => {
    const flags = await withCalls(
      [ownerCall(context.airdrop, "sweep")],
      ...["--timelock", SESSION.pool, "--safe", there.safe],
    )
    expect(flags).to.match(/call 1: sweep\(\) would fail: the owner is the timelock/)
  })

  it("files that are no batches are refused with one line", async () => {
    for (const text of [
      "",
      "{}",
      "[]",
      '{"version":"1.0"}',
      original.slice(0, 500),
      `{"meta":{},"meta":{}}`,
    ]) {
      await writeFile(batch, text)
      const result = await run()
      expect(result.status).to.equal(2)
      expect(String(result.error)).to.include("0000-deploy.json")
    }
  })

  type SafeFile = NonNullable<Awaited<ReturnType<typeof readSafeTransaction>>>

  /** Runs something while the file beside the batch claims something else. */
  async function withClaims(change: (file: SafeFile) => SafeFile, then: () => Promise<void>): Promise<void> {
    const path = batch.replace(".json", ".safe-tx.json")
    const file = await readSafeTransaction(path)
    if (file === undefined) throw new Error("there is no transaction beside the batch")
    await writeSafeTransaction(path, change(file))
    try {
      await then()
    } finally {
      await writeSafeTransaction(path, file)
    }
  }

  /** Flags of a whole Safe transaction that was changed and given its true hashes. */
  async function transactionFlags(
    change: (transaction: SafeTransaction) => SafeTransaction,
  ): Promise<string> {
    const state = { chainId: 42161, address: there.safe, version: "1.4.1" }
    const honest = safeTransaction(deploymentCalls(plan()), 0n, multiSendCallOnly(42161, "1.4.1"))
    const transaction = change(honest)
    const path = join(program, "proposals", "forged.safe-tx.json")
    await writeSafeTransaction(path, {
      safe: state,
      transaction,
      hashes: safeHashes(state, transaction),
      nested: [],
    })
    const result = await runVerb(inspect, [path, "--program", program, "--rpc", served.url])
    return await flagged(result)
  }
})
