/** Serves a built page on this computer: plain files, as any host does it. */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { extname, join, normalize, sep } from "node:path"
import { gzipSync } from "node:zlib"
import { readPlainFile } from "../../io/disk/plain-file.ts"
import { readTextIfAny } from "../../io/disk/read-file.ts"
import { HEADERS_NAME } from "./hosting.ts"
import { AirdropError } from "../../core/primitives/error.ts"

/** Bytes that a packet holds anyway: a shorter file is sent as it is. */
const ONE_PACKET = 1_400

export interface PageServer {
  /** Ends with a slash. */
  readonly url: string
  close(): Promise<void>
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".csv": "text/csv; charset=utf-8",
}

/**
 * @param port zero for any that is free
 * @param path under which the folder is served, such as "/ipfs/CID/"; begins and ends with a slash
 * @throws AirdropError if the port is taken
 */
export async function servePage(folder: string, port = 0, path = "/"): Promise<PageServer> {
  const headers = await headersOf(folder)
  const server = createServer((request, response) => {
    try {
      const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1")
      const { type, body } = contentOf(folder, path, pathname)
      const isPacked = type !== "application/octet-stream" && body.length > ONE_PACKET
      const sent = isPacked ? gzipSync(body) : body
      response.writeHead(200, {
        ...headers,
        ...(pathname.endsWith("/manifest.json") ? { "access-control-allow-origin": "*" } : {}),
        "content-type": type,
        "content-length": sent.length,
        ...(isPacked ? { "content-encoding": "gzip" } : {}),
      })
      response.end(sent)
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found")
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => {
      reject(
        new AirdropError(`port ${port} cannot be used`, {
          code: "usage",
          cause,
          hint: "Choose another with --port.",
        }),
      )
    })
    server.listen(port, "127.0.0.1", resolve)
  })
  // An address of a listening TCP server is an object; Node's type also covers pipes.
  const address = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${address.port}${path}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Reads from the page's own _headers file the headers of every response. */
async function headersOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const text = (await readTextIfAny(join(folder, HEADERS_NAME))) ?? ""
  const [, rules = ""] = /^\/\*\n((?: {2}.*\n)*)/.exec(text) ?? []
  const headers: Record<string, string> = {}
  for (const [, name = "", value = ""] of rules.matchAll(/^ {2}([^:]+): (.*)$/gm)) headers[name] = value
  return headers
}

function contentOf(folder: string, base: string, pathname: string): { type: string; body: Uint8Array } {
  if (!pathname.startsWith(base)) throw new AirdropError("not under the page's path", { code: "unknown" })
  const name = normalize(decodeURIComponent(pathname.slice(base.length)))
  if (name.startsWith("..") || name.startsWith(sep))
    throw new AirdropError("outside of the page's folder", { code: "refused" })
  const file = name === "." ? "index.html" : name
  return {
    type: TYPES[extname(file)] ?? "application/octet-stream",
    body: readPlainFile(join(folder, file)),
  }
}
