/**
 * Creates the mutants of a Solidity source from the compiler's syntax tree. Each is the source with one small
 * change.
 */
import { z } from "zod"

export interface Mutant {
  /** The operator, as reports group mutants. */
  readonly operator: string
  /** The function it is in; empty outside of functions. */
  readonly within: string
  readonly line: number
  readonly before: string
  readonly after: string
  /** The whole mutated source. */
  readonly source: string
}

/** A change of the characters `start` (inclusive) to `end` (exclusive). */
interface Change {
  readonly operator: string
  readonly start: number
  readonly end: number
  readonly text: string
}

interface Node {
  readonly nodeType: string
  readonly src: string
  readonly [field: string]: unknown
}

const COMPARISONS: Readonly<Record<string, readonly string[]>> = {
  "==": ["!="],
  "!=": ["=="],
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<"],
  ">=": [">", "<"],
}

const ARITHMETIC: Readonly<Record<string, readonly string[]>> = {
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "&": ["|"],
  "|": ["&"],
  "^": ["&"],
  "<<": [">>"],
  ">>": ["<<"],
}

const LOGICAL: Readonly<Record<string, readonly string[]>> = { "&&": ["||"], "||": ["&&"] }

const ASSIGNMENTS: Readonly<Record<string, readonly string[]>> = { "+=": ["-=", "="], ">>=": ["<<=", "="] }

/** Types narrower by a byte, for casts of a value. */
const WIDTHS: Readonly<Record<string, string>> = { uint160: "uint152", uint96: "uint88" }

/** Returns all mutants of a source, in its order, each source once. */
export function mutantsOf(source: string, ast: unknown): readonly Mutant[] {
  const bytes = Buffer.from(source)
  const slice = (start: number, end: number): string => bytes.subarray(start, end).toString()
  const seen = new Set([source])
  const mutants: Mutant[] = []
  for (const { operator, start, end, text } of changesIn(ast, slice)) {
    const mutated = slice(0, start) + text + slice(end, bytes.length)
    if (seen.has(mutated)) continue
    seen.add(mutated)
    const above = slice(0, start)
    const line = above.split("\n").length
    const within = [...above.matchAll(/^ {4}(?:function (\w+)|(constructor))\(/gm)].at(-1)
    mutants.push({
      operator,
      within: within?.[1] ?? within?.[2] ?? "",
      line,
      before: slice(start, end),
      after: text,
      source: mutated,
    })
  }
  return mutants.sort((a, b) => a.line - b.line)
}

function* changesIn(value: unknown, slice: (start: number, end: number) => string): Generator<Change> {
  if (Array.isArray(value)) {
    for (const item of value) yield* changesIn(item, slice)
    return
  }
  if (!isRecord(value)) return
  if (isNode(value)) {
    // Directives and interfaces have no code that runs.
    if (["ImportDirective", "PragmaDirective", "InheritanceSpecifier"].includes(value.nodeType)) return
    yield* changesAt(value, slice)
  }
  for (const [field, child] of Object.entries(value)) {
    if (field !== "documentation") yield* changesIn(child, slice)
  }
}

function* changesAt(node: Node, slice: (start: number, end: number) => string): Generator<Change> {
  const [start, end] = rangeOf(node)
  const text = slice(start, end)
  const whole = (operator: string, replacement: string): Change => ({
    operator,
    start,
    end,
    text: replacement,
  })
  switch (node.nodeType) {
    case "BinaryOperation": {
      const [left, right] = [child(node, "leftExpression"), child(node, "rightExpression")]
      const [, leftEnd] = rangeOf(left)
      const [rightStart] = rangeOf(right)
      const symbol = String(node["operator"])
      const between = slice(leftEnd, rightStart)
      const tables = { comparison: COMPARISONS, arithmetic: ARITHMETIC, logical: LOGICAL }
      for (const [operator, table] of Object.entries(tables)) {
        for (const other of table[symbol] ?? []) {
          yield { operator, start: leftEnd, end: rightStart, text: between.replace(symbol, other) }
        }
      }
      return
    }
    case "UnaryOperation":
      if (node["operator"] === "!") yield whole("removed negation", text.slice(1))
      else if (text.includes("++")) yield whole("arithmetic", text.replace("++", "--"))
      return
    case "Assignment":
      for (const other of ASSIGNMENTS[String(node["operator"])] ?? []) {
        yield whole("assignment", text.replace(String(node["operator"]), other))
      }
      return
    case "IfStatement": {
      const [from, to] = rangeOf(child(node, "condition"))
      for (const constant of ["true", "false"])
        yield { operator: "condition", start: from, end: to, text: constant }
      return
    }
    case "Conditional": {
      const [yes, no] = [rangeOf(child(node, "trueExpression")), rangeOf(child(node, "falseExpression"))]
      for (const kept of [yes, no]) yield whole("conditional", slice(...kept))
      return
    }
    case "ExpressionStatement":
    case "EmitStatement":
    case "Continue":
    case "Return": {
      const after = slice(end, end + 1) === ";" ? 1 : 0
      const isReturn = node.nodeType === "Return"
      // A function that ends without `return` returns zeros.
      yield { operator: "removed statement", start, end: end + after, text: isReturn || after ? "{}" : "" }
      return
    }
    case "ModifierInvocation":
      if (node["kind"] === "modifierInvocation") yield whole("removed modifier", "")
      return
    case "FunctionCall":
      yield* swappedArguments(node, slice)
      return
    case "Literal":
      if (node["kind"] === "number") yield whole("constant", String(BigInt(text.replaceAll("_", "")) + 1n))
      else if (node["kind"] === "string") yield whole("constant", text.replace(/.("?)$/, "X$1"))
      return
    case "ElementaryTypeNameExpression":
      if (WIDTHS[text] !== undefined) yield whole("constant", WIDTHS[text])
  }
}

/**
 * Yields calls with two neighbouring arguments swapped. If their types differ, the compiler refuses and the mutant
 * does not count.
 */
function* swappedArguments(call: Node, slice: (start: number, end: number) => string): Generator<Change> {
  const values = call["arguments"]
  if (!Array.isArray(values)) return
  const nodes = values.filter(isNode)
  for (const [i, first] of nodes.entries()) {
    const second = nodes[i + 1]
    if (second === undefined) return
    const [a, b] = [rangeOf(first), rangeOf(second)]
    const text = slice(...b) + slice(a[1], b[0]) + slice(...a)
    yield { operator: "swapped argument", start: a[0], end: b[1], text }
  }
}

const nodeSchema = z.looseObject({ nodeType: z.string(), src: z.string() })

function isNode(value: unknown): value is Node {
  return nodeSchema.safeParse(value).success
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null
}

function child(node: Node, field: string): Node {
  return nodeSchema.parse(node[field])
}

/** Returns byte offsets, because the compiler counts bytes, not characters. */
function rangeOf(node: Node): [start: number, end: number] {
  const [start = 0, length = 0] = node.src.split(":").map(Number)
  return [start, start + length]
}
