import { expect } from "chai"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import Ajv2020 from "ajv/dist/2020.js"
import Ajv from "ajv"
import { Transaction, TypedDataEncoder, type TypedDataField } from "ethers"
import { AIRDROP } from "../../../scripts/core/contract/abi.ts"
import {
  CLAIM_RESERVE_TYPES,
  CLAIM_TYPES,
  signatureDomain,
} from "../../../scripts/core/claim/claim-signature.ts"
import { TOKEN } from "../../../scripts/core/ethereum/erc20.ts"
import { decodeCall } from "../../../scripts/core/multisig/decode-call.ts"
import { describeCall } from "../../../scripts/core/multisig/describe-call.ts"
import { parseAddress, toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import type { Hex } from "../../../scripts/core/primitives/bytes.ts"
import { packEntry } from "../../../scripts/core/merkle/range-proof.ts"
import { CLEAR_SIGNING_FILES, clearSigningFiles } from "../../../scripts/core/publication/clear-signing.ts"
import { SAFE_TYPES, safeTransaction } from "../../../scripts/core/safe/safe-transaction.ts"
import {
  renderCall,
  renderMessage,
  type Descriptor,
  type Rendered,
  type WalletKnowledge,
} from "../../../scripts/dev/rigs/clear-signing.ts"
import { encodeExecution } from "../../../scripts/io/safe/execute.ts"
import { sharedData } from "../../support/shared.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"

const FIXTURES = join(PROJECT_ROOT, "test", "fixtures", "erc7730")
const CONTRACT = "0x474e5ded6b5d078163bfb8f6dba355c3aa5478c8"
const SESH = "0x10ea9e5303670331bdddfa66a4cea47dae4fcf3b"
const OTHER = `0x${"57".repeat(20)}` as const
const SAFE = "0xf5580c254ec78375b2b9405cf1a305977845ba67"
const ALICE = toChecksum(`0x${"a1".repeat(20)}`)
const BOB = toChecksum(`0x${"b0".repeat(20)}`)
const PROOF = [`0x${"77".repeat(32)}`]
const ROOT = `0x${"12".repeat(32)}`
const DEADLINE = 1_900_000_000n
const URI = "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi"
const AMOUNT = 1_234_500_000_000n

const fixture = async (name: string): Promise<Descriptor & { includes?: string }> =>
  JSON.parse(await readFile(join(FIXTURES, name), "utf8")) as Descriptor & { includes?: string }

const [calldata, eip712] = clearSigningFiles({
  program: "sample",
  chainId: 42161,
  contract: CONTRACT,
  token: { address: SESH, symbol: "SESH", decimals: 9 },
}).map(([, text]) => JSON.parse(text) as Descriptor)

/** Arguments of each function that changes the contract's state, and what a device is to show. */
const CALLS: readonly (readonly [name: string, values: readonly unknown[], shown: readonly string[]])[] = [
  [
    "claim",
    [3n, ALICE, AMOUNT, PROOF],
    ["Amount: 1,234.5 SESH", `Recipient: ${ALICE}`, "Position in the list: 3"],
  ],
  [
    "claimTo",
    [3n, BOB, AMOUNT, PROOF],
    ["Amount: 1,234.5 SESH", `Paid to: ${BOB}`, "Position in the list: 3"],
  ],
  [
    "claimWithSignature",
    [3n, ALICE, BOB, AMOUNT, DEADLINE, "0x1234", PROOF],
    [
      ...["Amount: 1,234.5 SESH", `Recipient: ${ALICE}`, `Paid to: ${BOB}`],
      ...["Valid until: 2030-03-17T17:46:40Z", "Position in the list: 3"],
    ],
  ],
  [
    "claimRange",
    [
      4n,
      [
        packEntry(parseAddress(ALICE), AMOUNT),
        packEntry(OTHER, 1n),
        packEntry(parseAddress(BOB), 77_000_000_000n),
      ],
      PROOF,
    ],
    [
      "First position in the list: 4",
      ...[`First recipient: ${ALICE}`, "First amount: 1,234.5 SESH"],
      ...[`Last recipient: ${BOB}`, "Last amount: 77 SESH"],
    ],
  ],
  ["claimReserve", [ALICE, AMOUNT, PROOF], ["Granted in all: 1,234.5 SESH", `Recipient: ${ALICE}`]],
  ["claimReserveTo", [BOB, AMOUNT, PROOF], ["Granted in all: 1,234.5 SESH", `Paid to: ${BOB}`]],
  [
    "claimReserveWithSignature",
    [ALICE, BOB, AMOUNT, DEADLINE, "0x1234", PROOF],
    [
      ...["Granted in all: 1,234.5 SESH", `Recipient: ${ALICE}`, `Paid to: ${BOB}`],
      "Valid until: 2030-03-17T17:46:40Z",
    ],
  ],
  ["submitReserveRoot", [ROOT, URI], [`Root: ${ROOT}`, `Proofs at: ${URI}`]],
  ["acceptReserveRoot", [ROOT], [`Root: ${ROOT}`]],
  ["revokeReserveRoot", [ROOT], [`Root: ${ROOT}`]],
  ["publishProofs", [ROOT, URI], [`Root: ${ROOT}`, `Proofs at: ${URI}`]],
  ["sweep", [], []],
  ["rescue", [OTHER, BOB, 77n], [`Amount: 0.77 TKN`, `Paid to: ${BOB}`, "Token: a stray token"]],
  ["transferOwnership", [BOB], [`New owner: ${BOB}`]],
  ["acceptOwnership", [], []],
]

/** The messages that an account signs. */
const MESSAGES: readonly {
  readonly types: Record<string, TypedDataField[]>
  readonly message: Readonly<Record<string, unknown>>
}[] = [
  {
    types: CLAIM_TYPES,
    message: { index: 3n, account: ALICE, to: BOB, amount: AMOUNT, deadline: DEADLINE },
  },
  {
    types: CLAIM_RESERVE_TYPES,
    message: { account: ALICE, to: BOB, cumulativeAmount: AMOUNT, deadline: DEADLINE },
  },
]

/** What inspect leaves out: it does not know the decimals and the name of a foreign token. */
const ONLY_ON_THE_DEVICE: Readonly<Record<string, string>> = { rescue: "Amount,Token" }

describe("The descriptors for wallets", () => {
  let erc20: Descriptor
  let safeMessage: Descriptor

  before(async () => {
    erc20 = await fixture("calldata-token.json")
    safeMessage = await fixture("eip712-safe-transaction.json")
  })

  const wallet = (descriptor: (contract: Address) => Descriptor | undefined): WalletKnowledge => ({
    tokens: new Map<Address, { symbol: string; decimals: number }>([
      [SESH, { symbol: "SESH", decimals: 9 }],
      [OTHER, { symbol: "TKN", decimals: 2 }],
    ]),
    names: new Map<Address, string>([[OTHER, "a stray token"]]),
    descriptor,
  })
  const known = wallet((contract) =>
    contract === CONTRACT ? calldata : contract === SESH ? erc20 : undefined,
  )
  const linesOf = (rendered: Rendered | undefined): string[] =>
    (rendered?.fields ?? []).map(({ label, value }) =>
      typeof value === "string"
        ? `${label}: ${value}`
        : `${label}: (${value.intent}) ${linesOf(value).join("; ")}`,
    )
  const encode = (name: string, values: readonly unknown[]): Hex =>
    AIRDROP.encodeFunctionData(name, [...values]) as Hex

  it("are valid by the schema of ERC-7730, as the fixtures are", async () => {
    const ajv = new Ajv2020.default({ strict: false, validateFormats: false })
    const validate = ajv.compile(await fixture("erc7730-v2.schema.json"))
    for (const name of ["calldata-token.json", "eip712-safe-transaction.json"]) {
      expect(validate(await fixture(name)), `${name}: ${ajv.errorsText(validate.errors)}`).to.equal(true)
    }
    for (const descriptor of [calldata, eip712]) {
      expect(validate(descriptor), ajv.errorsText(validate.errors)).to.equal(true)
      expect(validate({ ...descriptor, display: {} })).to.equal(false)
    }
  })

  it("are bound to the program's contract on its chain, and to nothing else", () => {
    const deployments = [{ chainId: 42161, address: toChecksum(CONTRACT) }]
    for (const descriptor of [calldata, eip712]) {
      const { context } = descriptor as unknown as { context: Record<string, { deployments?: unknown }> }
      expect(Object.values(context).flatMap((one) => one.deployments ?? [])).to.deep.equal(deployments)
    }
  })

  it("cover every function that changes state, with the contract's own signatures", () => {
    const writing = AIRDROP.fragments.flatMap((fragment) =>
      fragment.type === "function" && !/ (view|pure)\b/.test(fragment.format("full"))
        ? [fragment.format("sighash")]
        : [],
    )
    const described = Object.keys(calldata?.display.formats ?? {}).map((signature) => {
      const name = signature.slice(0, signature.indexOf("("))
      return AIRDROP.getFunction(name)?.format("sighash")
    })
    expect(described.toSorted()).to.deep.equal(writing.toSorted())
    expect(
      CALLS.map(([name]) => name)
        .concat("multicall")
        .toSorted(),
    ).to.deep.equal(writing.map((signature) => signature.slice(0, signature.indexOf("("))).toSorted())
  })

  for (const [name, values, shown] of CALLS) {
    it(`render ${name}(): amounts with decimals, dates as dates, no proof`, () => {
      const rendered = renderCall({ to: CONTRACT, data: encode(name, values) }, known)
      expect(linesOf(rendered)).to.deep.equal(shown)
      expect(JSON.stringify(rendered)).to.not.include("7777")
    })
  }

  it("render a multicall as the calls in it", () => {
    const data = encode("multicall", [[encode("claim", [3n, ALICE, AMOUNT, PROOF]), encode("sweep", [])]])
    expect(linesOf(renderCall({ to: CONTRACT, data }, known))).to.deep.equal([
      `Call: (Claim for the recipient) Amount: 1,234.5 SESH; Recipient: ${ALICE}; Position in the list: 3`,
      "Call: (Sweep what is left to the owner) ",
    ])
  })

  it("render the messages that an account signs", () => {
    const messages = wallet(() => eip712)
    const claim = { index: 3n, account: ALICE, to: BOB, amount: AMOUNT, deadline: DEADLINE }
    expect(linesOf(renderMessage(CLAIM_TYPES, claim, CONTRACT, messages))).to.include.members([
      "Amount: 1,234.5 SESH",
      "Valid until: 2030-03-17T17:46:40Z",
    ])
    const grant = { account: ALICE, to: BOB, cumulativeAmount: AMOUNT, deadline: DEADLINE }
    expect(linesOf(renderMessage(CLAIM_RESERVE_TYPES, grant, CONTRACT, messages))).to.include(
      "Granted in all: 1,234.5 SESH",
    )
  })

  it("render inside a Safe's message, down to the inner call, as a token's transfer does", () => {
    const transaction = safeTransaction(
      [{ to: CONTRACT, value: 0n, data: encode("publishProofs", [ROOT, URI]) }],
      4n,
      OTHER,
    )
    const signer = wallet((contract) => (contract === SAFE ? safeMessage : known.descriptor(contract)))
    const rendered = renderMessage(SAFE_TYPES, { ...transaction }, SAFE, signer)
    expect(linesOf(rendered)).to.include.members([
      "Kind of call: call",
      `Inner call: (Announce where the proofs are) Root: ${ROOT}; Proofs at: ${URI}`,
    ])
    const transfer = TOKEN.encodeFunctionData("transfer", [CONTRACT, AMOUNT]) as Hex
    const funding = safeTransaction([{ to: SESH, value: 0n, data: transfer }], 4n, OTHER)
    expect(linesOf(renderMessage(SAFE_TYPES, { ...funding }, SAFE, signer))).to.include(
      `Inner call: (Send tokens) Amount sent: 1,234.5 SESH; Sent to: ${toChecksum(CONTRACT)}`,
    )
  })

  it("say what inspect says in words", () => {
    const token = { address: SESH as Address, symbol: "SESH", decimals: 9 }
    const contracts = {
      airdrop: CONTRACT as Address,
      token: token.address,
      timelock: undefined,
      creationCode: "0x00" as Hex,
    }
    const inWords = (data: Hex): string => {
      const call = { to: CONTRACT as Address, value: 0n, data }
      const { headline, details } = describeCall(call, decodeCall(call, contracts), {
        token,
        names: new Map(),
      })
      return [headline, ...details].join("\n")
    }
    for (const [name, values] of CALLS) {
      const data = encode(name, values)
      const unsaid = (renderCall({ to: CONTRACT, data }, known)?.fields ?? []).filter(
        ({ value }) => typeof value === "string" && !inWords(data).includes(value),
      )
      expect(unsaid.map(({ label }) => label).join(), name).to.equal(ONLY_ON_THE_DEVICE[name] ?? "")
    }
    const calls = [encode("claim", [3n, ALICE, AMOUNT, PROOF]), encode("transferOwnership", [BOB])]
    const words = inWords(encode("multicall", [calls]))
    for (const said of ["1,234.5 SESH", ALICE, BOB]) expect(words).to.include(said)
  })

  const registry = sharedData("erc7730")
  if (registry !== undefined) {
    it("render inside the message of the registry's own Safe, as the registry's ERC-20 does", async () => {
      const own = async (name: string): Promise<Descriptor> =>
        JSON.parse(await readFile(join(registry, name), "utf8")) as Descriptor
      const token = await own("calldata-erc20-tokens.json")
      const message = await own("common-eip712-Safe.json")
      const calls = await own("common-Safe.json")
      const signer = wallet((contract) =>
        contract === SAFE ? message : contract === SESH ? token : known.descriptor(contract),
      )
      const executor = wallet((contract) => (contract === SAFE ? calls : signer.descriptor(contract)))
      const announce = { to: CONTRACT, value: 0n, data: encode("publishProofs", [ROOT, URI]) } as const
      const transaction = safeTransaction([announce], 4n, OTHER)
      const inner = `Transaction: (Announce where the proofs are) Root: ${ROOT}; Proofs at: ${URI}`
      const shown = linesOf(renderMessage(SAFE_TYPES, { ...transaction }, SAFE, signer))
      expect(shown).to.include.members(["Operation type: Call", inner])
      const executed = linesOf(
        renderCall({ from: OTHER, to: SAFE, data: encodeExecution(transaction, []) }, executor),
      )
      expect(executed.join("\n")).to.include(
        `(Announce where the proofs are) Root: ${ROOT}; Proofs at: ${URI}`,
      )
      const transfer = TOKEN.encodeFunctionData("transfer", [CONTRACT, AMOUNT]) as Hex
      const funding = safeTransaction([{ to: SESH, value: 0n, data: transfer }], 4n, OTHER)
      expect(linesOf(renderMessage(SAFE_TYPES, { ...funding }, SAFE, signer))).to.include(
        `Transaction: (Send) Amount: 1,234.5 SESH; To: ${toChecksum(CONTRACT)}`,
      )
      const tests = new Ajv.default({ strict: false }).compile(await own("erc7730-tests-v2.schema.json"))
      for (const descriptor of CLEAR_SIGNING_FILES) {
        expect(tests(await fixture(descriptor.replace(".json", ".tests.json"))), descriptor).to.equal(true)
      }
    })
  }

  const MULTICALL = [encode("claim", [3n, ALICE, AMOUNT, PROOF]), encode("sweep", [])]
  const dataProvider = {
    tokens: {
      [SESH]: { symbol: "SESH", decimals: 9, name: "SESH" },
      [OTHER]: { symbol: "TKN", decimals: 2, name: "a stray token" },
    },
    addressNames: { [OTHER]: "a stray token" },
  }
  const callTests = (): readonly object[] =>
    [...CALLS, ["multicall", [MULTICALL]] as const].map(([name, values]) => ({
      description: name,
      rawTx: rawTransaction(encode(name, values)),
      expected: renderCall({ to: CONTRACT, data: encode(name, values) }, known),
    }))
  const messageTests = (): readonly object[] =>
    MESSAGES.map(({ types, message }) => {
      const [primaryType = ""] = Object.keys(types)
      const data = TypedDataEncoder.getPayload(signatureDomain(42161, CONTRACT), types, message) as object
      return {
        description: primaryType,
        data,
        expected: renderMessage(
          types,
          message,
          CONTRACT,
          wallet(() => eip712),
        ),
      }
    })

  for (const [i, tests] of [callTests, messageTests].entries()) {
    const descriptor = CLEAR_SIGNING_FILES[i] ?? ""
    it(`have fixtures for ${descriptor} in the registry's form, rendered as expected`, async () => {
      const path = join(FIXTURES, descriptor.replace(".json", ".tests.json"))
      const fixtures = {
        $schema: "../../../specs/erc7730-tests-v2.schema.json",
        descriptor: `../${descriptor}`,
        dataProvider,
        tests: tests(),
      }
      const text = `${JSON.stringify(fixtures, undefined, 2)}\n`
      if (process.env["AIRDROP_UPDATE"] === "1") await writeFile(path, text)
      expect(await readFile(path, "utf8")).to.equal(text)
      const ajv = new Ajv.default({ strict: false })
      const validate = ajv.compile(await fixture("tests.schema.json"))
      expect(validate(fixtures), ajv.errorsText(validate.errors)).to.equal(true)
    })
  }
})

/** Returns an unsigned transaction of type 2 on Arbitrum One. */
function rawTransaction(data: Hex): string {
  const transaction = new Transaction()
  Object.assign(transaction, {
    type: 2,
    chainId: 42161n,
    to: toChecksum(parseAddress(CONTRACT)),
    data,
    gasLimit: 1_000_000n,
  })
  return transaction.unsignedSerialized
}
