import { tokenAmount } from "../../core/primitives/token.ts"
import { toChecksum } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { Grant, Ledger } from "../../core/reserve/ledger.ts"
import { addToLedger, ledgerPath, readLedger } from "../../stages/reserve/ledger-file.ts"
import type { LoadedProgram } from "../../stages/program/load-program.ts"
import type { Output } from "../../io/terminal/output.ts"
import { need } from "./add.ts"
import { readReserve } from "../../stages/reserve/read-reserve.ts"

/** Revokes a grant that is not yet promised. */
export async function revokeGrant(
  loaded: LoadedProgram,
  [idText]: readonly string[],
  options: { readonly reason?: string; readonly rpc?: string },
  out: Output,
): Promise<void> {
  const { folder, program } = loaded
  const { token } = program
  const { decimals } = token
  const text = need(idText, "the number of a grant")
  const reason = need(options.reason, "--reason TEXT")
  if (!/^[1-9][0-9]{0,8}$/.test(text))
    throw new AirdropError(`"${text}" is not the number of a grant`, { code: "usage" })
  const id = Number(text)
  const path = ledgerPath(folder)
  // The chain is read before the ledger is locked, so that other writers need not wait.
  const before = (await readLedger(path, decimals)).ledger
  const submitted =
    options.rpc === undefined ? undefined : (await readReserve(loaded, before, options.rpc)).submitted
  const ledger = await addToLedger(
    path,
    decimals,
    (current) => {
      const grant = requireStanding(current, id)
      refusePublished(grant, submitted)
      const time = new Date(Math.floor(Date.now() / 1000) * 1000)
      return [{ kind: "revoke", grantId: id, reason, time }]
    },
    (notice) => {
      out.warn(notice)
    },
  )
  const grant = ledger.grants[id - 1]
  if (grant === undefined) return
  out.line(`Grant ${id} of ${tokenAmount(grant.amount, token)} to ${toChecksum(grant.account)} is revoked.`)
  out.json({ id, account: toChecksum(grant.account), baseUnits: grant.amount })
}

function requireStanding(ledger: Ledger, id: number): Grant {
  const grant = ledger.grants[id - 1]
  if (grant === undefined) throw new AirdropError(`there is no grant ${id}`, { code: "unknown" })
  if (grant.revoked !== undefined)
    throw new AirdropError(`grant ${id} is revoked already`, { code: "refused" })
  return grant
}

/** Throws if a grant is under a root on chain, accepted or pending. A root built and never submitted is no promise. */
function refusePublished({ id, roots }: Grant, submitted: ReadonlySet<string> | undefined): void {
  const [root] = submitted === undefined ? roots : roots.filter((one) => submitted.has(one))
  if (root === undefined) return
  throw new AirdropError(
    `grant ${id} is in root ${root}, ${submitted === undefined ? "which was built" : "which is on chain"}`,
    {
      code: "refused",
      ...(submitted === undefined
        ? {
            hint: "Give --rpc to check whether that root was ever submitted. A root that was not is no promise.",
          }
        : { hint: "While it is pending the owner can revoke the root; an accepted root cannot be revoked." }),
    },
  )
}
