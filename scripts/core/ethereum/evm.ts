/**
 * Runs a view function of proven code over proven storage: the small part of the EVM that views need, so that what a
 * contract answers follows from the state root alone, its immutables (which are code, not storage) included. What it
 * does not know it refuses: it never guesses.
 */
import type { Address } from "../primitives/address.ts"
import { fromHex, toHex, type Hex } from "../primitives/bytes.ts"
import { keccak256 } from "../primitives/keccak.ts"
import { wordHex } from "../primitives/words.ts"
import { BINARY } from "./evm-arithmetic.ts"

/** The state that a view reads. */
export interface World {
  readonly timestamp: bigint
  readonly chainId: bigint
  code(address: Address): Promise<Uint8Array>
  storage(address: Address, slot: bigint): Promise<bigint>
}

export interface ViewResult {
  readonly success: boolean
  readonly data: Uint8Array
}

/** The code does something that cannot be followed here. */
export class NotFollowed extends Error {}

/** Operations that one view may take, calls within included, and how deep those may go. */
const MAX_STEPS = 200_000
const MAX_DEPTH = 8
const MAX_MEMORY = 1 << 20
const WORD = (1n << 256n) - 1n

interface Frame {
  /** Whose storage is read. */
  readonly self: Address
  /** Whose code runs. */
  readonly codeOf: Address
  readonly input: Uint8Array
  readonly depth: number
}

/**
 * Calls `to` with `input`, as eth_call would.
 * @throws NotFollowed where the code does what is not known here; whatever the world throws
 */
export async function callView(world: World, to: Address, input: Hex): Promise<ViewResult> {
  const budget = { steps: MAX_STEPS }
  return await run(world, { self: to, codeOf: to, input: fromHex(input), depth: 0 }, budget)
}

const FAILED: ViewResult = { success: false, data: new Uint8Array() }

/** Marks the end of a frame that the EVM itself would stop: bad jump, empty stack, invalid operation. */
class Halt extends Error {}

async function run(world: World, frame: Frame, budget: { steps: number }): Promise<ViewResult> {
  try {
    return await execute(world, frame, budget)
  } catch (error) {
    if (error instanceof Halt) return FAILED
    throw error
  }
}

