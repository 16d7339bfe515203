import { ERROR_CODES, type ErrorCode } from "../../../scripts/core/primitives/error.ts"
import { expect } from "chai"
import { concat, keccak256, recoverAddress, Wallet } from "ethers"
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import { parseAddress, toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import * as claim from "../../../scripts/commands/claim.ts"
import * as sign from "../../../scripts/commands/sign.ts"
import {
  knownWallet,
  startDeployedProgram,
  type DeployedProgram,
  type Recipient,
} from "../../../scripts/dev/rigs/deployed-program.ts"
import { readBatch } from "../../support/read-batch.ts"
import { executeSafeBatch } from "../../../scripts/dev/rigs/execute-safe-batch.ts"
import { createSafe } from "../../../scripts/io/safe/safe.ts"
import { runCli, runCliOnTerminal } from "../../support/run-cli.ts"
import * as inspect from "../../../scripts/commands/inspect.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"
import { expectError } from "../../support/errors.ts"

const ELSEWHERE: Address = `0x${"e1".repeat(20)}`
const POOR = new Wallet(`0x${"77".repeat(32)}`)

describe("claiming from the command line", () => {
  let parent: string
  let stage: DeployedProgram
  let safe: Address
  const plain = (i: number): Recipient => ({ account: `0x${`c${i}`.repeat(20)}`, amount: BigInt(1000 + i) })
  const mover = parseAddress(knownWallet(5).address)
  const poor = parseAddress(POOR.address)

  before(async () => {
    parent = await mkdtemp(join(tmpdir(), "airdrop-"))
    process.env["OPS_SENDER"] = knownWallet(2).privateKey
    process.env["OPS_MOVER"] = knownWallet(5).privateKey
    process.env["OPS_POOR"] = POOR.privateKey
    process.env["OPS_ZERO"] = "0".repeat(64)
    const recipients = [1, 2, 3, 4].map(plain)
    stage = await startDeployedProgram(parent, {
      recipients: async ({ signers }) => {
        const [payer] = signers
        if (payer === undefined) throw new Error("the chain has signers")
        const owners = [7, 8, 9].map((i) => knownWallet(i).address)
        safe = await createSafe(payer, { owners, threshold: 2 })
        const others = [
          [mover, 5_000n],
          [poor, 7_000n],
          [safe, 9_000n],
        ] as const
        return [...recipients, ...others.map(([account, amount]) => ({ account, amount }))]
      },
    })
  })
  after(async () => {
    for (const name of ["OPS_SENDER", "OPS_MOVER", "OPS_POOR", "OPS_ZERO"])
      Reflect.deleteProperty(process.env, name)
    await stage.close()
    await rm(parent, { recursive: true, force: true })
  })

  const run = async (...args: readonly string[]): Promise<VerbRun> =>
    await runVerb(claim, [stage.folder, ...args, "--rpc", stage.url])
  const balance = async (account: string): Promise<bigint> => {
    const data = `0x70a08231${account.slice(2).toLowerCase().padStart(64, "0")}`
    return BigInt(String(await stage.chain.request("eth_call", [{ to: SESSION.token, data }, "latest"])))
  }

  it("pays a recipient when a stranger claims for it, for any casing of the address", async () => {
    const { account, amount } = plain(1)
    const done = await run(account, "--key", "OPS_SENDER", "--json")
    expect(done.error).to.equal(undefined)
    expect(done.json).to.include({ account: toChecksum(account), to: toChecksum(account), baseUnits: amount })
    expect(await balance(account)).to.equal(amount)
  })

  it("says that it is claimed already, and sends nothing", async () => {
    const done = await run(plain(1).account, "--key", "OPS_SENDER")
    expect(done.status).to.equal(1)
    expectError(done.error, "mismatch")
  })

  it("claims from an account that the node holds", async () => {
    const { account, amount } = plain(2)
    const done = await run(account, "--account", stage.sender.address)
    expect(done.error).to.equal(undefined)
    expect(await balance(account)).to.equal(amount)
  })

  it("claims through a wallet of its own endpoint, as one with a hardware key behind it", async () => {
    const { account, amount } = plain(3)
    const done = await run(account, "--wallet", stage.url)
    expect(done.error).to.equal(undefined)
    expect(await balance(account)).to.equal(amount)
  })

  it("refuses to pay another address unless the account itself sends", async () => {
    const done = await run(plain(4).account, "--to", ELSEWHERE, "--key", "OPS_SENDER")
    expect(done.status).to.equal(2)
    expectError(done.error, "refused")
    expect(await balance(ELSEWHERE)).to.equal(0n)
  })

  it("pays another address when the account itself sends", async () => {
    const done = await run(mover, "--to", ELSEWHERE, "--key", "OPS_MOVER")
    expect(done.error).to.equal(undefined)
    expect(await balance(ELSEWHERE)).to.equal(5_000n)
  })

  it("pays a recipient without gas, whose signed claim another account submits", async () => {
    expect(await stage.chain.ethers.provider.getBalance(poor)).to.equal(0n)
    const file = join(parent, "signed.json")
    const to: Address = `0x${"e2".repeat(20)}`
    const args = [stage.folder, poor, "--to", to, "--key", "OPS_POOR", "--out", file, "--rpc", stage.url]
    const signed = await runVerb(sign, args)
    expect(signed.error).to.equal(undefined)
    const shown = signed.lines.join("\n")
    const [, domain = "0x", message = "0x", digest = "0x"] =
      /domain hash +(0x\w{64})\n +message hash +(0x\w{64})\n +digest +(0x\w{64})/.exec(shown) ?? []
    expect(keccak256(concat(["0x1901", domain, message]))).to.equal(digest)
    const { automatic } = JSON.parse(await readFile(file, "utf8")) as { automatic: { signature: string } }
    expect(parseAddress(recoverAddress(digest, automatic.signature)), "the digest that is signed").to.equal(
      poor,
    )
    const changed = join(parent, "changed.json")
    await writeFile(changed, (await readFile(file, "utf8")).replace(toChecksum(to), toChecksum(ELSEWHERE)))
    const stolen = await run("--signed", changed, "--key", "OPS_SENDER")
    expect(stolen.status).to.equal(1)
    expectError(stolen.error, "reverted", "InvalidSignature")
    const text = await readFile(file, "utf8")
    await writeFile(changed, text.replace(/"deadline": "\d+"/, `"deadline": "${2n ** 256n}"`))
    const endless = await run("--signed", changed, "--key", "OPS_SENDER")
    expect(endless.status).to.equal(2)
    expectError(endless.error, "file-format", /changed\.json: deadline .*1157\d+/)
    const done = await run("--signed", file, "--key", "OPS_SENDER")
    expect(done.error).to.equal(undefined)
    expect(await balance(to)).to.equal(7_000n)
  })

  it("refuses to sign for another account", async () => {
    const args = [stage.folder, plain(4).account, "--key", "OPS_POOR", "--out", join(parent, "no.json")]
    const signed = await runVerb(sign, [...args, "--rpc", stage.url])
    expect(signed.status).to.equal(2)
    expectError(signed.error, "inconsistent")
  })

  it("pays a Safe's claim to another address by a batch that its owners sign", async () => {
    const file = join(parent, "safe.json")
    const to: Address = `0x${"e3".repeat(20)}`
    const done = await run(safe, "--to", to, "--safe", file)
    expect(done.error).to.equal(undefined)
    const batch = await readBatch(file)
    expect(batch).to.deep.include({ safe, chainId: 42161, flags: [] })
    const seen = await runVerb(inspect, [file, "--program", stage.folder])
    expect(seen.lines.join("\n"))
      .to.include(`Pay the caller's own claim, 0.000009 SESH to ${toChecksum(to)}`)
      .and.include(`what is due to the caller is paid to ${toChecksum(to)}`)
      .and.not.include("UNKNOWN")
    const owners = [7, 8].map((i) => knownWallet(i).connect(stage.airdrop.runner?.provider ?? null))
    await executeSafeBatch(safe, batch.calls, owners)
    expect(await balance(to)).to.equal(9_000n)
  })

  const refused: readonly (readonly [
    what: string,
    args: readonly string[],
    code: ErrorCode,
    values: readonly string[],
  ])[] = [
    ["an unknown address", [`0x${"dd".repeat(20)}`, "--key", "OPS_SENDER"], "mismatch", []],
    ["a malformed address", ["0x12", "--key", "OPS_SENDER"], "invalid-address", ["0x12"]],
    ["a key given as such", [`0x${"c4".repeat(20)}`, "--key", "77".repeat(32)], "usage", ["--key"]],
    [
      "two signers",
      [`0x${"dd".repeat(20)}`, "--key", "A", "--account", mover],
      "usage",
      ["--key", "--account"],
    ],
    ["a variable that is nowhere", [plain(4).account, "--key", "OPS_NOWHERE"], "unknown", ["OPS_NOWHERE"]],
    ["a number that is no key", [plain(4).account, "--key", "OPS_ZERO"], "invalid-value", ["OPS_ZERO"]],
    ["a wallet that is no URL", [plain(4).account, "--wallet", "./wallet.json"], "usage", ["--wallet"]],
    [
      "a wallet that is not there",
      [plain(4).account, "--wallet", "http://127.0.0.1:1/key"],
      "rpc-later",
      ["127.0.0.1:1"],
    ],
    ["no address", ["--key", "OPS_SENDER"], "usage", []],
  ]
  it("ends in one line where the keystore's password is not given, as at the end of the input", async () => {
    const home = join(parent, "home")
    await mkdir(join(home, "hardhat-nodejs"), { recursive: true })
    await writeFile(join(home, "hardhat-nodejs", "keystore.json"), "{}")
    const args = ["claim", stage.folder, plain(4).account, "--key", "OPS_KEPT", "--rpc", stage.url]
    const { status, text } = await runCli(args, { XDG_CONFIG_HOME: home, CI: undefined })
    expect(text).to.match(/password/)
    expect(text).to.match(/airdrop: the question was not answered\n$/)
    expect(status).to.equal(1)
  })

  it("ends in one line where a question is answered with Ctrl-D or Ctrl-C", async () => {
    const args = ["distribute", stage.folder, "--key", "OPS_SENDER", "--rpc", stage.url]
    for (const key of ["\x04", "\x03"]) {
      const { status, text } = await runCliOnTerminal(args, "[y/N]", key)
      expect(text).to.match(/airdrop: the question was not answered\r\n$/)
      expect(status).to.equal(1)
    }
  })

  for (const [what, args, code, values] of refused) {
    it(`refuses ${what} in one line`, async () => {
      const done = await run(...args)
      const { message } = expectError(done.error, code, ...values)
      expect(message).not.to.include("\n")
      expect(done.status).to.equal(ERROR_CODES[code])
    })
  }
})
