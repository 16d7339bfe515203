/**
 * A claim that its account has signed for somebody else to submit, as a file or in a link. It says nothing that the
 * published files do not say too, except where the tokens go: the proof is looked up by whoever submits.
 */
import { parseAddress, toChecksum, type Address } from "../primitives/address.ts"
import { quote } from "../primitives/text.ts"
import { AirdropError } from "../primitives/error.ts"

export interface SignedClaim {
  readonly chainId: number
  readonly contract: Address
  readonly account: Address
  readonly to: Address
  /** Seconds since 1970, the last one at which the signatures count. */
  readonly deadline: bigint
  /** Over the whole automatic amount, in base units. */
  readonly automatic: { readonly amount: bigint; readonly signature: string } | undefined
  /** Over everything ever granted to the account, in base units. */
  readonly reserve: { readonly cumulativeAmount: bigint; readonly signature: string } | undefined
}

const FORMAT = "merkle-airdrop/signed-claim@1"
const WHOLE = /^(0|[1-9][0-9]*)$/
/** What a contract keeps whole numbers below. */
const TOO_LARGE = 1n << 256n
const SIGNATURE = /^0x(?:[0-9a-fA-F]{2})+$/
const FIELDS = ["format", "chainId", "contract", "account", "to", "deadline", "automatic", "reserve"]

/** The text of a signed claim. */
export function formatSignedClaim(claim: SignedClaim): string {
  const { automatic, reserve } = claim
  const file = {
    format: FORMAT,
    chainId: claim.chainId,
    contract: toChecksum(claim.contract),
    account: toChecksum(claim.account),
    to: toChecksum(claim.to),
    deadline: claim.deadline.toString(),
    ...(automatic && {
      automatic: { amountBaseUnits: automatic.amount.toString(), signature: automatic.signature },
    }),
    ...(reserve && {
      reserve: {
        cumulativeAmountBaseUnits: reserve.cumulativeAmount.toString(),
        signature: reserve.signature,
      },
    }),
  }
  return `${JSON.stringify(file, undefined, 2)}\n`
}

/**
 * Reads a signed claim; whether its signatures are good is for the contract to say.
 * @param source names the text in errors: a file's path, for example
 * @throws AirdropError that names the field
 */
export function parseSignedClaim(text: string, source: string): SignedClaim {
  const file = asObject(parseJson(text, source), source)
  const wrong = (field: string, value: unknown): never => {
    throw new AirdropError(`${source}: ${field} is ${quote(String(value))}, which is not a signed claim's`)
  }
  const unknown = Object.keys(file).find((field) => !FIELDS.includes(field))
  if (unknown !== undefined) wrong(unknown, file[unknown])
  if (file["format"] !== FORMAT) wrong("format", file["format"])
  const { chainId } = file
  if (typeof chainId !== "number" || !Number.isSafeInteger(chainId)) return wrong("chainId", chainId)
  const whole = (field: string, value: unknown): bigint =>
    typeof value === "string" && WHOLE.test(value) && BigInt(value) < TOO_LARGE
      ? BigInt(value)
      : wrong(field, value)
  const signature = (field: string, value: unknown): string =>
    typeof value === "string" && SIGNATURE.test(value) ? value : wrong(field, value)
  const address = (field: string): Address => {
    const value = file[field]
    return typeof value === "string" ? parseAddress(value) : wrong(field, value)
  }
  const tranche = (
    name: "automatic" | "reserve",
    amount: string,
  ): { amount: bigint; signature: string } | undefined => {
    if (file[name] === undefined) return undefined
    const part = asObject(file[name], `${source}: ${name}`)
    return {
      amount: whole(`${name}.${amount}`, part[amount]),
      signature: signature(`${name}.signature`, part["signature"]),
    }
  }
  const automatic = tranche("automatic", "amountBaseUnits")
  const reserve = tranche("reserve", "cumulativeAmountBaseUnits")
  if (automatic === undefined && reserve === undefined) {
    throw new AirdropError(`${source} holds no signature for either tranche`)
  }
  return {
    chainId,
    contract: address("contract"),
    account: address("account"),
    to: address("to"),
    deadline: whole("deadline", file["deadline"]),
    automatic,
    reserve: reserve && { cumulativeAmount: reserve.amount, signature: reserve.signature },
  }
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AirdropError(`${source} is not JSON`, { cause })
  }
}

function asObject(value: unknown, source: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new AirdropError(`${source} is not a JSON object`)
  }
  return value as Readonly<Record<string, unknown>>
}
