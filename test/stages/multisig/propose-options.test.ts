import { expect } from "chai"
import { existsSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as propose from "../../../scripts/commands/propose.ts"
import { CALL, DELEGATECALL, type SafeTransaction } from "../../../scripts/core/safe/safe-transaction.ts"
import { toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import { publishProgram } from "../../../scripts/dev/rigs/published-program.ts"
import { knownMultiSends, multiSendCallOnly } from "../../../scripts/io/safe/deployments.ts"
import { ACTIONS } from "../../../scripts/stages/multisig/propose-options.ts"
import { cidOf } from "../../../scripts/stages/multisig/proofs-uri.ts"
import { readSafeTransaction } from "../../../scripts/stages/multisig/transaction-file.ts"
import { loadContext } from "../../../scripts/stages/deployment/deployment-context.ts"
import { publishReserve } from "../../support/publish-reserve.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"

const OWNER: Address = "0xf5580c254ec78375b2b9405cf1a305977845ba67"
const OTHER = toChecksum(`0x${"5a".repeat(20)}`)
const ROOT = `0x${"12".repeat(32)}`
const FOREIGN_CID = "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi"
const ZERO = `0x${"00".repeat(20)}`

/** An option of each action that it does not take. */
const FOREIGN: readonly (readonly [action: string, option: string, value?: string])[] = [
  ["deploy", "--root", ROOT],
  ["deploy", "--token", OTHER],
  ["deploy", "--to", OTHER],
  ["deploy", "--amount", "1"],
  ["publish", "--to", OTHER],
  ["publish", "--amount", "1"],
  ["publish", "--token", OTHER],
  ["publish", "--batch"],
  ["reserve", "--root", ROOT],
  ["reserve", "--to", OTHER],
  ["accept", "--uri", FOREIGN_CID],
  ["accept", "--force"],
  ["revoke", "--uri", FOREIGN_CID],
  ["revoke", "--amount", "1"],
  ["sweep", "--to", OTHER],
  ["sweep", "--amount", "1"],
  ["sweep", "--uri", FOREIGN_CID],
  ["sweep", "--root", ROOT],
  ["sweep", "--batch"],
  ["collect", "--to", OTHER],
  ["collect", "--token", OTHER],
  ["rescue", "--uri", FOREIGN_CID],
  ["rescue", "--root", ROOT],
  ["transfer-ownership", "--token", OTHER],
  ["transfer-ownership", "--amount", "1"],
  ["accept-ownership", "--to", OTHER],
  ["accept-ownership", "--root", ROOT],
]

/** Every action, as it is proposed by default. */
const DEFAULTS: readonly (readonly string[])[] = [
  ["deploy"],
  ["publish"],
  ["reserve"],
  ["accept"],
  ["revoke"],
  ["sweep"],
  ["collect", "--amount", "1"],
  ["rescue", "--token", OTHER, "--amount", "1"],
  ["transfer-ownership", "--to", toChecksum(`0x${"6b".repeat(20)}`)],
  ["accept-ownership"],
  ["record"],
]

describe("propose makes one call and no delegatecall", function () {
  this.timeout(120_000)
  let scratch: string
  let program: string
  /** Another program, whose sweep time has passed. */
  let ended: string

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), "airdrop-one-call-"))
    program = await publishProgram(scratch, { owner: OWNER })
    ended = await publishProgram(scratch, { owner: OWNER, name: "ended", sweepTime: "2024-03-17T17:46:40Z" })
    await publishReserve(program, [[OTHER, 5n]])
  })
  after(async () => {
    await rm(scratch, { recursive: true, force: true })
  })

  const transactionOf = async (...args: string[]): Promise<SafeTransaction> => {
    const folder = args[0] === "sweep" ? ended : program
    const { error, json } = await runVerb(propose, [folder, ...args, "--nonce", "0", "--json"])
    expect(error, args.join(" ")).to.equal(undefined)
    const { files } = json as { files: { transaction: string } }
    const written = await readSafeTransaction(files.transaction)
    if (written === undefined) throw new Error("no transaction was written")
    return written.transaction
  }

  it("covers every action", () => {
    expect(DEFAULTS.map(([action]) => action)).to.deep.equal([...ACTIONS])
  })

  for (const args of DEFAULTS) {
    const name = args[0] ?? ""
    it(`for ${name}, also where the owner is a timelock`, async () => {
      const timed = ["--timelock", OTHER, "--safe", toChecksum(OWNER), "--delay", "60"]
      // What a timelock has swept is collected from it alone. Acceptance and recording are open to anybody.
      const isOpen = name === "accept" || name === "record"
      const ways = name === "collect" ? [timed] : isOpen ? [[]] : [[], timed]
      for (const way of ways) {
        const { operation, to } = await transactionOf(...args, ...way)
        expect(operation).to.equal(CALL)
        expect([...knownMultiSends(42161).keys()]).to.not.include(to)
      }
    })
  }

  it("except for deploy --batch, which delegates to MultiSendCallOnly", async () => {
    const { operation, to } = await transactionOf("deploy", "--batch")
    expect([operation, to]).to.deep.equal([DELEGATECALL, multiSendCallOnly(42161, "1.4.1")])
  })
})

