/**
 * Decodes the answers of the staking contract word by word. A general ABI decoder copies the rest of an answer for
 * each element, which takes seconds for thousands of nodes.
 */
import { addressOfWord } from "../primitives/words.ts"
import { answerWords } from "../ethereum/answer-words.ts"
import type { Links } from "./node-list.ts"
import type { StakingNode } from "./staking-node.ts"

/** Above the largest id of a node, which is a uint64. */
const ID_LIMIT = 1n << 64n
const MAX_SECONDS = BigInt(Number.MAX_SAFE_INTEGER)

export type LinkedNode = StakingNode & { readonly links: Links }

/** Words of the tuple that serviceNodes(uint64) returns, after the offset to it. */
const HEAD = { next: 0, prev: 1, operator: 2, added: 5, leaveRequest: 6, contributors: 9 } as const
const HEAD_WORDS = 11
const WORDS_PER_CONTRIBUTOR = 3

/**
 * Decodes the node in an answer of serviceNodes(id).
 * @param answer 0x-hex
 * @returns undefined if the answer is not the encoding of a node
 */
export function decodeNode(id: bigint, answer: string): LinkedNode | undefined {
  const words = answerWords(answer)
  if (words?.[0] !== 32n) return undefined
  const at = (index: number): bigint => words[1 + index] ?? 0n
  const list = at(HEAD.contributors)
  const count = at(HEAD_WORDS)
  if (
    list !== BigInt(32 * HEAD_WORDS) ||
    words.length !== 2 + HEAD_WORDS + WORDS_PER_CONTRIBUTOR * Number(count)
  ) {
    return undefined
  }
  const first = HEAD_WORDS + 1
  const operator = addressOfWord(at(HEAD.operator))
  const contributors = Array.from({ length: Number(count) }, (_, i) => {
    const address = addressOfWord(at(first + WORDS_PER_CONTRIBUTOR * i))
    const beneficiary = addressOfWord(at(first + WORDS_PER_CONTRIBUTOR * i + 1))
    const stake = at(first + WORDS_PER_CONTRIBUTOR * i + 2)
    return address === undefined || beneficiary === undefined ? undefined : { address, beneficiary, stake }
  }).filter((contributor) => contributor !== undefined)
  if (operator === undefined || contributors.length !== Number(count)) return undefined
  const links = { next: at(HEAD.next), prev: at(HEAD.prev) }
  const [added, leaveRequest] = [at(HEAD.added), at(HEAD.leaveRequest)]
  if (links.next >= ID_LIMIT || links.prev >= ID_LIMIT) return undefined
  if (added > MAX_SECONDS || leaveRequest > MAX_SECONDS) return undefined
  return {
    id,
    links,
    operator,
    addedTimestamp: Number(added),
    leaveRequestTimestamp: Number(leaveRequest),
    contributors,
  }
}

/** Returns the ids in an answer of allServiceNodeIDs(); undefined if it is not the encoding of such a list. */
export function decodeIds(answer: string): readonly bigint[] | undefined {
  const words = answerWords(answer)
  const count = words?.[2]
  // Two arrays: the ids, and their keys of two words each.
  if (words?.[0] !== 64n || count === undefined || words.length !== 4 + 3 * Number(count)) return undefined
  const ids = words.slice(3, 3 + Number(count))
  return ids.every((id) => id < ID_LIMIT) ? ids : undefined
}
