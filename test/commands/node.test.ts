import { spawn } from "node:child_process"
import { once } from "node:events"
import { createServer, type AddressInfo } from "node:net"
import { join } from "node:path"
import { expect } from "chai"
import { JsonRpcProvider } from "ethers"
import { parseAddress } from "../../scripts/core/primitives/address.ts"
import { DEPLOYMENT_PROXY } from "../../scripts/core/ethereum/create2.ts"
import { MULTICALL3 } from "../../scripts/io/rpc/multicall.ts"
import { safeContracts } from "../../scripts/io/safe/deployments.ts"
import { readSafe } from "../../scripts/io/safe/safe.ts"
import { tokenBalance, tokenDecimals, tokenSymbol } from "../../scripts/io/transactions/token.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import * as node from "../../scripts/commands/trial/node.ts"
import { expectError } from "../support/errors.ts"
import { runVerb } from "../support/run-verb.ts"

interface Served {
  readonly chainId: number
  readonly url: string
  readonly payer: string
  readonly owners: readonly string[]
  readonly safe: string
  readonly token: { readonly address: string }
}

describe("node", function () {
  this.timeout(120_000)

  it("serves a chain of the id asked for, with Safe, proxies, token and a funded Safe, until Ctrl-C", async () => {
    const cli = join(PROJECT_ROOT, "scripts", "cli.ts")
    const args = ["node", "--json", "--chain", "8453", "--port", "0", "--symbol", "BASED", "--decimals", "18"]
    const child = spawn(process.execPath, [cli, ...args], { cwd: PROJECT_ROOT })
    let text = ""
    const ended = once(child, "close")
    try {
      while (!text.trimEnd().endsWith("}")) {
        const [chunk] = (await Promise.race([once(child.stdout, "data"), ended])) as [unknown]
        if (!Buffer.isBuffer(chunk)) throw new Error(`it ended after printing: ${text}`)
        text += chunk.toString()
      }
      const served = JSON.parse(text) as Served
      expect(new URL(served.url).hostname).to.equal("127.0.0.1")
      const provider = new JsonRpcProvider(served.url)
      try {
        expect((await provider.getNetwork()).chainId).to.equal(8453n)
        const safe = await readSafe(provider, parseAddress(served.safe))
        expect(safe).to.include({ version: "1.4.1", threshold: 2 })
        expect(safe.owners).to.deep.equal(served.owners.map((owner) => parseAddress(owner)))
        for (const address of [
          DEPLOYMENT_PROXY,
          MULTICALL3,
          ...Object.values<string>({ ...safeContracts(8453) }),
        ])
          expect(await provider.getCode(address), address).to.not.equal("0x")
        const token = parseAddress(served.token.address)
        expect(await tokenSymbol(provider, token)).to.equal("BASED")
        expect(await tokenDecimals(provider, token)).to.equal(18)
        expect(await tokenBalance(provider, token, served.safe)).to.equal(10n ** 27n)
        const signer = await provider.getSigner(served.payer)
        await (await signer.sendTransaction({ to: served.owners[0] ?? null, value: 1n })).wait()
      } finally {
        provider.destroy()
      }
    } finally {
      child.kill("SIGINT")
    }
    expect(await ended).to.deep.equal([0, null])
  })

  it("says in one line that a port is taken, that an id has no Safe, and that a chain is not supported", async () => {
    const other = createServer().listen(0, "127.0.0.1")
    await once(other, "listening")
    const { port } = other.address() as AddressInfo
    try {
      expectError((await runVerb(node, ["--port", String(port)])).error, "usage", String(port))
    } finally {
      other.close()
    }
    expectError((await runVerb(node, ["--chain", "31337999", "--port", "0"])).error, "unknown", "31337999")
    expectError((await runVerb(node, ["--chain", "324", "--port", "0"])).error, "refused", "324")
  })
})
