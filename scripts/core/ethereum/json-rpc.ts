/**
 * Sorts a node's answers by meaning. The command line and the claim page share it, because no two providers use
 * the same codes and words:
 *
 * - later: a rate limit or a passing fault of the server. Wait and ask again.
 * - less: the request is too large. Ask for a smaller range, batch or piece.
 * - cannot: no such state, no such method, no access. Only another provider helps.
 * - no: the call itself reverts.
 *
 * Words that fit two meanings get both treatments: the request is repeated a few times, then made smaller. Any
 * other error is reported in the provider's own words.
 */

/** `refused`: none of the known words. `no-batch`: the node takes calls one by one only. */
export type Refusal =
  "later" | "less" | "no-batch" | "no-state" | "no-method" | "no-access" | "reverted" | "refused"

/** How often the same request is worth repeating: for as long as patience lasts, a few times, or never. */
export type Repeat = "long" | "short" | "never"

export interface Meaning {
  readonly kind: Refusal
  readonly repeat: Repeat
  /** True if the words also fit a request that is too large. */
  readonly orLess: boolean
}

/** A JSON-RPC error as received. */
export interface NodeError {
  readonly code?: unknown
  readonly message?: unknown
  readonly data?: unknown
}

const LATER: Meaning = { kind: "later", repeat: "long", orLess: false }
/** A fault of the server that may pass, or that the size of the request causes each time. */
const PASSING: Meaning = { kind: "later", repeat: "long", orLess: true }
const LESS: Meaning = { kind: "less", repeat: "never", orLess: true }
/** A time-out or an unnamed limit: more often caused by size than by load. */
const LESS_OR_LATER: Meaning = { kind: "less", repeat: "short", orLess: true }
const NO_BATCH: Meaning = { kind: "no-batch", repeat: "never", orLess: false }
/** Several nodes may share one address, and one of them lags or keeps less state. */
const LAGS: Meaning = { kind: "no-state", repeat: "long", orLess: false }
const NO_STATE: Meaning = { kind: "no-state", repeat: "short", orLess: false }
const NO_METHOD: Meaning = { kind: "no-method", repeat: "never", orLess: false }
const NO_ACCESS: Meaning = { kind: "no-access", repeat: "never", orLess: false }
const REVERTED: Meaning = { kind: "reverted", repeat: "never", orLess: false }
/** A refusal of this transaction or parameter, which is the same each time. */
const FINAL: Meaning = { kind: "refused", repeat: "never", orLess: false }
/** The code says that the request is malformed; the words do not say how. */
const MALFORMED: Meaning = { kind: "refused", repeat: "never", orLess: true }
const UNKNOWN: Meaning = { kind: "refused", repeat: "short", orLess: true }

