import { expect } from "chai"
import { join } from "node:path"
import * as build from "../../scripts/commands/build.ts"
import * as claim from "../../scripts/commands/claim.ts"
import * as deploy from "../../scripts/commands/deploy.ts"
import * as distribute from "../../scripts/commands/distribute.ts"
import * as grants from "../../scripts/commands/grants/grants.ts"
import * as page from "../../scripts/commands/page.ts"
import * as recipients from "../../scripts/commands/recipients.ts"
import * as sign from "../../scripts/commands/sign.ts"
import * as snapshot from "../../scripts/commands/snapshot.ts"
import * as status from "../../scripts/commands/status.ts"
import { between, gwei, port, seconds, wholeNumber } from "../../scripts/io/terminal/options.ts"
import { PROJECT_ROOT, runNode } from "../../scripts/io/project/processes.ts"
import type { VerbModule } from "../../scripts/cli/verbs.ts"
import { runVerb } from "../support/run-verb.ts"
import { expectError } from "../support/errors.ts"

const ADDRESS = `0x${"a1".repeat(20)}`

describe("options", () => {
  it("are read strictly", () => {
    expect(["1", "42", "9007199254740991"].map(wholeNumber)).to.deep.equal([1, 42, Number.MAX_SAFE_INTEGER])
    expect(["0", "0.5", "30", "0.001"].map(seconds)).to.deep.equal([0, 500, 30_000, 1])
    expect(["1", "0.02", "0.000000001", "100"].map(gwei)).to.deep.equal([
      10n ** 9n,
      2n * 10n ** 7n,
      1n,
      10n ** 11n,
    ])
    expect(["0", "65535"].map(port)).to.deep.equal([0, 65_535])
    const wrong: readonly (readonly [read: (text: string) => unknown, texts: readonly string[]])[] = [
      [wholeNumber, ["", "0", "-1", "1.5", "1e3", "0x10", " 1", "01", "9007199254740992", "abc", "Infinity"]],
      [between(1, 9), ["0", "10", "1e0", "", "NaN"]],
      [seconds, ["", "-1", "abc", "1e3", "1.0005", "10000000", "Infinity"]],
      [gwei, ["", "0", "0.0", "-1", "abc", "1e-9", "0.0000000001", "1,5", "01"]],
      [port, ["", "-1", "65536", "80.5", "http"]],
    ]
    for (const [read, texts] of wrong) {
      for (const text of texts) expect(() => read(text), JSON.stringify(text)).to.throw("must be")
    }
  })

  it("that are wrong fail in one line that names them, before a program is read or a node is asked", async () => {
    const named: readonly (readonly [verb: VerbModule, args: readonly string[], option: string])[] = [
      [build, ["--threads", "1e3"], "--threads"],
      [claim, [ADDRESS, "--to", "0x12"], "--to"],
      [deploy, ["--confirmations", "abc"], "--confirmations"],
      [distribute, ["--dry-run", "--batch", "0"], "--batch"],
      [distribute, ["--dry-run", "--max-fee", "abc"], "--max-fee"],
      [distribute, ["--dry-run", "--replace-after", "soon"], "--replace-after"],
      [distribute, ["--dry-run", "--patience", "-1"], "--patience"],
      [distribute, ["--via", "mail"], "--via"],
      [grants, ["suggest", "--hops", "9"], "--hops"],
      [grants, ["suggest", "--hub", "many"], "--hub"],
      [grants, ["suggest", "--from-block", "0x1"], "--from-block"],
      [page, ["--port", "65536"], "--port"],
      [recipients, ["--from", "0x12", "--blocks", "1..2"], "--from"],
      [recipients, ["--from", ADDRESS, "--blocks", "2..1"], "--blocks"],
      [sign, [ADDRESS, "--days", "0"], "--days"],
      [sign, [ADDRESS, "--to", "0x12"], "--to"],
      [snapshot, ["--block", "1e2"], "--block"],
      [snapshot, ["--time", "21.11.2025"], "--time"],
      [status, ["--watch", "0"], "--watch"],
    ]
    for (const [verb, args, option] of named) {
      const run = await runVerb(verb, ["no such program", ...args])
      expect(String(run.error), args.join(" ")).to.match(
        new RegExp(`option '${option} [^\\n]*' argument '[^\\n]*$`),
      )
      expect(String(run.error)).not.to.include("token")
      expect(run.status).to.equal(2)
    }
  })

  it("that a bench does not know are refused in one line and a hint", async () => {
    const script = join(PROJECT_ROOT, "scripts/cli.ts")
    const run = await runNode(["--disable-warning=ExperimentalWarning", script, "bench", "tree", "--nope"])
    const hint = "  ./airdrop bench --help lists its arguments and options."
    expect(run).to.deep.equal({ status: 2, text: `airdrop: unknown option '--nope'\n${hint}\n` })
  })

  it("that exclude each other are refused before anything is read", async () => {
    const both = await runVerb(claim, ["no such program", "--signed", "s.json", "--safe", "b.json"])
    expectError(both.error, "usage", "--signed", "--safe")
    const elsewhere = await runVerb(claim, [
      "no such program",
      "--signed",
      "s.json",
      "--to",
      ADDRESS,
      "--key",
      "K",
    ])
    expectError(elsewhere.error, "usage", "--to")
  })
})
