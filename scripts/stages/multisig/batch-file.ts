/** Reads and writes Transaction Builder batches. */
import { shownPath } from "../../io/disk/paths.ts"
import { z } from "zod"
import { quote } from "../../core/primitives/text.ts"
import { parseAddress, type Address } from "../../core/primitives/address.ts"
import type { Call } from "../../core/ethereum/call.ts"
import { encodeMethod, type Method } from "../../core/safe/encode-method.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { addressField, wholeField } from "../../core/primitives/fields.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import { batchChecksum, type BatchFile } from "../../core/safe/safe-batch.ts"
import { parseJsonText } from "../../core/files/parsed-json.ts"
import { readBySchema } from "../../core/files/by-schema.ts"
import { writeFileAtomic } from "../../io/disk/atomic-write.ts"

/** The contents of a batch file, with everything about its form that a signer should know. */
export interface ReadBatch {
  readonly chainId: number
  /** As the file claims; absent where it does not say. */
  readonly safe: Address | undefined
  readonly name: string
  readonly description: string
  readonly calls: readonly Call[]
  /** Plain sentences: a checksum that does not fit, fields that do not belong. */
  readonly flags: readonly string[]
}

const input = z.looseObject({
  name: z.unknown().optional(),
  type: z.string(),
  components: z.unknown().optional(),
})

/** The web app takes an address in capitals, as without a checksum. */
const target = z.preprocess(
  (text) => (typeof text === "string" && /^0x[0-9A-F]{40}$/.test(text) ? text.toLowerCase() : text),
  addressField,
)

const transaction = z.looseObject({
  to: target,
  value: wholeField,
  /** Empty counts as absent. */
  data: z
    .string()
    .regex(/^(?:0x(?:[0-9a-fA-F]{2})*)?$/, "is not 0x and pairs of hex digits")
    .nullish(),
  contractMethod: z.looseObject({ name: z.string(), inputs: z.array(input).optional() }).nullish(),
  /** Kept as it was parsed: a schema would drop a parameter called __proto__. */
  contractInputsValues: z.unknown().optional(),
})

const FILE = z.looseObject({
  version: z.string(),
  chainId: z.coerce.string().pipe(wholeField),
  meta: z.looseObject({
    name: z.string().default(""),
    description: z.string().nullish(),
    checksum: z.string().optional(),
    createdFromSafeAddress: z.string().optional(),
  }),
  transactions: z.array(transaction).min(1, "must hold a transaction"),
})

const KNOWN = {
  file: ["version", "chainId", "createdAt", "meta", "transactions"],
  meta: [
    "name",
    "description",
    "txBuilderVersion",
    "createdFromSafeAddress",
    "createdFromOwnerAddress",
    "checksum",
  ],
  transaction: ["to", "value", "data", "contractMethod", "contractInputsValues"],
}