/** Tried from top to bottom. If words of two rows appear, the upper row decides. */
const WORDS: readonly (readonly [RegExp, Meaning])[] = [
  // A contract's own reason may contain any of the words below.
  [
    /execution reverted|reverted with|vm exception[^]*\brevert|\breverted\b|vm execution error|^revert\b|invalid ?(fe ?)?(opcode|jump)|stack (under|over)flow/i,
    REVERTED,
  ],
  // Refusals of a transaction.
  [
    /insufficient (funds|balance)|exceeds account balance|nonce (is )?(too|has|below)|old ?nonce|(transaction|tx) type|underpriced|already known|known transaction|intrinsic gas|max ?(priority )?fee ?per ?gas|fee ?cap|base ?fee|invalid sender|gas price|code ?size/i,
    FINAL,
  ],
  // A block that this node does not have yet.
  [
    /beyond (the )?(current |latest |chain )*(head|block|tip)|after (the )?(last|latest)|greater than (the )?(latest|head|current)|(header|block|hash)( with number)?( \S+)?( was| is|s)?( not found|( could)? not be found| cannot be found)|cannot be found|unknown block|could ?n[o']t find (block|header)|requested block.*(not|unavailable)|resource not found|block (number )?(is )?(out of range|in the future)|not yet (available|finalized|known|imported)|cannot query unfinalized/i,
    LAGS,
  ],
  // State and history that this node does not keep.
  [
    /trie node|(state|block)\b.*\b(not available|unavailable|not found|missing|pruned|indexed)|(missing|no) state|no historical|history is limited|historical (state|data|proof)|(blocks? older than|proof is too old)|archiv|prun(ed|ing)|old data not available|proof window|distance to target block|history (is )?(unavailable|not available)|too far (from|behind)|block (is )?too old|max height of block/i,
    NO_STATE,
  ],
  // Sizes of ranges, results, requests, batches and gas.
  [
    /block ?range|blocks? (distance|span|range)|range (is |was |limit |size )*(too|exceed)|ranges? (over|\d[\d,]* exceed)|exceeds? (the )?(max(imum)? )?(allowed )?range|max(imum)? (allowed )?(range|from, to)|too many blocks|limited to (a |an |0 - )?\d[\d,.]*k? ?(blocks?|range|results|logs)|\ba range (of|limit)|(\d[\d,.]*k?|requested|max\S*( \S+){0,4}|number of) blocks\b.*(exceed|at once|per (request|query|call))|blocks\b.*(exceed|maximum|at most|allowed) |(max\S*|at most|more than|only|up to)( \S+){0,5} \d[\d,.]*k? blocks|requested blocks is|to_?block ?- ?from_?block/i,
    LESS,
  ],
  [
    /more than \d[\d,]* (results|logs|events)|too many (results|logs|events|addresses|topics)|max(imum)? (number of )?results|logs matched|query (returned|exceeds)|returned more than|(response|result|reply)( set| size| body)* (is |was )?(too (large|big)|exceed|should not)|(payload|entity|message|body|request|query|content)( size| body)* (is )?too (large|big|long|complex)|too large|too big|limit the query|less number of address|reduc(e|ing) (your|the) (block )?range|size exceeded|larger than|narrow (down )?(your|the)|(query|filter|question) is too|max(imum)? (logs|results|events)/i,
    LESS,
  ],
  [
    /batch\S*( \S+){0,4} (exceed|too (large|big|many|long)|limit\S* (is )?(\d+ )?exceeded)|batch (of )?(more than|size|limit)|too many (requests|calls|items) in (a |the |one )?batch|max\S*( \S+){0,5} batch/i,
    LESS,
  ],
  [/batch\S*( requests?| calls?)? ?(is |are )?(not|unsupported|disabled)|no batch/i, NO_BATCH],
  [
    /out ?of ?gas|gas (limit|cap|required|exhausted|uint64)|exceeds (the )?(gas|allowance|block gas)|memory limit/i,
    LESS,
  ],
  // Rates, quotas and load.
  [
    /rate.?limit|limit(s|ed)? the rate|(call|request|query) rate|too many (requests|connections|calls)|per (second|sec|minute|hour|day|month)|\/ ?(second|sec|s|min|minute|day)\b|\b(daily|monthly|hourly)\b|compute ?units|\b(rps|qps|cups?|tps)\b|throughput|capacity|quota|credits?\b|throttl|usage limit|max usage|concurren|in.?flight|slow down|too fast|over ?load|too much load|request (count|limit)|requests limited|(calls?|requests?) (limit|reached)|reached (the|your) (free|limit)|limit (has been )?reached/i,
    LATER,
  ],
  // Time-outs: caused by wide requests more often than by a server under load.
  [
    /time.?d?.?out|deadline|took too long|execution (was )?aborted|context cancell?ed|aborted \(/i,
    LESS_OR_LATER,
  ],
  // Methods.
  [
    /method\b.*\b(not|unsupported|disabled|unknown|unavailable)|(unsupported|unknown|invalid|no such) (rpc )?method|method eth_|eth_\w+ (is )?(disabled|not|un)|only available|(module|namespace|api) .*(disabled|not (available|enabled|supported))|not (supported|implemented)|unsupported|not included in your|not available (on|in|for|with) .*(plan|tier)|require\S* (a )?(paid|higher|growth|upgrad)/i,
    NO_METHOD,
  ],
  // Access.
  [
    /unauthori[sz]ed|forbidden|access (is )?(denied|restricted|disabled)|permission|not allowed|authenticat|authori[sz]ation|api.?key|(invalid|missing|unknown|expired|wrong) (project|token|key|jwt|credential|app)|project id|whitelist|allow.?list|origin|payment|balance insufficient|insufficient .*\bplan\b|past due|suspended|deactivated|expired|blocked|banned|token required|not authori[sz]ed|(app|key|project|endpoint|account) (is )?(inactive|disabled)/i,
    NO_ACCESS,
  ],
  [/limit exceeded|exceed(s|ed|ing)?\b.*\b(limit|max)|\blimit\b/i, LESS_OR_LATER],
  // Faults of the server.
  [
    /internal|temporar|unavailable|not available|health|backend|upstream|gateway|try again|retry|cannot fulfill|unable to|could not (complete|process|connect|be)|fail(ed|ure)|connection|econn|socket|network|\beof\b|busy|server error|unexpected|went wrong|prevented the request|in progress|sync|not ready|maintenance|no (available|healthy|matched) |not yet initiali[sz]ed|errors? from|no response|panic|crash/i,
    PASSING,
  ],
]

/** HTTP statuses, used if the words say nothing. */
const STATUSES: readonly (readonly [(status: number) => boolean, Meaning])[] = [
  [(status) => status === 429, LATER],
  [(status) => [413, 414, 431].includes(status), LESS],
  [(status) => [401, 402, 403, 407, 451].includes(status), NO_ACCESS],
  [(status) => [408, 504, 522, 524].includes(status), LESS_OR_LATER],
  [(status) => status >= 500, PASSING],
  [(status) => status === 400, UNKNOWN],
  [(status) => status >= 300, { kind: "refused", repeat: "short", orLess: false }],
]

/** Error codes, used if neither words nor status say anything. */
const CODES: ReadonlyMap<number, Meaning> = new Map([
  [3, REVERTED],
  [19, PASSING],
  [429, LATER],
  [4444, NO_STATE],
  [-32001, PASSING],
  [-32002, PASSING],
  [-32004, NO_METHOD],
  [-32005, LESS_OR_LATER],
  [-32007, LATER],
  [-32008, LATER],
  [-32009, LATER],
  [-32010, LESS],
  [-32012, LESS],
  [-32014, NO_STATE],
  [-32015, REVERTED],
  [-32016, NO_ACCESS],
  [-32029, LATER],
  [-32090, LATER],
  [-32503, PASSING],
  [-32600, MALFORMED],
  [-32601, NO_METHOD],
  [-32602, MALFORMED],
  [-32603, PASSING],
  [-32605, LATER],
  [-32606, NO_ACCESS],
  [-32607, LATER],
  [-32614, LESS],
  [-32700, MALFORMED],
])

/**
 * Returns the meaning of a JSON-RPC error: by its words, or else by its HTTP status, or else by its code.
 * @param status of the HTTP answer; 200 if unknown
 */
export function meaningOf(error: NodeError, status = 200): Meaning {
  const code = Number(error.code)
  const words = wordsOf(error)
  // Geth's code of a revert decides, whatever the contract's reason says.
  if (code === REVERT_CODE) return REVERTED
  const meaning = WORDS.find(([pattern]) => pattern.test(words))?.[1]
  // For "method not found" the code is more reliable than words such as "internal".
  if (code === -32601 && meaning !== LESS && meaning !== LATER) return NO_METHOD
  if (meaning !== undefined) return meaning
  // Status 400 comes with every kind of refusal.
  const byStatus = statusMeaning(status)
  return (status === 400 ? CODES.get(code) : undefined) ?? byStatus ?? CODES.get(code) ?? UNKNOWN
}

const REVERT_CODE = 3

/** Returns the meaning of an HTTP status without a JSON-RPC answer; undefined for a success. */
export function statusMeaning(status: number): Meaning | undefined {
  return STATUSES.find(([fits]) => fits(status))?.[1]
}

/** Returns the meaning of a body that is not JSON-RPC, such as the HTML of a gateway. */
export function bodyMeaning(status: number): Meaning {
  return statusMeaning(status) ?? PASSING
}

/** Returns all words of an error: its message, and texts that some nodes nest in its data. */
function wordsOf({ message, data }: NodeError): string {
  const words = [typeof message === "string" ? message : ""]
  let nested: unknown = data
  for (let depth = 0; depth < 4 && nested !== undefined && nested !== null; depth++) {
    if (typeof nested === "string") {
      if (!/^0x[0-9a-f]*$/i.test(nested)) words.push(nested.replaceAll(/0x[0-9a-f]+/gi, ""))
      break
    }
    if (typeof nested !== "object") break
    const { message: inner, error, originalError, data: deeper } = nested as Record<string, unknown>
    if (typeof inner === "string") words.push(inner)
    nested = originalError ?? error ?? deeper
  }
  return words
    .filter((text) => text !== "")
    .join(" · ")
    .slice(0, 2_000)
}

/**
 * Returns the JSON-RPC error of an answer, also if a gateway sends it without the envelope; otherwise undefined.
 */
export function errorIn(answer: unknown): NodeError | undefined {
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) return undefined
  const { error, message, code, statusCode, result } = answer as Record<string, unknown>
  if (typeof error === "object" && error !== null) return error
  if (typeof error === "string") return { code: code ?? statusCode, message: error }
  if (result === undefined && typeof message === "string") return { code: code ?? statusCode, message }
  return undefined
}

/** Returns the data of a revert as 0x-hex. Nodes put it in `data`, `data.data` or `data.originalError.data`. */
export function revertData(data: unknown): string | undefined {
  if (typeof data === "string") return /0x[0-9a-fA-F]*/.exec(data)?.[0]
  if (typeof data !== "object" || data === null) return undefined
  const { data: inner, originalError } = data as Record<string, unknown>
  return revertData(inner) ?? revertData(originalError)
}
