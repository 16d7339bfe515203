/** Reads the answer of a view call word by word. */

/** Returns the words of an answer in 0x-hex; undefined if it does not consist of whole words. */
export function answerWords(answer: string): readonly bigint[] | undefined {
  if (!/^0x[0-9a-f]*$/i.test(answer) || (answer.length - 2) % 64 !== 0) return undefined
  const words: bigint[] = []
  for (let at = 2; at < answer.length; at += 64) words.push(BigInt(`0x${answer.slice(at, at + 64)}`))
  return words
}

/** Returns the only word of an answer; undefined if it has another length or more bits than its type. */
export function answerWord(answer: string, bits: bigint): bigint | undefined {
  const words = answerWords(answer)
  const [word] = words ?? []
  return words?.length === 1 && word !== undefined && word >> bits === 0n ? word : undefined
}
