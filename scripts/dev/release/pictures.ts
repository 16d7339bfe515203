/**
 * Draws and takes the pictures of the documents. A test compares the drawn one with what this would write; the others
 * are photographs, whose bytes depend on the browser.
 */
import { writeFile } from "node:fs/promises"
import { takePictures } from "../rigs/screenshots.ts"
import { drawScreens, PICTURE, signerScreens } from "../rigs/signer-picture.ts"

await writeFile(PICTURE, drawScreens(await signerScreens()))
await takePictures()
