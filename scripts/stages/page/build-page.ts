/** Builds a claim page: its own files and the published ones, in one folder that needs no other server. */
import { join } from "node:path"
import { requireOutputFolder } from "../program/output-file.ts"
import { writeFileAtomic } from "../../io/disk/atomic-write.ts"
import { readText, readTextIfAny } from "../../io/disk/read-file.ts"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { chainOf, chainText, type Chain } from "../../core/ethereum/chains.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { fingerprintOf } from "../../core/primitives/fingerprint.ts"
import { quote, visibleJson } from "../../core/primitives/text.ts"
import { html } from "../../core/report/html.ts"
import { parseJson } from "../../core/primitives/json-reader.ts"
import { parseManifest, type Manifest } from "../../core/publication/manifest.ts"
import { LANGUAGES } from "../../core/publication/page-languages.ts"
import { isRpcUrl } from "../../core/ethereum/rpc-url.ts"
import type { PageConfig } from "../../core/publication/page-config.ts"
import { bundlePage, type PageFile } from "./bundle.ts"
import { fillPageData, isPageData } from "./page-data.ts"
import { hostingFiles } from "./hosting.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { refuseForeign } from "../../io/disk/foreign-files.ts"
import { replaceFolder } from "../../io/disk/replace-folder.ts"

/** Facts that the published files do not contain. */
export interface PageTerms extends Pick<PageConfig, "title" | "rpcUrls" | "network"> {
  /** The program's chain; as the table describes it if absent. */
  readonly chain?: Chain
  /** The program's description, in one or two sentences. */
  readonly description?: string | undefined
  /** The URL at which the team is reached: https: or mailto:. */
  readonly contact?: string | undefined
  /** The path of the program's mark, an SVG picture; a neutral one if absent. */
  readonly icon?: string | undefined
  /** The origins of the Safe's web app, if others than its own. */
  readonly safeOrigins?: readonly string[]
  /** The contract's address and deployment block, if it is deployed. */
  readonly deployment: { readonly address: Address; readonly block: number } | undefined
  /** The folder that `build` has published. */
  readonly publication: string
  /** The program's folder, whose inputs the page publishes for a check of everything. */
  readonly program?: string
}

export interface BuiltPage {
  readonly config: PageConfig
  /** SHA-256 over the page's own files, as the page itself shows it. */
  readonly fingerprint: string
  readonly files: readonly { readonly name: string; readonly bytes: number }[]
}

/** The URL of the Safe's web app. */
const SAFE_ORIGINS = ["https://app.safe.global"]

const WEB = join(import.meta.dirname, "..", "..", "..", "web")
const INDEX = join(WEB, "index.html")
const ICON_NAME = "icon.svg"
const DATA = "data"
const INDEX_NAME = "index.html"
const OWN_FILE =
  /^(?:index\.html|style\.css|page\.js|claim\.js|check\.js|more\.js|qr\.js|statement\.js|icon\.svg|manifest\.json|_headers|nginx\.conf|text-[a-z]+\.js)$/

/**
 * Builds a page into a folder. It replaces an earlier page completely or not at all. The same publication and terms
 * give the same bytes.
 * @throws AirdropError if there is no publication, its contract is not known yet, an RPC is not allowed in a page, or
 *   the folder holds other files
 */
export async function buildPage(folder: string, terms: PageTerms): Promise<BuiltPage> {
  await requireOutputFolder(folder)
  await refuseForeignPage(folder)
  const manifest = await readPublished(terms.publication)
  const icon = { name: ICON_NAME, content: await readIcon(terms.icon ?? join(WEB, ICON_NAME)) }
  const parts = [...(await bundlePage(Object.keys(LANGUAGES))), icon]
  const config = configOf(manifest, terms, [INDEX_NAME, ...parts.map(({ name }) => name)].sort())
  const files = [{ name: INDEX_NAME, content: await indexHtml(config) }, ...parts]
  await replaceFolder(folder, async (fresh) => {
    for (const { name, content } of [...files, ...hostingFiles(config)])
      await writeFileAtomic(join(fresh, name), content)
    await fillPageData(join(fresh, DATA), terms.publication, manifest, terms.program)
  })
  return { config, ...summaryOf(files) }
}

/**
 * Refuses to replace a folder that is not a claim page. A page has a certain index.html and only its own and published
 * files.
 */
async function refuseForeignPage(folder: string): Promise<void> {
  await refuseForeign(folder, "a claim page", async (names) => {
    const foreign = names.find((name) => name !== DATA && !OWN_FILE.test(name))
    if (foreign !== undefined) return foreign
    const index = (await readTextIfAny(join(folder, INDEX_NAME))) ?? ""
    return index.includes('<meta name="airdrop" content="') ? undefined : names[0]
  })
  await refuseForeign(join(folder, DATA), "a claim page", (names) => names.find((name) => !isPageData(name)))
}