/** Writes a batch as the Transaction Builder would. */
export async function writeBatch(path: string, batch: BatchFile): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify(batch, undefined, 2)}\n`)
}

/** Returns whether a batch that begins so was written here: the web app dates its own. */
export function isOwnBatch(start: string): boolean {
  return start.includes('"createdAt": 0,') && start.includes('"txBuilderVersion": ')
}

/**
 * Reads the text of a batch file.
 * @throws AirdropError that names file and field if it cannot be one
 */
export function parseBatch(text: string, path: string): ReadBatch {
  const json = parseJsonText(text, shownPath(path))
  const file = readBySchema(FILE, json, shownPath(path), undefined, fieldName)
  const flags: string[] = []
  if (file.version !== "1.0") flags.push(`the file says it is of version ${quote(file.version)}, not "1.0"`)
  const checksum = batchChecksum(json.value as { meta: object })
  if (file.meta.checksum === undefined) flags.push("the file has no checksum")
  else if (file.meta.checksum !== checksum) {
    flags.push(
      `the file was changed after it was written: its checksum is ${quote(file.meta.checksum)}, not ${checksum}`,
    )
  }
  flags.push(...strangers("the file", file, KNOWN.file), ...strangers("meta", file.meta, KNOWN.meta))
  const calls = file.transactions.map((entry, i) => {
    const place = `transaction ${i + 1}`
    flags.push(...strangers(place, entry, KNOWN.transaction))
    return toCall(entry, place, path, flags)
  })
  return {
    chainId: Number(file.chainId),
    safe: safeOf(file.meta.createdFromSafeAddress, path),
    name: file.meta.name,
    description: file.meta.description ?? "",
    calls,
    flags,
  }
}

/** Names a field by its transaction and parameter, counted from 1 as the web app does. */
function fieldName([list, index, ...keys]: readonly PropertyKey[]): string {
  const plain = (path: readonly PropertyKey[]): string => path.map(String).join(".")
  if (list !== "transactions" || typeof index !== "number")
    return plain([list ?? "", ...(index === undefined ? [] : [index, ...keys])])
  const [method, inputs, position, ...rest] = keys
  const isParameter = method === "contractMethod" && inputs === "inputs" && typeof position === "number"
  const field = isParameter ? [`parameter ${position + 1}`, ...rest] : keys
  return [`transaction ${index + 1}`, ...(field.length === 0 ? [] : [plain(field)])].join(": ")
}

/** Returns the call that the web app makes of an entry: its bytes if there are any, otherwise the encoded method. */
function toCall(entry: z.output<typeof transaction>, place: string, path: string, flags: string[]): Call {
  const { to, contractMethod: method, data: bytes } = entry
  const value = BigInt(entry.value)
  if (bytes) {
    const data = bytes.toLowerCase() as Hex
    flags.push(...wordFlags(data, method ?? undefined, valuesOf(entry.contractInputsValues), place))
    return { to, value, data }
  }
  if (!method || method.name === "") return { to, value, data: "0x" }
  const values = valuesOf(entry.contractInputsValues)
  try {
    const { data, doubts } = encodeMethod(method, values)
    flags.push(
      ...doubts.map((doubt) => `${place}: encoded from its texts, as the file has no bytes: ${doubt}`),
      ...leftOver(method, values).map((key) => `${place}: no parameter takes the value ${quote(key)}`),
    )
    return { to, value, data }
  } catch (cause) {
    if (!(cause instanceof AirdropError)) throw cause
    throw new AirdropError(`${path}: ${place}: ${cause.message}`, {
      code: "invalid-value",
      hint: "The Transaction Builder would not send what the file shows. Ask for a file that contains the bytes.",
      cause,
    })
  }
}

/** Flags bytes that do not call the method shown beside them. */
function wordFlags(
  data: Hex,
  method: Method | undefined,
  values: Readonly<Record<string, unknown>>,
  place: string,
): string[] {
  const left = leftOver(method ?? { name: "" }, values).map(
    (key) => `${place}: no parameter takes the value ${quote(key)}`,
  )
  if (method === undefined) return left
  let encoded: Hex | undefined
  try {
    encoded = encodeMethod(method, values).data
  } catch (error) {
    if (!(error instanceof AirdropError)) throw error
  }
  return data === encoded
    ? left
    : [`${place}: its bytes do not call ${quote(method.name)} with the values shown beside them`, ...left]
}

function valuesOf(values: unknown): Readonly<Record<string, unknown>> {
  return typeof values === "object" && values !== null ? (values as Record<string, unknown>) : {}
}

/** Lists values that the web app ignores: no parameter has their name. */
function leftOver({ inputs = [] }: Method, values: Readonly<Record<string, unknown>>): string[] {
  const taken = inputs.map(({ name }, i) => (name === "" ? i.toString() : name))
  return Object.keys(values).filter((key) => !taken.includes(key))
}

function strangers(place: string, value: object, known: readonly string[]): string[] {
  return Object.entries(value)
    .filter(([key]) => !known.includes(key))
    .map(([key, member]) =>
      key === "operation" && member !== 0 && member !== "0"
        ? `${place} asks for a DELEGATECALL, which lets foreign code act as the Safe`
        : `${place} has the field ${quote(key)}, which does not belong there`,
    )
}

function safeOf(text: string | undefined, path: string): Address | undefined {
  if (text === undefined || text === "") return undefined
  try {
    return parseAddress(text)
  } catch (cause) {
    throw new AirdropError(`${path}: meta.createdFromSafeAddress ${quote(text)} is not an address`, {
      code: "invalid-address",
      cause,
    })
  }
}
