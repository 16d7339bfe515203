import { expect } from "chai"
import { Command } from "commander"
import { captureVerb, VERBS } from "../../scripts/cli/verbs.ts"
import {
  commandsOf,
  documents,
  inlineCommands,
  unmarkedCommands,
  verbCalls,
  type DocCommands,
} from "../support/doc-commands.ts"
import { openDocStage, type DocStage } from "../support/doc-stage.ts"
import { DEEP } from "../support/fuzz.ts"

/** The tools that the launcher runs. */
const TOOLS = new Set(["npm", "npx", "nodejs", "hardhat"])

for (const file of await documents()) {
  const commands = await commandsOf(file)
  describe(`the commands of ${file}`, function () {
    this.timeout(600_000)
    let stage: DocStage | undefined
    const stageOf = async (): Promise<DocStage> => (stage ??= await openDocStage())
    after(async () => {
      await stage?.close()
    })

    it("are all marked, so that they are run", async () => {
      expect(await unmarkedCommands(file)).to.deep.equal([])
    })

    it("within sentences name verbs and options that there are", async () => {
      await expectKnown(await inlineCommands(file))
    })

    for (const block of commands) {
      it(`line ${block.line} names verbs and options that there are`, async () => {
        await expectKnown(block.script)
      })
      if (DEEP || !block.marks.includes("deep")) {
        it(`line ${block.line} works: ${firstLine(block)}`, async () => {
          await (await stageOf()).run(block)
        })
      }
    }
  })
}

function firstLine({ script }: DocCommands): string {
  return script.split("\n")[0] ?? ""
}

async function expectKnown(script: string): Promise<void> {
  for (const { verb, args } of verbCalls(script)) {
    if (TOOLS.has(verb) || verb === "--help" || verb === "VERB") continue
    expect(Object.keys(VERBS), `verb of: ${script}`).to.include(verb)
    if (verb === "bench") continue // each bench has options of its own
    const command = new Command(verb).option("--json")
    ;(await VERBS[verb]?.load())?.define(
      command,
      () => {
        throw new Error("nothing is printed")
      },
      captureVerb,
    )
    const known = command.options.map(({ long }) => long)
    for (const option of args.filter((argument) => argument.startsWith("--"))) {
      expect([...known, "--help"], `${verb} of: ${script}`).to.include(option.split("=")[0])
    }
  }
}
