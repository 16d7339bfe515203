/** What a hostile preparer of batches sends to signers, with the sentence by which inspect flags it. */
import { readFile, writeFile } from "node:fs/promises"
import { Interface } from "ethers"
import { SESSION } from "../../scripts/core/session/contracts.ts"
import { toChecksum, type Address } from "../../scripts/core/primitives/address.ts"
import type { Hex } from "../../scripts/core/primitives/bytes.ts"
import type { Call } from "../../scripts/core/ethereum/call.ts"
import { deploymentCall } from "../../scripts/core/ethereum/create2.ts"
import { AIRDROP } from "../../scripts/core/contract/abi.ts"
import { TIMELOCK } from "../../scripts/core/contract/timelock.ts"
import { initCode } from "../../scripts/core/contract/constructor-parameters.ts"
import {
  executeCall,
  ownerCall,
  scheduleCall,
  transferCall,
} from "../../scripts/core/multisig/owner-calls.ts"
import { recordCall } from "../../scripts/core/contract/list-recorder.ts"
import { packList } from "../../scripts/core/merkle/packed-list.ts"
import { encodeMultiSend } from "../../scripts/core/safe/multi-send.ts"
import { batchChecksum, batchFile } from "../../scripts/core/safe/safe-batch.ts"
import {
  safeHashes,
  safeTransaction,
  type SafeTransaction,
} from "../../scripts/core/safe/safe-transaction.ts"
import { multiSendCallOnly } from "../../scripts/io/safe/deployments.ts"
import { type ProgramContext } from "../../scripts/stages/deployment/deployment-context.ts"
import { composeProposal } from "../../scripts/stages/multisig/make-proposal.ts"
import { NOTES } from "../../scripts/stages/multisig/proposal-notes.ts"
import { writeProposal, besideBatch } from "../../scripts/stages/multisig/proposal-files.ts"
import { cidOf } from "../../scripts/stages/multisig/proofs-uri.ts"
import { writeSafeTransaction } from "../../scripts/stages/multisig/transaction-file.ts"

export const OWNER: Address = "0xf5580c254ec78375b2b9405cf1a305977845ba67"
const TIMELOCKED: Address = `0x${"71".repeat(20)}`
export const STRANGER: Address = `0x${"5a".repeat(20)}`
const STRANGERS: readonly Address[] = [
  STRANGER,
  `0x${"00".repeat(20)}`,
  `0x${"00".repeat(19)}01`,
  SESSION.token,
  SESSION.pool,
  SESSION.rewards,
  "0xf5580c254ec78375b2b9405cf1a305977845ba68", // the Safe but for its last digit
]
const SALT: Hex = `0x${"00".repeat(32)}`
export const SAFE = { chainId: 42161, address: OWNER, version: "1.4.1" }

interface Json {
  chainId: string
  version: string
  meta: Record<string, unknown>
  transactions: Record<string, unknown>[]
  [key: string]: unknown
}

/** A forged request: what a sender writes, what the signer says, and the sentence that flags it. */
interface Forgery {
  readonly what: string
  readonly flag: RegExp
  readonly write: (path: string, context: ProgramContext) => Promise<void>
  readonly args?: readonly string[]
  /** True if the .safe-tx.json is named to inspect. */
  readonly isTransaction?: boolean
}

const TIMED = ["--timelock", TIMELOCKED, "--safe", OWNER]

/** Calls that a sender puts into a batch of their own. */
function calls(
  what: string,
  flag: RegExp,
  make: (context: ProgramContext) => readonly Call[] | Promise<readonly Call[]>,
  args: readonly string[] = [],
): Forgery {
  const write = async (path: string, context: ProgramContext): Promise<void> => {
    const texts = { name: "fund the airdrop", description: "" }
    await writeFile(path, JSON.stringify(batchFile(SAFE, texts, await make(context))))
  }
  return { what, flag, write, args }
}

/** Returns an honest funding with changed JSON and a matching checksum. */
function json(
  what: string,
  flag: RegExp,
  change: (file: Json) => void,
  options: { keepsChecksum?: boolean; args?: readonly string[] } = {},
): Forgery {
  const write = async (path: string, context: ProgramContext): Promise<void> => {
    const texts = { name: "fund the airdrop", description: "" }
    const file = JSON.parse(JSON.stringify(batchFile(SAFE, texts, [funding(context)]))) as Json
    change(file)
    if (options.keepsChecksum !== true) file.meta["checksum"] = batchChecksum(file)
    await writeFile(path, JSON.stringify(file))
  }
  return { what, flag, write, args: options.args ?? [] }
}

