/** Shared by all fuzz tests: how long they run, their randomness, and their requirements for errors. */
import { rm } from "node:fs/promises"
import { expect } from "chai"
import fc from "fast-check"
import { AirdropError } from "../../scripts/core/primitives/error.ts"

/** `test --deep` sets this: minutes instead of seconds. */
export const DEEP = process.env["AIRDROP_DEEP"] === "1"

/** The same in every ordinary run, so that it fails for a change and not by chance; new in each deep one. */
export const SEED = Number(process.env["AIRDROP_SEED"] ?? (DEEP ? Date.now() % 2 ** 31 : 1))

/** A case that takes longer than this hangs. Milliseconds. */
const HANGS_AFTER = 20_000
/** The longest time of one deep test, after which it ends as passed. Milliseconds. */
const DEEP_BOUND = 60_000

export interface Bounds {
  /** The number of cases of an ordinary run. A deep run tries a hundred times as many, within a minute. */
  readonly cases: number
}

/** Announces the seed once, and before a run so that it is known of one that hangs. */
export function announceSeed(): void {
  process.stdout.write(
    `      seed ${SEED}: AIRDROP_SEED=${SEED}${DEEP ? " AIRDROP_DEEP=1" : ""} repeats it\n`,
  )
}

/** Settings of fast-check for a run. */
export function fuzzing<T>({ cases }: Bounds): fc.Parameters<T> {
  return {
    seed: SEED,
    numRuns: DEEP ? cases * 100 : cases,
    // It looks at no value, so it serves a property of any; its type only says so of unknown ones.
    plugins: DEEP ? [fc.interruptAfterTimeLimit(DEEP_BOUND) as fc.Plugin<T>] : [],
  }
}

/** The outcome of malformed input: a value, or an error that a user can read. */
export type Outcome<T> =
  { readonly accepted: true; readonly value: T } | { readonly accepted: false; readonly error: AirdropError }

/**
 * Runs it and demands that it ends, in time, with a value or with one clear line (or a bounded list of them).
 * Anything else thrown would reach the user as a stack trace and is rethrown.
 */
export async function survives<T>(work: () => Promise<T> | T): Promise<Outcome<T>> {
  let timer: NodeJS.Timeout | undefined
  const hang = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no end after ${HANGS_AFTER / 1000} s`))
    }, HANGS_AFTER)
  })
  try {
    return { accepted: true, value: await Promise.race([Promise.resolve().then(work), hang]) }
  } catch (error) {
    if (!(error instanceof AirdropError)) throw error
    expectReadable(error)
    return { accepted: false, error }
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Asserts that an error is one line, or a bounded list of faults, of bounded width, without control characters or
 * objects.
 */
export function expectReadable(error: AirdropError): void {
  const lines = error.message.split("\n")
  expect(lines.length, "lines of the error").to.be.within(1, 21)
  for (const line of lines) {
    expect(line, "a line of the error").to.match(/\S/)
    expect(line.length, `width of: ${line.slice(0, 200)} … ${line.slice(-200)}`).to.be.below(600)
    expect(/[^\P{Cc}]/u.test(line), `control characters in ${JSON.stringify(line)}`).to.equal(false)
    const own = line.replace(/"(?:[^"\\]|\\.)*"/g, "") // what it quotes may be anything
    expect(own).to.not.match(/\[object |\bundefined\b|\bNaN\b/)
  }
}

/** Removes a fuzz test's folder. A deep run ends by the clock, in the middle of a case that may still write. */
export async function removeAfterCases(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 })
}
