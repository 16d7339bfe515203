/** The lines of links.jsonl and redirects.jsonl, and the file that a signer hands over: the same fields. */
import { z } from "zod"
import { usualSignature } from "../ethereum/signature-form.ts"
import { toChecksum } from "../primitives/address.ts"
import { AirdropError } from "../primitives/error.ts"
import { addressField, hexField, timeField, parseJsonLine } from "../primitives/fields.ts"
import { isoTime } from "../primitives/time.ts"
import {
  SCHEMES,
  type AcceptedStatement,
  type Signature,
  type Statement,
  type StatementKind,
} from "./statement.ts"

/** The file of each kind, beside program.json. */
export const STATEMENT_FILES: Readonly<Record<StatementKind, string>> = {
  link: "links.jsonl",
  redirect: "redirects.jsonl",
}

/** The longest signature read: a contract wallet's may hold those of many owners. */
const LONGEST_SIGNATURE = 2 + 2 * 65 * 100

/** The fields of a signature in a file. */
export const signatureFields = {
  scheme: z.enum(SCHEMES),
  signature: hexField.refine(
    ({ length }) => length > 2 && length <= LONGEST_SIGNATURE,
    "must have between 1 and 6,500 bytes",
  ),
}

const FORMATS = { link: "merkle-airdrop/link@1", redirect: "merkle-airdrop/redirect@1" } as const

const shared = {
  program: z.string(),
  chainId: z.int().positive(),
  from: addressField,
  to: addressField,
  deadline: timeField,
  ...signatureFields,
}
const link = {
  format: z.literal(FORMATS.link),
  ...shared,
  consent: z.strictObject(signatureFields).optional(),
}
const redirect = { format: z.literal(FORMATS.redirect), ...shared }
const accepted = { accepted: timeField }

const handedOver = z.discriminatedUnion("format", [z.strictObject(link), z.strictObject(redirect)])
const inFile = z.discriminatedUnion("format", [
  z.strictObject({ ...link, ...accepted }),
  z.strictObject({ ...redirect, ...accepted }),
])

/**
 * Reads a statement as its signer hands it over. The signature of a key is brought into its usual form.
 * @throws AirdropError that names the field
 */
export function parseStatement(text: string): Statement {
  const statement = statementOf(parseJsonLine(handedOver, text))
  return { ...statement, ...usual(statement), consent: statement.consent && usual(statement.consent) }
}

/**
 * Reads one line of a program's file.
 * @throws AirdropError that names the field
 */
export function parseStatementLine(text: string, kind: StatementKind): AcceptedStatement {
  const fields = parseJsonLine(inFile, text)
  if (fields.format !== FORMATS[kind]) {
    throw new AirdropError(`format: is ${fields.format}, this file holds ${FORMATS[kind]}`, {
      code: "file-format",
    })
  }
  return { ...statementOf(fields), accepted: fields.accepted }
}

function usual({ scheme, signature }: Signature): Signature {
  return { scheme, signature: scheme === "erc1271" ? signature : usualSignature(signature) }
}

function statementOf(fields: z.infer<typeof handedOver>): Statement {
  const { program, chainId, from, to, deadline, scheme, signature } = fields
  const terms = { program, chainId, from, to, deadline, scheme, signature }
  return fields.format === FORMATS.link
    ? { kind: "link", ...terms, consent: fields.consent }
    : { kind: "redirect", ...terms, consent: undefined }
}

/** Writes a statement as JSON, without its end of line. Adds the time of acceptance if it has one. */
export function formatStatement(statement: Statement | AcceptedStatement): string {
  const { kind, program, chainId, from, to, deadline, scheme, signature, consent } = statement
  return JSON.stringify({
    format: FORMATS[kind],
    program,
    chainId,
    from: toChecksum(from),
    to: toChecksum(to),
    deadline: isoTime(deadline),
    scheme,
    signature,
    consent: consent && ({ scheme: consent.scheme, signature: consent.signature } satisfies Signature),
    accepted: "accepted" in statement ? isoTime(statement.accepted) : undefined,
  })
}
