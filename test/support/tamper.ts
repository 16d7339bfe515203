/** Alterations of a program and what is published of it, as a forger would make them. */
import { appendFile, lstat, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { recordOf } from "../../scripts/io/disk/hash.ts"

/** Whole numbers from 0 up to `below`, exclusive; the same for the same seed. */
export type Random = (below: number) => number

/** Returns Mulberry32 of a seed, which is good enough to choose alterations. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[random(items.length)]
  if (item === undefined) throw new Error("nothing to pick from")
  return item
}

/** A sound program: its folder, and the bytes of each file by path. */
export interface Sound {
  readonly folder: string
  readonly files: ReadonlyMap<string, Buffer>
}

/** A description of the alteration, and the paths that were written, made or removed. */
export interface Alteration {
  readonly what: string
  readonly touched: readonly string[]
}

const STRANGER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
const NASTY: readonly string[] = [
  ...["null", "true", "false", "0", "-1", "1.5", "1e3", '""', '"0"', "[]", "{}", "9007199254740993"],
  ...[`"${STRANGER}"`, `"${STRANGER.toLowerCase()}"`, `"0x${"0".repeat(64)}"`, '"9,999,999 SESH"'],
]

/**
 * Makes one alteration of what is published or, more seldom, of an input.
 * @returns undefined if it came out as it was
 */
export async function alter({ folder, files }: Sound, random: Random): Promise<Alteration | undefined> {
  const published = [...files.keys()].filter((path) => path.startsWith("proofs/"))
  const inputs = [...files.keys()].filter((path) => !path.startsWith("proofs/"))
  const at = (path: string): string => join(folder, path)
  const kinds = [...new Set(published.map(kindOf))]
  const kind = pick(random, kinds)
  const path = pick(
    random,
    published.filter((one) => kindOf(one) === kind),
  )
  const original = files.get(path)?.toString() ?? ""
  const write = async (name: string, text: string): Promise<Alteration | undefined> => {
    if (text === files.get(name)?.toString()) return undefined
    await writeFile(at(name), text)
    return { what: `${name} rewritten`, touched: [name] }
  }
  switch (random(14)) {
    case 0: {
      const other = pick(random, published)
      if (files.get(other)?.equals(files.get(path) ?? Buffer.of()) === true) return undefined
      await writeFile(at(path), files.get(other) ?? "")
      return { what: `${path} replaced by ${other}`, touched: [path] }
    }
    case 1:
      await rm(at(path))
      return { what: `${path} removed`, touched: [path] }
    case 2: {
      const forged = join(
        dirname(path),
        pick(random, [`${STRANGER.toLowerCase()}.json`, "index.html", ".x", "00.json"]),
      )
      await writeFile(at(forged), original)
      return { what: `${forged} added`, touched: [forged] }
    }
    case 3: {
      await rm(at(path))
      await symlink(
        at(
          pick(
            random,
            published.filter((one) => one !== path),
          ),
        ),
        at(path),
      )
      return { what: `${path} made a link`, touched: [path] }
    }
    case 4: {
      await mkdir(at(`${dirname(path)}/more`), { recursive: true })
      await writeFile(at(`${dirname(path)}/more/x.json`), original)
      return { what: `a folder added beside ${path}`, touched: [`${dirname(path)}/more`] }
    }
    case 5:
      await appendFile(at(path), pick(random, ["\n", " ", "0", "\u0000", original.slice(-20)]))
      return { what: `${path} made longer`, touched: [path] }
    case 6:
      return await write(path, cut(original, random))
    case 7:
    case 8:
      return await everywhere({ folder, files }, published, random)
    case 9: {
      const input = pick(random, inputs)
      const text = files.get(input)?.toString() ?? ""
      return await write(
        input,
        input === "grants.jsonl" ? nudgedAmounts(text, random) : nudgedScalar(text, random),
      )
    }
    case 10:
      return await write(path, withKey(original, random))
    default:
      return await write(path, nudgedScalar(original, random))
  }
}

/** Gives files.csv and the manifest the hashes that the files now have, as a forger would. */
export async function rehash(folder: string, files: Iterable<string>): Promise<readonly string[]> {
  for (const part of ["proofs", "proofs/reserve"]) {
    const index = join(folder, part, "files.csv")
    const names = [...files]
      .filter(
        (path) => path.startsWith(`${part}/`) && (part !== "proofs" || !path.startsWith("proofs/reserve/")),
      )
      .map((path) => path.slice(part.length + 1))
    try {
      const plain = [index, join(folder, part, "manifest.json")].map(async (path) =>
        (await lstat(path)).isFile(),
      )
      if ((await Promise.all(plain)).includes(false)) continue
      const lines = (await readFile(index, "utf8")).trimEnd().split("\n").slice(1)
      const listed = lines.map((line) => line.split(",").slice(2).join(","))
      const added = names.filter(
        (name) => !listed.includes(name) && !["files.csv", "manifest.json"].includes(name),
      )
      const rows: string[] = []
      for (const name of [...listed, ...added]) {
        const bytes = await readFile(join(folder, part, name)).catch(() => undefined)
        if (bytes === undefined) continue
        const { sha256, size } = recordOf(bytes)
        rows.push(`${sha256},${size},${name}\n`)
      }
      await writeFile(index, `sha256,size,path\n${rows.join("")}`)
      const path = join(folder, part, "manifest.json")
      const manifest = JSON.parse(await readFile(path, "utf8")) as { outputs: Record<string, unknown> }
      for (const name of Object.keys(manifest.outputs)) {
        const bytes = await readFile(join(folder, part, name)).catch(() => undefined)
        if (bytes === undefined) Reflect.deleteProperty(manifest.outputs, name)
        else manifest.outputs[name] = recordOf(bytes)
      }
      await writeFile(path, `${JSON.stringify(manifest, undefined, 2)}\n`)
    } catch {
      continue // the index or the manifest is what was altered
    }
  }
  return ["proofs", "proofs/reserve"].flatMap((part) => [`${part}/files.csv`, `${part}/manifest.json`])
}

/** Undoes an alteration. */
export async function restore({ folder, files }: Sound, touched: Iterable<string>): Promise<void> {
  for (const path of touched) {
    await rm(join(folder, path), { recursive: true, force: true })
    const bytes = files.get(path)
    if (bytes !== undefined) await writeFile(join(folder, path), bytes)
  }
}

/** Returns the kind of a file, so that each kind is altered equally often. */
export function kindOf(path: string): string {
  const tranche = path.includes("/reserve/") ? "reserve" : "automatic"
  const name = path.split("/").at(-1) ?? ""
  return `${tranche} ${path.includes("/claims/") ? "claim" : path.includes("/shards/") ? "shard" : name}`
}

/** Changes a value that stands in several files in all of them. */
async function everywhere(
  { folder, files }: Sound,
  published: readonly string[],
  random: Random,
): Promise<Alteration | undefined> {
  const manifest = JSON.parse(files.get("proofs/manifest.json")?.toString() ?? "{}") as Record<string, string>
  const [from, to] = pick(random, [
    [manifest["contract"], STRANGER],
    [manifest["root"], `0x${"5".repeat(64)}`],
    [manifest["creationCodeHash"], `0x${"6".repeat(64)}`],
    ['"chainId": 42161', '"chainId": 1'],
    ['"symbol": "TOK"', '"symbol": "T0K"'],
    ['"decimals": 9', '"decimals": 8'],
    ['"program": "', '"program": "x'],
    ['"tranche": "reserve"', '"tranche": "automatic"'],
    [' TOK"', ' TOKS"'],
    ['"roundedUp": false', '"roundedUp": true'],
    ["has a share", "has no share"],
  ] as const)
  const touched: string[] = []
  for (const path of published) {
    const text = files.get(path)?.toString() ?? ""
    if (from === undefined || !text.includes(from)) continue
    await writeFile(join(folder, path), text.replaceAll(from, to))
    touched.push(path)
  }
  return touched.length === 0 ? undefined : { what: `${from ?? ""} is ${to} everywhere`, touched }
}

/** Replaces one value of a JSON or CSV text in its place, so that its layout stays as it was. */
function nudgedScalar(text: string, random: Random): string {
  const scalars = [...text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null|0x[0-9a-fA-F]+/g)]
  if (scalars.length === 0) return text
  const { 0: found, index } = pick(random, scalars)
  const value = random(3) === 0 ? pick(random, NASTY) : nudged(found, random)
  return text.slice(0, index) + value + text.slice(index + found.length)
}

