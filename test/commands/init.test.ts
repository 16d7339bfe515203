import { expect } from "chai"
import { existsSync } from "node:fs"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as allocate from "../../scripts/commands/allocate.ts"
import * as build from "../../scripts/commands/build.ts"
import * as init from "../../scripts/commands/init.ts"
import * as verify from "../../scripts/commands/verify.ts"
import { AirdropError, type ErrorCode } from "../../scripts/core/primitives/error.ts"
import { toChecksum, type Address } from "../../scripts/core/primitives/address.ts"
import { guessColumns } from "../../scripts/core/program/guess-columns.ts"
import { SESSION } from "../../scripts/core/session/contracts.ts"
import { startEmbeddedChain, type EmbeddedChain } from "../../scripts/dev/embedded/embedded-chain.ts"
import type { ServedChain } from "../../scripts/dev/embedded/serve.ts"
import { createSafe } from "../../scripts/io/safe/safe.ts"
import { runCliOnTerminal } from "../support/run-cli.ts"
import { runVerb, type VerbRun } from "../support/run-verb.ts"

const A = `0x${"11".repeat(20)}`
const B = `0x${"22".repeat(20)}`
const TOKEN = `0x${"44".repeat(20)}`
const OWNER = `0x${"33".repeat(20)}`
const SWEEP = "2030-01-01T00:00:00Z"
const LIST = `Wallet,Note,Tokens\n${A},first,400.5\n${B},second,599.5\n`

