/** The interface between the page and the parts that it loads after the first answer. */
import { loadScript } from "../security.ts"
import type { CheckAll } from "../view/check-all.tsx"
import type { Checks, CopyFingerprint } from "../view/checks.tsx"
import type { Connection } from "../view/connection.tsx"
import type { Folder } from "../view/folder.tsx"
import type { Paid } from "../view/paid.tsx"
import type { Payments } from "../view/payments.tsx"
import type { Progress } from "../view/progress.tsx"
import type { Reach } from "../view/reach.tsx"
import type { Recipient } from "../view/recipient.tsx"
import type { SignStatement } from "../view/statement.tsx"
import type { SignTerms } from "../view/sign-terms.tsx"
import type { SignedOutput } from "../view/signed-output.tsx"
import type { Steps } from "../view/steps.tsx"
import type { Submit } from "../view/submit.tsx"
import type { Wallets } from "../view/wallets.tsx"
import type { WhyDetails } from "../view/why-details.tsx"

export interface LaterParts {
  readonly CheckAll: typeof CheckAll
  readonly Checks: typeof Checks
  readonly CopyFingerprint: typeof CopyFingerprint
  readonly Connection: typeof Connection
  readonly Folder: typeof Folder
  readonly Paid: typeof Paid
  readonly Payments: typeof Payments
  readonly Progress: typeof Progress
  readonly Reach: typeof Reach
  readonly Recipient: typeof Recipient
  readonly SignedOutput: typeof SignedOutput
  readonly SignStatement: typeof SignStatement
  readonly SignTerms: typeof SignTerms
  readonly Steps: typeof Steps
  readonly Submit: typeof Submit
  readonly Wallets: typeof Wallets
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
