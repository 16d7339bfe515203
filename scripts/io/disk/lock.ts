/**
 * A lock among processes, for files that several may write. It is a file that names its holder. A lock whose holder
 * has died is taken over. A lock whose holder is alive is waited for.
 */
import { link, rm, writeFile } from "node:fs/promises"
import { hostname } from "node:os"
import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { readText } from "./read-file.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { shownPath } from "./paths.ts"
import { forget, temporaryFor } from "./temporary.ts"

interface Holder {
  readonly pid: number
  readonly host: string
  readonly id: string
}

const PATIENCE_MS = 20_000
const PAUSE_MS = 25

/**
 * Runs `work` while no other process that asks for the same lock does.
 * @param path of the lock file, which is gone afterwards
 * @throws AirdropError if another process keeps it for too long
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const own: Holder = { pid: process.pid, host: hostname(), id: randomUUID() }
  await acquire(path, own, performance.now() + PATIENCE_MS)
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

async function acquire(path: string, own: Holder, deadline: number): Promise<void> {
  while (!(await tryToHold(path, own))) {
    const holder = await holderOf(path)
    if (holder !== undefined && hasDied(holder)) {
      await takeOver(path, holder, own)
    } else if (performance.now() > deadline) {
      const who = holder === undefined ? "another process" : `process ${holder.pid} on ${holder.host}`
      throw new AirdropError(`${shownPath(path)} is held by ${who}`, {
        code: "busy",
        hint: "Wait for it to end. If it is no longer running, remove that file.",
      })
    } else {
      await sleep(PAUSE_MS * (0.5 + Math.random()))
    }
  }
}

/** Creates the lock by linking a finished file, so that it appears whole, or not at all if the name is taken. */
async function tryToHold(path: string, own: Holder): Promise<boolean> {
  const draft = temporaryFor(path)
  await writeFile(draft, JSON.stringify(own))
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false
    throw error
  } finally {
    await rm(draft, { force: true })
    forget(draft)
  }
}

/**
 * Removes the lock of a process that has died. Two processes may try that at once, and the slower must not remove
 * the lock that the faster has taken since. So it happens under a lock of its own, and only if the lock is still
 * that of the dead process.
 */
async function takeOver(path: string, dead: Holder, own: Holder): Promise<void> {
  const breaker = `${path}.break`
  if (!(await tryToHold(breaker, own))) {
    await sleep(PAUSE_MS)
    const other = await holderOf(breaker)
    if (other === undefined || !hasDied(other)) return
    throw new AirdropError(`${shownPath(breaker)} was left by a process that died`, {
      code: "busy",
      hint: "Check that no other command of the project is running, then remove that file.",
    })
  }
  try {
    if ((await holderOf(path))?.id === dead.id) await rm(path, { force: true })
  } finally {
    await rm(breaker, { force: true })
  }
}

async function holderOf(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readText(path)) as Holder
  } catch {
    return undefined
  }
}

/** Returns true if the holder has died. Only processes of this machine can be checked; others count as alive. */
function hasDied({ pid, host }: Holder): boolean {
  if (host !== hostname()) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH"
  }
}