/** Returns an honest funding with the files beside it, one of which was changed. */
function beside(
  what: string,
  flag: RegExp,
  change: (texts: Record<"batch" | "text" | "transaction", string>) => void,
): Forgery {
  const write = async (path: string, context: ProgramContext): Promise<void> => {
    const transaction = safeTransaction([funding(context)], 0n, multiSendCallOnly(42161, "1.4.1"))
    const proposal = composeProposal({
      ...{ context, safe: SAFE, calls: [funding(context)], transaction },
      timelock: undefined,
      nested: [{ safe: { ...SAFE, address: STRANGER }, nonce: 3n }],
      notes: [],
    })
    const paths = besideBatch(path)
    await writeProposal(paths, proposal)
    const texts = {
      batch: await readFile(paths.batch, "utf8"),
      text: await readFile(paths.text, "utf8"),
      transaction: await readFile(paths.transaction, "utf8"),
    }
    change(texts)
    await writeFile(paths.batch, texts.batch)
    await writeFile(paths.text, texts.text)
    await writeFile(paths.transaction, texts.transaction)
  }
  return { what, flag, write }
}

/** Returns a whole Safe transaction with its true hashes. */
function transaction(
  what: string,
  flag: RegExp,
  change: (honest: SafeTransaction, context: ProgramContext) => SafeTransaction,
): Forgery {
  const write = async (path: string, context: ProgramContext): Promise<void> => {
    const honest = safeTransaction(
      [deploymentCall(context.initCode), funding(context)],
      0n,
      multiSendCallOnly(42161, "1.4.1"),
    )
    const forged = change(honest, context)
    await writeSafeTransaction(path, {
      safe: SAFE,
      transaction: forged,
      hashes: safeHashes(SAFE, forged),
      nested: [],
    })
  }
  return { what, flag, write }
}

export const funding = ({ airdrop, funding: amount }: ProgramContext): Call =>
  transferCall(SESSION.token, airdrop, amount)
const method = (
  name: string,
  inputs: readonly object[],
  values: object,
  data: string | null = null,
): Record<string, unknown> => ({
  ...{ to: toChecksum(SESSION.token), value: "0", data },
  contractMethod: { name, inputs, payable: false },
  contractInputsValues: values,
})
const PAY = [
  { name: "to", type: "address" },
  { name: "value", type: "uint256" },
]
const TO = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
const root = (digits: string): Hex => `0x${digits.repeat(32)}`
const digit = (text: string, at: number): string =>
  text.slice(0, at) + (text[at] === "1" ? "2" : "1") + text.slice(at + 1)

const SELECTORS: readonly string[] = [
  "approve(address,uint256)",
  "transferFrom(address,address,uint256)",
  "increaseAllowance(address,uint256)",
  "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)",
  "addOwnerWithThreshold(address,uint256)",
  "removeOwner(address,address,uint256)",
  "swapOwner(address,address,address)",
  "changeThreshold(uint256)",
  "enableModule(address)",
  "setGuard(address)",
  "setFallbackHandler(address)",
  "multiSend(bytes)",
  "renounceOwnership()",
  "multicall(bytes[])",
  "grantRole(bytes32,address)",
  "upgradeTo(address)",
]
const TARGETS: readonly ((context: ProgramContext) => Address)[] = [
  () => SESSION.token,
  ({ airdrop }) => airdrop,
  () => OWNER,
]