async function readPublished(publication: string): Promise<Manifest> {
  const path = join(publication, "manifest.json")
  const text = await readText(path, "build P publishes what the page shows; it comes first.")
  return parseManifest(parseJson(text, shownPath(path)), shownPath(path))
}

function configOf(manifest: Manifest, terms: PageTerms, files: readonly string[]): PageConfig {
  const { chainId, contract, token, root, leafCount, tranche } = manifest
  if (tranche !== "automatic") {
    throw new AirdropError(`${shownPath(terms.publication)} is the publication of the ${tranche} tranche`, {
      code: "inconsistent",
      hint: "The page is built from the automatic tranche's folder, which holds the reserve's within it.",
    })
  }
  if (contract === undefined) {
    throw new AirdropError("the published files name no contract, so there is nothing to claim from", {
      code: "unresolved",
      hint: "Set contract.owner and contract.sweepTime in program.json, then build again: the address follows.",
    })
  }
  const deployed = terms.deployment?.address ?? contract
  if (deployed !== contract) {
    throw new AirdropError(
      `the contract is deployed at ${toChecksum(deployed)}, but the published files name ${toChecksum(contract)}`,
      {
        code: "inconsistent",
        hint: "Build the program again: its files then name the contract that was deployed.",
      },
    )
  }
  const { chain = chainOf(chainId) } = terms
  const rpcUrls = terms.rpcUrls.length > 0 ? terms.rpcUrls : chain.rpcUrls
  const bad = rpcUrls.find((url) => !isRpcUrl(url))
  if (bad !== undefined) {
    throw new AirdropError(`${bad} is not an RPC that a page may use`, {
      code: "invalid-value",
      hint: "https://, or http:// on this computer (127.0.0.1, localhost).",
    })
  }
  if (rpcUrls.length === 0)
    throw new AirdropError(`no RPC of ${chainText(chain)} is known here`, {
      code: "usage",
      hint: "Give one with --rpc, or list some under chain.rpcs of program.json.",
    })
  return {
    title: terms.title,
    description: terms.description,
    contact: terms.contact === undefined ? undefined : contactUrl(terms.contact),
    draft: manifest.draft,
    chainId,
    chainName: chain.name,
    currency: chain.currency,
    contract,
    automaticRoot: root,
    leafCount,
    token,
    rpcUrls,
    explorer: chain.explorer,
    deployedBlock: terms.deployment?.block,
    network: terms.network,
    safeOrigins: terms.safeOrigins ?? SAFE_ORIGINS,
    files,
  }
}

/** Returns the URL of a contact. @throws AirdropError if a link to it would be no page and no mail */
function contactUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isMail = url?.protocol === "mailto:" && /^[^\s@]+@[^\s@]+$/.test(url.pathname)
  if (url !== undefined && (isMail || url.protocol === "https:")) return url.href
  throw new AirdropError(`${quote(text)} is not a contact that a page may link to`, {
    code: "invalid-value",
    hint: "https://…, or mailto: and an address.",
  })
}

async function indexHtml(config: PageConfig): Promise<string> {
  const template = await readText(INDEX)
  return template
    .replaceAll("%CONFIG%", () => html`${visibleJson(config).replace(/\n */g, "")}`.markup)
    .replaceAll("%TITLE%", () => html`${config.title}`.markup)
    .replaceAll("%ABOUT%", () => html`${config.description ?? config.title}`.markup)
}

/** The largest picture that is a mark. */
const MOST_ICON_BYTES = 64 * 1024
/** What a host would run if somebody opened the picture itself. */
const ACTIVE = /<script|<foreignobject|\son[a-z]+\s*=|javascript:|<!entity/i

/** Reads a mark. @throws AirdropError if it is no SVG picture, too large, or more than a picture */
async function readIcon(path: string): Promise<string> {
  const text = await readText(path, "program.json names it as the icon.")
  const fault =
    text.length > MOST_ICON_BYTES
      ? `has ${text.length} characters, an icon at most ${MOST_ICON_BYTES}`
      : !/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*<svg[\s>]/.test(text)
        ? "is not an SVG picture"
        : ACTIVE.test(text)
          ? "holds a script or a link to one, not only a picture"
          : undefined
  if (fault === undefined) return text
  throw new AirdropError(`${shownPath(path)}: ${fault}`, { code: "file-format" })
}

function summaryOf(files: readonly PageFile[]): Pick<BuiltPage, "fingerprint" | "files"> {
  const encoder = new TextEncoder()
  const contents = files.map(({ name, content }) => ({ name, bytes: encoder.encode(content) }))
  return {
    fingerprint: fingerprintOf(contents),
    files: contents.map(({ name, bytes }) => ({ name, bytes: bytes.length })),
  }
}
