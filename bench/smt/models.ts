/**
 * Models of the contract that the SMT solver can decide. Functions are taken literally from its source. Only code
 * that the solver cannot reason about is replaced, by code that allows more behaviours than the original. A
 * replacement whose text does not occur exactly once fails, so that a model cannot diverge from the contract.
 */
import { AirdropError } from "../../scripts/core/primitives/error.ts"

/** A model with assertions, all of which the compiler's SMTChecker has to prove. */
export interface Model {
  readonly name: string
  readonly proves: readonly string[]
  /** "chc": over any sequence of calls. "bmc": within one call, from any state that the model allows. */
  readonly engine: "chc" | "bmc"
  readonly source: string
}

const HEAD = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;
interface IToken { function transfer(address to, uint256 amount) external returns (bool); }
`

/** Builds the models from the text of contracts/MerkleAirdrop.sol. */
export function modelsOf(contract: string): readonly Model[] {
  return [reserveModel(contract), flagsModel(contract), claimModel(contract)]
}

/**
 * Builds the model of the reserve. Any proof may be right or wrong, any root may be accepted at any time, and the
 * token may call back.
 */
function reserveModel(contract: string): Model {
  const mark = adapt(functionOf(contract, "_markReserveClaimed"), [
    ["bytes32[] calldata proof", "bool proved"],
    [/ +bytes32 leaf = .*\n/, ""],
    ["!MerkleProof.verifyCalldata(proof, root, leaf)", "!proved"],
    [/ +emit ReserveClaimed\(.*\n/, ""],
    [/revert \w+\([^;]*\);/g, "revert();"],
  ])
  const claim = adapt(functionOf(contract, "claimReserve"), [
    ["bytes32[] calldata proof", "bool proved"],
    ["cumulativeAmount, proof)", "cumulativeAmount, proved)"],
    [
      "TOKEN.safeTransfer(account, amount);",
      "assert(amount > 0);\n        sent += amount;\n        sentTo[account] += amount;\n        TOKEN.transfer(account, amount);",
    ],
  ])
  return {
    name: "reserve",
    engine: "chc",
    proves: [
      "a reserve claim pays more than nothing",
      "paid from the reserve is at most the cap, after any calls in any order, re-entrant ones included",
      "what left the contract is what reservePaid says",
      "what left it for an account is what reserveClaimed says",
    ],
    source: `${HEAD}contract Model {
    IToken private immutable TOKEN;
    uint256 private immutable RESERVE_CAP;
    address private immutable someone;
    bytes32 private reserveRoot;
    uint256 private reservePaid;
    mapping(address account => uint256 amount) private reserveClaimed;
    uint256 private sent;
    mapping(address account => uint256 amount) private sentTo;
    constructor(IToken token, uint256 cap, address anyone) { TOKEN = token; RESERVE_CAP = cap; someone = anyone; }
    function setRoot(bytes32 root) external { reserveRoot = root; }
${claim}
${mark}
    function properties() external view {
        assert(reservePaid <= RESERVE_CAP);
        assert(sent == reservePaid);
        assert(sentTo[someone] == reserveClaimed[someone]);
    }
}
`,
  }
}

/**
 * Builds the model of flags: an index is paid as often as its flag says, after any calls. The flag is zero or one.
 */
function flagsModel(contract: string): Model {
  return {
    name: "flags",
    engine: "chc",
    proves: [
      "an index has been paid as often as its flag says, after any claims in any order, re-entrant ones included",
    ],
    source: flagged(contract, "_markClaimed(index, proved);", [
      "function properties() external view {",
      "    assert(times[some] == flags[some]);",
      "}",
    ]),
  }
}

/** Builds the model of one claim, from any state that satisfies the properties of the model before this one. */
function claimModel(contract: string): Model {
  const claim = [
    "require(times[some] == flags[some]);",
    "uint256 was = flags[some];",
    "_markClaimed(index, proved);",
    "assert(flags[some] == was || (was == 0 && index == some && flags[some] == 1));",
    "assert(index != some || times[some] == 0);",
  ].join("\n        ")
  return {
    name: "claim",
    engine: "bmc",
    proves: [
      "a claim sets the flag of its own index, from unset, and clears or sets no other",
      "an index that is paid has not been paid before",
    ],
    source: flagged(contract, claim, []),
  }
}

/** Replaces the bitmap by one flag an index, which is proved separately. Any proof may be right or wrong. */
function flagged(contract: string, marking: string, properties: readonly string[]): string {
  const mark = adapt(functionOf(contract, "_markClaimed"), [
    ["bytes32[] calldata proof", "bool proved"],
    [/ +uint256 word = [^]*?uint256 before = _claimed\._data\[word\];\n/, ""],
    ["before & bit != 0", "flags[index] != 0"],
    ["!MerkleProof.verifyCalldata(proof, AUTOMATIC_ROOT, _leaf(index, account, amount))", "!proved"],
    ["_claimed._data[word] = before | bit;", "flags[index] = 1;"],
    [/ +emit Claimed\(.*\n/, ""],
    [/revert \w+\([^;]*\);/g, "revert();"],
    ["address account, uint256 amount, ", ""],
  ])
  const claim = adapt(functionOf(contract, "claim"), [
    ["bytes32[] calldata proof", "bool proved"],
    ["_markClaimed(index, account, amount, proof);", marking],
    ["TOKEN.safeTransfer(account, amount);", "times[index] += 1;\n        TOKEN.transfer(account, amount);"],
  ])
  return `${HEAD}contract Model {
    IToken private immutable TOKEN;
    uint256 private immutable some;
    mapping(uint256 index => uint256 flag) private flags;
    mapping(uint256 index => uint256 count) private times;
    constructor(IToken token, uint256 any) { TOKEN = token; some = any; }
${claim}
${mark}
    ${properties.join("\n    ")}
}
`
}

/** Returns a function's text, from its declaration to the brace that ends it. */
function functionOf(contract: string, name: string): string {
  const found = new RegExp(`^    function ${name}\\([^]*?^    }$`, "m").exec(contract)
  if (!found)
    throw new AirdropError(`contracts/MerkleAirdrop.sol has no function ${name}`, { code: "unknown" })
  return found[0]
}

function adapt(text: string, changes: readonly (readonly [string | RegExp, string])[]): string {
  return changes.reduce((adapted, [from, to]) => {
    const count =
      typeof from === "string" ? adapted.split(from).length - 1 : (adapted.match(from)?.length ?? 0)
    const several = from instanceof RegExp && from.global
    if (several ? count === 0 : count !== 1) {
      throw new AirdropError(`the contract has ${count} times what a model replaces: ${String(from)}`, {
        hint: "Change the models in bench/smt/models.ts as the contract changed.",
        code: "mismatch",
      })
    }
    return adapted.replace(from, to)
  }, text)
}
