/**
 * The EVM operations that a view may use. All others are refused, because the proof does not settle their result.
 */
import type { EVMOpts } from "@ethereumjs/evm"

/** Thrown if the result of the code does not follow from the proven state alone. */
export class NotFollowed extends Error {}

/** The facts about the block that a view may read. */
export interface BlockFacts {
  /** Seconds since 1970. */
  readonly timestamp: bigint
  readonly chainId: bigint
}

/**
 * The allowed operations. All others are refused, also ones that the chain knows: block fields other than the time
 * (on Arbitrum the header does not settle NUMBER, COINBASE or BASEFEE), the origin, balances, logs, creations, and all
 * writes. A view is called by the zero address, as by an eth_call that names no sender. Within it the caller is the
 * contract that calls: a Safe's fallback hands it on to its handler.
 */
const FOLLOWED: readonly (readonly [first: number, last: number])[] = [
  [0x00, 0x0b], // STOP, arithmetic
  [0x10, 0x1d], // comparisons, bits
  [0x20, 0x20], // KECCAK256
  [0x30, 0x30], // ADDRESS
  [0x33, 0x39], // CALLER, CALLVALUE, call data, own code
  [0x3b, 0x3b], // EXTCODESIZE
  [0x3d, 0x3e], // return data
  [0x42, 0x42], // TIMESTAMP
  [0x46, 0x46], // CHAINID
  [0x50, 0x54], // POP, memory, SLOAD
  [0x56, 0x5b], // jumps, PC, MSIZE, GAS, JUMPDEST
  [0x5e, 0x9f], // MCOPY, PUSH, DUP, SWAP
  [0xf1, 0xf1], // CALL
  [0xf3, 0xf4], // RETURN, DELEGATECALL
  [0xfa, 0xfa], // STATICCALL
  [0xfd, 0xfe], // REVERT, INVALID
]
const CALLS = new Set([0xf1, 0xf4, 0xfa])

type Operation = NonNullable<EVMOpts["customOpcodes"]>[number]

/** Returns the operations that read the block's facts. */
export function blockConstants({ chainId, timestamp }: BlockFacts): Operation[] {
  return [constant(0x42, "TIMESTAMP", timestamp), constant(0x46, "CHAINID", chainId)]
}

/** Returns the operations that replace the EVM's: the refused ones, and those that read the block's facts. */
export function operationsFor(facts: BlockFacts): Operation[] {
  const codes = Array.from({ length: 256 }, (_, code) => code)
  const refused = codes.filter((code) => !FOLLOWED.some(([first, last]) => first <= code && code <= last))
  return [
    ...refused.map(refusedOperation),
    ...blockConstants(facts),
    {
      opcode: 0x5a,
      opcodeName: "GAS",
      baseFee: 2,
      // Compilers pass all gas on to a call. Anywhere else the answer would depend on the gas of the caller.
      logicFunction: ({ stack, code, programCounter, interpreter }) => {
        if (!CALLS.has(code[programCounter] ?? 0)) throw new NotFollowed("it depends on the gas that is left")
        stack.push(interpreter.getGasLeft())
      },
    },
  ]
}

function refusedOperation(opcode: number): Operation {
  const opcodeName = `0x${opcode.toString(16).padStart(2, "0")}`
  const logicFunction = (): never => {
    throw new NotFollowed(`it uses operation ${opcodeName}`)
  }
  return { opcode, opcodeName, baseFee: 0, logicFunction }
}

function constant(opcode: number, opcodeName: string, value: bigint): Operation {
  return {
    opcode,
    opcodeName,
    baseFee: 2,
    logicFunction: ({ stack }) => {
      stack.push(value)
    },
  }
}
