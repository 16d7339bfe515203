/**
 * The parts of the page that the first answer does not need. more.js sets one global, because classic scripts cannot
 * export.
 */
import { enLater } from "../text/en-later.ts"
import { addEnglish } from "../text/language.ts"
import { CheckAll } from "../view/check-all.tsx"
import { Checks } from "../view/checks.tsx"
import { Connection } from "../view/connection.tsx"
import { Digests } from "../view/digests.tsx"
import { Folder } from "../view/folder.tsx"
import { Paid } from "../view/paid.tsx"
import { Phone } from "../view/phone.tsx"
import { Progress } from "../view/progress.tsx"
import { Submit } from "../view/submit.tsx"
import { WhyDetails } from "../view/why-details.tsx"
import type { LaterParts } from "./parts.ts"

addEnglish(enLater)
const parts: LaterParts = {
  CheckAll,
  Checks,
  Connection,
  Digests,
  Folder,
  Paid,
  Phone,
  Progress,
  Submit,
  WhyDetails,
}
Object.assign(globalThis, { airdropLater: parts })
