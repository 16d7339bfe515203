import { execFileSync } from "node:child_process"
import { cp, rm } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "chai"
import * as claim from "../../scripts/commands/claim.ts"
import * as grants from "../../scripts/commands/grants/grants.ts"
import * as inspect from "../../scripts/commands/inspect.ts"
import * as status from "../../scripts/commands/status.ts"
import type { VerbModule } from "../../scripts/cli/verbs.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { runVerb } from "../support/run-verb.ts"
import { inScratch } from "../support/scratch.ts"
import { expectError } from "../support/errors.ts"

const SAMPLE = join(PROJECT_ROOT, "programs", "sample")
const RPC = ["--rpc", "http://127.0.0.1:9"]

/** Checks that no verb waits for a FIFO, which has no end until another process writes to it. */
describe("a FIFO instead of a file", () => {
  const cases: readonly (readonly [
    name: string,
    fifo: string,
    verb: VerbModule,
    args: (program: string) => readonly string[],
  ])[] = [
    ["a batch", "batch.json", inspect, (program) => [join(program, "batch.json"), "--program", program]],
    [
      "a signed claim",
      "signed.json",
      claim,
      (program) => [program, "--signed", join(program, "signed.json"), ...RPC, "--key", "NO_SUCH_KEY"],
    ],
    ["the ledger", "grants.jsonl", grants, (program) => [program, "list"]],
    ["the record of the deployment", "deployment.json", status, (program) => [program, ...RPC]],
  ]
  for (const [name, fifo, verb, args] of cases) {
    it(`is refused as ${name}, with its path`, async () => {
      await inScratch(async (folder) => {
        const program = join(folder, "sample")
        await cp(SAMPLE, program, { recursive: true })
        await rm(join(program, fifo), { force: true })
        execFileSync("mkfifo", [join(program, fifo)])
        const { status: exit, error } = await runVerb(verb, args(program))
        expect(exit).to.equal(2)
        expect(error).to.have.property("code", "file-unreadable")
        expectError(error, "file-unreadable", fifo)
      })
    })
  }
})
