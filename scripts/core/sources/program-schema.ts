import { RESERVED_FILES } from "../program/reserved-files.ts"
import { z } from "zod"
import { chainOf, findChain } from "../ethereum/chains.ts"
import { isRpcUrl } from "../ethereum/rpc-url.ts"
import { ZERO_ADDRESS } from "../primitives/address.ts"
import { MAX_UINT256 } from "../primitives/words.ts"
import { addressField, amountField, fileField, timeField } from "../primitives/fields.ts"
import type { Program, SnapshotChoice } from "../program/program.ts"
import { SOURCES } from "./sources.ts"

/** The token, parsed first: the amounts of a program cannot be read without its decimals. */
export const tokenSchema = z.strictObject({
  address: addressField,
  symbol: z.string().regex(/^[A-Za-z0-9.$-]{1,12}$/, "must be 1 to 12 letters or digits"),
  decimals: z.int().min(0).max(36),
})

/**
 * The program's own terms of its chain, for pages and messages. Texts are short, because they are shown beside
 * amounts.
 */
const chainSchema = z.strictObject({
  name: z.string().regex(/^[\x21-\x7e][\x20-\x7e]{0,39}$/, "must be 1 to 40 plain characters"),
  currency: z
    .string()
    .regex(/^[A-Za-z0-9.$-]{1,12}$/, "must be 1 to 12 letters or digits")
    .optional(),
  explorer: z
    .string()
    .regex(
      /^https:\/\/[^\s/?#@]+(?:\/[^\s?#@]*[^\s/?#@])?$/,
      "must be a URL that begins with https:// and ends without a slash",
    )
    .optional(),
  rpcs: z
    .array(
      z.string().refine(isRpcUrl, "must be a URL that begins with https://, or http:// on this computer"),
    )
    .optional(),
})

/** The id of a chain on which a program can be. */
const chainIdSchema = z
  .int()
  .positive()
  .superRefine((id, context) => {
    const known = findChain(id)
    if (known?.unsupported === undefined) return
    context.addIssue({
      code: "custom",
      message: `${known.name} (${id}) is not supported: ${known.unsupported}`,
    })
  })

/** The block of the snapshot: exactly one of block and time. */
const snapshotChoice = z
  .strictObject({
    block: z.int().positive().optional(),
    time: timeField.optional(),
    stakingContract: addressField.optional(),
    implementation: addressField.optional(),
  })
  .transform(({ block, time, ...rest }, context): SnapshotChoice => {
    if (block !== undefined && time === undefined) return { block, ...rest }
    if (time !== undefined && block === undefined) return { time, ...rest }
    const message = 'must be { "block": number } or { "time": "2025-11-21T00:00:00Z" }'
    context.addIssue({ code: "custom", message })
    return z.NEVER
  })

const reason = z.string().min(1, "must give a reason")

/** Returns the strict schema of program.json for a token with these decimals. It parses into a {@link Program}. */
export function programSchema(decimals: number): z.ZodType<Program> {
  const amount = amountField(decimals)
  const tranche = amount.refine((units) => units <= MAX_UINT256, "must be at most 2^256 - 1 base units")
  const payable = addressField.refine(
    (address) => address !== ZERO_ADDRESS,
    "the zero address cannot be paid",
  )
  const rules = z.strictObject({
    payTo: z.enum(["beneficiary", "staker"]).default("beneficiary"),
    leavingNodes: z.enum(["include", "exclude"]).default("include"),
    minimum: amount.default(0n),
    cap: amount.refine((cap) => cap > 0n, "must be above zero").optional(),
    exclude: z.array(z.strictObject({ account: addressField, reason })).default([]),
    overrides: z.array(z.strictObject({ account: addressField, payTo: payable, reason })).default([]),
  })
  return z
    .strictObject({
      format: z.literal("merkle-airdrop/program@1"),
      name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "must be lower-case letters, digits and hyphens"),
      description: z.string().optional(),
      icon: z
        .string()
        .regex(
          /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\.svg$/,
          "must be the name of an .svg file beside program.json",
        )
        .optional(),
      chainId: chainIdSchema,
      chain: chainSchema.optional(),
      token: tokenSchema,
      tranches: z.strictObject({
        automatic: tranche.refine((pool) => pool > 0n, "must be above zero"),
        reserve: tranche.default(0n),
      }),
      source: sourceSchema(decimals),
      snapshot: snapshotChoice.optional(),
      eligibility: z
        .strictObject({ file: fileField, match: z.enum(["person", "address"]).default("person") })
        .optional(),
      rules: rules.prefault({}),
      contract: z
        .strictObject({
          owner: payable.optional(),
          reserveDelay: z.int().min(0).default(0),
          sweepTime: timeField.optional(),
        })
        .prefault({}),
      attestation: z
        .strictObject({
          attesters: z
            .array(z.strictObject({ name: z.string().trim().min(1).max(60), address: payable }))
            .min(1),
          required: z.int().min(0).default(0),
        })
        .optional(),
      unconfirmed: z.array(z.strictObject({ field: z.string().min(1), reason })).default([]),
    })
    .superRefine((program, context) => {
      for (const [path, message] of contradictions(program))
        context.addIssue({ code: "custom", path: [...path], message })
    })
    .transform(
      ({
        name,
        description,
        icon,
        chainId,
        chain,
        token,
        tranches,
        source,
        snapshot,
        eligibility,
        rules,
        contract,
        attestation,
        unconfirmed,
      }): Program => ({
        name,
        description,
        icon,
        chainId,
        chain: chainOf(chainId, chain),
        token,
        tranches,
        source,
        snapshot,
        eligibility,
        rules: { ...rules, cap: rules.cap },
        contract: {
          owner: contract.owner,
          reserveDelay: contract.reserveDelay,
          sweepTime: contract.sweepTime,
        },
        attestation,
        unconfirmed,
      }),
    )
}

