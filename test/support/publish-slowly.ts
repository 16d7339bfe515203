/** Run as a process of its own, to be killed: publishes a made-up list. Arguments: folder, number of leaves. */
import { publish } from "../../scripts/stages/publication/publish.ts"
import { madeUpPublication } from "./published.ts"

const [folder = "", count = "1"] = process.argv.slice(2)
await publish(folder, await madeUpPublication(Number(count)), (done) => {
  if (done % 100 === 0) process.stdout.write(`${done}\n`)
})
