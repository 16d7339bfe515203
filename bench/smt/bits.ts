/**
 * The properties of the contract's bit arithmetic, as questions to the solver about words of 256 bits. Each asks for
 * a counterexample, and none exists.
 */

export interface Lemma {
  readonly proves: string
  /** SMT-LIB 2; "unsat" proves it. */
  readonly query: string
}

const DECLARATIONS = `(set-logic QF_BV)
(define-sort Word () (_ BitVec 256))
(define-fun one () Word (_ bv1 256))
(define-fun zero () Word (_ bv0 256))
(define-fun low8 ((x Word)) Word (bvand x (_ bv255 256)))
(define-fun bit ((i Word)) Word (bvshl one (low8 i)))
(define-fun isSet ((word Word) (i Word)) Bool (not (= (bvand word (bit i)) zero)))
`

function lemma(proves: string, constants: string, hypotheses: string, conclusion: string): Lemma {
  const declared = constants
    .split(" ")
    .map((name) => `(declare-const ${name} Word)`)
    .join("\n")
  return {
    proves,
    query: `${DECLARATIONS}${declared}\n(assert (and true ${hypotheses}))\n(assert (not ${conclusion}))\n(check-sat)\n`,
  }
}

/** The run of a range inside one word: first index, count, and the mask that claimRange writes. */
const RUN = `(bvule one count) (bvule count (bvsub (_ bv256 256) (low8 index)))`
const MASK = `(bvshl (bvlshr (bvnot zero) (bvsub (_ bv256 256) count)) (low8 index))`

export const LEMMAS: readonly Lemma[] = [
  lemma(
    "claim: after `before | bit` the index's bit is set",
    "before index",
    "",
    "(isSet (bvor before (bit index)) index)",
  ),
  lemma(
    "claim: no other bit of the word changes",
    "before index other",
    "(not (= (low8 index) (low8 other)))",
    "(= (isSet (bvor before (bit index)) other) (isSet before other))",
  ),
  lemma(
    "claimRange: the mask has the bits of the run and no others",
    "index count other",
    `${RUN} (bvult other (_ bv256 256))`,
    `(= (isSet ${MASK} other) (and (bvule (low8 index) other) (bvult other (bvadd (low8 index) count))))`,
  ),
  lemma(
    "claimRange: a bit set before stays set",
    "before index count other",
    `${RUN} (isSet before other)`,
    `(isSet (bvor before ${MASK}) other)`,
  ),
  lemma(
    "claimRange: two positions of one level pass",
    "high low level",
    "(bvult level (_ bv255 256)) (bvule (bvshl one level) low) (bvule low high) (bvult high (bvshl one (bvadd level one)))",
    "(not (bvugt (bvxor high low) (bvand high low)))",
  ),
  lemma(
    "claimRange: two positions of different levels are refused",
    "high low level",
    "(bvult level (_ bv256 256)) (bvult low (bvshl one level)) (bvule (bvshl one level) high)",
    "(bvugt (bvxor high low) (bvand high low))",
  ),
]
