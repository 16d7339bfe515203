/** Writes the picture of docs/signers.md. A test compares the file with what this would write. */
import { writeFile } from "node:fs/promises"
import { drawScreens, PICTURE, signerScreens } from "../rigs/signer-picture.ts"

await writeFile(PICTURE, drawScreens(await signerScreens()))