describe("init", function () {
  this.timeout(60_000)
  let scratch: string
  let list: string
  beforeEach(async () => {
    scratch = await mkdtemp(join(tmpdir(), "airdrop-init-"))
    list = join(scratch, "list.csv")
    await writeFile(list, LIST)
  })
  afterEach(async () => {
    await rm(scratch, { recursive: true, force: true })
  })

  const given = (changes: Readonly<Record<string, string | undefined>> = {}): string[] =>
    Object.entries<string | undefined>({
      "--from": list,
      "--chain": "8453",
      "--token": TOKEN,
      "--symbol": "X",
      "--decimals": "18",
      "--pool": "1000",
      "--owner": OWNER,
      "--sweep": SWEEP,
      ...changes,
    }).flatMap(([option, value]) => (value === undefined ? [] : [option, value]))
  const target = (): string => join(scratch, "drop")
  const start = async (changes = {}, ...more: string[]): Promise<VerbRun> =>
    await runVerb(init, [target(), ...given(changes), "--yes", ...more])
  const refused = async (run: Promise<VerbRun>, code: ErrorCode, words: RegExp): Promise<void> => {
    const { error } = await run
    expect(error).to.be.instanceOf(AirdropError).with.property("code", code)
    expect(String(error)).to.match(words)
    expect(existsSync(target())).to.equal(false)
  }

  it("writes a program without a node, which allocate, build and verify take without an edit", async () => {
    const { error, lines } = await start()
    expect(error).to.equal(undefined)
    expect(lines).to.include("  list      2 rows: account in Wallet, amounts in Tokens; not read: Note")
    for (const verb of [allocate, build, verify]) {
      const run = await runVerb(verb, [target()])
      expect(run.error, run.lines.join("\n")).to.equal(undefined)
      expect(run.status).to.equal(0)
    }
    expect(await readFile(join(target(), "list.csv"), "utf8")).to.equal(LIST)
    const readme = await readFile(join(target(), "README.md"), "utf8")
    for (const word of ["`contract.sweepTime`", "Base (8453)", "./airdrop allocate"])
      expect(readme).to.include(word)
  })

  it("shares a pool by points, and takes positions where the list has no header", async () => {
    await writeFile(list, `${A},1.5\n${B},3\n`)
    const { error, lines } = await start({ "--kind": "points", "--pool": "90" })
    expect(error).to.equal(undefined)
    expect(lines.join("\n")).to.include("account in 1, points in 2")
    const { lines: shares } = await runVerb(allocate, [target()])
    expect(shares[0]).to.equal("drop: 90 X to 2 payees")
    expect(await readFile(join(target(), "allocation.csv"), "utf8")).to.match(/,30\.0{18}\n.*,60\.0{18}\n/)
  })

  it("catches a pool that is not the list's sum, and amounts in base units", async () => {
    await refused(
      start({ "--pool": "1000.1" }),
      "inconsistent",
      /the pool is 1,000\.1 X, and the list adds up to 1,000 X/,
    )
    await refused(start({ "--pool": "999" }), "inconsistent", /adds up to 1,000 X/)
    await writeFile(list, `account,amount\n${A},${10n ** 21n}\n`)
    const { error } = await start()
    expect(error)
      .to.have.property("hint")
      .that.matches(/--unit base/)
    expect((await start({ "--unit": "base" })).error).to.equal(undefined)
  })

  it("catches too few decimals, a bad list and bad terms, and writes nothing", async () => {
    await writeFile(list, LIST.replace("400.5", "400.5000001"))
    await refused(start({ "--decimals": "6" }), "file-format", /list\.csv:2: "400\.5000001" has 7 decimals/)
    await writeFile(list, LIST.replace(B, A))
    await refused(start(), "file-format", /list\.csv:3: .* is already on line 2/)
    await writeFile(list, LIST)
    await refused(start({ "--chain": "324" }), "refused", /ZKsync Era \(324\) is not supported/)
    await refused(start({ "--sweep": "2020-01-01T00:00:00Z" }), "invalid-value", /sweep time has passed/)
    await refused(
      start({ "--value-column": "Points" }),
      "unknown",
      /no column "Points"; it has Wallet, Note, Tokens/,
    )
    await refused(start({ "--kind": "stakes" }), "usage", /is not amounts, points or balances/)
    await refused(start({ "--owner": undefined }), "usage", /--owner is missing/)
    await refused(start({ "--from": join(scratch, "no.csv") }), "file-missing", /no\.csv/)
  })

  it("writes nothing without a yes, and replaces nothing", async () => {
    await refused(runVerb(init, [target(), ...given()]), "unresolved", /nothing is written yet/)
    expect((await start()).error).to.equal(undefined)
    const before = await readFile(join(target(), "program.json"), "utf8")
    const again = await start({ "--symbol": "Y" })
    expect(again.error).to.have.property("code", "file-exists")
    expect(await readFile(join(target(), "program.json"), "utf8")).to.equal(before)
  })

  it("asks on a terminal until an answer can be read, and says what it would write", async () => {
    const args = [
      "init",
      target(),
      ...given({ "--owner": undefined }).filter((arg) => arg !== "--pool" && arg !== "1000"),
    ]
    const { text } = await runCliOnTerminal(args, "Column of accounts", `\n\n\n\nnonsense\n${OWNER}\n\ny\n`)
    expect(text).to.include("to distribute [1000.000000000000000000]")
    expect(existsSync(join(target(), "program.json")), text).to.equal(true)
  })

  describe("with a node", () => {
    let chain: EmbeddedChain
    let served: ServedChain
    let safe: Address
    before(async () => {
      chain = await startEmbeddedChain({ chainId: 8453 })
      served = await chain.serve()
      const [payer] = chain.signers
      if (payer === undefined) throw new Error("the chain has no signer")
      safe = await createSafe(payer, { owners: [payer.address], threshold: 1 })
    })
    after(async () => {
      await served.close()
      await chain.close()
    })
    const onChain = (changes = {}): Readonly<Record<string, string | undefined>> => ({
      "--rpc": served.url,
      "--chain": undefined,
      "--symbol": undefined,
      "--decimals": undefined,
      "--pool": undefined,
      "--token": toChecksum(SESSION.token),
      "--owner": safe,
      ...changes,
    })

    it("reads chain, symbol and decimals, takes the sum as the pool, and knows the Safe", async () => {
      const { error, lines } = await start(onChain())
      expect(error).to.equal(undefined)
      const text = lines.join("\n")
      for (const word of ["Base (8453)", "SESH, 9 decimals", "1,000 SESH", "a Safe, 1 of 1"])
        expect(text).to.include(word)
    })

    it("catches wrong decimals, a token or an owner that is none, and another chain", async () => {
      await refused(
        start(onChain({ "--decimals": "18" })),
        "inconsistent",
        /--decimals is 18, and the token 0x\w+ says 9/,
      )
      await refused(
        start(onChain({ "--token": safe })),
        "unknown",
        /does not answer as a token on Base \(8453\)/,
      )
      await refused(start(onChain({ "--token": A })), "unknown", /the token 0x\w+ has no code on Base/)
      await refused(
        start(onChain({ "--owner": OWNER })),
        "refused",
        /the owner 0x\w+ is not a Safe on Base \(8453\)/,
      )
      await refused(start(onChain({ "--owner": toChecksum(SESSION.token) })), "refused", /is not a Safe/)
      await refused(start(onChain({ "--chain": "10" })), "wrong-chain", /serves chain Base \(8453\)/)
      expect((await start(onChain({ "--owner": OWNER }), "--any-owner")).error).to.equal(undefined)
    })
  })
})

describe("the guess of a list's columns", () => {
  const rows = (text: string): string[][] => text.split("\n").map((line) => line.split(","))
  it("goes by names, else by the values below them", () => {
    const cases: readonly (readonly [string, unknown])[] = [
      [`account,amount\n${A},1`, ["account", "amount", "amounts"]],
      [`Holder Address,Balance\n${A},1`, ["Holder Address", "Balance", "amounts"]],
      [`rank,who,score\n1,${A},9`, ["who", "score", "points"]],
      [`${A},12.5`, [1, 2, "amounts"]],
      [`7,${A}`, [2, 1, "amounts"]],
      [`base:${A},1`, [1, 2, "amounts"]],
      [`wallet\n${A}`, ["wallet", undefined, "amounts"]],
      [`x,y\nz,w`, undefined],
    ]
    for (const [text, expected] of cases) {
      const guess = guessColumns(rows(text))
      expect(guess && [guess.account, guess.value, guess.kind], text).to.deep.equal(expected)
    }
  })
})