describe("propose refuses, without a node", function () {
  this.timeout(120_000)
  let scratch: string
  let program: string

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), "airdrop-options-"))
    program = await publishProgram(scratch, { owner: OWNER })
    await publishReserve(program, [[OTHER, 5n]])
  })
  after(async () => {
    await rm(scratch, { recursive: true, force: true })
  })

  const proposed = async (...args: string[]): Promise<VerbRun> =>
    await runVerb(propose, [program, ...args, "--nonce", "0"])
  const refused = async (code: string, words: RegExp, ...args: string[]): Promise<void> => {
    const { error, status } = await proposed(...args)
    expect(error, args.join(" ")).to.be.instanceOf(AirdropError)
    expect((error as AirdropError).code, args.join(" ")).to.equal(code)
    expect((error as AirdropError).message).to.match(words)
    expect(status).to.equal(2)
    expect(existsSync(join(program, "proposals")), "nothing is written").to.equal(false)
  }

  for (const [action, option, value] of FOREIGN) {
    it(`${option} of ${action}`, async () => {
      const args = [action, option, ...(value === undefined ? [] : [value])]
      await refused("usage", new RegExp(`${action} does not take ${option}: it is for `), ...args)
    })
  }

  it("what could never succeed, or would do nothing", async () => {
    const { airdrop, automatic } = await loadContext(program)
    const timed = ["--timelock", OTHER, "--safe", toChecksum(OWNER), "--delay", "60"]
    const rescue = ["rescue", "--token", OTHER, "--amount", "1", "--to"]
    await refused("usage", /accept is open to anybody/, "accept", ...timed)
    await refused("usage", /--force is for a --uri/, "publish", "--force")
    await refused("refused", /cannot be swept before 2030/, "sweep")
    for (const to of [ZERO, toChecksum(airdrop), OTHER]) {
      await refused("refused", /tokens sent to that address are lost/, ...rescue, to)
    }
    for (const action of ["accept", "revoke"]) {
      await refused("refused", /a root of zeros is none/, action, "--root", `0x${"00".repeat(32)}`)
      await refused("refused", /that is the automatic root/, action, "--root", automatic.root)
    }
    await refused("refused", /is the one that offers/, "transfer-ownership", "--to", toChecksum(OWNER))
    await refused("refused", /is the one that offers/, "transfer-ownership", "--to", OTHER, ...timed)
    for (const delay of ["0", "31536001", (2n ** 255n).toString()]) {
      await refused(
        "usage",
        /--delay is at (least 1 second|most 30 days)/,
        "revoke",
        ...timed.slice(0, 4),
        "--delay",
        delay,
      )
    }
  })

  it("an address on the web that is not the files' own, and one too long to compare", async () => {
    for (const uri of ["https://proofs.example", "ar://abc"])
      for (const action of ["publish", "reserve"])
        await refused("inconsistent", /the published files are at ipfs:/, action, "--uri", uri)
    const long = `https://proofs.example/${"a".repeat(200)}`
    await refused("invalid-value", /the URI has 223 characters/, "publish", "--uri", long, "--force")
  })

  it("options of a timelock without one, and of a batch without one", async () => {
    await refused("usage", /--delay is for a timelock/, "sweep", "--delay", "5")
    await refused("usage", /--salt is for a timelock/, "sweep", "--salt", ROOT)
    await refused("usage", /--step is for a timelock/, "sweep", "--step", "execute")
    await refused("usage", /--multi-send is for deploy --batch/, "deploy", "--multi-send", OTHER)
    await refused("usage", /--uri is announced by/, "deploy", "--uri", FOREIGN_CID)
    const timed = ["--timelock", OTHER, "--safe", toChecksum(OWNER)]
    await refused("usage", /--delay is for the step/, "sweep", ...timed, "--step", "execute", "--delay", "5")
  })

  for (const uri of [
    ...[
      "",
      " ",
      "proofs",
      "//x",
      "http://x.example",
      "ftp://x.example",
      "javascript:alert(1)",
      "data:text/plain,x",
    ],
    ...[
      "ipfs://",
      "ipfs:/x",
      "ipfs://a b",
      "https://",
      "https://a@evil.example",
      "https://x.example/a b",
      "ar://",
    ],
    ...["ipfs://x\ny", "ipfs://x\u001b[2J", "https://x.example/\u202e"],
  ]) {
    it(`--uri ${JSON.stringify(uri)}`, async () => {
      for (const action of ["publish", "reserve"]) {
        await refused("invalid-value", /is not an https, ipfs or ar URI/, action, "--uri", uri)
      }
    })
  }

  it("another CID, and a path behind the program's own", async () => {
    const { automatic } = await loadContext(program)
    await refused("inconsistent", /the published files are at ipfs:/, "publish", "--uri", FOREIGN_CID)
    const run = await proposed("publish", "--out", join(scratch, "own"), "--json")
    expect(run.error).to.equal(undefined)
    for (const path of ["/../x", "/sub", "/.."]) {
      const uri = `ipfs://${await cidOf(automatic)}${path}`
      await refused("inconsistent", /the published files are at ipfs:/, "publish", "--uri", uri)
    }
  })

  it("a rescue of the airdrop's own token, or of nothing", async () => {
    const own = toChecksum(SESSION.token)
    await refused("refused", /own token cannot be rescued/, "rescue", "--token", own, "--amount", "1")
    await refused("refused", /above zero/, "rescue", "--token", OTHER, "--amount", "0")
    await refused("usage", /rescue needs --amount/, "rescue", "--token", OTHER)
    await refused("usage", /rescue needs --token/, "rescue", "--amount", "1")
  })

  it("a new owner that could not accept", async () => {
    const { airdrop, program: terms } = await loadContext(program)
    for (const to of [ZERO, airdrop, terms.token.address]) {
      await refused("refused", /could not accept the ownership/, "transfer-ownership", "--to", to)
    }
  })

  it("a deployment after the sweep time", async () => {
    const late = await publishProgram(scratch, {
      owner: OWNER,
      name: "late",
      sweepTime: "2026-01-01T00:00:00Z",
    })
    for (const args of [["deploy"], ["deploy", "--batch"]]) {
      const { error } = await runVerb(propose, [late, ...args, "--nonce", "0"])
      expect((error as AirdropError).code).to.equal("refused")
      expect((error as AirdropError).message).to.match(/sweep time has passed/)
    }
  })
})
