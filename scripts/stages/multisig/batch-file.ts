/** Reads and writes Transaction Builder batches. */
import { readFile } from "node:fs/promises"
import { z } from "zod"
import { quote } from "../../core/primitives/text.ts"
import { parseAddress, type Address } from "../../core/primitives/address.ts"
import type { Call } from "../../core/ethereum/call.ts"
import { encodeMethod, type MethodInput } from "../../core/safe/encode-method.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { addressField, hexField, wholeField } from "../../core/primitives/fields.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import { batchChecksum, type BatchFile } from "../../core/safe/safe-batch.ts"
import { parseJsonText } from "../../io/disk/read-json.ts"
import { readBySchema } from "../../io/disk/read-by-schema.ts"
import { writeFileAtomic } from "../../io/disk/atomic-write.ts"

/** What a batch file holds, with everything about its form that a signer should know. */
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

const input: z.ZodType<MethodInput> = z.lazy(() =>
  z.looseObject({ name: z.string().optional(), type: z.string(), components: z.array(input).optional() }),
)

const transaction = z.looseObject({
  to: addressField,
  value: wholeField,
  data: hexField.nullish(),
  contractMethod: z.looseObject({ name: z.string(), inputs: z.array(input) }).nullish(),
  contractInputsValues: z.record(z.string(), z.unknown()).nullish(),
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

/**
 * Reads a batch file.
 * @throws AirdropError that names file and field if it cannot be one
 */
export async function readBatch(path: string): Promise<ReadBatch> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new AirdropError(`${path} cannot be read`, { cause })
  })
  return parseBatch(text, path)
}

/** As {@link readBatch}, of text. */
export function parseBatch(text: string, path: string): ReadBatch {
  const json = parseJsonText(text, path)
  const file = readBySchema(FILE, json, path)
  const flags: string[] = []
  if (file.version !== "1.0") flags.push(`the file says it is of version ${quote(file.version)}, not "1.0"`)
  const checksum = batchChecksum(json.value as { meta: object })
  if (file.meta.checksum === undefined) flags.push("the file has no checksum")
  else if (file.meta.checksum !== checksum) {
    flags.push(
      `the file was changed after it was written: its checksum is ${file.meta.checksum}, not ${checksum}`,
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

/** The web app takes the bytes if there are any, and encodes the method otherwise: so does this. */
function toCall(entry: z.output<typeof transaction>, place: string, path: string, flags: string[]): Call {
  const { contractMethod: method, contractInputsValues: values } = entry
  let encoded: Hex | undefined
  if (method) {
    try {
      encoded = encodeMethod(method.name, method.inputs, values ?? {})
    } catch (cause) {
      throw new AirdropError(`${path}: ${place}: the values of ${quote(method.name)} cannot be encoded`, {
        cause,
      })
    }
  }
  const data = entry.data ? (entry.data.toLowerCase() as Hex) : undefined
  if (data !== undefined && encoded !== undefined && data !== encoded) {
    flags.push(
      `${place}: its bytes do not call ${quote(method?.name ?? "")} with the values shown beside them`,
    )
  }
  return { to: entry.to, value: BigInt(entry.value), data: data ?? encoded ?? "0x" }
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
    throw new AirdropError(`${path}: meta.createdFromSafeAddress ${quote(text)} is not an address`, { cause })
  }
}
