/**
 * The parts of the page that the first answer does not need. more.js sets one global, because classic scripts cannot
 * export.
 */
import { enLater } from "../text/en-later.ts"
import { addEnglish } from "../text/language.ts"
import { CheckAll } from "../view/check-all.tsx"
import { Checks, CopyFingerprint } from "../view/checks.tsx"
import { Connection } from "../view/connection.tsx"
import { Folder } from "../view/folder.tsx"
import { Paid } from "../view/paid.tsx"
import { Payments } from "../view/payments.tsx"
import { Progress } from "../view/progress.tsx"
import { Reach } from "../view/reach.tsx"
import { Recipient } from "../view/recipient.tsx"
import { SignStatement } from "../view/statement.tsx"
import { SignTerms } from "../view/sign-terms.tsx"
import { SignedOutput } from "../view/signed-output.tsx"
import { Steps } from "../view/steps.tsx"
import { Submit } from "../view/submit.tsx"
import { Wallets } from "../view/wallets.tsx"
import { WhyDetails } from "../view/why-details.tsx"
import type { LaterParts } from "./parts.ts"

addEnglish(enLater)
const parts: LaterParts = {
  CheckAll,
  Checks,
  Connection,
  CopyFingerprint,
  Folder,
  Paid,
  Payments,
  Progress,
  Reach,
  Recipient,
  SignedOutput,
  SignStatement,
  SignTerms,
  Steps,
  Submit,
  Wallets,
  WhyDetails,
}
Object.assign(globalThis, { airdropLater: parts })
