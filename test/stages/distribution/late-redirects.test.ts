import { expect } from "chai"
import type { Wallet } from "ethers"
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as distribute from "../../../scripts/commands/distribute.ts"
import * as sign from "../../../scripts/commands/sign.ts"
import { parseAddress, toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import type { ErrorCode } from "../../../scripts/core/primitives/error.ts"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import { formatStatement } from "../../../scripts/core/statements/statement-line.ts"
import {
  balancesOf,
  knownWallet,
  madeUpRecipients,
  startDeployedProgram,
  type DeployedProgram,
} from "../../../scripts/dev/rigs/deployed-program.ts"
import { findClaims } from "../../../scripts/stages/publication/find-claim.ts"
import { expectError } from "../../support/errors.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"
import { accept } from "../../support/statements.ts"

const [FIRST, SECOND, ROBBED] = [knownWallet(5), knownWallet(6), knownWallet(7)]
const SAFE_PLACE: Address = `0x${"5e".repeat(20)}`
const OTHER_PLACE: Address = `0x${"6e".repeat(20)}`
const amountOf = (wallet: Wallet): bigint => BigInt(wallet.address.slice(0, 8))

describe("redirects that arrive after the build", function () {
  this.timeout(120_000)
  let parent: string
  let stage: DeployedProgram
  let folder: string
  let snapshot: unknown

  before(async () => {
    parent = await mkdtemp(join(tmpdir(), "airdrop-late-"))
    process.env["OPS_KEY"] = knownWallet(2).privateKey
    for (const wallet of [FIRST, SECOND]) process.env[`KEY_${wallet.address}`] = wallet.privateKey
    const people = [FIRST, SECOND, ROBBED].map((wallet) => ({
      account: parseAddress(wallet.address),
      amount: amountOf(wallet),
    }))
    // The owner of the third account knows that its key is stolen, and has it paid elsewhere before the build.
    const early = await accept(ROBBED, {
      ...{ kind: "redirect", program: "small", chainId: 42161 },
      ...{ from: parseAddress(ROBBED.address), to: OTHER_PLACE },
      deadline: new Date("2025-12-31T23:59:59Z"),
    })
    stage = await startDeployedProgram(parent, {
      recipients: [...madeUpRecipients(60), ...people],
      files: { "redirects.jsonl": `${formatStatement(early)}\n` },
    })
    folder = join(stage.folder, "signed-claims")
  })
  beforeEach(async () => {
    snapshot = await stage.chain.request("evm_snapshot")
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder)
  })
  afterEach(async () => {
    await stage.chain.request("evm_revert", [snapshot])
  })
  after(async () => {
    Reflect.deleteProperty(process.env, "OPS_KEY")
    for (const wallet of [FIRST, SECOND]) Reflect.deleteProperty(process.env, `KEY_${wallet.address}`)
    await stage.close()
    await rm(parent, { recursive: true, force: true })
  })

  const signed = async (wallet: Wallet, to: Address, name: string): Promise<string> => {
    const path = join(folder, name)
    const args = ["--to", toChecksum(to), "--rpc", stage.url, "--key", `KEY_${wallet.address}`, "--out", path]
    expect((await runVerb(sign, [stage.folder, wallet.address, ...args])).error).to.equal(undefined)
    return path
  }
  const push = async (...args: readonly string[]): Promise<VerbRun> =>
    await runVerb(distribute, [stage.folder, "--rpc", stage.url, "--json", ...args])
  const send = ["--key", "OPS_KEY", "--yes", "--batch", "16"]
  const balance = async (account: Address): Promise<bigint> => {
    const data = `0x70a08231${account.slice(2).padStart(64, "0")}`
    return BigInt(String(await stage.chain.request("eth_call", [{ to: SESSION.token, data }, "latest"])))
  }
  const refused = async (code: ErrorCode, words: RegExp): Promise<void> => {
    const nonce = await stage.sender.getNonce()
    expectError((await push(...send)).error, code, words)
    expect(await stage.sender.getNonce(), "nothing is sent").to.equal(nonce)
  }

  it("are submitted before any push, and everybody else is paid at home", async () => {
    await signed(FIRST, SAFE_PLACE, "first.json")
    await signed(SECOND, OTHER_PLACE, "second.json")
    const done = await push(...send)
    expect(done.error).to.equal(undefined)
    expect(done.lines.join("\n")).to.include(
      `2 signed redirects come first:\n  ${FIRST.address} → ${toChecksum(SAFE_PLACE)}`,
    )
    expect((done.json as { redirected: readonly string[] }).redirected).to.have.length(2)
    expect(done.json).to.include({ unclaimed: 0 })
    expect(await balance(SAFE_PLACE)).to.equal(amountOf(FIRST))
    expect(await balance(OTHER_PLACE)).to.equal(amountOf(SECOND) + amountOf(ROBBED))
    const people = [FIRST, SECOND, ROBBED].map(({ address }) => parseAddress(address))
    const expected = stage.recipients.map(({ account, amount }) => (people.includes(account) ? 0n : amount))
    expect(await balancesOf(stage, SESSION.token)).to.deep.equal(expected)
    const again = await push(...send)
    expect(again.json).to.include({ paid: 0, unclaimed: 0 })
  })

  it("are said by a dry run, which sends nothing, and keep batches of the multisig from being written", async () => {
    await signed(FIRST, SAFE_PLACE, "first.json")
    const dry = await push(...send, "--dry-run")
    expect(dry.json).to.include({ redirects: 1 })
    expect(dry.lines.join("\n")).to.include("1 signed redirect comes first")
    expect(await balance(SAFE_PLACE)).to.equal(0n)
    expectError((await push("--via", "safe")).error, "not-ready", /1 signed redirect in signed-claims/)
  })

  it("that the contract refuses stop the distribution before anything is sent", async () => {
    const path = await signed(FIRST, SAFE_PLACE, "first.json")
    await signed(SECOND, OTHER_PLACE, "second.json")
    const text = await readFile(path, "utf8")
    await writeFile(path, text.replace(toChecksum(SAFE_PLACE), toChecksum(OTHER_PLACE)))
    await refused("reverted", /first\.json is refused/)
    await writeFile(path, text)
    await stage.chain.request("evm_increaseTime", [8 * 86_400])
    await stage.chain.mine()
    await refused("reverted", /first\.json is refused/)
  })

  it("that are not of this list, or not the only one of an account, are named", async () => {
    const path = await signed(FIRST, SAFE_PLACE, "first.json")
    const text = await readFile(path, "utf8")
    await copyFile(path, join(folder, "second.json"))
    await refused("inconsistent", /second\.json: 0x\w+ has signed .*first\.json too/)
    await rm(join(folder, "second.json"))
    for (const [from, to, words] of [
      [/"amountBaseUnits": "\d+"/, '"amountBaseUnits": "7"', /the automatic amount has changed/],
      [/"chainId": 42161/, '"chainId": 1', /is signed for 0x\w+ on chain 1,/],
      [/"account": "0x\w+"/, `"account": "${toChecksum(STRANGER)}"`, /has no claim/],
    ] as const) {
      await writeFile(path, text.replace(from, to))
      await refused("inconsistent", words)
    }
    await writeFile(path, "{")
    await refused("file-format", /first\.json/)
    await rm(path)
    await writeFile(join(folder, "claim.json.txt"), text)
    await refused("file-format", /claim\.json\.txt: is no signed claim/)
    await rm(folder, { recursive: true })
    await writeFile(folder, text)
    await refused("file-unreadable", /signed-claims/)
    await rm(folder)
  })

  it("leave a thief with the old key nothing of what was redirected before the build", async () => {
    const thief = ROBBED.connect(stage.airdrop.runner?.provider ?? null)
    const stolen = stage.airdrop.connect(thief)
    const { automatic } = await findClaims(stage.folder, OTHER_PLACE)
    if (automatic === undefined) throw new Error("the new address is on the list")
    const { index, amount, proof } = automatic
    const attempts = [
      stolen.claim.staticCall(index, ROBBED.address, amount, [...proof]),
      stolen.claimTo.staticCall(index, ROBBED.address, amount, [...proof]),
    ]
    for (const attempt of attempts) {
      const error: unknown = await attempt.then(
        () => undefined,
        (reason: unknown) => reason,
      )
      expect(String(error)).to.include("InvalidProof")
    }
    expect((await findClaims(stage.folder, parseAddress(ROBBED.address))).automatic).to.equal(undefined)
    // Anybody may claim for the new address, the thief too: it is paid, and no one else.
    await (await stolen.claim(index, toChecksum(OTHER_PLACE), amount, [...proof])).wait()
    expect(await balance(OTHER_PLACE)).to.equal(amountOf(ROBBED))
    expect(await balance(parseAddress(ROBBED.address))).to.equal(0n)
  })
})

const STRANGER: Address = `0x${"77".repeat(20)}`
