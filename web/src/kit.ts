/**
 * Hands what page.js has to the page's later scripts, which are bundled without it: two copies of Preact, of the
 * context or of the trusted-types policy would not know each other.
 */
import * as hooks from "preact/hooks"
import * as jsx from "preact/jsx-runtime"
import * as security from "./security.ts"
import * as language from "./text/language.ts"
import * as context from "./view/context.ts"

Object.assign(globalThis, { airdropKit: { hooks, jsx, security, language, context } })
