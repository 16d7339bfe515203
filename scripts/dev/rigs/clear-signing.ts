/** Renders calls and typed messages by ERC-7730 descriptors, as a wallet would: a check of the descriptors alone. */
import { getBytes, hexlify, Interface, toBeHex, TypedDataEncoder, type TypedDataField } from "ethers"
import { parseAddress, toChecksum, type Address } from "../../core/primitives/address.ts"
import { humanAmount } from "../../core/primitives/amount.ts"
import { isoTime } from "../../core/primitives/time.ts"

/** A descriptor as JSON has it, its includes merged. */
export interface Descriptor {
  readonly context?: object
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly display: { readonly formats: Readonly<Record<string, DisplayFormat>> }
}

interface DisplayFormat {
  readonly intent: string
  readonly fields: readonly DisplayField[]
}

interface DisplayField {
  readonly path?: string
  readonly label: string
  readonly format?: string
  readonly params?: Readonly<Record<string, unknown>>
  readonly visible?: string | object
}

export interface RenderedField {
  readonly label: string
  readonly value: string | Rendered
}

/** The expected output, by the field names of the registry's fixtures. */
export interface Rendered {
  readonly intent: string
  readonly owner?: string
  readonly fields: readonly RenderedField[]
}

/** The wallet's own knowledge, besides the descriptors. */
export interface WalletKnowledge {
  readonly tokens: ReadonlyMap<Address, { readonly symbol: string; readonly decimals: number }>
  readonly names: ReadonlyMap<Address, string>
  /** The descriptor bound to a contract. */
  readonly descriptor: (contract: Address) => Descriptor | undefined
}

export interface RenderedCall {
  /** The caller, where it is known. */
  readonly from?: Address
  readonly to: Address
  readonly data: string
}

/** Returns undefined if no descriptor has a format for the call: the wallet would show bytes. */
export function renderCall(call: RenderedCall, wallet: WalletKnowledge): Rendered | undefined {
  const descriptor = wallet.descriptor(call.to)
  if (descriptor === undefined) return undefined
  for (const [signature, format] of Object.entries(descriptor.display.formats)) {
    const abi = new Interface([`function ${signature}`])
    const found = abi.getFunction(call.data.slice(0, 10))
    if (found === null) continue
    const values = abi.decodeFunctionData(found, call.data).toObject(true)
    return render(format, { values, container: call, descriptor, wallet })
  }
  return undefined
}

/** Renders an EIP-712 message of a contract. */
export function renderMessage(
  types: Record<string, TypedDataField[]>,
  message: Readonly<Record<string, unknown>>,
  verifyingContract: Address,
  wallet: WalletKnowledge,
): Rendered | undefined {
  const descriptor = wallet.descriptor(verifyingContract)
  const encoder = TypedDataEncoder.from(types)
  const format = descriptor?.display.formats[encoder.encodeType(encoder.primaryType)]
  if (descriptor === undefined || format === undefined) return undefined
  return render(format, { values: message, container: { to: verifyingContract }, descriptor, wallet })
}

interface Scope {
  readonly values: Readonly<Record<string, unknown>>
  readonly container: Pick<RenderedCall, "from" | "to">
  readonly descriptor: Descriptor
  readonly wallet: WalletKnowledge
}

function render({ intent, fields }: DisplayFormat, scope: Scope): Rendered {
  const owner = scope.descriptor.metadata?.["owner"]
  return {
    intent,
    ...(typeof owner === "string" ? { owner } : {}),
    fields: fields
      .filter(({ visible }) => visible !== "never")
      .flatMap((field) =>
        valuesAt(field.path ?? "", scope).map((value) => ({
          label: field.label,
          value: show(field, value, scope),
        })),
      ),
  }
}

function show(
  { format = "raw", params = {} }: DisplayField,
  value: unknown,
  scope: Scope,
): string | Rendered {
  switch (format) {
    case "tokenAmount":
      return tokenText(BigInt(String(value)), params, scope)
    case "amount":
      return `${humanAmount(BigInt(String(value)), 18)} ETH`
    case "addressName":
      return nameOf(String(value), scope)
    case "date":
      return isoTime(BigInt(String(value)))
    case "enum":
      return String((valueAt(String(params["$ref"]), scope) as Record<string, unknown>)[String(value)])
    case "calldata": {
      const to = parseAddress(String(valueAt(String(params["calleePath"]), scope)).toLowerCase())
      return renderCall({ from: scope.container.to, to, data: String(value) }, scope.wallet) ?? String(value)
    }
    case "raw":
      return String(value)
    default:
      throw new Error(`the format ${format} is not known here`)
  }
}

function tokenText(amount: bigint, params: Readonly<Record<string, unknown>>, scope: Scope): string {
  const path = params["tokenPath"]
  const address = typeof path === "string" ? valueAt(path, scope) : params["token"]
  const token = scope.wallet.tokens.get(parseAddress(String(address).toLowerCase()))
  if (typeof params["threshold"] === "string" && amount >= BigInt(params["threshold"])) return "Unlimited"
  if (token === undefined) return `${amount} of ${String(address)}`
  return `${humanAmount(amount, token.decimals)} ${token.symbol}`
}

function nameOf(text: string, { wallet }: Scope): string {
  const address = parseAddress(text.toLowerCase())
  return wallet.names.get(address) ?? toChecksum(address)
}

function valueAt(path: string, scope: Scope): unknown {
  return valuesAt(path, scope)[0]
}

/**
 * Paths are of the values, of the transaction around them (@.), or of the descriptor ($.). `[]` is each item, `[0]` the
 * first, `[-1]` the last, and `[0:20]` the first 20 bytes of a value.
 */
function valuesAt(path: string, { values, container, descriptor }: Scope): unknown[] {
  const [root, rest] = path.startsWith("@.")
    ? [container, path.slice(2)]
    : path.startsWith("$.")
      ? [descriptor, path.slice(2)]
      : [values, path.replace(/^#\./, "")]
  return rest
    .split(".")
    .reduce<unknown[]>((found, part) => found.flatMap((value) => partsOf(value, part)), [root])
}

/** One step of a path: a member, each item, an item by its index from either end, or bytes of a value. */
function partsOf(value: unknown, part: string): readonly unknown[] {
  if (part === "[]") return [...(value as Iterable<unknown>)]
  const [, start, colon, end] = /^\[(-?\d+)?(:)?(-?\d+)?\]$/.exec(part) ?? []
  if (start === undefined && colon === undefined) return [(value as Record<string, unknown>)[part]]
  const [from, to] = [start, end].map((text) => (text === undefined ? undefined : Number(text)))
  if (colon === undefined) return [...(value as Iterable<unknown>)].slice(from).slice(0, 1)
  const bytes = getBytes(typeof value === "bigint" ? toBeHex(value, 32) : String(value))
  return [hexlify(bytes.slice(from, to))]
}
