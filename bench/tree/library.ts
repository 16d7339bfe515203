/** Measures OpenZeppelin's library in a process of its own: `library.ts LEAVES PROOFS` prints one JSON object. */
import { StandardMerkleTree } from "@openzeppelin/merkle-tree"
import { rowOf } from "./rows.ts"

export interface LibraryFigures {
  readonly root: string
  readonly seconds: number
  readonly rssMB: number
  /** Microseconds of a proof by getProof, on average over evenly spread leaves. */
  readonly proofMicroseconds: number
}

const [leaves = 0, proofs = 1] = process.argv.slice(2).map(Number)
const values = Array.from({ length: leaves }, (_, i): [string, string, string] => {
  const { account, amount } = rowOf(i, leaves)
  return [i.toString(), account, amount.toString()]
})
const start = performance.now()
const tree = StandardMerkleTree.of(values, ["uint256", "address", "uint256"], { sortLeaves: false })
const built = performance.now()
const { maxRSS } = process.resourceUsage()
for (let i = 0; i < proofs; i++) tree.getProof(Math.floor((i * leaves) / proofs))
const proven = performance.now()
const figures: LibraryFigures = {
  root: tree.root,
  seconds: (built - start) / 1000,
  rssMB: maxRSS / 1024,
  proofMicroseconds: ((proven - built) / proofs) * 1000,
}
process.stdout.write(JSON.stringify(figures))
