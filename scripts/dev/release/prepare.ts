/**
 * npm runs this after an install in the repository. It compiles the contract and so generates its types, which editors
 * and `tsc` need.
 */
import { ensureCompiled } from "../../io/project/artifacts.ts"

const omitted = process.env["npm_config_omit"] ?? ""
// Without the development dependencies there is no compiler plugin, and nothing that needs the types.
if (!omitted.includes("dev")) await ensureCompiled()
