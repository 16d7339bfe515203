import { expect } from "chai"
import { keccak256 } from "ethers"
import { execFile } from "node:child_process"
import { copyFile, cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { toChecksum } from "../../../scripts/core/primitives/address.ts"
import { wordHex } from "../../../scripts/core/primitives/words.ts"
import { serveEmbeddedChain } from "../../../scripts/dev/embedded/embedded-chain.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"
import { address } from "../../support/made-up.ts"
import { inScratch } from "../../support/scratch.ts"

const TOY = join(PROJECT_ROOT, "test", "fixtures", "toy-reader")
const TOKEN = { address: address(70), symbol: "PAID", decimals: 18 }
const LEDGER = address(71)
const PEOPLE = [11, 12, 13].map(address)
/** Returns the word at keccak256(argument . 0): credits in the first mapping of a Solidity contract. */
const LEDGER_CODE = "0x6004355f5260405f20545f5260205ff3"

const run = promisify(execFile)

/** Adds the toy reader to a copy of scripts/ as docs/developers.md says: two files and two lines. */
async function copyWithToy(folder: string): Promise<void> {
  await cp(join(PROJECT_ROOT, "scripts"), join(folder, "scripts"), { recursive: true })
  for (const file of ["package.json", "tsconfig.json"])
    await copyFile(join(PROJECT_ROOT, file), join(folder, file))
  for (const link of ["node_modules", "artifacts", "types"])
    await symlink(join(PROJECT_ROOT, link), join(folder, link))
  const core = join(folder, "scripts", "core")
  for (const room of ["readers", "sources"])
    await copyFile(join(TOY, room, "credits.ts.txt"), join(core, room, "credits.ts"))
  const edit = async (path: string, from: string, to: string, importing: string): Promise<void> => {
    const text = await readFile(path, "utf8")
    expect(text.split(from)).to.have.length(2)
    await writeFile(path, `${importing}\n${text.replace(from, to)}`)
  }
  await edit(
    join(core, "readers", "readers.ts"),
    "[sessionStaking,",
    "[creditReader, sessionStaking,",
    'import { creditReader } from "./credits.ts"',
  )
  await edit(
    join(core, "sources", "sources.ts"),
    '  ["points", points],',
    '  ["points", points],\n  ["credits", credits],',
    'import { credits } from "./credits.ts"',
  )
}

describe("a reader that somebody adds", function () {
  this.timeout(120_000)
  let served: Awaited<ReturnType<typeof serveEmbeddedChain>>
  before(async () => {
    served = await serveEmbeddedChain({ chainId: 8453, token: TOKEN })
  })
  after(async () => {
    await served.close()
  })

  it("is read, proven, allocated and explained with two new files and two lines", async () => {
    await inScratch(async (folder) => {
      await copyWithToy(folder)
      const include = ["scripts/core/sources/sources.ts", "scripts/core/snapshot/snapshot-json.ts"]
      const tsconfig = { extends: "./tsconfig.json", include }
      await writeFile(join(folder, "tsconfig.toy.json"), JSON.stringify(tsconfig))
      const tsc = join(folder, "node_modules", "typescript", "bin", "tsc")
      await run(process.execPath, [tsc, "-p", "tsconfig.toy.json"], { cwd: folder })

      const { chain, url } = served
      await chain.setCode(LEDGER, LEDGER_CODE)
      for (const [i, account] of PEOPLE.entries()) {
        const slot = keccak256(`${wordHex(BigInt(account))}${wordHex(0n).slice(2)}`)
        await chain.request("hardhat_setStorageAt", [LEDGER, slot, wordHex(BigInt(i) * 10n)])
      }
      await chain.mine()
      const block = await chain.ethers.provider.getBlockNumber()
      await chain.mine()
      const program = join(folder, "drop")
      await mkdir(program)
      await writeFile(
        join(program, "program.json"),
        JSON.stringify({
          format: "merkle-airdrop/program@1",
          name: "drop",
          chainId: 8453,
          token: TOKEN,
          tranches: { automatic: "90" },
          source: { kind: "credits", ledger: LEDGER },
          snapshot: { block },
          eligibility: { file: "people.csv" },
        }),
      )
      await writeFile(join(program, "people.csv"), `account\n${PEOPLE.map(toChecksum).join("\n")}\n`)
      const airdrop = async (...args: readonly string[]): Promise<string> => {
        const cli = join(folder, "scripts", "cli.ts")
        const done = await run(process.execPath, ["--disable-warning=ExperimentalWarning", cli, ...args], {
          cwd: folder,
        }).catch((error: unknown) => error as { readonly stdout: string; readonly stderr: string })
        return done.stdout + done.stderr
      }
      const [first = "", second = "", third = ""] = PEOPLE.map(toChecksum)
      const taken = await airdrop("snapshot", program, "--rpc", url, "--prove", "--allow-unfinalized")
      expect(taken).to.contain("3 credits").and.contain("written: snapshot.json, snapshot.proof")
      await airdrop("allocate", program)
      const csv = await readFile(join(program, "allocation.csv"), "utf8")
      expect(csv).to.equal(`account,amount\n${second},30.${"0".repeat(18)}\n${third},60.${"0".repeat(18)}\n`)
      expect(await airdrop("explain", program, first)).to.contain("all its contributions have value zero")
      expect(await airdrop("explain", program, third)).to.contain("entry 3")
      expect(await airdrop("verify", program)).to.contain("3 credits and 3 accounts proven under block")
      const path = join(program, "snapshot.json")
      const text = await readFile(path, "utf8")
      await writeFile(path, text.replace('"credit":"10"', '"credit":"11"'))
      expect(await airdrop("verify", program)).to.contain(
        `the credit of ${second} is 11 in the snapshot, but 10 on the chain`,
      )
    })
  })
})
