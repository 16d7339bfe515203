/**
 * Temporary files and folders beside the output. Each is hidden and named for its process. It is removed when the
 * process ends or is interrupted, or by the next run if the process was killed.
 */
import { createHash, randomUUID } from "node:crypto"
import { rmSync } from "node:fs"
import { readdir, rm } from "node:fs/promises"
import { hostname } from "node:os"
import { basename, dirname, join } from "node:path"

/** A hash of the host, because processes are only known on their own machine. */
const HOST = createHash("sha256").update(hostname()).digest("hex").slice(0, 8)
const NAME = /^\.(.+)\.([0-9a-f]{8})-([0-9]+)-[0-9a-f]{8}\.tmp$/
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const
const current = new Set<string>()

/** Returns the path of a temporary beside a path. The caller gives it to {@link forget} once it is gone. */
export function temporaryFor(path: string): string {
  const name = `.${basename(path)}.${HOST}-${process.pid}-${randomUUID().slice(0, 8)}.tmp`
  const temporary = join(dirname(path), name)
  if (current.size === 0) watch()
  current.add(temporary)
  return temporary
}

/** Stops watching a temporary that was renamed or removed. */
export function forget(temporary: string): void {
  current.delete(temporary)
  if (current.size === 0) unwatch()
}

/** Returns the path that a temporary was made for; any other path unchanged. */
export function targetOf(path: string): string {
  const [, name] = NAME.exec(basename(path)) ?? []
  return name === undefined ? path : join(dirname(path), name)
}

/** Removes the temporaries of a path that killed processes of this machine have left behind. */
export async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path)
  const names: readonly string[] = await readdir(folder).catch(() => [])
  for (const name of names) {
    const [, target, host, pid] = NAME.exec(name) ?? []
    if (target !== basename(path) || host !== HOST || current.has(join(folder, name))) continue
    if (Number(pid) !== process.pid && isAlive(Number(pid))) continue
    await rm(join(folder, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH")
  }
}

function watch(): void {
  process.on("exit", removeAll)
  for (const signal of SIGNALS) process.on(signal, onSignal)
}

function unwatch(): void {
  process.off("exit", removeAll)
  for (const signal of SIGNALS) process.off(signal, onSignal)
}

function removeAll(): void {
  for (const path of current) rmSync(path, { recursive: true, force: true })
}

/** Ends the process as the signal would have, unless the program has a handler of its own. */
function onSignal(signal: NodeJS.Signals): void {
  removeAll()
  if (process.listenerCount(signal) > 1) return
  unwatch()
  process.kill(process.pid, signal)
}
