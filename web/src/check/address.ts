import { constructorParameters, initCode } from "../../../scripts/core/contract/constructor-parameters.ts"
import { contractAddress } from "../../../scripts/core/ethereum/create2.ts"
import { toChecksum } from "../../../scripts/core/primitives/address.ts"
import { fromHex, toHex, type Hex } from "../../../scripts/core/primitives/bytes.ts"
import { keccak256 } from "./keccak.ts"
import type { Program } from "../../../scripts/core/program/program.ts"
import type { CheckContext } from "./lines.ts"
import type { ListTree } from "./list.ts"

/** The contract's creation code, put in by the build, so that it cannot differ from the compiled contract. */
declare const MERKLE_AIRDROP_BYTECODE: string

/**
 * Computes the contract's address from its code, the list and the program's settings. A contract that was deployed
 * from a key has another address, which follows from no file.
 */
export function checkAddress(
  { config, end }: CheckContext,
  program: Program,
  { list, tree }: ListTree,
): void {
  const { owner, sweepTime } = program.contract
  const computed =
    owner === undefined || sweepTime === undefined
      ? undefined
      : contractAddress(
          initCode(MERKLE_AIRDROP_BYTECODE, constructorParameters(program, toHex(tree.root), list.count)),
        )
  const verdict = computed === config.contract ? "good" : "none"
  end({ name: "address", verdict, count: 1, value: toChecksum(config.contract), findings: [] })
}

/** Returns keccak256 of the contract's creation code. */
export function creationCodeHash(): Hex {
  return toHex(keccak256(fromHex(MERKLE_AIRDROP_BYTECODE)))
}
