/**
 * Calls the pinned npm compiler directly, for measurements that vary settings or sources. Hardhat's build has one
 * configuration and the tree's own files.
 */
import { existsSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import hre from "hardhat"
import { z } from "zod"
import { AirdropError, invariant } from "../scripts/core/primitives/error.ts"

const require = createRequire(import.meta.url)

/** The project's root folder. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url))

/** Compiler settings in the form of the standard JSON input. */
export type Settings = Readonly<Record<string, unknown>>

/** Answers a query of the SMTChecker, in SMT-LIB 2, with the solver's output. */
export type SmtSolver = (query: string) => { readonly contents: string }

const messageSchema = z.object({
  severity: z.string(),
  formattedMessage: z.string(),
  message: z.string(),
  errorCode: z.string().optional(),
})

const messagesSchema = z.object({ errors: z.array(messageSchema).default([]) })

const outputSchema = z.object({
  contracts: z
    .record(
      z.string(),
      z.record(
        z.string(),
        z.object({
          abi: z.array(z.record(z.string(), z.unknown())),
          evm: z.object({
            bytecode: z.object({ object: z.string() }),
            deployedBytecode: z.object({ object: z.string() }),
          }),
        }),
      ),
    )
    .default({}),
})

const astSchema = z.object({ sources: z.record(z.string(), z.object({ ast: z.unknown() })) })

/** A warning or error of the compiler. */
export type Message = z.infer<typeof messageSchema>

/** The needed parts of a compiled contract. Codes are 0x-hex. */
export interface Compiled {
  readonly abi: string
  readonly creation: string
  readonly runtime: string
}

export interface Compilation {
  readonly messages: readonly Message[]
  /** Returns the contract of that name in that source. */
  readonly contract: (source: string, name: string) => Compiled
}

type Compile = (input: string, callbacks: Readonly<Record<string, unknown>>) => string

const compilerSchema = z.object({ compile: z.custom<Compile>((value) => typeof value === "function") })

/** Runs the compiler's package, which is large and so loaded on first use. */
function solcCompile(...input: Parameters<Compile>): string {
  const loaded: unknown = require("solc")
  return compilerSchema.parse(loaded).compile(...input)
}

/** Returns the settings of the project's own build. */
export function projectSettings(): Settings {
  const compiler = hre.config.solidity.profiles["default"]?.compilers[0]
  invariant(compiler, "hardhat.config.ts names no compiler")
  return z.record(z.string(), z.unknown()).parse(compiler.settings)
}

/**
 * Compiles sources. Imports are resolved among the sources, then in the project, then among packages.
 * @param sources text by path, the path as imports give it
 * @throws AirdropError with the compiler's first error
 */
export function compile(
  sources: Readonly<Record<string, string>>,
  settings: Settings,
  smtSolver?: SmtSolver,
): Compilation {
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(Object.entries(sources).map(([path, content]) => [path, { content }])),
    settings: {
      ...settings,
      outputSelection: { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] } },
    },
  }
  const callbacks = { import: readImport, ...(smtSolver ? { smtSolver } : {}) }
  const answer: unknown = JSON.parse(solcCompile(JSON.stringify(input), callbacks))
  const { errors } = messagesSchema.parse(answer)
  const failure = errors.find((message) => message.severity === "error")
  if (failure) throw new AirdropError(failure.formattedMessage.trim(), { code: "tool-failed" })
  const output = outputSchema.parse(answer)
  return {
    messages: errors,
    contract: (source, name) => {
      const found = output.contracts[source]?.[name]
      if (!found) throw new AirdropError(`${source} has no contract ${name}`, { code: "unknown" })
      return {
        abi: JSON.stringify(found.abi),
        creation: `0x${found.evm.bytecode.object}`,
        runtime: `0x${found.evm.deployedBytecode.object}`,
      }
    },
  }
}

/** Returns the syntax tree of a source, as the compiler gives it. */
export function syntaxTree(path: string, content: string): unknown {
  const input = {
    language: "Solidity",
    sources: { [path]: { content } },
    settings: { outputSelection: { "*": { "": ["ast"] } } },
  }
  const output = astSchema.parse(JSON.parse(solcCompile(JSON.stringify(input), { import: readImport })))
  return output.sources[path]?.ast
}

/** Where an import is looked for, in order. The last holds only the peers' packages and what they need. */
const IMPORT_FOLDERS = [ROOT, join(ROOT, "node_modules"), join(ROOT, "bench", "node_modules")]

/** Returns the text of a source, by its path as imports give it. */
export function readImported(path: string): string {
  const found = IMPORT_FOLDERS.map((folder) => join(folder, path)).find((file) => existsSync(file))
  return readFileSync(found ?? path, "utf8")
}

function readImport(path: string): { contents: string } | { error: string } {
  try {
    return { contents: readImported(path) }
  } catch {
    return { error: `not found: ${path}` }
  }
}
