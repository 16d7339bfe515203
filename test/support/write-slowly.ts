/** Writes a file in two parts with `writeAtomic`, prints a line between them, and then waits for ever. */
import { writeAtomic } from "../../scripts/io/disk/atomic-write.ts"
import { replaceFolder } from "../../scripts/io/disk/replace-folder.ts"

const [path = "", kind = "file"] = process.argv.slice(2)
const waitForEver = async (): Promise<void> => {
  process.stdout.write("half written\n")
  await new Promise(() => setInterval(() => undefined, 1_000))
}
if (kind === "folder") await replaceFolder(path, waitForEver)
else {
  await writeAtomic(path, async (file) => {
    await file.writeFile("half")
    await waitForEver()
  })
}
