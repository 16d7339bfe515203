import { glob, stat } from "node:fs/promises"
import { join, relative, resolve } from "node:path"
import { AirdropError } from "../../core/primitives/error.ts"
import { PROJECT_ROOT } from "../../io/project/processes.ts"

/** Test files by kind, relative to the project's root. */
export interface TestFiles {
  readonly solidity: readonly string[]
  /** Those that take longest come first, so that no process is left with a long one at the end. */
  readonly typescript: readonly string[]
}

/** Folders whose files take longest, the longest first. */
const LONG = [
  "test/e2e/",
  "test/release/",
  "test/docs/",
  "test/fork/",
  "test/page/",
  "test/stages/",
  "test/fuzz/",
]

/** Returns the test files at these paths and in these folders. @throws AirdropError if a path has none */
export async function selectTests(paths: readonly string[]): Promise<TestFiles> {
  const found = new Set<string>()
  for (const path of paths) {
    const kind = await stat(path).catch(() => undefined)
    if (kind === undefined) throw new AirdropError(`${path} does not exist`, { code: "file-missing" })
    const tests = kind.isDirectory() ? await testsIn(path) : [path].filter(isTest)
    if (tests.length === 0) {
      throw new AirdropError(`${path} has no tests`, {
        code: "file-format",
        hint: "Name files that end in .test.ts or .t.sol, or a folder with such files.",
      })
    }
    for (const test of tests) found.add(relative(PROJECT_ROOT, resolve(test)))
  }
  const files = [...found].sort()
  return {
    solidity: files.filter((file) => file.endsWith(".t.sol")),
    typescript: files.filter((file) => file.endsWith(".ts")).sort((a, b) => rank(a) - rank(b)),
  }
}

async function testsIn(folder: string): Promise<readonly string[]> {
  const tests: string[] = []
  for await (const name of glob("**/*.{test.ts,t.sol}", { cwd: folder })) tests.push(join(folder, name))
  return tests
}

function isTest(path: string): boolean {
  return /\.(test\.ts|t\.sol)$/.test(path)
}

function rank(file: string): number {
  const index = LONG.findIndex((folder) => file.startsWith(folder))
  return index === -1 ? LONG.length : index
}
