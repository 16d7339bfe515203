/** Publishes a list of the given length, and is killed between moving the old folder aside and placing the new one. */
import fs from "node:fs/promises"
import { syncBuiltinESMExports } from "node:module"
import { publish } from "../../scripts/stages/publication/publish.ts"
import { madeUpPublication } from "./published.ts"

const [folder = "", count = ""] = process.argv.slice(2)
const { rename } = fs
let renames = 0
fs.rename = async (from, to) => {
  if (++renames === 2) process.kill(process.pid, "SIGKILL")
  await rename(from, to)
}
syncBuiltinESMExports()
await publish(folder, await madeUpPublication(Number(count)))
