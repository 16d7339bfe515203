import type { Command } from "commander"
import { join, resolve } from "node:path"
import { AirdropError } from "../core/error.ts"
import { changeNetworkAfterwards, SAMPLE_STAGE, setStage, type Stage } from "../demo/stage.ts"
import { createNarrator } from "../demo/narrator.ts"
import { tellStory } from "../demo/story.ts"
import type { Output } from "../output.ts"
import { PROJECT_ROOT } from "../processes.ts"

interface Options {
  readonly network?: string
  readonly recipients?: string
  readonly out?: string
}

/** `demo`: the whole program on an embedded chain, from a snapshot to the last claim. */
export function define(command: Command, out: () => Output): void {
  command
    .option("--network <file>", "a network file to stand on the chain (default: the sample's)")
    .option("--recipients <file>", "the recipients that go with it")
    .option("--out <folder>", "where the program's files are left to look at (default: .cache/demo)")
    .action(async (options: Options) => {
      if ((options.network === undefined) !== (options.recipients === undefined)) {
        throw new AirdropError("--network and --recipients go together")
      }
      const output = out()
      const started = performance.now()
      const stage = await setStage({
        network: options.network ?? SAMPLE_STAGE.network,
        recipients: options.recipients ?? SAMPLE_STAGE.recipients,
        folder: options.out === undefined ? join(PROJECT_ROOT, ".cache", "demo") : resolve(options.out),
      })
      try {
        await play(stage, output, started)
      } finally {
        await stage.close()
      }
    })
}

async function play(stage: Stage, out: Output, started: number): Promise<void> {
  await changeNetworkAfterwards(stage)
  const narrator = createNarrator(out, { text: stage.url, shownAs: "$RPC" })
  const summary = await tellStory(stage, narrator)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  out.line()
  out.line(`Done in ${seconds} s. The files are in ${stage.program}: open report.html there, or look around.`)
  out.json(summary)
}
