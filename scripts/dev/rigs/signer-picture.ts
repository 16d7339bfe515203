/**
 * Draws the picture of docs/signers.md: the screens of a device for two transactions of the Safe of the sample program.
 * Each line comes from ERC-7730 descriptors through the formatter: those of the publication, and those of the tests for
 * a Safe's message and a token. `./airdrop nodejs scripts/dev/release/pictures.ts` writes it.
 */
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { ownerCall, transferCall } from "../../core/multisig/owner-calls.ts"
import type { Call } from "../../core/ethereum/call.ts"
import { SAFE_TYPES, safeHashes, safeTransaction } from "../../core/safe/safe-transaction.ts"
import { CLEAR_SIGNING_FILES } from "../../core/publication/clear-signing.ts"
import { PROJECT_ROOT } from "../../io/project/processes.ts"
import { multiSendCallOnly } from "../../io/safe/deployments.ts"
import { loadContext } from "../../stages/deployment/deployment-context.ts"
import { cidOf } from "../../stages/multisig/proofs-uri.ts"
import { renderMessage, type Descriptor, type Rendered, type WalletKnowledge } from "./clear-signing.ts"

export const PICTURE = join(PROJECT_ROOT, "docs", "signers-device.svg")

const FIXTURES = join(PROJECT_ROOT, "test", "fixtures", "erc7730")
const VERSION = "1.4.1"
const NONCE = 12n

/** A screen of a device: the rendered message, and the hashes that it also shows. */
export interface Screen {
  readonly call: Call
  readonly title: string
  readonly lines: readonly (readonly [label: string, value: string])[]
}

/** Renders the funding and the announcement of the proofs. */
export async function signerScreens(): Promise<readonly Screen[]> {
  const { program, airdrop, parameters, automatic, funding } = await loadContext("sample")
  const { chainId, token } = program
  const { owner } = parameters
  const ours = await descriptor(join(automatic.folder, CLEAR_SIGNING_FILES[0]))
  const erc20 = await descriptor(join(FIXTURES, "calldata-token.json"))
  const safeMessage = await descriptor(join(FIXTURES, "eip712-safe-transaction.json"))
  const bound = new Map<Address, Descriptor>([
    [owner, safeMessage],
    [airdrop, ours],
    [token.address, erc20],
  ])
  const wallet: WalletKnowledge = {
    tokens: new Map([[token.address, token]]),
    names: new Map(),
    descriptor: (address) => bound.get(address),
  }
  const safe = { chainId, address: owner, version: VERSION }
  const screen = (title: string, call: Call, nonce: bigint): Screen => {
    const transaction = safeTransaction([call], nonce, multiSendCallOnly(chainId, VERSION))
    const rendered = renderMessage(SAFE_TYPES, { ...transaction }, owner, wallet)
    const { domain, message, calldata } = safeHashes(safe, transaction)
    const hashes = [
      ["Domain hash", domain],
      ["Message hash", message],
      ["Calldata digest", calldata],
    ] as const
    return { call, title, lines: [["Safe", toChecksum(owner)], ...linesOf(rendered), ...hashes] }
  }
  const uri = `ipfs://${await cidOf(automatic)}`
  return [
    screen("Funding", transferCall(token.address, airdrop, funding), NONCE),
    screen("Announcing the proofs", ownerCall(airdrop, "publishProofs", [automatic.root, uri]), NONCE + 1n),
  ]
}

async function descriptor(path: string): Promise<Descriptor> {
  return JSON.parse(await readFile(path, "utf8")) as Descriptor
}

/** The fields of a message in order; those of the call inside it follow its intent. */
function linesOf(rendered: Rendered | undefined): (readonly [string, string])[] {
  return (rendered?.fields ?? []).flatMap(({ label, value }): (readonly [string, string])[] =>
    typeof value === "string" ? [[label, value]] : [[label, value.intent], ...linesOf(value)],
  )
}

const WIDTH = 430
const LINE = 17
/** Characters of a value that fit. */
const LONGEST = 44
const TOP = 46

/** Draws the screens beside each other as SVG. */
export function drawScreens(screens: readonly Screen[]): string {
  const rows = Math.max(...screens.map(({ lines }) => lines.length))
  const height = TOP + rows * LINE + 22
  const width = screens.length * (WIDTH + 16)
  const body = screens.map(({ title, lines }, i) => {
    const texts = lines.map(([label, value], row) => {
      const y = TOP + 14 + row * LINE
      return `    <text x="14" y="${y}"><tspan class="label">${escaped(label)}</tspan><tspan x="116">${escaped(shortened(value))}</tspan></text>`
    })
    return [
      `  <g transform="translate(${i * (WIDTH + 16)} 0)">`,
      `    <rect x="1" y="1" width="${WIDTH}" height="${height - 2}" rx="14" class="device"/>`,
      `    <text x="14" y="28" class="title">${escaped(title)}</text>`,
      ...texts,
      "  </g>",
    ].join("\n")
  })
  const said = screens.map(
    ({ title, lines }) => `${title}: ${lines.map((line) => line.join(" ")).join(", ")}`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img">`,
    `  <title>${escaped(said.join(". "))}</title>`,
    "  <style>",
    "    .device { fill: #fff; stroke: #333; stroke-width: 2 }",
    "    text { font: 11px ui-monospace, Menlo, Consolas, monospace; fill: #111 }",
    "    .title { font-weight: bold; font-size: 13px }",
    "    .label { fill: #555 }",
    "  </style>",
    ...body,
    "</svg>",
    "",
  ].join("\n")
}

/** Cuts long values in the middle, as there is no room. The title has them whole. */
function shortened(value: string): string {
  return value.length > LONGEST ? `${value.slice(0, LONGEST - 18)}…${value.slice(-17)}` : value
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
}
