import { cp, readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "chai"
import { ERROR_CODES, type ErrorCode } from "../../scripts/core/primitives/error.ts"
import * as allocateVerb from "../../scripts/commands/allocate.ts"
import * as explainVerb from "../../scripts/commands/explain.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { runVerb } from "../support/run-verb.ts"
import { inScratch } from "../support/scratch.ts"
import { expectError } from "../support/errors.ts"

const STAKES = join(PROJECT_ROOT, "test", "fixtures", "programs", "stakes")
const STAKERS = join(STAKES, "..", "stakers")
type Edit = readonly [from: string, to: string]

const OUTPUTS = ["allocation.csv", "allocation.json", "report.html", "unpaid.csv"]

/** Runs a test in a copy of the golden program, without its results. */
async function inCopy<T>(work: (folder: string) => Promise<T>): Promise<T> {
  return await inScratch(async (scratch) => {
    const folder = join(scratch, "a program")
    await cp(STAKES, folder, {
      recursive: true,
      filter: (path) => !OUTPUTS.some((name) => path.endsWith(name)),
    })
    return await work(folder)
  })
}

async function edit(folder: string, file: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(folder, file), "utf8")
  expect(text).to.contain(from)
  await writeFile(join(folder, file), text.replace(from, to))
}

async function bytesOf(folder: string): Promise<string[]> {
  return await Promise.all(OUTPUTS.map(async (name) => await readFile(join(folder, name), "utf8")))
}

