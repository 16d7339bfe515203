import type { z } from "zod"
import { visible } from "../../core/primitives/text.ts"
import { shortened } from "../../core/primitives/text.ts"

const WIDTH = 300

/** The first thing that a schema found wrong, in one line: keys and values of the file may be of any length. */
export function issueLine({ issues: [issue] }: z.ZodError): string {
  const line = `${issue?.path.map(String).join(".") ?? ""} ${issue?.message ?? "is not what it should be"}`
  return shortened(visible(line.trim()), WIDTH)
}
