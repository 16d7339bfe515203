import { existsSync } from "node:fs"
import { join } from "node:path"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"

/** Returns the path of a file of the large data beside the project, if it exists. Tests must also pass without it. */
export function sharedData(name: string): string | undefined {
  const path = join(PROJECT_ROOT, "..", "shared", "data", name)
  return existsSync(path) ? path : undefined
}
