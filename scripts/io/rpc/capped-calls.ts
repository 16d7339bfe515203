/**
 * Makes many contract calls in one request, each with its own gas limit, so that a contract that burns all its gas
 * takes none from the others. The request creates a contract that is never deployed. Its creation code makes each
 * call of the list appended to it and returns the answers in order:
 *
 *   call    20 bytes account · 4 bytes gas · 2 bytes length · data
 *   answer  3 bytes: length × 2 + (1 if the call succeeded) · data
 */
import { readGuards, GUARDS, type ContractAnswer, type ContractCall } from "./multicall.ts"
import type { PinnedReader } from "./pinned-reader.ts"
import { RpcError } from "./rpc-error.ts"

export interface CappedCall extends ContractCall {
  /** The call's gas limit. */
  readonly gas: number
}

/** The gas limit of a guard, which reads one number. */
const GUARD_GAS = 100_000

const CODE = [
  "6069 38 03", //              n = size of the appended list, which begins at byte 0x69
  "80 6069 6000 39", //         copy it to memory at 0
  "80 6000", //                 out = n, in = 0 on the stack: in out n
  "5b 82 81 10 15 6062 57", //  0x0d loop: leave at in = n
  "80 51", //                   head = the word at in
  "6000 6000", //               nothing is returned to memory
  "82 6030 1c 61ffff 16", //    length of the data
  "84 601a 01", //              where the data begins
  "6000", //                    no value
  "85 6060 1c", //              account
  "86 6040 1c 63ffffffff 16", // gas
  "f1 3d", //                   call: size success head in out n
  "80 6001 1b 82 17 60e8 1b", // size × 2 + success in the three high bytes
  "85 52", //                   put at out
  "80 6000 86 6003 01 3e", //   what was returned behind it
  "6003 01 84 01 93 50 50", //  out += 3 + size: head in out n
  "6030 1c 61ffff 16 601a 01 01", // in += 26 + length
  "600d 56", //                 again
  "5b 50 81 90 03 90 f3", //    0x62 return memory from n to out
]
  .join("")
  .replaceAll(" ", "")

/**
 * Makes the calls in one eth_call and reads their answers.
 * @param read throws for answers that cannot be right, which are then requested again
 * @param isGuarded false where there is no Multicall3, whose answers tell which block they are of
 * @throws RpcError of kind `less` if the provider's gas did not suffice, so that a required call has failed
 */
export async function cappedCalls<T>(
  reader: PinnedReader,
  calls: readonly CappedCall[],
  read: (answers: readonly ContractAnswer[]) => T,
  isGuarded = true,
): Promise<T> {
  const guards = isGuarded ? GUARDS.map((call) => ({ ...call, gas: GUARD_GAS })) : []
  const all = [...guards, ...calls]
  const data = `0x${CODE}${all.map(encode).join("")}`
  return await reader.ask("eth_call", [{ data }], (answer) => {
    const answers = decode(answer, all.length)
    if (answers === undefined) {
      throw new RpcError("refused", reader.host, "it makes no calls without a contract")
    }
    const failed = calls.findIndex(
      ({ mayFail }, i) => !mayFail && answers[guards.length + i]?.success !== true,
    )
    if (failed >= 0) throw new RpcError("less", reader.host, "out of gas")
    return read(isGuarded ? readGuards(reader, answers) : answers)
  })
}

function encode({ to, data, gas }: CappedCall): string {
  const hex = (value: number, bytes: number): string => value.toString(16).padStart(2 * bytes, "0")
  return `${to.slice(2)}${hex(gas, 4)}${hex(data.length / 2 - 1, 2)}${data.slice(2)}`
}

function decode(answer: unknown, count: number): readonly ContractAnswer[] | undefined {
  if (typeof answer !== "string" || !/^0x[0-9a-f]*$/i.test(answer)) return undefined
  const answers: ContractAnswer[] = []
  let at = 2
  while (at < answer.length && answers.length < count) {
    const head = Number(`0x${answer.slice(at, at + 6)}`)
    const end = at + 6 + 2 * (head >> 1)
    if (end > answer.length) return undefined
    answers.push({ success: (head & 1) === 1, data: `0x${answer.slice(at + 6, end).toLowerCase()}` })
    at = end
  }
  return at === answer.length && answers.length === count ? answers : undefined
}
