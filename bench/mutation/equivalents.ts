/** Mutants that no test can kill because the contract behaves the same, with the argument for each. */
import type { Mutant } from "./operators.ts"

interface Equivalent {
  /** Texts in the mutant's source that the contract's does not have, with white space as single blanks. */
  readonly becomes: readonly string[]
  readonly why: string
}

const EQUIVALENTS: readonly Equivalent[] = [
  {
    becomes: ["if (wordEnd >= end) wordEnd = end;"],
    why: "of two equal ends of the word it does not matter which is taken",
  },
  {
    becomes: ["if (start >= LEAF_COUNT ||"],
    why: "a range has an entry, so one that starts at the count is out of bounds by the second condition too",
  },
  {
    becomes: ["if ((high ^ low) >= (high & low))"],
    why: "they share no bit, so they are equal only if both are zero, and no position is zero",
  },
  {
    becomes: ["new bytes32[](length * 2 + 1)", "new bytes32[](length / 2 + 2)"],
    why: "room that is never written to",
  },
  {
    becomes: [
      "commutativeKeccak256( _element(proof, used++), _entryLeaf(start, entries[0])",
      "commutativeKeccak256( _entryLeaf(start + from + 1, entries[from + 1]), _entryLeaf(start + from, entries[from])",
      "commutativeKeccak256(_element(proof, used++), last)",
      "commutativeKeccak256(_element(proof, used++), nodes[from++])",
      "commutativeKeccak256(nodes[from + 1], nodes[from])",
      "commutativeKeccak256(_element(proof, used++), nodes[from])",
    ],
    why: "the hash of two nodes is the same in either order",
  },
]

/** Returns the argument that a mutant is no mistake, if there is one. */
export function whyEquivalent(mutant: Mutant): string | undefined {
  const source = mutant.source.replaceAll(/\s+/g, " ")
  return EQUIVALENTS.find(({ becomes }) => becomes.some((text) => source.includes(text)))?.why
}
