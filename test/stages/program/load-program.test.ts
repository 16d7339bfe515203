import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "chai"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { loadProgram } from "../../../scripts/stages/program/load-program.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"
import { inScratch } from "../../support/scratch.ts"

const SAMPLE = join(PROJECT_ROOT, "programs", "sample", "program.json")

/** Returns the error lines of the sample's program.json after a change to its text, from the file's name on. */
async function faultsAfter(
  ...changes: readonly (readonly [from: string | RegExp, to: string])[]
): Promise<string[]> {
  const original = await readFile(SAMPLE, "utf8")
  const text = changes.reduce((changed, [from, to]) => changed.replace(from, to), original)
  expect(text).to.not.equal(original)
  return await inScratch(async (folder) => {
    await writeFile(join(folder, "program.json"), text)
    const error: unknown = await loadProgram(folder).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    if (!(error instanceof AirdropError)) return []
    expect(error.exit).to.equal(2)
    return error.message.split("\n").map((line) => line.slice(line.indexOf("program.json")))
  })
}

describe("program.json", () => {
  it("is found by the name of a folder of programs/, or by the path of any folder or of the file itself", async () => {
    const named = await loadProgram("sample")
    expect(named.program.tranches).to.deep.equal({
      automatic: 350_000_000_000_000n,
      reserve: 50_000_000_000_000n,
    })
    expect((await loadProgram(join(PROJECT_ROOT, "programs", "sample"))).folder).to.equal(named.folder)
    expect((await loadProgram(SAMPLE)).hashes).to.deep.equal(named.hashes)
    const missing = await loadProgram("no-such-program").catch((error: unknown) => error)
    expect(missing)
      .to.be.instanceOf(AirdropError)
      .with.property("message", 'there is no program "no-such-program"')
  })

  it("is refused with file, line and value of a fault", async () => {
    const cases: readonly (readonly [string | RegExp, string, RegExp])[] = [
      [`"350000"`, `"350,000"`, /^program\.json:7: tranches\.automatic: "350,000" is not a plain decimal/],
      [`"350000"`, `350000`, /^program\.json:7: tranches\.automatic: must be a text in quotes, not 350000/],
      [`"350000"`, `"0"`, /^program\.json:7: tranches\.automatic: must be above zero/],
      [`"1.5"`, `"1e3"`, /^program\.json:11: source\.weights\.solo: "1e3" is not a plain decimal/],
      [`"session-staking"`, `"stake"`, /^program\.json:9: source\.kind: no source is named "stake"/],
      [`0x10Ea`, `0x10ea`, /^program\.json:6: token\.address: .* has a wrong checksum/],
      [`"block": 100`, `"block": "100"`, /^program\.json:13: snapshot\.block: must be/],
      [`"block": 100`, `"blocks": 100`, /^program\.json:13: snapshot/],
      [`{ "block": 100 }`, `{}`, /^program\.json:13: snapshot: must be \{ "block": number \} or/],
      [`"2026-11-21T00:00:00Z"`, `"2026-11-21"`, /sweepTime: "2026-11-21" is not a time in UTC/],
      [`"2026-11-21T00:00:00Z"`, `"2026-02-30T00:00:00Z"`, /sweepTime: "2026-02-30T00:00:00Z" is not a time/],
      [`"recipients.csv"`, `"../recipients.csv"`, /eligibility\.file: must be the name of a file beside/],
      [`"chainId"`, `"chain"`, /chain/],
      [`"chainId": 42161`, `"chainId": 300`, /chainId: ZKsync Sepolia \(300\) is not supported: .*bytecode/],
      ...(
        [
          [`{}`, /chain\.name/],
          [
            `{ "name": "X", "explorer": "http://x.example" }`,
            /chain\.explorer: must be a URL that begins with https/,
          ],
          [`{ "name": "X", "explorer": "https://x.example/" }`, /chain\.explorer: .*without a slash/],
          [`{ "name": "X", "rpcs": ["ftp://x.example"] }`, /chain\.rpcs\.0: must be a URL/],
          [`{ "name": "X", "currency": "a coin" }`, /chain\.currency: must be 1 to 12/],
          [`{ "name": "X\\u202e" }`, /chain\.name: must be 1 to 40 plain/],
        ] as const
      ).map(([chain, fault]) => [`"chainId"`, `"chain": ${chain}, "chainId"`, fault] as const),
      [`"rules": {`, `"rules": { "cap": "1", "minimum": "2",`, /rules\.cap: the cap is below the minimum/],
      [`"chainId": 42161,`, `"chainId": 42161, "chainId": 1,`, /^program\.json:5: key "chainId" comes twice/],
      [`"chainId": 42161,`, `"chainId": 42161,,`, /^program\.json:5: is not JSON/],
      [/\}\s*$/, ``, /^program\.json:\d+: is not JSON: the end of the file is not expected here/],
    ]
    for (const [from, to, expected] of cases) {
      const [first] = await faultsAfter([from, to])
      expect(first, to).to.match(expected)
    }
  })

  it("is refused with all of its faults at once", async () => {
    const lines = await faultsAfter([`"350000"`, `"x"`], [`"50000"`, `"-1"`], [`"person"`, `"people"`])
    expect(lines.map((line) => line.split(": ")[1])).to.have.members([
      "tranches.automatic",
      "tranches.reserve",
      "eligibility.match",
    ])
  })

  it("must have the name of its folder in programs/, and may have any elsewhere", async () => {
    await inScratch(async (folder) => {
      const elsewhere = join(folder, "a folder with spaces")
      await mkdir(elsewhere)
      await writeFile(join(elsewhere, "program.json"), await readFile(SAMPLE))
      expect((await loadProgram(elsewhere)).name).to.equal("sample")
    })
  })
})