/** Changes one character of a value to another of its kind. */
function nudged(value: string, random: Random): string {
  const places = [...value.matchAll(/[0-9a-zA-Z]/g)].map(({ index }) => index)
  if (places.length === 0) return `${value.slice(0, -1)}x${value.slice(-1)}`
  const at = pick(random, places)
  const now = value.charAt(at)
  const next = /[0-8]/.test(now) ? String(Number(now) + 1) : now === "9" ? "8" : now === "a" ? "b" : "a"
  return value.slice(0, at) + next + value.slice(at + 1)
}

/** Changes an amount, an account, a count, a total or a root of a ledger. Its reasons and times may have any value. */
function nudgedAmounts(text: string, random: Random): string {
  const values = [...text.matchAll(/"(?:amount|account|total|root)":"([^"]*)"|"(?:accountCount|id)":(\d+)/g)]
  const { 0: found, index } = pick(random, values)
  const colon = found.indexOf(":") + 1
  return text.slice(0, index + colon) + nudged(found.slice(colon), random) + text.slice(index + found.length)
}

/** Adds a key to an object of a JSON text. */
function withKey(text: string, random: Random): string {
  const objects = [...text.matchAll(/\{(?=\s*")/g)]
  if (objects.length === 0) return text
  const { index } = pick(random, objects)
  const key = pick(random, ["note", "extra", "__proto__", "contract", "derivation", "shown"])
  return `${text.slice(0, index + 1)}"${key}": "x",${text.slice(index + 1)}`
}

function cut(text: string, random: Random): string {
  const from = random(text.length)
  return text.slice(0, from) + text.slice(from + 1 + random(40))
}
