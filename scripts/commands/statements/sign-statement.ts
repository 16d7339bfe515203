/** `sign P ADDRESS --link NEW`, `--redirect TO` or `--consent FILE`: signs a statement that operators accept. */
import { messageDigests } from "../../core/ethereum/digests.ts"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { isoTime } from "../../core/primitives/time.ts"
import { signingAccount } from "../../core/statements/judge.ts"
import { formatStatement } from "../../core/statements/statement-line.ts"
import {
  STATEMENT_TYPES,
  statementDomain,
  statementMessage,
  type Statement,
  type StatementTerms,
} from "../../core/statements/statement.ts"
import { writeFileAtomic } from "../../io/disk/atomic-write.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { connect } from "../../io/rpc/provider.ts"
import { type SignerOptions } from "../../io/terminal/signer-options.ts"
import type { Output } from "../../io/terminal/output.ts"
import { openKey, openSigner } from "../../io/transactions/signers.ts"
import { readStatementContext } from "../../stages/allocation/statement-context.ts"
import { requireOutput } from "../../stages/program/output-file.ts"
import type { LoadedProgram } from "../../stages/program/load-program.ts"
import { readStatementFile } from "../../stages/statements/statement-files.ts"
import { signStatement } from "../../stages/statements/sign-statement.ts"

export interface StatementOptions extends SignerOptions {
  readonly link?: Address
  readonly redirect?: Address
  readonly consent?: string
  readonly plain?: boolean
  readonly days: number
  readonly rpc?: string
  readonly out?: string
  readonly force?: boolean
}

const DAY = 86_400_000

/** Returns true if the options ask for a statement instead of a claim. */
export function wantsStatement({ link, redirect, consent }: StatementOptions): boolean {
  return link !== undefined || redirect !== undefined || consent !== undefined
}

/**
 * Signs a link, a redirect, or the consent to a link, and writes it to a file.
 * @param account the old address of a link, the account of a redirect, the new address of a consent
 */
export async function runSignStatement(
  loaded: LoadedProgram,
  account: Address,
  options: StatementOptions,
  out: Output,
): Promise<void> {
  const given = [options.link, options.redirect, options.consent].filter((one) => one !== undefined)
  if (given.length > 1)
    throw new AirdropError("--link, --redirect and --consent are three statements: give one", {
      code: "usage",
    })
  const earlier = options.consent === undefined ? undefined : await readStatementFile(options.consent)
  const terms = earlier ?? newTerms(loaded, account, options)
  if (earlier !== undefined && (earlier.kind !== "link" || earlier.to !== account)) {
    throw new AirdropError(`${shownPath(options.consent ?? "")} is no link to ${toChecksum(account)}`, {
      code: "inconsistent",
    })
  }
  const path = options.out ?? options.consent ?? `${terms.kind}-${terms.from}.json`
  await requireOutput(path, (start) => start.includes(`merkle-airdrop/${terms.kind}@`), options)
  const context = await readStatementContext(loaded)
  const signer =
    options.key === undefined
      ? await openSigner(options, await connect(options.rpc, loaded.program.chainId))
      : await openKey(options.key)
  const digests = messageDigests(statementDomain(terms.chainId), STATEMENT_TYPES[terms.kind], {
    ...statementMessage(terms),
  })
  if (options.plain !== true) {
    out.line("To compare with the wallet:")
    out.line(`  domain hash    ${digests.domain}`)
    out.line(`  message hash   ${digests.message}`)
    out.line(`  digest         ${digests.digest}`)
  }
  const signing = earlier === undefined ? signingAccount(context, account) : account
  const signed = await signStatement(signer, terms, signing, options.plain ?? false)
  const statement: Statement =
    earlier === undefined ? { ...terms, ...signed, consent: undefined } : { ...earlier, consent: signed }
  await writeFileAtomic(path, `${formatStatement(statement)}\n`)
  out.line(`Signed: ${shownPath(path)}`)
  out.line(`  until   ${isoTime(terms.deadline)}`)
  out.line(`  next    send the file to the operators: ./airdrop statements P add ${shownPath(path)}`)
  out.json({ file: path, kind: terms.kind, from: toChecksum(terms.from), to: toChecksum(terms.to), digests })
}

function newTerms({ program }: LoadedProgram, from: Address, options: StatementOptions): StatementTerms {
  const to = options.link ?? options.redirect
  if (to === undefined) throw new AirdropError("no new address is given", { code: "usage" })
  const seconds = Math.floor((Date.now() + options.days * DAY) / 1000)
  return {
    kind: options.link === undefined ? "redirect" : "link",
    program: program.name,
    chainId: program.chainId,
    from,
    to,
    deadline: new Date(seconds * 1000),
  }
}
