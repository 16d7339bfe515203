/**
 * The pinned npm compiler, called directly: for measurements that vary settings or sources, which Hardhat's build
 * (one configuration, the tree's own files) is not for.
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

/** Compiler settings as they stand in the standard JSON input. */
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

/** What is needed of a compiled contract; codes as 0x and digits. */
export interface Compiled {
  readonly abi: string
  readonly creation: string
  readonly runtime: string
}

export interface Compilation {
  readonly messages: readonly Message[]
  /** The contract of that name in that source. */
  readonly contract: (source: string, name: string) => Compiled
}

type Compile = (input: string, callbacks: Readonly<Record<string, unknown>>) => string

const compilerSchema = z.object({ compile: z.custom<Compile>((value) => typeof value === "function") })

/** The package, loaded when first needed: it is large. */
function solcCompile(...input: Parameters<Compile>): string {
  const loaded: unknown = require("solc")
  return compilerSchema.parse(loaded).compile(...input)
}

/** The settings that the project itself is built with. */
export function projectSettings(): Settings {
  const compiler = hre.config.solidity.profiles["default"]?.compilers[0]
  invariant(compiler, "hardhat.config.ts names no compiler")
  return z.record(z.string(), z.unknown()).parse(compiler.settings)
}

/**
 * Compiles sources, whose imports are looked for among themselves, in the project, then in node_modules.
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

/** The syntax tree of a source, as the compiler gives it. */
export function syntaxTree(path: string, content: string): unknown {
  const input = {
    language: "Solidity",
    sources: { [path]: { content } },
    settings: { outputSelection: { "*": { "": ["ast"] } } },
  }
  const output = astSchema.parse(JSON.parse(solcCompile(JSON.stringify(input), { import: readImport })))
  return output.sources[path]?.ast
}

/** The text of a source, by its path as imports give it: in the project, else in node_modules. */
export function readImported(path: string): string {
  const own = join(ROOT, path)
  return readFileSync(existsSync(own) ? own : join(ROOT, "node_modules", path), "utf8")
}

function readImport(path: string): { contents: string } | { error: string } {
  try {
    return { contents: readImported(path) }
  } catch {
    return { error: `not found: ${path}` }
  }
}
