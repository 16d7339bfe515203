import { mkdir, writeFile } from "node:fs/promises"
import { request } from "node:http"
import { join } from "node:path"
import { expect } from "chai"
import { hostingFiles } from "../../../scripts/stages/page/hosting.ts"
import { servePage } from "../../../scripts/stages/page/serve.ts"
import { expectRejected } from "../../support/errors.ts"
import { inScratch } from "../../support/scratch.ts"

type Config = Parameters<typeof hostingFiles>[0]

const CONFIG = { title: "Sample", safeOrigins: ["https://app.safe.global"] } as unknown as Config

/** Requests a path as it is; `fetch` would resolve `..` first. */
async function statusOf(url: string, path: string): Promise<number | undefined> {
  return await new Promise((resolve, reject) => {
    request(url, { path }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on("error", reject)
      .end()
  })
}

describe("Serving a page", () => {
  it("sends every file with its type and the headers of the page's own _headers file", async () => {
    await inScratch(async (folder) => {
      for (const { name, content } of hostingFiles(CONFIG)) await writeFile(join(folder, name), content)
      await writeFile(join(folder, "index.html"), "<p>page</p>")
      await mkdir(join(folder, "data"))
      await writeFile(join(folder, "data", "list.csv"), "account\n")
      const server = await servePage(folder, 0, "/ipfs/cid/")
      try {
        const page = await fetch(server.url)
        expect(await page.text()).to.equal("<p>page</p>")
        expect(page.headers.get("content-type")).to.equal("text/html; charset=utf-8")
        expect(page.headers.get("content-security-policy")).to.equal(
          "frame-ancestors 'self' https://app.safe.global",
        )
        expect(page.headers.get("access-control-allow-origin")).to.equal(null)
        const manifest = await fetch(`${server.url}manifest.json`)
        expect(manifest.headers.get("access-control-allow-origin")).to.equal("*")
        expect((await fetch(`${server.url}data/list.csv`)).headers.get("content-type")).to.match(/^text\/csv/)
      } finally {
        await server.close()
      }
    })
  })

  it("answers 404 outside of its path and its folder, and for missing files", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "page")
      await mkdir(folder)
      await writeFile(join(folder, "index.html"), "")
      await writeFile(join(scratch, "secret.txt"), "")
      const server = await servePage(folder, 0, "/page/")
      try {
        expect(await statusOf(server.url, "/page/index.html")).to.equal(200)
        for (const path of [
          "/",
          "/index.html",
          "/page/missing.js",
          "/page/../secret.txt",
          "/page/%2e%2e/secret.txt",
          "/page/..%2fsecret.txt",
          `/page/${encodeURIComponent(join(scratch, "secret.txt"))}`,
          "/page/%ff",
        ])
          expect(await statusOf(server.url, path), path).to.equal(404)
      } finally {
        await server.close()
      }
    })
  })

  it("refuses a port that is taken, with the option to choose another", async () => {
    await inScratch(async (folder) => {
      const server = await servePage(folder)
      const port = Number(new URL(server.url).port)
      const error = await expectRejected(servePage(folder, port), "usage", String(port))
      expect(error.hint).to.include("--port")
      await server.close()
    })
  })
})
