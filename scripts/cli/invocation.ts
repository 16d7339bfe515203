import { extname } from "node:path"

/** The command as the user types it: the npm package's, whose files are compiled, or the launcher of a clone. */
export const COMMAND = extname(import.meta.filename) === ".js" ? "npx merkle-airdrop" : "./airdrop"
