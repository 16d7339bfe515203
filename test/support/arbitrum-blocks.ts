/**
 * Gives a simulated chain the look of Arbitrum One: block headers of the sixteen fields that Arbitrum hashes,
 * hashes that follow from them, the extra fields l1BlockNumber, sendRoot and sendCount, and an opening
 * transaction of type 0x6a in each block.
 */
import { encodeRlp, keccak256, stripZerosLeft, toBeHex, zeroPadValue } from "ethers"
import type { EthereumProvider } from "hardhat/types/providers"

/** A JSON value of an RPC answer. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }
export type JsonObject = Readonly<Record<string, Json>>

/** ArbOS, the sender and receiver of what opens a block. */
const ARBOS = "0x00000000000000000000000000000000000a4b05"
const SEND_COUNT = "26a90"
const L1_BLOCK = "16e3600"
const ZERO_WORD = `0x${"0".repeat(64)}`

/** In the order in which they are hashed. */
const HEADER_FIELDS = [
  ...["parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom"],
  ...["difficulty", "number", "gasLimit", "gasUsed", "timestamp", "extraData", "mixHash", "nonce"],
  "baseFeePerGas",
]
const INTEGER_FIELDS = new Set([
  ...["difficulty", "number", "gasLimit", "gasUsed", "timestamp", "baseFeePerGas"],
])
const LATER_FIELDS = [
  ...["withdrawals", "withdrawalsRoot", "blobGasUsed", "excessBlobGas"],
  ...["parentBeaconBlockRoot", "requestsHash"],
]

export interface ArbitrumDisguise {
  /** Changes what is asked for into what the simulated chain knows. */
  request(value: Json): Json
  /** Changes what the simulated chain answered into what Arbitrum would. */
  answer(method: string, params: readonly Json[], value: Json): Json
}

/** Reads every block up to the chain's head, which must not move afterwards, and computes the other hashes. */
export async function disguiseAsArbitrum(provider: EthereumProvider): Promise<ArbitrumDisguise> {
  const toArbitrum = new Map<string, string>()
  const toSimulated = new Map<string, string>()
  // The simulated chain does not name the parents of blocks that it mined many at a time.
  const parents = new Map<string, string>()
  const head = Number(await provider.request({ method: "eth_blockNumber" }))
  let parentHash = ZERO_WORD
  for (let number = 0; number <= head; number++) {
    const block = (await provider.request({
      method: "eth_getBlockByNumber",
      params: [`0x${number.toString(16)}`, false],
    })) as JsonObject
    const hash = arbitrumHash({ ...block, ...ownFields(block), parentHash })
    parents.set(hash, parentHash)
    parentHash = hash
    toArbitrum.set(text(block["hash"]), parentHash)
    toSimulated.set(parentHash, text(block["hash"]))
  }
  return {
    request: (value) => replaceText(value, toSimulated),
    answer: (method, params, value) => {
      const answered = replaceText(value, toArbitrum)
      const isBlock = method === "eth_getBlockByNumber" || method === "eth_getBlockByHash"
      return isBlock && isObject(answered)
        ? arbitrumBlock(answered, parents.get(text(answered["hash"])) ?? ZERO_WORD, params[1] === true)
        : answered
    },
  }
}

/** What Arbitrum puts into fields that the simulated chain fills otherwise: send root, and Ethereum's block number. */
function ownFields(block: JsonObject): JsonObject {
  return {
    extraData: sendRootOf(BigInt(text(block["number"]))),
    mixHash: `0x${SEND_COUNT.padStart(16, "0")}${L1_BLOCK.padStart(16, "0")}${"33".padStart(16, "0")}${"0".repeat(16)}`,
  }
}

/** The send root of a block: made up, another one for each. */
export function sendRootOf(number: bigint): string {
  return keccak256(toBeHex(number, 32))
}

/** Returns the hash of a header by Arbitrum's rule. */
export function arbitrumHash(header: JsonObject): string {
  return keccak256(
    encodeRlp(
      HEADER_FIELDS.map((name) => {
        const value = text(header[name])
        return INTEGER_FIELDS.has(name) ? minimal(value) : value
      }),
    ),
  )
}

function arbitrumBlock(block: JsonObject, parentHash: string, full: boolean): JsonObject {
  const kept = Object.entries(block).filter(([name]) => !LATER_FIELDS.includes(name))
  const opening = openingTransaction(block)
  const transactions = block["transactions"] as readonly Json[]
  return {
    ...Object.fromEntries(kept),
    ...ownFields(block),
    parentHash,
    l1BlockNumber: `0x${L1_BLOCK}`,
    sendCount: `0x${SEND_COUNT}`,
    sendRoot: sendRootOf(BigInt(text(block["number"]))),
    transactions: [full ? opening : text(opening["hash"]), ...transactions],
  }
}

function openingTransaction(block: JsonObject): JsonObject {
  const number = BigInt(text(block["number"]))
  return {
    blockHash: text(block["hash"]),
    blockNumber: text(block["number"]),
    chainId: "0xa4b1",
    from: ARBOS,
    gas: "0x0",
    gasPrice: "0x0",
    hash: keccak256(zeroPadValue(toBeHex(number + 0x6an), 40)),
    input: `0x6bf6a42d${"0".repeat(192)}${number.toString(16).padStart(64, "0")}`,
    nonce: "0x0",
    r: "0x0",
    s: "0x0",
    to: ARBOS,
    transactionIndex: "0x0",
    type: "0x6a",
    v: "0x0",
    value: "0x0",
  }
}

/** Returns a field that must be a text. */
export function text(value: Json | undefined): string {
  if (typeof value !== "string") throw new Error(`${JSON.stringify(value)} is not a text`)
  return value
}

/** Replaces every text that is a key of the map, at any depth. */
function replaceText(value: Json, map: ReadonlyMap<string, string>): Json {
  if (typeof value === "string") return map.get(value) ?? value
  if (Array.isArray(value)) return value.map((item: Json) => replaceText(item, map))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaceText(item, map)]))
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** Returns an integer as RLP has it: without leading zeros, and zero as empty. */
function minimal(value: string): string {
  return stripZerosLeft(toBeHex(BigInt(value)))
}