/** The forgeries by kind. */
export const FORGERIES: Readonly<Record<string, readonly Forgery[]>> = {
  "the file": [
    ...["1", "10", "8453", "421614", "11155111"].map((id) =>
      json(
        `chain ${id}`,
        /it is for chain \d+, and the program is on chain 42161/,
        (file) => (file.chainId = id),
      ),
    ),
    json("another version", /says it is of version "2.0"/, (file) => (file.version = "2.0")),
    json("no checksum", /has no checksum/, (file) => delete file.meta["checksum"], { keepsChecksum: true }),
    json(
      "a value changed under its checksum",
      /was changed after it was written/,
      (file) => (file.chainId = "1"),
      {
        keepsChecksum: true,
      },
    ),
    json("a checksum with escapes", /its checksum is "/, (file) => (file.meta["checksum"] = "\u001b[2J\n"), {
      keepsChecksum: true,
    }),
    ...STRANGERS.slice(0, 4).map((address) =>
      json(`made for the Safe ${address}`, /it is for the Safe 0x/, (file) => {
        file.meta["createdFromSafeAddress"] = toChecksum(address)
      }),
    ),
    json("a field beside the known", /the file has the field "note"/, (file) => (file["note"] = "ok")),
    json("a field in meta", /meta has the field "approved"/, (file) => (file.meta["approved"] = true)),
    json(
      "a field in a transaction",
      /transaction 1 has the field "gas"/,
      (file) => (first(file)["gas"] = "1"),
    ),
    ...[1, "1", 2].map((operation) =>
      json(`operation ${JSON.stringify(operation)}`, /asks for a DELEGATECALL/, (file) => {
        first(file)["operation"] = operation
      }),
    ),
  ],
  "texts instead of bytes": [
    ...["0b1000000000", "1a", "1e3", " 5 ", "007", "0x10", '"5"', "'5'"].map((value) =>
      json(`the amount ${value}`, /"value" is written .* and read as/, (file) => {
        file.transactions = [method("transfer", PAY, { to: TO, value })]
      }),
    ),
    ...["0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", TO.slice(2)].map((to) =>
      json(`the recipient ${to}`, /"to" is written/, (file) => {
        file.transactions = [method("transfer", PAY, { to, value: "5" })]
      }),
    ),
    json("a name that is a signature", /its name is taken as a whole signature/, (file) => {
      file.transactions = [method("approve(address,uint256)", PAY, { to: TO, value: "5" })]
    }),
    json("a value that no parameter takes", /no parameter takes the value "amount"/, (file) => {
      file.transactions = [method("transfer", PAY, { to: TO, value: "5", amount: "400" })]
    }),
    json("bytes with a value that no parameter takes", /no parameter takes the value "amount"/, (file) => {
      const values = { to: TO, value: "5" }
      const data = new Interface(["function transfer(address to, uint256 value)"]).encodeFunctionData(
        "transfer",
        [TO, 5n],
      )
      file.transactions = [method("transfer", PAY, { ...values, amount: "400" }, data)]
    }),
    json("bytes with values and no method", /no parameter takes the value "to"/, (file) => {
      first(file)["contractInputsValues"] = { to: TO }
    }),
    json("bytes that call something else", /do not call "transfer" with the values shown/, (file) => {
      const bytes = String(first(file)["data"])
      file.transactions = [method("transfer", PAY, { to: TO, value: "5" }, bytes)]
    }),
    json("a receive() with values", /transaction 1: no parameter takes the value "to"/, (file) => {
      file.transactions = [method("receive", [], { to: TO })]
    }),
  ],
  transfers: [
    ...STRANGERS.map((to) =>
      calls(`to ${to}`, /UNEXPECTED RECIPIENT: 400 SESH would go to/, ({ funding: amount }) => [
        transferCall(SESSION.token, to, amount),
      ]),
    ),
    ...[-399_999_999_999n, -1n, 1n, 10n ** 9n, 400n * 10n ** 9n, 10n ** 18n].map((by) =>
      calls(
        `of ${by} base units more`,
        by < 0n ? /too little: the airdrop needs 400 SESH/ : / SESH too much/,
        (context) => [transferCall(SESSION.token, context.airdrop, context.funding + by)],
      ),
    ),
    ...[STRANGER, SESSION.pool, OWNER].map((token) =>
      calls(`of the token ${token}`, /UNKNOWN TOKEN/, (context) => [
        transferCall(token, context.airdrop, context.funding),
      ]),
    ),
    calls("twice", /funds the airdrop 2 times/, (context) => [funding(context), funding(context)]),
    calls("with ether along", /sends 0\.000000000000000001 ether/, (context) => [
      { ...funding(context), value: 1n },
    ]),
    calls("of ether", /sends 1 ether/, () => [{ to: STRANGER, value: 10n ** 18n, data: "0x" }]),
    calls("with a byte behind it", /call 1: UNKNOWN: 0x10Ea9E5303/, (context) => [
      { ...funding(context), data: `${funding(context).data}00` },
    ]),
    calls("and another call behind it", /call 2: UNEXPECTED RECIPIENT/, (context) => [
      funding(context),
      transferCall(SESSION.token, STRANGER, 1n),
    ]),
  ],
  deployments: [
    ...(
      [
        ["token", { token: SESSION.pool }, /the token is 0x/],
        ["root", { automaticRoot: root("99") }, /the root 0x9999.* does not belong/],
        ["number of leaves", { leafCount: 3n }, /number of leaves is 3/],
        ["reserve cap", { reserveCap: 1n }, /reserve cap is/],
        ["reserve delay", { reserveDelay: 0n }, /reserve delay is no delay/],
        ["sweep time", { sweepTime: 1_800_000_000n }, /sweep time is 2027/],
        ["owner", { owner: STRANGER }, /the owner .*is not this Safe/],
        ["proofs URI", { proofsURI: "ipfs://x" }, /proofs URI is/],
      ] as const
    ).map(([what, changed, flag]) =>
      calls(`another ${what}`, flag, (context) => [
        deploymentCall(initCode(context.creationCode, { ...context.parameters, ...changed })),
        funding(context),
      ]),
    ),
    ...[200, 2_000, 9_000, 15_000].map((at) =>
      calls(
        `a changed digit ${at} of the code`,
        /creation code is not that of the MerkleAirdrop/,
        (context) => {
          const call = deploymentCall(context.initCode)
          return [{ ...call, data: digit(call.data, at) as Hex }, funding(context)]
        },
      ),
    ),
    calls("another salt", /the salt is 0x0101.*, not zero/, (context) => [
      deploymentCall(context.initCode, root("01")),
      funding(context),
    ]),
    calls("some other contract", /creation code is not that/, () => [deploymentCall("0x600160015500")]),
    calls("two contracts", /creates 2 contracts/, (context) => [
      deploymentCall(context.initCode),
      deploymentCall(context.initCode),
      funding(context),
    ]),
    calls("no funding", /does not fund it/, (context) => [deploymentCall(context.initCode)]),
    calls("a call before it", /calls the airdrop before it is created/, (context) => [
      ownerCall(context.airdrop, "publishProofs", [context.automatic.root, "ipfs://x"]),
      deploymentCall(context.initCode),
      funding(context),
    ]),
  ],
  "calls of the owner": [
    ...(["submitReserveRoot", "publishProofs"] as const).map((name) =>
      calls(`${name}() of a foreign root`, /does not belong to the published files/, ({ airdrop }) => [
        ownerCall(airdrop, name, [root("97"), "ipfs://x"]),
      ]),
    ),
    calls("acceptReserveRoot() of a foreign root", /does not belong/, ({ airdrop }) => [
      ownerCall(airdrop, "acceptReserveRoot", [root("97")]),
    ]),
    ...[
      ["http://proofs.example", /no https, ipfs or ar URI/],
      ["javascript:alert(1)", /no https, ipfs or ar URI/],
      ["data:text/html,hi", /no https, ipfs or ar URI/],
      ["ftp://proofs.example/x", /no https, ipfs or ar URI/],
      ["", /no https, ipfs or ar URI/],
      ["ipfs://", /no https, ipfs or ar URI/],
      ["https://proofs.example/a b", /no https, ipfs or ar URI/],
      ["https://a@evil.example", /no https, ipfs or ar URI/],
      ["ipfs://x\n  ! \u001b[2KNothing is flagged.", /no https, ipfs or ar URI/],
      ["ipfs://x\u202egnp", /no https, ipfs or ar URI/],
      ["https://proofs.example/", /only ipfs:\/\/ with a CID says/],
      ["ar://abc", /only ipfs:\/\/ with a CID says/],
      [`https://proofs.example/${"a".repeat(300)}`, /a URI of 323 characters/],
      ["ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi", /are not the published files/],
    ].map(([uri, flag]) =>
      calls(`proofs at ${JSON.stringify(uri)}`, flag as RegExp, ({ airdrop, automatic }) => [
        ownerCall(airdrop, "publishProofs", [automatic.root, uri]),
      ]),
    ),
    ...["/../x", "/sub", "/..", "/?x"].map((path) =>
      calls(`proofs at the CID and ${path}`, /at a path inside a CID/, async ({ airdrop, automatic }) => [
        ownerCall(airdrop, "publishProofs", [automatic.root, `ipfs://${await cidOf(automatic)}${path}`]),
      ]),
    ),
    calls(
      "a reserve root announced at the automatic tranche's CID",
      /are not the published files/,
      async ({ airdrop, automatic, reserve }) => [
        ownerCall(airdrop, "submitReserveRoot", [reserve?.root ?? "", `ipfs://${await cidOf(automatic)}`]),
      ],
    ),
    calls(
      "the automatic root announced at the reserve's CID",
      /are not the published files/,
      async ({ airdrop, automatic, reserve }) => [
        ownerCall(airdrop, "publishProofs", [
          automatic.root,
          `ipfs://${reserve === undefined ? "" : await cidOf(reserve)}`,
        ]),
      ],
    ),
    ...(
      [
        ["acceptOwnership", []],
        ["rescue", [STRANGER, OWNER, 1n]],
        ["transferOwnership", [STRANGER]],
      ] as const
    ).map(([name, values]) =>
      calls(
        `${name}() that is not asked for`,
        new RegExp(`no proposal .* asks for ${name}`),
        ({ airdrop }) => [ownerCall(airdrop, name, values)],
      ),
    ),
    calls("revokeReserveRoot() of the published root", /would be taken back/, ({ airdrop, reserve }) => [
      ownerCall(airdrop, "revokeReserveRoot", [reserve?.root ?? ""]),
    ]),
    calls(
      "revokeReserveRoot() that is not asked for",
      /no proposal .* asks for revokeReserveRoot/,
      ({ airdrop }) => [ownerCall(airdrop, "revokeReserveRoot", [root("44")])],
    ),
    calls("sweep() before its time", /the sweep time is 2030/, ({ airdrop }) => [
      ownerCall(airdrop, "sweep"),
    ]),
    calls("sweep() that is not asked for", /no proposal .* asks for sweep/, ({ airdrop }) => [
      ownerCall(airdrop, "sweep"),
    ]),
    calls("acceptOwnership() by the owner", /is the owner already/, ({ airdrop }) => [
      ownerCall(airdrop, "acceptOwnership"),
    ]),
    calls("rescue() of the airdrop's token", /rescue\(\) of the airdrop's own token/, ({ airdrop }) => [
      ownerCall(airdrop, "rescue", [SESSION.token, OWNER, 1n]),
    ]),
    calls("rescue() of an unknown token", /the token 0x5A5A.* is not known/i, ({ airdrop }) => [
      ownerCall(airdrop, "rescue", [STRANGER, OWNER, 1n]),
    ]),
    ...STRANGERS.slice(0, 5).flatMap((to) => [
      calls(`rescue() to ${to}`, /UNEXPECTED RECIPIENT: what is rescued/, ({ airdrop }) => [
        ownerCall(airdrop, "rescue", [STRANGER, to, 1n]),
      ]),
      calls(`transferOwnership() to ${to}`, /UNEXPECTED OWNER/, ({ airdrop }) => [
        ownerCall(airdrop, "transferOwnership", [to]),
      ]),
    ]),
  ],
  "calls that nothing explains": [
    ...SELECTORS.flatMap((signature) =>
      TARGETS.map((target, i) =>
        calls(
          `${signature} of ${["the token", "the airdrop", "the Safe"][i] ?? ""}`,
          /UNKNOWN: 0x/,
          (context) => {
            const [name = ""] = signature.split("(")
            const data = new Interface([`function ${signature}`]).getFunction(name)?.selector ?? "0x"
            return [{ to: target(context), value: 0n, data: `${data}${"00".repeat(96)}` as Hex }]
          },
        ),
      ),
    ),
    calls("approveHash() of another Safe", /approves hash 0x.* of another Safe/, () => [
      { to: STRANGER, value: 0n, data: `0xd4d9bdcd${"77".repeat(32)}` },
    ]),
    calls(
      "a claim of the Safe to another address",
      /what is due to the caller is paid to 0x5A5A/i,
      ({ airdrop }) => [
        {
          to: airdrop,
          value: 0n,
          data: AIRDROP.encodeFunctionData("claimTo", [0n, STRANGER, 1n, []]) as Hex,
        },
      ],
    ),
    calls(
      "a claim by the Safe's own signature to another address",
      /call 1: what is due to the caller is paid to 0x5A5A/i,
      ({ airdrop }) => [signedClaim(airdrop, OWNER, STRANGER, 4_000_000_000n)],
    ),
    calls(
      "a claim by a signature that has expired",
      /call 1: the signature of 0xa1a1.* was good until 2001-09-09T01:46:40Z/i,
      ({ airdrop }) => [signedClaim(airdrop, `0x${"a1".repeat(20)}`, STRANGER, 1_000_000_000n)],
    ),
    calls(
      "a claim of the Safe to another address, in a multicall",
      /call 1\.2: what is due to the caller is paid to 0x5A5A/i,
      ({ airdrop }) => [
        multicall(airdrop, [
          AIRDROP.encodeFunctionData("claim", [0n, OWNER, 1n, []]),
          AIRDROP.encodeFunctionData("claimTo", [0n, STRANGER, 1n, []]),
        ]),
      ],
    ),
    calls(
      "an owner's call in a multicall of a multicall",
      /call 1\.1\.1: UNEXPECTED OWNER/,
      ({ airdrop }) => [
        multicall(airdrop, [
          multicall(airdrop, [ownerCall(airdrop, "transferOwnership", [STRANGER]).data]).data,
        ]),
      ],
    ),
    calls(
      "a rescue in a multicall that no proposal asks for",
      /no proposal in .* asks for rescue/,
      ({ airdrop }) => [multicall(airdrop, [ownerCall(airdrop, "rescue", [STRANGER, OWNER, 1n]).data])],
    ),
    calls(
      "proofs announced in a multicall elsewhere",
      /proofs are announced|is not the CID|no CID/,
      ({ airdrop, automatic }) => [
        multicall(airdrop, [
          ownerCall(airdrop, "publishProofs", [automatic.root, "https://example.org/"]).data,
        ]),
      ],
    ),
    calls("an unknown function in a multicall", /call 1\.1: UNKNOWN: 0x/, ({ airdrop }) => [
      multicall(airdrop, [`0x12345678`]),
    ]),
    calls("a multicall without a call", /call 1: a multicall without a call/, ({ airdrop }) => [
      multicall(airdrop, []),
    ]),
    calls("a multicall of the token", /UNKNOWN: 0x10Ea.*multicall/, () => [multicall(SESSION.token, [])]),
    calls(
      "a list of another root kept on the chain",
      /call 1: records entries of root 0x5a5a.* does not belong/,
      ({ automatic }) => [
        ...packList(automatic.list).map((part) => recordCall(`0x${"5a".repeat(32)}`, part)),
      ],
    ),
    calls(
      "an entry kept on the chain that is not the list's",
      /call 1: records as entry \d+ what/,
      ({ automatic }) => [
        ...packList(automatic.list).map(({ bytes, ...part }) =>
          recordCall(automatic.root, { ...part, bytes: bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1) }),
        ),
      ],
    ),
    calls("entries kept at another position", /call 1: records as entry 1 what/, ({ automatic }) => [
      ...packList(automatic.list).map((part) => recordCall(automatic.root, { ...part, position: 1 })),
    ]),
    calls(
      "bytes kept that are no entries",
      /call 1: records bytes that cannot be read: 3 bytes/,
      ({ automatic }) => [
        recordCall(automatic.root, { position: 0, count: 1, bytes: Uint8Array.of(9, 9, 9) }),
      ],
    ),
    calls("no data at an unknown address", /call 1: UNKNOWN: 0x5a5A5a5a5A/, () => [
      { to: STRANGER, value: 0n, data: "0x" },
    ]),
  ],
  "the Safe's transaction": [
    ...(["gasPrice", "baseGas"] as const).map((field) =>
      transaction(`a refund by ${field}`, /the Safe would refund gas/, (honest) => ({
        ...honest,
        [field]: 5n,
      })),
    ),
    transaction("a refund in tokens", /would refund gas/, (honest) => ({
      ...honest,
      gasToken: SESSION.token,
    })),
    transaction("a refund to a stranger", /refund gas to 0x5A5A/i, (honest) => ({
      ...honest,
      refundReceiver: STRANGER,
    })),
    transaction("gas that uses up the nonce", /safeTxGas is 5/, (honest) => ({ ...honest, safeTxGas: 5n })),
    transaction("value with a delegatecall", /the delegatecall has a value/, (honest) => ({
      ...honest,
      value: 1n,
    })),
    ...STRANGERS.map((to) =>
      transaction(`a delegatecall to ${to}`, /DELEGATECALL to 0x.*could take everything/, (honest) => ({
        ...honest,
        to,
      })),
    ),
    transaction("a delegatecall to MultiSend", /DELEGATECALL to 0x38869/i, (honest) => ({
      ...honest,
      to: "0x38869bf66a61cf6bdb996a6ae40d5853fd43b526",
    })),
    transaction("a delegatecall inside", /call 1: DELEGATECALL inside the batch/, (honest) => ({
      ...honest,
      data: `${honest.data.slice(0, 138)}01${honest.data.slice(140)}` as Hex,
    })),
    ...["0x", "0x8d80ff0a", "0x12345678", `0x8d80ff0a${"00".repeat(64)}ff`].map((data) =>
      transaction(
        `the data ${data.slice(0, 12)} to delegate`,
        /what is delegated cannot be read|creates|fund|UNKNOWN/,
        (honest) => ({
          ...honest,
          data: data as Hex,
        }),
      ),
    ),
    transaction("bytes behind the packed calls", /what is delegated cannot be read:/, (honest) => ({
      ...honest,
      data: `${honest.data}${"00".repeat(32)}` as Hex,
    })),
    transaction("a stranger's transfer packed behind", /call 3: UNEXPECTED RECIPIENT/, (honest, context) => ({
      ...honest,
      data: encodeMultiSend([
        deploymentCall(context.initCode),
        funding(context),
        transferCall(SESSION.token, STRANGER, 1n),
      ]),
    })),
  ],
  "a timelock": [
    ...(
      [
        ["another delay of nothing", 0n, /is scheduled without a delay/],
        ["a delay of 31 days", 31n * 86_400n, /the delay of .* is absurd/],
        ["a delay of two years", 63_072_000n, /the delay of .* is absurd/],
        ["a delay beyond any clock", 2n ** 255n, /is absurd/],
      ] as const
    ).map(([what, delay, flag]) =>
      calls(what, flag, ({ airdrop }) => [scheduled([ownerCall(airdrop, "sweep")], delay)], TIMED),
    ),
    calls(
      "that is not the owner",
      /is not the airdrop's owner/,
      ({ airdrop }) => [scheduled([ownerCall(airdrop, "sweep")], 3_600n)],
      TIMED,
    ),
    calls(
      "that waits for another operation",
      /waits for another operation/,
      ({ airdrop }) => {
        const sweep = ownerCall(airdrop, "sweep")
        const values = [[sweep.to], [sweep.value], [sweep.data], root("0e"), SALT, 3_600n]
        return [
          { to: TIMELOCKED, value: 0n, data: TIMELOCK.encodeFunctionData("scheduleBatch", values) as Hex },
        ]
      },
      TIMED,
    ),
    calls(
      "that hands the ownership to the Safe",
      /would leave the timelock/,
      ({ airdrop }) => [scheduled([ownerCall(airdrop, "transferOwnership", [OWNER])], 3_600n)],
      TIMED,
    ),
    ...STRANGERS.slice(0, 4).flatMap((to) => [
      calls(
        `that hands the ownership to ${to}`,
        /call 1\.1: UNEXPECTED OWNER/,
        ({ airdrop }) => [scheduled([ownerCall(airdrop, "transferOwnership", [to])], 3_600n)],
        TIMED,
      ),
      calls(
        `that pays ${to}`,
        /call 1\.1: UNEXPECTED RECIPIENT/,
        () => [scheduled([transferCall(SESSION.token, to, 5n)], 3_600n)],
        TIMED,
      ),
    ]),
    ...["updateDelay(uint256)", "grantRole(bytes32,address)", "cancel(bytes32)"].map((signature) =>
      calls(
        `that calls its own ${signature}`,
        /UNKNOWN/,
        () => {
          const [name = ""] = signature.split("(")
          const data = new Interface([`function ${signature}`]).getFunction(name)?.selector ?? "0x"
          return [
            scheduled([{ to: TIMELOCKED, value: 0n, data: `${data}${"00".repeat(64)}` as Hex }], 3_600n),
          ]
        },
        TIMED,
      ),
    ),
    calls("of nothing", /an operation of the timelock without a call/, () => [scheduled([], 3_600n)], TIMED),
    calls(
      "that funds the airdrop a second time",
      /funds the airdrop 2 times/,
      (context) => [funding(context), scheduled([funding(context)], 3_600n)],
      TIMED,
    ),
    calls(
      "that runs a payment to a stranger",
      /call 1\.1: UNEXPECTED RECIPIENT/,
      () => [executeCall([transferCall(SESSION.token, STRANGER, 5n)], { timelock: TIMELOCKED, salt: SALT })],
      TIMED,
    ),
    calls(
      "that schedules what schedules a hand-over",
      /call 1\.1\.1: UNEXPECTED OWNER|call 1\.1: UNKNOWN/,
      ({ airdrop }) => [
        scheduled([scheduled([ownerCall(airdrop, "transferOwnership", [STRANGER])], 3_600n)], 3_600n),
      ],
      TIMED,
    ),
    ...(["sweep", "acceptOwnership"] as const).map((name) =>
      calls(
        `that schedules a ${name}() which is not asked for`,
        new RegExp(`no proposal .* asks for ${name}`),
        ({ airdrop }) => [scheduled([ownerCall(airdrop, name)], 3_600n)],
        TIMED,
      ),
    ),
    calls(
      "that a call passes by",
      /would fail: the owner is the timelock/,
      ({ airdrop }) => [ownerCall(airdrop, "sweep")],
      TIMED,
    ),
    calls("that is not named to inspect", /call 1: UNKNOWN: 0x7171717171/, ({ airdrop }) => [
      scheduled([ownerCall(airdrop, "sweep")], 3_600n),
    ]),
  ],
  "the files beside a batch": [
    ...(["domain", "message", "safe", "calldata"] as const).map((name) =>
      beside(`another ${name} hash`, new RegExp(`the ${name} hash`), (texts) => {
        const file = JSON.parse(texts.transaction) as { hashes: Record<string, string> }
        file.hashes[name] = root("34")
        texts.transaction = JSON.stringify(file)
      }),
    ),
    ...(
      [
        ["to", toChecksum(STRANGER)],
        ["value", "1"],
        ["data", "0x12345678"],
        ["operation", 1],
        ["safeTxGas", "1"],
        ["baseGas", "1"],
        ["gasPrice", "1"],
        ["gasToken", toChecksum(SESSION.token)],
        ["refundReceiver", toChecksum(STRANGER)],
      ] as const
    ).flatMap(([field, value]) => [
      beside(
        `another ${field} in the transaction`,
        new RegExp(`written beside it has another ${field}`),
        (texts) => {
          const file = JSON.parse(texts.transaction) as { transaction: Record<string, unknown> }
          file.transaction[field] = value
          texts.transaction = JSON.stringify(file)
        },
      ),
      beside(
        `another ${field} in a nested approval`,
        new RegExp(`for the owner .* has another ${field}`),
        (texts) => {
          const file = JSON.parse(texts.transaction) as { nested: { transaction: Record<string, unknown> }[] }
          const [approval] = file.nested
          if (approval) approval.transaction[field] = value
          texts.transaction = JSON.stringify(file)
        },
      ),
    ]),
    ...(
      [
        ["another title", (text: string) => text.replace(/^.*/, "sample: announce where the proofs are")],
        ["another amount", (text: string) => text.replace("Transfer 400 SESH", "Transfer 4 SESH")],
        ["another nonce", (text: string) => text.replace("nonce     0", "nonce     1")],
        ["other hashes", (text: string) => text.replaceAll(/0x[0-9a-f]{64}/g, root("56"))],
        ["a line left out", (text: string) => text.replace(/\n.*Transfer 400.*/, "")],
        ["an escape", (text: string) => text.replace("  Safe", "\u001b[2J  Safe")],
      ] as const
    ).map(([what, change]) =>
      beside(
        `${what} in the text`,
        /the text beside it differs in line/,
        (texts) => (texts.text = change(texts.text)),
      ),
    ),
    ...Array.from({ length: 16 }, (_, i) =>
      beside(
        `line ${i + 1} of the text changed`,
        new RegExp(`the text beside it differs in line ${i + 1}:`),
        (texts) => {
          const lines = texts.text.split("\n")
          lines[i] = `${lines[i] ?? ""} `
          texts.text = lines.join("\n")
        },
      ),
    ),
    ...(
      [
        ["chainId", 1, /the file beside it is for chain 1, not 42161/],
        ["safe", toChecksum(STRANGER), /the file beside it is for the Safe 0x5A5A/i],
        ["version", "1.3.0", /made for Safe version "1.3.0", which nothing here confirms/],
      ] as const
    ).map(([field, value, flag]) =>
      beside(`another ${field} in the file of the transaction`, flag, (texts) => {
        texts.transaction = JSON.stringify({ ...(JSON.parse(texts.transaction) as object), [field]: value })
      }),
    ),
    ...(["domain", "message", "safe", "calldata"] as const).map((name) =>
      beside(
        `another ${name} hash of a nested approval`,
        new RegExp(`the ${name} hash written for`),
        (texts) => {
          changeNested(texts, ({ hashes }) => (hashes[name] = root("34")))
        },
      ),
    ),
    beside("a nested approval at another nonce", /hash written for the owner/, (texts) => {
      changeNested(texts, ({ transaction }) => (transaction["nonce"] = "4"))
    }),
    beside("a nested approval of another Safe", /hash written for the owner 0x4949/i, (texts) => {
      changeNested(texts, (approval) => (approval.safe = toChecksum(`0x${"49".repeat(20)}`)))
    }),
    beside("a nested approval on another chain", /is for chain 10, not 42161/, (texts) => {
      changeNested(texts, (approval) => (approval.chainId = 10))
    }),
    ...[
      "Approved by the security council.",
      "The contract was compared with the sources and the published files: 12 checks agree. It holds 1 SESH and owes 401 SESH.",
      "The Safe's next nonce is 0: 1 transaction before this one.",
      NOTES.check.replace("--rpc URL", "--rpc http://evil.example"),
    ].map((line) =>
      beside(`the line "${line}" added to the text`, /the text beside it adds a line/, (texts) => {
        texts.text += `\n${line}\n`
      }),
    ),
    beside("another version in text and transaction", /Safe version "1.3.0", which nothing here/, (texts) => {
      texts.text = texts.text.replace("version   1.4.1", "version   1.3.0")
      texts.transaction = JSON.stringify({ ...(JSON.parse(texts.transaction) as object), version: "1.3.0" })
    }),
    ...(["name", "description"] as const).map((part) =>
      beside(`another ${part} of the batch`, new RegExp(`the batch's ${part} is "Unpause`), (texts) => {
        const file = JSON.parse(texts.batch) as Json
        file.meta[part] = "Unpause the token"
        file.meta["checksum"] = batchChecksum(file)
        texts.batch = JSON.stringify(file)
      }),
    ),
    ...(["text", "batch"] as const).map((changed) => {
      const forgery = beside(
        `another ${changed}, and the file of the transaction is the one inspected`,
        changed === "text" ? /the text beside it differs/ : /UNEXPECTED RECIPIENT/,
        (texts) => {
          if (changed === "text") texts.text = texts.text.replace("Transfer 400 SESH", "Transfer 4 SESH")
          else {
            const stolen = [transferCall(SESSION.token, STRANGER, 400n * 10n ** 9n)]
            const words = { name: "fund the airdrop", description: "" }
            texts.batch = JSON.stringify(batchFile(SAFE, words, stolen))
          }
        },
      )
      return { ...forgery, isTransaction: true }
    }),
  ],
  "what the signer knows": [
    json("another hash in the wallet", /the wallet shows 0x1212/, () => undefined, {
      args: ["--hash", root("12")],
    }),
    json("another Safe", /it is for the Safe 0xF558.*, not for 0x5A5A/i, () => undefined, {
      args: ["--safe", STRANGER],
    }),
  ],
}

interface Approval {
  chainId: number
  safe: string
  readonly transaction: Record<string, unknown>
  readonly hashes: Record<string, string>
}

function changeNested(texts: { transaction: string }, change: (approval: Approval) => void): void {
  const file = JSON.parse(texts.transaction) as { nested: Approval[] }
  const [approval] = file.nested
  if (approval === undefined) throw new Error("the file has no nested approval")
  change(approval)
  texts.transaction = JSON.stringify(file)
}

function first(file: Json): Record<string, unknown> {
  const [entry] = file.transactions
  if (entry === undefined) throw new Error("the batch has no transaction")
  return entry
}

export function multicall(to: Address, data: readonly string[]): Call {
  return { to, value: 0n, data: AIRDROP.encodeFunctionData("multicall", [data]) as Hex }
}

export function signedClaim(airdrop: Address, account: Address, to: Address, deadline: bigint): Call {
  const values = [0n, account, to, 1n, deadline, "0x", []]
  return { to: airdrop, value: 0n, data: AIRDROP.encodeFunctionData("claimWithSignature", values) as Hex }
}

export function scheduled(inner: readonly Call[], delay: bigint): Call {
  return scheduleCall(inner, { timelock: TIMELOCKED, delay, salt: SALT })
}