async function execute(world: World, frame: Frame, budget: { steps: number }): Promise<ViewResult> {
  const code = await world.code(frame.codeOf)
  const jumps = jumpDestinations(code)
  const stack: bigint[] = []
  let memory = new Uint8Array(1024)
  let memorySize = 0
  let returned: Uint8Array = new Uint8Array()
  let at = 0

  const pop = (): bigint => {
    const value = stack.pop()
    if (value === undefined) throw new Halt()
    return value
  }
  const push = (value: bigint): void => {
    if (stack.push(value & WORD) > 1024) throw new Halt()
  }
  const small = (value: bigint): number => {
    if (value > BigInt(MAX_MEMORY)) throw new NotFollowed("it uses more memory than a view needs")
    return Number(value)
  }
  const touch = (start: number, size: number): void => {
    if (size === 0) return
    memorySize = Math.max(memorySize, 32 * Math.ceil((start + size) / 32))
    if (memorySize > MAX_MEMORY) throw new NotFollowed("it uses more memory than a view needs")
    while (memory.length < memorySize) {
      const larger = new Uint8Array(2 * memory.length)
      larger.set(memory)
      memory = larger
    }
  }
  const read = (start: number, size: number): Uint8Array => {
    touch(start, size)
    return memory.slice(start, start + size)
  }
  const write = (start: number, bytes: Uint8Array): void => {
    touch(start, bytes.length)
    memory.set(bytes, start)
  }
  const copyFrom = (source: Uint8Array): void => {
    const target = small(pop())
    const from = pop()
    const size = small(pop())
    const bytes = new Uint8Array(size)
    if (from < BigInt(source.length)) bytes.set(source.subarray(Number(from), Number(from) + size))
    write(target, bytes)
  }
  const call = async (operation: number): Promise<void> => {
    pop() // gas
    const codeOf = addressOf(pop())
    const value = operation === 0xf1 ? pop() : 0n
    const input = read(small(pop()), small(pop()))
    const target = small(pop())
    const size = small(pop())
    if (value !== 0n) throw new NotFollowed("it sends ether")
    if (BigInt(codeOf) < 0x1000n) throw new NotFollowed("it calls a precompiled contract")
    if (frame.depth >= MAX_DEPTH) throw new NotFollowed("its calls are too deep")
    const self = operation === 0xf4 ? frame.self : codeOf
    const result = await run(world, { self, codeOf, input, depth: frame.depth + 1 }, budget)
    returned = result.data
    touch(target, size)
    write(target, result.data.subarray(0, size))
    push(result.success ? 1n : 0n)
  }

  for (;;) {
    if (--budget.steps < 0) throw new NotFollowed("it takes more steps than a view needs")
    const operation = code[at] ?? 0
    at++
    if (operation >= 0x5f && operation <= 0x7f) {
      const size = operation - 0x5f
      const bytes = new Uint8Array(size)
      bytes.set(code.subarray(at, at + size))
      push(size === 0 ? 0n : BigInt(toHex(bytes)))
      at += size
      continue
    }
    if (operation >= 0x80 && operation <= 0x8f) {
      const value = stack[stack.length - (operation - 0x7f)]
      if (value === undefined) throw new Halt()
      push(value)
      continue
    }
    if (operation >= 0x90 && operation <= 0x9f) {
      const top = stack.length - 1
      const other = top - (operation - 0x8f)
      const [a, b] = [stack[top], stack[other]]
      if (a === undefined || b === undefined) throw new Halt()
      stack[top] = b
      stack[other] = a
      continue
    }
    const arithmetic = BINARY[operation]
    if (arithmetic !== undefined) {
      const a = pop()
      push(arithmetic(a, pop()))
      continue
    }
    switch (operation) {
      case 0x00: // STOP
        return { success: true, data: new Uint8Array() }
      case 0x15: // ISZERO
        push(pop() === 0n ? 1n : 0n)
        break
      case 0x19: // NOT
        push(pop() ^ WORD)
        break
      case 0x20: // KECCAK256
        push(BigInt(toHex(keccak256(read(small(pop()), small(pop()))))))
        break
      case 0x30: // ADDRESS
        push(BigInt(frame.self))
        break
      case 0x34: // CALLVALUE
        push(0n)
        break
      case 0x35: {
        // CALLDATALOAD
        const from = pop()
        const bytes = new Uint8Array(32)
        if (from < BigInt(frame.input.length)) {
          bytes.set(frame.input.subarray(Number(from), Number(from) + 32))
        }
        push(BigInt(toHex(bytes)))
        break
      }
      case 0x36: // CALLDATASIZE
        push(BigInt(frame.input.length))
        break
      case 0x37: // CALLDATACOPY
        copyFrom(frame.input)
        break
      case 0x38: // CODESIZE
        push(BigInt(code.length))
        break
      case 0x39: // CODECOPY
        copyFrom(code)
        break
      case 0x3b: // EXTCODESIZE
        push(BigInt((await world.code(addressOf(pop()))).length))
        break
      case 0x3d: // RETURNDATASIZE
        push(BigInt(returned.length))
        break
      case 0x3e: // RETURNDATACOPY
        if ((stack.at(-2) ?? 0n) + (stack.at(-3) ?? 0n) > BigInt(returned.length)) throw new Halt()
        copyFrom(returned)
        break
      case 0x42: // TIMESTAMP
        push(world.timestamp)
        break
      case 0x46: // CHAINID
        push(world.chainId)
        break
      case 0x50: // POP
        pop()
        break
      case 0x51: // MLOAD
        push(BigInt(toHex(read(small(pop()), 32))))
        break
      case 0x52: {
        // MSTORE
        const target = small(pop())
        write(target, fromHex(wordHex(pop())))
        break
      }
      case 0x53: {
        // MSTORE8
        const target = small(pop())
        write(target, Uint8Array.of(Number(pop() & 255n)))
        break
      }
      case 0x54: // SLOAD
        push(await world.storage(frame.self, pop()))
        break
      case 0x56: // JUMP
        at = jumpTo(jumps, pop())
        break
      case 0x57: {
        // JUMPI
        const target = pop()
        if (pop() !== 0n) at = jumpTo(jumps, target)
        break
      }
      case 0x58: // PC
        push(BigInt(at - 1))
        break
      case 0x59: // MSIZE
        push(BigInt(memorySize))
        break
      case 0x5a: // GAS: there is always enough
        push(1n << 40n)
        break
      case 0x5b: // JUMPDEST
        break
      case 0x5e: {
        // MCOPY
        const target = small(pop())
        write(target, read(small(pop()), small(pop())))
        break
      }
      case 0xf1: // CALL
      case 0xf4: // DELEGATECALL
      case 0xfa: // STATICCALL
        await call(operation)
        break
      case 0xf3: // RETURN
        return { success: true, data: read(small(pop()), small(pop())) }
      case 0xfd: // REVERT
        return { success: false, data: read(small(pop()), small(pop())) }
      case 0xfe: // INVALID
        throw new Halt()
      default:
        throw new NotFollowed(`it uses operation 0x${operation.toString(16).padStart(2, "0")}`)
    }
  }
}

function jumpTo(jumps: ReadonlySet<number>, target: bigint): number {
  if (target > BigInt(Number.MAX_SAFE_INTEGER) || !jumps.has(Number(target))) throw new Halt()
  return Number(target)
}

/** Where JUMPDEST stands as an operation, not as data of a PUSH. */
function jumpDestinations(code: Uint8Array): ReadonlySet<number> {
  const found = new Set<number>()
  for (let at = 0; at < code.length; at++) {
    const operation = code[at] ?? 0
    if (operation === 0x5b) found.add(at)
    if (operation > 0x5f && operation <= 0x7f) at += operation - 0x5f
  }
  return found
}

function addressOf(word: bigint): Address {
  return `0x${(word & ((1n << 160n) - 1n)).toString(16).padStart(40, "0")}`
}
