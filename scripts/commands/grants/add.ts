import { shownPath } from "../../io/disk/paths.ts"
import { tokenAmount } from "../../core/primitives/token.ts"
import { connect } from "../../io/rpc/provider.ts"
import { parseAddress, toChecksum } from "../../core/primitives/address.ts"
import { parseAmount } from "../../core/primitives/amount.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { Evidence } from "../../core/reserve/grant-evidence.ts"
import { forbidden, objectionsTo } from "../../core/reserve/grant-objections.ts"
import type { GrantEntry } from "../../core/reserve/ledger.ts"
import { evidenceSchema } from "../../core/reserve/ledger-line.ts"
import { addToLedger, ledgerPath } from "../../stages/reserve/ledger-file.ts"
import { readBySchema } from "../../core/files/by-schema.ts"
import { readJson } from "../../io/disk/read-json.ts"
import type { LoadedProgram } from "../../stages/program/load-program.ts"
import type { Output } from "../../io/terminal/output.ts"
import { readGrantContext } from "../../stages/reserve/grant-context.ts"
import { faultOf } from "../../stages/reserve/check-evidence.ts"

export interface AddOptions {
  readonly reason?: string
  /** A file with evidence as JSON, or a note in words. */
  readonly evidence?: string
  readonly force?: boolean
  /** The URL of a node, for evidence that needs the chain. */
  readonly rpc?: string
}

/** Adds a grant. Objections stop it unless `--force` is given. */
export async function addGrant(
  loaded: LoadedProgram,
  [accountText, amountText]: readonly string[],
  options: AddOptions,
  out: Output,
): Promise<void> {
  const { folder, program } = loaded
  const { token } = program
  const { decimals } = token
  const account = parseAddress(need(accountText, "an address"))
  const amount = parseAmount(need(amountText, "an amount"), decimals)
  const reason = need(options.reason, "--reason TEXT").trim()
  if (reason === "")
    throw new AirdropError("--reason is empty; the ledger records why a grant is made", { code: "usage" })
  const evidence = options.evidence === undefined ? undefined : await readEvidence(options.evidence, decimals)
  const move = { program: loaded.name, chainId: program.chainId }
  const provider = options.rpc === undefined ? undefined : await connect(options.rpc, program.chainId)
  const fault = await faultOf(move, { account, evidence }, provider, program.token.address)
  if (fault !== undefined) {
    throw new AirdropError(`the evidence does not hold: ${fault}`, {
      code: "refused",
      ...(provider === undefined ? { hint: "A contract wallet's signature is checked with --rpc." } : {}),
    })
  }
  const context = await readGrantContext(loaded)
  const grant = { account, amount, evidence }
  let id = 0
  const ledger = await addToLedger(
    ledgerPath(folder),
    decimals,
    (current): readonly GrantEntry[] => {
      const no = forbidden(context, current, grant)
      if (no !== undefined) throw new AirdropError(no, { code: "refused" })
      const objections = objectionsTo(context, current, grant)
      if (objections.length > 0 && options.force !== true) {
        throw new AirdropError(`${toChecksum(account)}: ${objections.join("; ")}`, {
          code: "unresolved",
          hint: "Check the ledger and the allocation. --force adds the grant, and the ledger records the objections.",
        })
      }
      id = current.grants.length + 1
      const time = new Date(Math.floor(Date.now() / 1000) * 1000)
      return [{ kind: "grant", id, ...grant, reason, overriddenChecks: objections, time }]
    },
    (text) => {
      out.warn(text)
    },
  )
  const left = program.tranches.reserve - ledger.total
  out.line(`Grant ${id}: ${tokenAmount(amount, token)} to ${toChecksum(account)}.`)
  out.line(`${tokenAmount(left, token)} of the reserve are left.`)
  out.json({ id, account: toChecksum(account), baseUnits: amount, leftBaseUnits: left })
}

/** Reads evidence: a JSON file if the text names one, otherwise the text itself as a note. */
async function readEvidence(text: string, decimals: number): Promise<Evidence> {
  if (!text.endsWith(".json")) return { kind: "note", text }
  return readBySchema(evidenceSchema(decimals), await readJson(text), shownPath(text))
}

/**
 * Returns an argument that the action needs.
 * @throws AirdropError if it is missing
 */
export function need(value: string | undefined, what: string): string {
  if (value === undefined) throw new AirdropError(`${what} is missing`, { code: "usage" })
  return value
}