describe("allocate", () => {
  it("writes the same bytes twice, and those of the golden program", async () => {
    await inCopy(async (folder) => {
      expect((await runVerb(allocateVerb, [folder])).status).to.equal(0)
      const first = await bytesOf(folder)
      expect((await runVerb(allocateVerb, [folder])).status).to.equal(0)
      expect(await bytesOf(folder)).to.deep.equal(first)
      expect(first[0]).to.equal(await readFile(join(STAKES, "allocation.csv"), "utf8"))
    })
  })

  it("prints its result as one object with --json", async () => {
    await inCopy(async (folder) => {
      const { json } = await runVerb(allocateVerb, [folder, "--json"])
      expect(json).to.include({
        program: "stakes",
        payees: 14,
        participants: 14,
        unpaid: 12,
        undistributed: 0n,
      })
    })
  })

  it("writes each unpaid account with its reason", async () => {
    await inCopy(async (folder) => {
      await runVerb(allocateVerb, [folder])
      const [head, ...rows] = (await readFile(join(folder, "unpaid.csv"), "utf8")).trimEnd().split("\n")
      expect(head).to.equal("account,reason,detail")
      expect(rows).to.have.length(12)
      const reasons = new Set(rows.map((row) => row.split(",")[1]))
      expect([...reasons].sort()).to.deep.equal([
        "below-minimum",
        "excluded",
        "no-contribution",
        "not-listed",
      ])
    })
  })

  it("warns in a line of its own of a pool that is not used up", async () => {
    await inCopy(async (folder) => {
      await edit(folder, "program.json", `"cap": "50000"`, `"cap": "4000"`)
      const { lines } = await runVerb(allocateVerb, [folder])
      expect(lines.join("\n")).to.match(/^WARNING: [\d,.]+ SESH of the pool are paid to no account\.$/m)
    })
  })

  it("writes nothing when an input has faults or a payee is at risk", async () => {
    const contract = "0xE3B3Ce5745B940C4BaFa4DD92591439221F8036A"
    const other = "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65"
    const cases: readonly (readonly [file: string, edits: readonly Edit[], code: ErrorCode, line: RegExp])[] =
      [
        ["recipients.csv", [["0x15d34AAf", "0x15d34AAF"]], "file-format", /recipients\.csv:3: .*checksum/],
        [
          "program.json",
          [[`"cap": "50000"`, `"cap": "5e4"`]],
          "file-format",
          /program\.json:\d+: rules\.cap/,
        ],
        [
          "program.json",
          [[`"block": 100`, `"block": 101`]],
          "inconsistent",
          /snapshot\.json: its block is 100/,
        ],
        [
          "program.json",
          [[`"350000"`, `"1"`]],
          "refused",
          /pays no account: every amount is below the minimum/,
        ],
        [
          "program.json",
          [
            [`"3000"`, `"0"`],
            [`"${contract}"`, `"${other}"`],
          ],
          "unresolved",
          /1 payee of stakes could not use/,
        ],
      ]
    for (const [file, edits, code, line] of cases) {
      await inCopy(async (folder) => {
        const before = (await readdir(folder)).sort()
        for (const [from, to] of edits) await edit(folder, file, from, to)
        const run = await runVerb(allocateVerb, [folder])
        expectError(run.error, code, line)
        expect(run.status).to.equal(ERROR_CODES[code])
        expect((await readdir(folder)).sort()).to.deep.equal(before)
      })
    }
  })

  it("writes a report without external requests, and escapes texts of the program", async () => {
    await inCopy(async (folder) => {
      await edit(
        folder,
        "program.json",
        `"description": "The`,
        `"description": "<img src=x onerror=alert(1)> The`,
      )
      await runVerb(allocateVerb, [folder])
      const report = await readFile(join(folder, "report.html"), "utf8")
      expect(report).to.contain("&lt;img src=x onerror=alert(1)&gt;")
      expect(report).to.not.match(/<(script|img|link|iframe|object)\b|\burl\(|@import|\bsrc=(?!x)|href=/)
      for (const part of [
        "By role",
        "Concentration",
        "Amounts",
        "By kind of account",
        "The largest",
        "Rules",
      ]) {
        expect(report).to.contain(`<h2>${part}</h2>`)
      }
      expect(report).to.contain("Unpaid accounts, and why").and.to.contain("prefers-color-scheme: dark")
    })
  })

  it("compares with another program file by group and by person, without writing into the program's folder", async () => {
    await inCopy(async (folder) => {
      const before = (await readdir(folder)).sort()
      const other = join(folder, "..", "other.json")
      const csv = join(folder, "..", "changes.csv")
      const text = await readFile(join(folder, "program.json"), "utf8")
      await writeFile(other, text.replace(`"solo": "1.5"`, `"solo": "3"`))
      const { status, json } = await runVerb(allocateVerb, [
        folder,
        "--compare",
        other,
        "--csv",
        csv,
        "--json",
      ])
      expect(status).to.equal(0)
      const { groups } = json as { groups: Readonly<Record<string, { now: string; then: string }>> }
      expect(Number(groups["solo"]?.then) > Number(groups["solo"]?.now)).to.equal(true)
      expect(Number(groups["contributor"]?.then) < Number(groups["contributor"]?.now)).to.equal(true)
      const rows = (await readFile(csv, "utf8")).trim().split("\n").slice(1)
      const sum = (column: number): bigint =>
        rows.reduce((total, row) => total + BigInt((row.split(",")[column] ?? "").replace(".", "")), 0n)
      expect(sum(1)).to.equal(350_000_000_000_000n)
      expect(sum(2)).to.equal(350_000_000_000_000n)
      expect((await readdir(folder)).sort()).to.deep.equal(before)
    })
  })

  it("shows no change against its own allocation.json", async () => {
    const { lines } = await runVerb(allocateVerb, [STAKES, "--compare", join(STAKES, "allocation.json")])
    expect(lines).to.include("0 get more, 0 less, 14 the same; 0 new, 0 no longer")
  })
})

describe("allocate --compare", () => {
  type Json = Record<string, unknown>

  /** Writes an allocation.json with changes under another name, beside the allocation.csv that belongs to it. */
  async function writeOther(folder: string, change: (allocation: Json) => Json): Promise<string> {
    const path = join(folder, "earlier.json")
    const allocation = JSON.parse(await readFile(join(STAKES, "allocation.json"), "utf8")) as Json
    await writeFile(path, JSON.stringify(change(allocation)))
    await cp(join(STAKES, "allocation.csv"), join(folder, "allocation.csv"))
    return path
  }

  const withoutDerivations = (allocation: Json): Json => ({
    ...allocation,
    derivations: "omitted",
    participants: undefined,
    without: undefined,
  })

  it("prints totals, payees, values by group and risks with --json", async () => {
    const { json } = await runVerb(allocateVerb, [
      STAKES,
      "--compare",
      join(STAKERS, "program.json"),
      "--json",
    ])
    expect(json).to.deep.include({
      derivations: "complete",
      undistributed: { now: "0.000000000", then: "0.000000000" },
    })
    expect(json).to.have.nested.property("groupValues.solo.now")
    const { payees, risks } = json as { payees: Json; risks: readonly Json[] }
    expect(payees["0xaac6EB6F29Fb71bb48CEbdaf2D9d38F55Bc60CDA"]).to.deep.include({ now: "0.000000000" })
    expect(risks.map(({ isNew }) => isNew)).to.deep.equal([true, true, true, true])
  })

  it("reads amounts from allocation.csv beside the named file when derivations are omitted", async () => {
    await inScratch(async (folder) => {
      const path = await writeOther(folder, withoutDerivations)
      await cp(join(STAKERS, "allocation.json"), join(folder, "allocation.json"))
      const { status, lines } = await runVerb(allocateVerb, [STAKES, "--compare", path])
      expect(status).to.equal(0)
      const text = lines.join("\n")
      expect(text).to.contain("0 are paid more, 0 less, 14 the same")
      expect(text)
        .to.contain("Derivations are left out")
        .and.to.match(/^solo +[\d.,]+ +[\d.,]+ +\+0/m)
    })
  })

  it("refuses an allocation.csv of another allocation", async () => {
    await inScratch(async (folder) => {
      const path = await writeOther(folder, withoutDerivations)
      await cp(join(STAKERS, "allocation.csv"), join(folder, "allocation.csv"))
      const { status, error } = await runVerb(allocateVerb, [STAKES, "--compare", path])
      expect(status).to.equal(2)
      expectError(error, "inconsistent", "allocation.csv", "earlier.json")
    })
  })

  it("refuses an allocation.json that was changed by hand, in one line that names it", async () => {
    await inScratch(async (folder) => {
      const path = await writeOther(folder, (allocation) => ({
        ...allocation,
        participants: (allocation["participants"] as readonly Json[]).map((one) => ({
          ...one,
          contributions: [],
        })),
      }))
      const { status, error } = await runVerb(allocateVerb, [STAKES, "--compare", path])
      expect(status).to.equal(2)
      expectError(error, "file-format", /earlier\.json: participants: .*0x/)
    })
  })
})

describe("explain", () => {
  const explained = async (account: string): Promise<string> => {
    const { status, lines } = await runVerb(explainVerb, [STAKES, account])
    expect(status).to.equal(0)
    return lines.join("\n")
  }

  it("derives an amount down to nodes, weights, share and the rounding unit", async () => {
    const text = await explained("0x90F79bf6EB2c4f870365E785982E1f101E93b906")
    expect(text).to.match(/^0x90F7\S+ gets [\d.,]+ SESH, \d\.\d{3}% of the pool$/m)
    expect(text).to.match(/node 6 +operator +0x90F7\S+ +6,250 SESH × 1\.25 += 7,812\.5/)
    expect(text).to.match(/exact: [\d.,]+ SESH × share = [\d.,]+ SESH and 0\.\d{9} of a unit/)
    expect(text).to.match(/rounded (up|down):/)
  })

  it("agrees with allocation.csv for every address, in lower and mixed case", async () => {
    const [, ...rows] = (await readFile(join(STAKES, "allocation.csv"), "utf8")).trim().split("\n")
    for (const row of rows) {
      const [account = "", amount] = row.split(",")
      const { json } = await runVerb(explainVerb, [STAKES, account.toLowerCase(), "--json"])
      expect(json).to.include({ account, amount, reason: undefined })
    }
  })

  it("gives the reason for each address without an amount", async () => {
    const cases: readonly (readonly [account: string, why: RegExp])[] = [
      ["0x14dC79964da2C08b23698B3D3cc7Ca32193d9955", /is excluded: asked not to take part/],
      [
        "0xaac6EB6F29Fb71bb48CEbdaf2D9d38F55Bc60CDA",
        /is a vesting contract of 0x976EA74026E726554dB657fA54763abd0C3a0aa9: see there/,
      ],
      ["0xE3B3Ce5745B940C4BaFa4DD92591439221F8036A", /its share is (below the minimum|paid to)/],
      [
        "0x6d9921781CF9cAf18A1FcDD7c236B253884963e9",
        /is in recipients\.csv, but has no stake at the snapshot block/,
      ],
      [
        "0x468270C0fB6cB2c3F2eC2d1B1b2bB0fd6d0b0E3D".toLowerCase(),
        /is not in recipients\.csv, and has nothing in the 25 nodes at block 100/,
      ],
      [
        "0x7daF6aB01EA482279Ebbd30C9eA94A1848473220",
        /is a vesting contract of 0xF8d308186001aA3eD04DaF187b1c612764fCbE5E/,
      ],
      ["0xfE78EcD7f5bE2f4a7A0f3aBd2e8bC6cF7bC5A9d1".toLowerCase(), /is not in recipients\.csv/],
    ]
    for (const [account, why] of cases) expect(await explained(account)).to.match(why)
  })

  it("explains an address that earned nothing itself and is paid for another", async () => {
    await inCopy(async (folder) => {
      const excluded = "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955"
      const other = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720"
      await edit(folder, "program.json", "0xE3B3Ce5745B940C4BaFa4DD92591439221F8036A", other)
      await edit(folder, "program.json", "0x2546BcD3c84621e976D8185a91A922aE77ECEc30", excluded)
      const { lines, json } = await runVerb(explainVerb, [folder, excluded, "--json"])
      const text = lines.join("\n")
      expect(text).to.match(
        / gets [\d.,]+ SESH, [\d.]+% of the pool\nnothing of its own: is excluded: asked not to take part/,
      )
      expect(text).to.match(new RegExp(`${other}:\n  node \\d+`))
      expect(text).to.match(/exact: [\d.,]+ SESH × share/)
      expect(json).to.deep.include({ reason: undefined, ownReason: "is excluded: asked not to take part" })
      expect(json).to.have.nested.property("others[0].exact.whole")
    })
  })

  it("shows how an amount is split among the addresses that staked", async () => {
    const { lines, json } = await runVerb(explainVerb, [
      STAKERS,
      "0x976EA74026E726554dB657fA54763abd0C3a0aa9",
      "--json",
    ])
    const text = lines.join("\n")
    expect(text).to.contain("share: 27,500 of 87,500, 31.428571%")
    expect(text).to.contain("exact: 29,540.064582056 SESH and 0.914285714 of a unit")
    const { stakers, payments } = json as Record<"stakers" | "payments", readonly { amount: string }[]>
    expect(stakers.map(({ amount }) => amount)).to.deep.equal(payments.map(({ amount }) => amount))
  })

  it("prints exact figures of share and rounding with --json", async () => {
    const account = "0x90F79bf6EB2c4f870365E785982E1f101E93b906"
    const { json } = await runVerb(explainVerb, [STAKES, account, "--json"])
    const { share, exact, rounding, amount } = json as {
      readonly share: Readonly<Record<"pool" | "value" | "of", string>>
      readonly exact: Readonly<Record<"whole" | "remainder" | "divisor" | "fraction", string>>
      readonly rounding: string
      readonly amount: string
    }
    const digits = (text: string): bigint => BigInt(text.replace(".", ""))
    expect(digits(share.pool) * digits(share.value)).to.equal(
      digits(exact.whole) * digits(share.of) + BigInt(exact.remainder),
    )
    expect(BigInt(exact.divisor)).to.equal(digits(share.of))
    expect(digits(amount) - digits(exact.whole)).to.equal(rounding.startsWith("up") ? 1n : 0n)
    const capped = await runVerb(explainVerb, [
      STAKES,
      "0x976EA74026E726554dB657fA54763abd0C3a0aa9",
      "--json",
    ])
    expect(capped.json).to.include({ capped: true, cap: "50000.000000000", rounding: undefined })
  })

  it("refuses a malformed address", async () => {
    const { status, error } = await runVerb(explainVerb, [STAKES, "0x12"])
    expect(status).to.equal(2)
    expectError(error, "invalid-address", "0x12")
  })
})
