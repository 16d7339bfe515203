import { TokenType } from "@streamparser/json"
import { quote } from "../../core/primitives/text.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { Table } from "../../core/primitives/table.ts"
import type { Faults } from "./faults.ts"

/** What makes the rest of a text unreadable, and the byte at which it stands. */
export class BrokenJson extends Error {
  readonly offset: number

  constructor(offset: number, message: string) {
    super(message)
    this.offset = offset
  }
}

interface Token {
  readonly token: TokenType
  readonly value: unknown
  readonly offset: number
}

/** Takes the tokens of a table in JSON and hands on its rows. */
export interface JsonRows {
  /** @throws BrokenJson */
  readonly take: (token: Token) => void
  /** @throws BrokenJson if something is missing */
  readonly end: () => void
  readonly isEmpty: () => boolean
  readonly count: () => number
}

/** What may come next, by where in the text it is. */
const EXPECTED = {
  start: "[",
  firstRow: "{ or ]",
  row: "{",
  afterRow: ", or ]",
  line: "{",
  firstKey: "a key or }",
  key: "a key",
  colon: ":",
  value: "a value",
  afterValue: ", or }",
  end: "the end of the file",
} as const

const OPENING: ReadonlySet<TokenType> = new Set([TokenType.LEFT_BRACE, TokenType.LEFT_BRACKET])
const CLOSING: ReadonlySet<TokenType> = new Set([TokenType.RIGHT_BRACE, TokenType.RIGHT_BRACKET])
const SCALARS: ReadonlySet<TokenType> = new Set([
  ...[TokenType.STRING, TokenType.NUMBER, TokenType.TRUE, TokenType.FALSE, TokenType.NULL],
])

/**
 * Checks each row strictly: the wanted keys, each once, with texts, and no others but those to be ignored, which may
 * hold any single value.
 * @param isLines one object a line instead of an array
 * @param lineAt is asked in ascending order of offsets
 */
export function jsonRows(
  { columns, ignore, row }: Omit<Table, "file">,
  isLines: boolean,
  faults: Faults,
  lineAt: (offset: number) => number,
): JsonRows {
  const names = [...new Set([...columns, ...ignore])]
  const read = new Set(columns)
  const places = columns.map((column) => names.indexOf(column))
  const keys = `a row must have the keys ${columns.join(",")}`
  let state: keyof typeof EXPECTED = isLines ? "line" : "start"
  let isEmpty = true
  let rows = 0
  /** How deep in a value that was refused. */
  let depth = 0
  /** The values of the row by place in the names, its line, and the key whose value comes. */
  let values: (string | undefined)[] = []
  let isWhole = true
  let [line, lastLine] = [0, 0]
  let key = ""

  const refuse = (offset: number, text: string): void => {
    isWhole = false
    faults.add(lineAt(offset), text)
  }
  const broken = ({ token, value, offset }: Token): BrokenJson => {
    const shown = token === TokenType.STRING ? quote(String(value)) : String(value)
    return new BrokenJson(offset, `${shown} stands where ${EXPECTED[state]} should`)
  }
  const openRow = (offset: number): void => {
    line = lineAt(offset)
    values = names.map(() => undefined)
    isWhole = true
    if (isLines && line === lastLine) refuse(offset, "a row must begin on a line of its own")
  }
  const closeRow = (offset: number): void => {
    if (isLines) {
      lastLine = lineAt(offset)
      if (lastLine !== line)
        refuse(offset, `a row must stand on one line, and this one begins on line ${line}`)
    }
    for (const column of read) {
      if (values[names.indexOf(column)] !== undefined) continue
      isWhole = false
      faults.add(line, `no key ${quote(column)}: ${keys}`)
    }
    if (!isWhole) return
    rows++
    try {
      row(
        places.map((place) => values[place] ?? ""),
        line,
      )
    } catch (error) {
      if (!(error instanceof AirdropError)) throw error
      faults.add(line, error.message)
    }
  }
  const takeKey = (name: string, offset: number): void => {
    key = name
    const place = names.indexOf(name)
    if (place === -1) refuse(offset, `key ${quote(name)} is not expected: ${keys}`)
    else if (values[place] !== undefined) refuse(offset, `key ${quote(name)} comes twice`)
  }
  const takeValue = ({ token, value, offset }: Token): void => {
    const place = names.indexOf(key)
    if (place !== -1) values[place] = typeof value === "string" ? value : ""
    if (OPENING.has(token)) {
      depth = 1
      if (place !== -1) refuse(offset, `${quote(key)} is nested: a row is flat`)
    } else if (token !== TokenType.STRING && read.has(key)) {
      refuse(
        offset,
        token === TokenType.NUMBER
          ? `${quote(key)} is a number: write it in quotes, as numbers lose digits`
          : `${quote(key)} is ${String(value)}: it must be a text in quotes`,
      )
    }
  }
  /** Goes on within an array or the lines, between rows. True if the token may stand there. */
  const takeOutside = ({ token, offset }: Token): boolean => {
    const isRow = state === "firstRow" || state === "row" || state === "line"
    if (state === "start" && token === TokenType.LEFT_BRACKET) state = "firstRow"
    else if (isRow && token === TokenType.LEFT_BRACE) {
      openRow(offset)
      state = "firstKey"
    } else if (isRow && (SCALARS.has(token) || OPENING.has(token))) {
      faults.add(lineAt(offset), `a row must be an object with the keys ${columns.join(",")}`)
      if (OPENING.has(token)) depth = 1
      state = isLines ? "line" : "afterRow"
    } else if (state === "afterRow" && token === TokenType.COMMA) state = "row"
    else if ((state === "firstRow" || state === "afterRow") && token === TokenType.RIGHT_BRACKET)
      state = "end"
    else return false
    return true
  }
  /** Goes on within an object. True if the token may stand there. */
  const takeInside = (taken: Token): boolean => {
    const { token, value, offset } = taken
    if ((state === "firstKey" || state === "key") && token === TokenType.STRING) {
      takeKey(String(value), offset)
      state = "colon"
    } else if (state === "colon" && token === TokenType.COLON) state = "value"
    else if (state === "value" && (SCALARS.has(token) || OPENING.has(token))) {
      takeValue(taken)
      state = "afterValue"
    } else if (state === "afterValue" && token === TokenType.COMMA) state = "key"
    else if ((state === "firstKey" || state === "afterValue") && token === TokenType.RIGHT_BRACE) {
      closeRow(offset)
      state = isLines ? "line" : "afterRow"
    } else return false
    return true
  }

  return {
    take: (token) => {
      isEmpty = false
      if (depth > 0) {
        if (OPENING.has(token.token)) depth++
        else if (CLOSING.has(token.token)) depth--
      } else if (!takeOutside(token) && !takeInside(token)) throw broken(token)
    },
    end: () => {
      if (isEmpty || (depth === 0 && (state === "end" || state === "line"))) return
      throw new BrokenJson(
        Infinity,
        `the file ends where ${depth > 0 ? "} or ]" : EXPECTED[state]} should stand`,
      )
    },
    isEmpty: () => isEmpty,
    count: () => rows,
  }
}
