/** Decodes the effect of a call from its bytes alone. */
import type { Interface, Result } from "ethers"
import { parseAddress, type Address } from "../primitives/address.ts"
import { AIRDROP, CLAIM_CALLS, OWNER_CALLS, type OwnerCall } from "../contract/abi.ts"
import { LIST_RECORDER, RECORDER } from "../contract/list-recorder.ts"
import { TIMELOCK } from "../contract/timelock.ts"
import { TOKEN } from "../ethereum/erc20.ts"
import type { Call } from "../ethereum/call.ts"
import { decodeParameters, type ConstructorParameters } from "../contract/constructor-parameters.ts"
import { contractAddress } from "../ethereum/create2.ts"
import { DEPLOYMENT_PROXY } from "../ethereum/create2.ts"
import type { Hex } from "../primitives/bytes.ts"

/** The known addresses that a call may go to. */
export interface KnownContracts {
  readonly airdrop: Address | undefined
  readonly token: Address | undefined
  readonly timelock: Address | undefined
  /** Creation code of MerkleAirdrop, without arguments, compiled from the local sources. */
  readonly creationCode: Hex
}

export type DecodedCall =
  | {
      readonly kind: "deploy"
      readonly address: Address
      readonly salt: Hex
      readonly parameters: ConstructorParameters
    }
  | { readonly kind: "deploy-unknown"; readonly address: Address; readonly salt: Hex; readonly bytes: number }
  | { readonly kind: "transfer"; readonly token: Address; readonly to: Address; readonly amount: bigint }
  | { readonly kind: "owner"; readonly name: OwnerCall; readonly values: readonly unknown[] }
  | ClaimCall
  | TimelockBatch
  | Multicall
  | RecordedPart
  | { readonly kind: "approve-hash"; readonly safe: Address; readonly hash: Hex }
  | { readonly kind: "ether"; readonly to: Address }
  | {
      readonly kind: "unknown"
      readonly to: Address
      readonly selector: string
      readonly guess: string | undefined
    }

/** A call that pays amounts under the contract's roots, and nothing else. */
export interface ClaimCall {
  readonly kind: "claim"
  readonly tranche: "automatic" | "reserve"
  /** The addresses paid, in the order of the call. */
  readonly payments: readonly Payment[]
  /** Whose claim it is, where it may be paid to another address. */
  readonly by:
    "caller" | { readonly signer: Address; /** Unix seconds. */ readonly deadline: bigint } | undefined
}

export interface Payment {
  readonly to: Address
  /** Base units; for the reserve all amounts ever granted. */
  readonly amount: bigint
}

/** Entries that are kept on the chain as those of the list with a root. */
export interface RecordedPart {
  readonly kind: "record"
  readonly root: Hex
  /** The index of the first entry. */
  readonly position: bigint
  /** Packed, as {@link unpackEntries} reads them. */
  readonly entries: Hex
}

/** A call with its meaning. */
export interface ReadCall {
  readonly call: Call
  readonly decoded: DecodedCall
}

/** Several calls of one contract, in order, all or none. */
export interface Multicall {
  readonly kind: "multicall"
  readonly calls: readonly ReadCall[]
}

export interface TimelockBatch {
  readonly kind: "schedule" | "execute"
  readonly timelock: Address
  readonly calls: readonly ReadCall[]
  readonly predecessor: Hex
  readonly salt: Hex
  /** Seconds; undefined if the call executes. */
  readonly delay: bigint | undefined
}

/** Returns the call itself, or those that a timelock or a multicall is to run for it, however deep. */
export function innermost(decoded: DecodedCall): readonly DecodedCall[] {
  if (!("calls" in decoded)) return [decoded]
  return decoded.calls.flatMap((inner) => innermost(inner.decoded))
}

/**
 * Decodes one call strictly. Data that does not encode back to the same bytes counts as unknown. So does a known
 * function at an address that is not its contract.
 */
export function decodeCall(call: Call, contracts: KnownContracts): DecodedCall {
  if (call.to === DEPLOYMENT_PROXY) return decodeDeployment(call, contracts)
  if (call.to === LIST_RECORDER) {
    const found = parse(RECORDER, call.data)
    if (found !== undefined) {
      const [root, position, entries] = found.args.toArray() as [Hex, bigint, Hex]
      return { kind: "record", root, position, entries }
    }
  }
  const approval = decodeApproval(call)
  if (approval !== undefined) return approval
  if (call.to === contracts.airdrop) {
    const found = parse(AIRDROP, call.data)
    const name = OWNER_CALLS.find((known) => known === found?.name)
    if (found !== undefined && name !== undefined)
      return { kind: "owner", name, values: found.args.toArray() }
    if (CLAIM_CALLS.some((known) => known === found?.name) && found !== undefined) return decodeClaim(found)
    if (found?.name === "multicall") {
      const calls = [...(found.args[0] as Iterable<Hex>)].map((data): Call => ({
        to: call.to,
        value: 0n,
        data,
      }))
      return {
        kind: "multicall",
        calls: calls.map((inner) => ({ call: inner, decoded: decodeCall(inner, contracts) })),
      }
    }
  }
  if (call.to === contracts.timelock) {
    const batch = decodeTimelock(call, contracts)
    if (batch !== undefined) return batch
  }
  const transfer = parse(TOKEN, call.data)
  if (transfer?.name === "transfer") {
    const [to, amount] = transfer.args.toArray() as [string, bigint]
    return { kind: "transfer", token: call.to, to: parseAddress(to), amount }
  }
  if (call.data === "0x" && call.value > 0n) return { kind: "ether", to: call.to }
  return { kind: "unknown", to: call.to, selector: call.data.slice(0, 10), guess: guess(call.data) }
}

