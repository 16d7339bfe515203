/** The interface between the page and the parts that it loads after the first answer. */
import { loadScript } from "../security.ts"
import type { CheckAll } from "../view/check-all.tsx"
import type { Checks } from "../view/checks.tsx"
import type { Connection } from "../view/connection.tsx"
import type { Digests } from "../view/digests.tsx"
import type { Folder } from "../view/folder.tsx"
import type { Paid } from "../view/paid.tsx"
import type { Phone } from "../view/phone.tsx"
import type { Progress } from "../view/progress.tsx"
import type { Submit } from "../view/submit.tsx"
import type { WhyDetails } from "../view/why-details.tsx"

export interface LaterParts {
  readonly CheckAll: typeof CheckAll
  readonly Checks: typeof Checks
  readonly Connection: typeof Connection
  readonly Digests: typeof Digests
  readonly Folder: typeof Folder
  readonly Paid: typeof Paid
  readonly Phone: typeof Phone
  readonly Progress: typeof Progress
  readonly Submit: typeof Submit
  readonly WhyDetails: typeof WhyDetails
}

declare global {
  var airdropLater: LaterParts | undefined
}

/** Loads the parts. @throws Error if the script cannot be loaded */
export async function loadLaterParts(): Promise<LaterParts> {
  await loadScript("more.js")
  if (globalThis.airdropLater === undefined) throw new Error("more.js did not start")
  return globalThis.airdropLater
}
