/** The operations that a view may use, and those whose result the proof does not settle. */
import type { EVMOpts } from "@ethereumjs/evm"

/** Thrown where the result of the code does not follow from the proven state alone. */
export class NotFollowed extends Error {}

/** What a view may know of the block. */
export interface BlockFacts {
  /** Seconds since 1970. */
  readonly timestamp: bigint
  readonly chainId: bigint
}

/**
 * The operations that are followed. All others are refused, whether or not the chain knows them: block fields other
 * than the time (on Arbitrum the header does not settle NUMBER, COINBASE or BASEFEE), the sender, balances, logs,
 * creations, and everything that writes.
 */
const FOLLOWED: readonly (readonly [first: number, last: number])[] = [
  [0x00, 0x0b], // STOP, arithmetic
  [0x10, 0x1d], // comparisons, bits
  [0x20, 0x20], // KECCAK256
  [0x30, 0x30], // ADDRESS
  [0x34, 0x39], // CALLVALUE, call data, own code
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

/** Every operation that is not the machine's own: the refused ones, and those that the world answers. */
export function operationsFor({ chainId, timestamp }: BlockFacts): Operation[] {
  const codes = Array.from({ length: 256 }, (_, code) => code)
  const refused = codes.filter((code) => !FOLLOWED.some(([first, last]) => first <= code && code <= last))
  return [
    ...refused.map(refusedOperation),
    constant(0x42, "TIMESTAMP", timestamp),
    constant(0x46, "CHAINID", chainId),
    {
      opcode: 0x5a,
      opcodeName: "GAS",
      baseFee: 2,
      // Compilers pass all gas on to a call. In any other place the answer would depend on the gas of the caller.
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
