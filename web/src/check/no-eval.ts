/**
 * Keeps zod from making code at run time, which the page's policy forbids. Imported before all schemas, because each
 * of them decides when it is made.
 */
import { z } from "zod"

z.config({ jitless: true })
