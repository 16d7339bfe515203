/** Immutables in the deployed code of a contract, in the order of their declarations. */
import { InvariantError } from "../../core/primitives/error.ts"
import { wordHex } from "../../core/primitives/words.ts"
import type { Artifact } from "./artifacts.ts"

/** Returns the deployed code with its immutables filled in. */
export function withImmutables(artifact: Artifact, values: readonly bigint[]): string {
  const places = placesOf(artifact)
  if (places.length !== values.length) {
    throw new InvariantError(
      `${artifact.contractName} has ${places.length} immutables in its code, not ${values.length}`,
    )
  }
  let code = artifact.deployedBytecode
  for (const [i, starts] of places.entries()) {
    for (const at of starts)
      code = code.slice(0, at) + wordHex(values[i] ?? 0n).slice(2) + code.slice(at + 64)
  }
  return code
}

/** Reads the immutables in a deployed code; undefined if it is not the code of this contract. */
export function immutablesIn(artifact: Artifact, code: string): readonly bigint[] | undefined {
  if (code.length !== artifact.deployedBytecode.length || !/^0x[0-9a-f]*$/.test(code)) return undefined
  const values = placesOf(artifact).map(([at = 0]) => BigInt(`0x${code.slice(at, at + 64)}`))
  return withImmutables(artifact, values) === code ? values : undefined
}

/** The offsets of each immutable in the text of the code. The compiler numbers declarations in their order. */
function placesOf({ immutableReferences }: Artifact): readonly (readonly number[])[] {
  return Object.entries(immutableReferences)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, references]) => references.map(({ start }) => 2 + 2 * start))
}