/** Returns the schema of a source's settings. The source itself checks them; they stay as they are in the file. */
function sourceSchema(decimals: number): z.ZodType<Program["source"]> {
  return z.looseObject({ kind: z.string() }).superRefine((settings, context) => {
    const source = SOURCES.get(settings.kind)
    if (source === undefined) {
      const message = `no source is named ${JSON.stringify(settings.kind)}: there are ${[...SOURCES.keys()].join(", ")}`
      context.addIssue({ code: "custom", path: ["kind"], message })
      return
    }
    const checked = source.settings(decimals).safeParse(settings)
    for (const { path, message } of checked.error?.issues ?? []) {
      context.addIssue({ code: "custom", path: [...path], message })
    }
  })
}

/** Finds inputs whose names verbs write to: the verb would destroy the input. */
function reservedNames(value: unknown, path: readonly (string | number)[] = []): Contradiction[] {
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([key, one]): Contradiction[] => {
    const at = [...path, key]
    if (key !== "file" || typeof one !== "string") return reservedNames(one, at)
    return RESERVED_FILES.has(one.toLowerCase())
      ? [[at, `"${one}" is a file that a verb writes: give the table another name`]]
      : []
  })
}

type Contradiction = readonly [path: readonly (string | number)[], message: string]

/** Returns the contradictions of a program whose fields are each valid. */
function contradictions(program: {
  readonly source: Program["source"]
  readonly snapshot?: unknown
  readonly rules: {
    readonly minimum: bigint
    readonly cap?: bigint | undefined
    readonly exclude: readonly { readonly account: string }[]
    readonly overrides: readonly { readonly account: string }[]
  }
  readonly attestation?:
    { readonly attesters: readonly { readonly address: string }[]; readonly required: number } | undefined
}): Contradiction[] {
  const { minimum, cap, exclude, overrides } = program.rules
  const found: Contradiction[] = reservedNames(program)
  if (cap !== undefined && cap < minimum) found.push([["rules", "cap"], "the cap is below the minimum"])
  if (SOURCES.get(program.source.kind)?.reads !== undefined && program.snapshot === undefined) {
    found.push([
      ["source", "kind"],
      `${program.source.kind} reads the chain: "snapshot" must name a block or a time`,
    ])
  }
  const attesters = program.attestation?.attesters ?? []
  if ((program.attestation?.required ?? 0) > attesters.length)
    found.push([["attestation", "required"], "is above the number of attesters"])
  attesters.forEach(({ address }, i) => {
    if (attesters.findIndex((other) => other.address === address) !== i)
      found.push([["attestation", "attesters", i, "address"], `${address} comes twice`])
  })
  for (const [name, list] of Object.entries({ exclude, overrides })) {
    list.forEach(({ account }, i) => {
      if (list.findIndex((other) => other.account === account) !== i) {
        found.push([["rules", name, i, "account"], `${account} comes twice`])
      }
    })
  }
  return found
}
