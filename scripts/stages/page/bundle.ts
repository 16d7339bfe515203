/**
 * Bundles the claim page with Vite into classic scripts: modules do not load from a disk. One for the look-up, one for
 * what comes after it, one each for claiming, signed statements, the check of everything and the QR code, and one for
 * each language but English.
 */
import { existsSync } from "node:fs"
import { readdir } from "node:fs/promises"
import { join } from "node:path"
import type { Plugin } from "vite"
import { readText } from "../../io/disk/read-file.ts"
import { merkleAirdropArtifact } from "../../io/project/artifacts.ts"
import { AirdropError } from "../../core/primitives/error.ts"

/** A file of the page: its name and content. */
export interface PageFile {
  readonly name: string
  readonly content: string
}

const ROOT = join(import.meta.dirname, "..", "..", "..")
const WEB = join(ROOT, "web")
/** In the npm package, the files as {@link bundlePage} has made them: the package has neither sources nor Vite. */
export const BUNDLED = join(WEB, "bundled")

/** The part of the ABI that claiming needs. */
const CLAIM_FUNCTIONS = /^(?:claim|multicall)/

/** Returns the scripts and the style of the page, in the order of their names. */
export async function bundlePage(languages: readonly string[]): Promise<readonly PageFile[]> {
  if (!existsSync(BUNDLED)) return await bundleOnce(languages)
  const names = (await readdir(BUNDLED)).sort()
  return await Promise.all(
    names.map(async (name) => ({ name, content: await readText(join(BUNDLED, name)) })),
  )
}

const bundled = new Map<string, Promise<readonly PageFile[]>>()

/** Bundles for the same languages at most once a process, as the contract is compiled: it takes many seconds. */
async function bundleOnce(languages: readonly string[]): Promise<readonly PageFile[]> {
  const key = languages.join()
  const running = bundled.get(key) ?? bundleAnew(languages)
  bundled.set(key, running)
  return await running
}

async function bundleAnew(languages: readonly string[]): Promise<readonly PageFile[]> {
  const texts = languages.filter((code) => code !== "en")
  const { abi, bytecode } = await merkleAirdropArtifact()
  const [page, more, claim, check, qr, statement, style, ...translations] = await Promise.all([
    bundle("page.js", join(WEB, "src/main.tsx")),
    bundle("more.js", join(WEB, "src/later/code.ts"), {}, [sharedKit()]),
    bundle("claim.js", join(WEB, "src/claim/code.ts"), {
      MERKLE_AIRDROP_ABI: JSON.stringify(claimAbi(abi)),
    }),
    bundle(
      "check.js",
      join(WEB, "src/check/code.ts"),
      { MERKLE_AIRDROP_BYTECODE: JSON.stringify(bytecode) },
      [keccakOf("src/check/keccak.ts")],
    ),
    bundle("qr.js", join(WEB, "src/lazy/qr.ts")),
    bundle("statement.js", join(WEB, "src/statement/code.ts")),
    readText(join(WEB, "src/style.css")),
    ...texts.map(async (code) => await bundle(`text-${code}.js`, textEntry(code))),
  ])
  const files = [
    page,
    more,
    claim,
    check,
    qr,
    statement,
    { name: "style.css", content: style },
    ...translations,
  ]
  return files.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Returns the name of a virtual module with a language's texts. */
function textEntry(code: string): string {
  return `${VIRTUAL}${code}`
}

const VIRTUAL = "virtual:text-"

function textEntries(): Plugin {
  return {
    name: "airdrop-texts",
    resolveId: (id) => (id.startsWith(VIRTUAL) ? `\0${id}` : undefined),
    load: (id) => {
      if (!id.startsWith(`\0${VIRTUAL}`)) return undefined
      const code = id.slice(VIRTUAL.length + 1)
      const file = JSON.stringify(join(WEB, `src/text/${code}.ts`))
      return `import { ${code} } from ${file}
globalThis.airdropTexts = { ...globalThis.airdropTexts, ${code} }`
    },
  }
}

/** Replaces the core's Keccak, which compiles WebAssembly when it is loaded: the page's policy forbids that. */
function keccakOf(module: string): Plugin {
  return {
    name: "airdrop-keccak",
    enforce: "pre",
    resolveId: (id, importer) =>
      /(?:^|\/)keccak\.ts$/.test(id) && importer?.includes("/scripts/core/") === true
        ? join(WEB, module)
        : undefined,
  }
}

/** What page.js hands to more.js, by the module that each of it is imported from. */
const KIT: Readonly<Record<string, string>> = {
  "preact/hooks": "airdropKit.hooks",
  "preact/jsx-runtime": "airdropKit.jsx",
  "airdrop/security": "airdropKit.security",
  "airdrop/context": "airdropKit.context",
  "airdrop/language": "airdropKit.language",
}

/** Leaves the modules of the kit out of a script. */
function sharedKit(): Plugin {
  const own = /\/(security|context|language)\.ts$/
  return {
    name: "airdrop-kit",
    enforce: "pre",
    resolveId: (id, importer) => {
      if (Object.hasOwn(KIT, id)) return { id, external: true }
      const name = importer?.startsWith(join(WEB, "src")) === true ? own.exec(id)?.[1] : undefined
      return name === undefined ? undefined : { id: `airdrop/${name}`, external: true }
    },
  }
}

async function bundle(
  name: string,
  entry: string,
  define: Record<string, string> = {},
  plugins: readonly Plugin[] = [],
): Promise<PageFile> {
  const { build } = await import("vite")
  const result = await build({
    root: WEB,
    configFile: false,
    logLevel: "error",
    define: { ...define, "process.env.NODE_ENV": '"production"' },
    plugins: [...plugins, keccakOf("src/keccak.ts"), textEntries()],
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      write: false,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: {
        input: entry,
        output: { format: "iife", name: "airdropPart", entryFileNames: name, globals: KIT },
      },
    },
  })
  const outputs = Array.isArray(result) ? result : [result]
  for (const output of outputs) {
    if (!("output" in output)) continue
    const chunk = output.output.find((one) => one.type === "chunk")
    if (chunk !== undefined && output.output.length === 1) return { name, content: chunk.code }
  }
  throw new AirdropError(`the page's ${name} was not bundled into one script`, { code: "tool-failed" })
}

function claimAbi(abi: readonly unknown[]): string {
  const isWanted = (entry: unknown): boolean =>
    typeof entry === "object" &&
    entry !== null &&
    "type" in entry &&
    entry.type === "function" &&
    "name" in entry &&
    typeof entry.name === "string" &&
    CLAIM_FUNCTIONS.test(entry.name)
  return JSON.stringify(abi.filter(isWanted))
}
