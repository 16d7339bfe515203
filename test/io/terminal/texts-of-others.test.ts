import { cp, mkdir, readFile, writeFile } from "node:fs/promises"
import { createServer, type Server } from "node:http"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { expect } from "chai"
import { Interface, makeError } from "ethers"
import type { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { printError } from "../../../scripts/io/terminal/output.ts"
import { explained } from "../../../scripts/io/transactions/revert.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"
import { ascendingList, testAddress, writeAmountsProgram } from "../../support/amounts-program.ts"
import { runCli, type CliRun } from "../../support/run-cli.ts"
import { inScratch } from "../../support/scratch.ts"

/** Sets a title, erases the line, writes one of its own, turns the text around and hides a letter. */
const HOSTILE = "x\u001b]0;owned\u0007\u001b[2K\r\nFAKE all is well\u202etxt.\u200bexe\u009b31m\u2028y"
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

const STAKES = join(PROJECT_ROOT, "test", "fixtures", "programs", "stakes")

function expectPlain(name: string, text: string): void {
  for (const line of text.split("\n")) {
    expect(UNSEEN.exec(line)?.[0].codePointAt(0)?.toString(16), `${name}: ${JSON.stringify(line)}`).to.equal(
      undefined,
    )
    expect(line, name).to.not.match(/^\s*FAKE/)
  }
}

/** Runs a verb and expects its output to be plain and to have the beginning of the hostile text in it. */
async function plain(status: number, ...args: string[]): Promise<CliRun> {
  const run = await runCli(args)
  const name = args.join(" ").replaceAll(HOSTILE, "HOSTILE")
  expect(run.status, `${name}: ${run.text}`).to.equal(status)
  expectPlain(name, run.text)
  expect(run.text, name).to.contain("owned")
  return run
}

async function edit(path: string, change: (json: Record<string, unknown>) => object): Promise<void> {
  const json = JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>
  await writeFile(path, JSON.stringify(change(json)))
}

/** Starts a node that answers every request with an error of hostile text. */
async function hostileNode(answer: (id: unknown) => string): Promise<Server> {
  const server = createServer((request, response) => {
    let body = ""
    request.on("data", (chunk: Buffer) => (body += chunk.toString()))
    request.on("end", () => {
      const parsed = JSON.parse(body) as { id: unknown } | { id: unknown }[]
      const text = Array.isArray(parsed)
        ? `[${parsed.map(({ id }) => answer(id)).join()}]`
        : answer(parsed.id)
      response.writeHead(200, { "content-type": "application/json" }).end(text)
    })
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return server
}

describe("Foreign texts in the output", function () {
  this.timeout(300_000)

  it("are codes where program.json holds them, in the terminal and in the report", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "p")
      await writeAmountsProgram(folder, { csv: ascendingList(3), pool: "100" })
      await edit(join(folder, "program.json"), (json) => ({
        ...json,
        description: HOSTILE,
        unconfirmed: [{ field: "rules", reason: HOSTILE }],
        rules: { exclude: [{ account: testAddress(1), reason: HOSTILE }] },
      }))
      expect((await runCli(["allocate", folder])).status).to.equal(0)
      const report = await readFile(join(folder, "report.html"), "utf8")
      expect(report).to.contain("FAKE")
      expectPlain("report.html", report)
      await plain(0, "explain", folder, testAddress(1))
      await edit(join(folder, "program.json"), (json) => ({ ...json, [HOSTILE]: 1 }))
      await plain(2, "allocate", folder)
    })
  })

  it("are codes where a table, its name or its folder holds them", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, `p${HOSTILE.replaceAll("/", "")}`)
      await writeAmountsProgram(folder, { csv: `account,amount\n"${HOSTILE}",1\n`, pool: "100" })
      await plain(2, "allocate", folder)
      await plain(2, "allocate", folder, "--json")
      await writeFile(join(folder, "list.csv"), `account,"${HOSTILE}"\n${testAddress(1)},1\n`)
      await plain(2, "allocate", folder)
      await plain(2, "verify", join(scratch, HOSTILE))
      await plain(2, HOSTILE)
      await plain(2, "allocate", folder, `--${HOSTILE}`)
    })
  })

  it("are codes where a Safe batch holds them, in words as in JSON", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "p")
      await writeAmountsProgram(folder, { csv: ascendingList(3), pool: "100" })
      for (const verb of ["allocate", "build"]) expect((await runCli([verb, folder])).status).to.equal(0)
      await mkdir(join(folder, "safe"))
      const path = join(folder, "safe", "batch.json")
      const batch = {
        version: HOSTILE,
        chainId: "42161",
        [HOSTILE]: 1,
        meta: { name: HOSTILE, description: HOSTILE },
        transactions: [{ to: testAddress(1), value: "0", data: "0x", [HOSTILE]: 2 }],
      }
      await writeFile(path, JSON.stringify(batch))
      await plain(1, "inspect", path)
      const run = await runCli(["inspect", path, "--json"])
      expectPlain("inspect --json", run.text)
      expect(run.text).to.contain("FAKE")
    })
  })

  it("are codes where a node answers them", async () => {
    await inScratch(async (scratch) => {
      const error = { code: -32000, message: HOSTILE, data: HOSTILE }
      const server = await hostileNode((id) => JSON.stringify({ jsonrpc: "2.0", id, error }))
      try {
        const rpc = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
        const folder = join(scratch, "p")
        await mkdir(folder)
        for (const name of ["program.json", "recipients.csv"])
          await cp(join(STAKES, name), join(folder, name))
        await plain(1, "snapshot", folder, "--rpc", rpc)
        await plain(1, "snapshot", folder, "--rpc", rpc, "--json")
      } finally {
        server.close()
      }
    })
  })

  it("are codes where a contract reverts with them", async () => {
    const data = new Interface(["error Error(string)"]).encodeErrorResult("Error", [HOSTILE])
    const reverted = makeError("execution reverted", "CALL_EXCEPTION", {
      ...{ action: "estimateGas", data, reason: HOSTILE, invocation: null, revert: null },
      transaction: { to: null, data: "" },
    })
    const words = (): string => "unknown"
    const error: unknown = await explained("the claim is refused", words, async () =>
      Promise.reject(reverted),
    ).catch((thrown: unknown) => thrown)
    const printed: string[] = []
    const write = process.stderr.write.bind(process.stderr)
    process.stderr.write = (text: string | Uint8Array): boolean => printed.push(String(text)) > 0
    try {
      for (const line of (error as AirdropError).lines) printError(line)
    } finally {
      process.stderr.write = write
    }
    expect(printed.join("")).to.contain("FAKE")
    expectPlain("a revert", printed.join(""))
  })

  it("are codes where the ledger of grants holds them", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "p")
      await writeAmountsProgram(folder, { csv: ascendingList(3), pool: "100" })
      await edit(join(folder, "program.json"), (json) => ({
        ...json,
        tranches: { automatic: "100", reserve: "10" },
      }))
      await runCli(["allocate", folder])
      const added = await runCli([
        "grants",
        folder,
        "add",
        testAddress(9),
        "1",
        "--reason",
        HOSTILE,
        "--force",
      ])
      expectPlain("grants add", added.text)
      await plain(0, "grants", folder, "list")
    })
  })
})
