/** The commands of the documents: fenced blocks marked `sh`, with what has to happen around them. */
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"

export interface DocCommands {
  readonly file: string
  readonly line: number
  readonly script: string
  /**
   * Words behind `sh`: `deep` (only in long runs), `before=delay` or `before=sweep-time` (time passes first),
   * `after=sign` (the Safe's owners then sign and execute what was proposed), and on a document's first block
   * `stage=built`, `stage=proposed` or `stage=deployed` (what its reader finds done).
   */
  readonly marks: readonly string[]
}

const FENCE = /^```sh([^\n]*)\n([\s\S]*?)^```$/gm

/** Returns every document with commands, in the order of their names. */
export async function documents(): Promise<readonly string[]> {
  const docs = (await readdir(join(PROJECT_ROOT, "docs"))).filter((name) => name.endsWith(".md")).sort()
  return ["README.md", "CONTRIBUTING.md", "SECURITY.md", ...docs.map((name) => join("docs", name))]
}

export async function commandsOf(file: string): Promise<readonly DocCommands[]> {
  const text = await readFile(join(PROJECT_ROOT, file), "utf8")
  return [...text.matchAll(FENCE)].map(({ 1: marks = "", 2: script = "", index }) => ({
    file,
    line: text.slice(0, index).split("\n").length + 1,
    // The tests are what runs this: they cannot run themselves.
    script: script.replace(/^\.\/airdrop test$\n/gm, ""),
    marks: marks.trim().split(/\s+/).filter(Boolean),
  }))
}

/** Blocks that call a verb and are not marked `sh`, so that nothing would run them. */
export async function unmarkedCommands(file: string): Promise<readonly string[]> {
  const text = await readFile(join(PROJECT_ROOT, file), "utf8")
  const blocks = [...text.matchAll(/^```(\S*)[^\n]*\n([\s\S]*?)^```$/gm)]
  return blocks.flatMap(([, kind, block = ""]) =>
    kind !== "sh" && block.includes("./airdrop ") ? [block] : [],
  )
}

/** Commands within sentences, with placeholders where there would be values: one a line. */
export async function inlineCommands(file: string): Promise<string> {
  const text = await readFile(join(PROJECT_ROOT, file), "utf8")
  return [...text.matchAll(/`(\.\/airdrop [^`\n]+)`/g)].map(([, command]) => command).join("\n")
}

/** Returns the verbs that a script calls, each with its arguments. A backslash at the end of a line continues it. */
export function verbCalls(
  script: string,
): readonly { readonly verb: string; readonly args: readonly string[] }[] {
  return script
    .replaceAll("\\\n", " ")
    .split("\n")
    .flatMap((line) => {
      const [, call] = /(?:^|\s)\.\/airdrop\s+(.*)$/.exec(line.replace(/\s#.*$/, "")) ?? []
      const [verb, ...args] = call?.trim().split(/\s+/) ?? []
      return verb === undefined ? [] : [{ verb, args }]
    })
}
