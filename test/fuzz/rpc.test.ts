import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { createServer, type IncomingMessage, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect } from "chai"
import fc from "fast-check"
import { serveEmbeddedChain } from "../../scripts/dev/embedded/embedded-chain.ts"
import { readNetworkFile } from "../../scripts/dev/embedded/network-file.ts"
import * as snapshot from "../../scripts/commands/snapshot.ts"
import { AirdropError } from "../../scripts/core/primitives/error.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { announceSeed, removeAfterCases, expectReadable, fuzzing, survives } from "../support/fuzz.ts"
import { mutatedJson, mutatedText } from "../support/mutate.ts"
import { runVerb } from "../support/run-verb.ts"

/** The number of the answer that is replaced, and its replacement. */
interface Fault {
  readonly at: number
  readonly spoil: (answer: string) => string
}

const SAMPLE = join(PROJECT_ROOT, "programs", "sample")

describe("fuzz: RPC answers", function () {
  this.timeout(600_000)
  let scratch: string
  let chain: { readonly url: string; close(): Promise<void> }
  let proxy: Server
  let fault: Fault | undefined
  let answered = 0

  before(async () => {
    announceSeed()
    scratch = await mkdtemp(join(tmpdir(), "airdrop-fuzz-"))
    chain = await serveEmbeddedChain({ network: await readNetworkFile(join(SAMPLE, "network.json")) })
    proxy = createServer((request, response) => {
      forward(request).then(
        (text) => {
          const spoilt = fault?.at === answered++ ? fault.spoil(text) : text
          response.writeHead(200, { "content-type": "application/json" }).end(spoilt)
        },
        // A deep run ends by the clock, in the middle of a case that still asks: the chain is gone then.
        () => response.destroy(),
      )
    })
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve))
  })
  after(async () => {
    proxy.closeAllConnections()
    proxy.close()
    await chain.close()
    await removeAfterCases(scratch)
  })

  const forward = async (request: IncomingMessage): Promise<string> => {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk as Uint8Array)
    const body = Buffer.concat(chunks)
    return await (await fetch(chain.url, { method: "POST", body })).text()
  }

  /** Takes a snapshot through the proxy into a new folder; every run is a first one. */
  const take = async (name: string): Promise<{ status: number; files: readonly string[]; text: string }> => {
    const folder = join(scratch, name)
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder)
    for (const file of ["program.json", "recipients.csv"])
      await copyFile(join(SAMPLE, file), join(folder, file))
    answered = 0
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/${name}`
    const args = [folder, "--rpc", url, "--prove", "--allow-unfinalized"]
    const outcome = await survives(async () => {
      const run = await runVerb(snapshot, args)
      if (run.status === undefined) throw run.error
      if (run.error instanceof AirdropError) expectReadable(run.error)
      return run.status
    })
    const files = (await readdir(folder)).sort()
    const text = files.includes("snapshot.json") ? await readFile(join(folder, "snapshot.json"), "utf8") : ""
    return { status: outcome.accepted ? outcome.value : outcome.error.exit, files, text }
  }

  it("one false answer gives the true snapshot or one clear line, and nothing half-written", async () => {
    fault = undefined
    const honest = await take("honest")
    expect(honest.status).to.equal(0)
    const whole = honest.files
    const faults = fc.record({ at: fc.nat({ max: 30 }), blind: fc.boolean() })
    let run = 0
    await fc.assert(
      fc.asyncProperty(faults, fc.gen(), async ({ at, blind }, gen) => {
        fault = {
          at,
          spoil: (answer) =>
            blind
              ? gen(() => mutatedText(answer))
              : JSON.stringify(gen(() => mutatedJson(JSON.parse(answer)))),
        }
        const { status, files, text } = await take(`run-${run++}`)
        expect(files.filter((name) => name.endsWith(".tmp"))).to.deep.equal([])
        if (status === 0) expect([files, text]).to.deep.equal([whole, honest.text])
        else expect(files).to.deep.equal(["program.json", "recipients.csv"])
      }),
      fuzzing({ cases: 25 }),
    )
  })
})