function decodeDeployment({ data }: Call, { creationCode }: KnownContracts): DecodedCall {
  const salt: Hex = `0x${data.slice(2, 66)}`
  const code: Hex = `0x${data.slice(66)}`
  if (salt.length !== 66)
    return { kind: "unknown", to: DEPLOYMENT_PROXY, selector: data.slice(0, 10), guess: undefined }
  const address = contractAddress(code, salt)
  const parameters = code.startsWith(creationCode)
    ? decodeParameters(`0x${code.slice(creationCode.length)}`)
    : undefined
  return parameters === undefined
    ? { kind: "deploy-unknown", address, salt, bytes: code.length / 2 - 1 }
    : { kind: "deploy", address, salt, parameters }
}

/** The number of low bits in an entry of claimRange() that hold the amount. The account is above them. */
const AMOUNT_BITS = 96n

function decodeClaim(found: Parsed): ClaimCall {
  const tranche = found.name.startsWith("claimReserve") ? "reserve" : "automatic"
  if (found.name === "claimRange") {
    const payments = [...(found.args[1] as Iterable<bigint>)].map((entry) => ({
      to: parseAddress(`0x${(entry >> AMOUNT_BITS).toString(16).padStart(40, "0")}`),
      amount: BigInt.asUintN(Number(AMOUNT_BITS), entry),
    }))
    return { kind: "claim", tranche, payments, by: undefined }
  }
  const values = found.args.toArray().slice(tranche === "reserve" ? 0 : 1) as unknown[]
  if (found.name.endsWith("WithSignature")) {
    const [account, to, amount, deadline] = values as [string, string, bigint, bigint]
    const by = { signer: parseAddress(account), deadline }
    return { kind: "claim", tranche, payments: [{ to: parseAddress(to), amount }], by }
  }
  const [to, amount] = values as [string, bigint]
  const by = found.name.endsWith("To") ? "caller" : undefined
  return { kind: "claim", tranche, payments: [{ to: parseAddress(to), amount }], by }
}

const APPROVE_HASH = "0xd4d9bdcd"

function decodeApproval({ to, data }: Call): DecodedCall | undefined {
  if (!data.startsWith(APPROVE_HASH) || data.length !== 10 + 64) return undefined
  return { kind: "approve-hash", safe: to, hash: `0x${data.slice(10)}` }
}

function decodeTimelock({ to, data }: Call, contracts: KnownContracts): TimelockBatch | undefined {
  const found = parse(TIMELOCK, data)
  if (found === undefined) return undefined
  const { args, name } = found
  const single = name === "schedule" || name === "execute"
  if (!single && name !== "scheduleBatch" && name !== "executeBatch") return undefined
  const column = <Value>(index: number): Value[] =>
    single ? [args[index] as Value] : [...(args[index] as Iterable<Value>)]
  const [targets, values, payloads] = [column<string>(0), column<bigint>(1), column<Hex>(2)]
  // OpenZeppelin's timelock refuses arrays of different lengths, so such a batch can only fail.
  if (targets.length !== values.length || targets.length !== payloads.length) return undefined
  const calls = targets.map((target, i) => {
    const call: Call = { to: parseAddress(target), value: values[i] ?? 0n, data: payloads[i] ?? "0x" }
    return { call, decoded: decodeCall(call, contracts) }
  })
  const schedules = name.startsWith("schedule")
  return {
    kind: schedules ? "schedule" : "execute",
    timelock: to,
    calls,
    predecessor: args[3] as Hex,
    salt: args[4] as Hex,
    delay: schedules ? (args[5] as bigint) : undefined,
  }
}

interface Parsed {
  readonly name: string
  readonly args: Result
}

/** Decodes with an interface; undefined unless encoding it again gives the same bytes. */
function parse(contract: Interface, data: Hex): Parsed | undefined {
  try {
    const found = contract.parseTransaction({ data })
    if (found === null) return undefined
    // Encoding every value makes ethers report the ones that it could not decode.
    const again = contract.encodeFunctionData(found.fragment, found.args.toArray(true))
    return again === data ? { name: found.name, args: found.args } : undefined
  } catch {
    return undefined
  }
}

/** Names that the selector of an unknown call may stand for. A hint for the reader, never a finding. */
const COMMON: Readonly<Record<string, string>> = {
  "0x095ea7b3": "approve(address,uint256)",
  "0x23b872dd": "transferFrom(address,address,uint256)",
  "0xa9059cbb": "transfer(address,uint256)",
  "0x0d582f13": "addOwnerWithThreshold(address,uint256)",
  "0xf8dc5dd9": "removeOwner(address,address,uint256)",
  "0xe318b52b": "swapOwner(address,address,address)",
  "0x694e80c3": "changeThreshold(uint256)",
  "0x610b5925": "enableModule(address)",
  "0xe19a9dd9": "setGuard(address)",
  "0xf08a0323": "setFallbackHandler(address)",
  "0x8d80ff0a": "multiSend(bytes)",
  "0x715018a6": "renounceOwnership()",
  "0xac9650d8": "multicall(bytes[])",
  "0xc4d252f5": "cancel(bytes32)",
  "0x64d62353": "updateDelay(uint256)",
  "0x2f2ff15d": "grantRole(bytes32,address)",
}

function guess(data: Hex): string | undefined {
  return COMMON[data.slice(0, 10)]
}
