/** `grants` without a chain: who can be paid, how much, and what `grants build` writes. */
import { readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "chai"
import * as grantsVerb from "../../../scripts/commands/grants/grants.ts"
import * as verifyVerb from "../../../scripts/commands/verify.ts"
import type { Address } from "../../../scripts/core/primitives/address.ts"
import { AirdropError, type ErrorCode } from "../../../scripts/core/primitives/error.ts"
import { loadProgram } from "../../../scripts/stages/program/load-program.ts"
import { folderCid } from "../../../scripts/stages/publication/folder-cid.ts"
import { addToLedger, ledgerPath } from "../../../scripts/stages/reserve/ledger-file.ts"
import { addressesOfAirdrop } from "../../../scripts/stages/reserve/make-reserve.ts"
import { ascendingList, testAddress, writeAmountsProgram } from "../../support/amounts-program.ts"
import { REWARDS } from "../../support/made-up.ts"
import { allocateAndBuild, writeStakingProgram } from "../../support/published.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"
import { inScratch } from "../../support/scratch.ts"

const NOTE = ["--reason", "was missed", "--evidence", "ticket 12", "--force"]
const MOST = (1n << 96n) - 1n

async function grants(folder: string, ...args: readonly string[]): Promise<VerbRun> {
  return await runVerb(grantsVerb, [folder, ...args])
}

async function writeList(folder: string, reserve = "50000"): Promise<void> {
  await writeAmountsProgram(folder, { csv: ascendingList(5), pool: "15", reserve })
  await allocateAndBuild(folder)
}

function expectRefused({ error, status }: VerbRun, code: ErrorCode, message: RegExp): void {
  if (!(error instanceof AirdropError)) throw new Error("was not refused", { cause: error })
  expect(error.message).to.match(message)
  expect({ code: error.code, status }).to.deep.equal({ code, status: 2 })
}

describe("grants add refuses, also with --force,", () => {
  it("addresses without a key, the token and the airdrop itself", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "list")
      await writeList(folder)
      const loaded = await loadProgram(folder)
      const [airdrop = ""] = await addressesOfAirdrop(loaded)
      const refused: readonly (readonly [string, RegExp])[] = [
        [`0x${"0".repeat(40)}`, /the zero address cannot be paid/],
        [`0x${"0".repeat(36)}dead`, /no key leads to an address below 2\^64/],
        [`0x${"0".repeat(24)}${"f".repeat(16)}`, /no key leads to an address below 2\^64/],
        [loaded.program.token.address, /cannot be paid: it is the token itself/],
        [airdrop, /cannot be paid: it is the airdrop itself/],
      ]
      for (const [account, message] of refused) {
        expectRefused(await grants(folder, "add", account, "1", ...NOTE), "refused", message)
      }
      const lowest = `0x${"0".repeat(23)}1${"0".repeat(16)}`
      expect((await grants(folder, "add", lowest, "1", ...NOTE)).error).to.equal(undefined)
    })
  })

  it("the staking contract of the program", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "staking")
      await writeStakingProgram(folder)
      const run = await grants(folder, "add", REWARDS, "1", ...NOTE)
      expectRefused(run, "refused", /cannot be paid: it is the staking contract/)
    })
  })

  it("amounts that come to more than 2^96 - 1 for one account", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "list")
      const units = (amount: bigint): string =>
        `${amount / 10n ** 9n}.${(amount % 10n ** 9n).toString().padStart(9, "0")}`
      await writeList(folder, units(4n * MOST))
      expectRefused(
        await grants(folder, "add", testAddress(90), units(MOST + 1n), ...NOTE),
        "refused",
        /more than 2\^96 - 1/,
      )
      expect((await grants(folder, "add", testAddress(90), units(MOST), ...NOTE)).error).to.equal(undefined)
      expectRefused(
        await grants(folder, "add", testAddress(90), "0.000000001", ...NOTE),
        "refused",
        /more than 2\^96 - 1/,
      )
    })
  })
})

describe("grants build", () => {
  it("refuses a ledger with a payee that was added by hand and cannot be paid", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "list")
      await writeList(folder)
      const account: Address = `0x${"0".repeat(36)}dead`
      await addToLedger(
        ledgerPath(folder),
        9,
        () => [
          {
            kind: "grant",
            id: 1,
            account,
            amount: 1n,
            reason: "by hand",
            evidence: undefined,
            overriddenChecks: [],
            time: new Date(0),
          },
        ],
        () => undefined,
      )
      expectRefused(await grants(folder, "build"), "refused", /below 2\^64/)
      expect((await grants(folder, "check", "--json")).json)
        .to.have.nested.property("findings[0]")
        .that.matches(/2\^64/)
    })
  })

  it("prints the reserve's own CID, and with --car writes an archive that has it", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "list")
      await writeList(folder)
      await grants(folder, "add", testAddress(90), "3", ...NOTE)
      const plain = (await grants(folder, "build", "--json")).json as { cid: string }
      const reserve = join(folder, "proofs", "reserve")
      expect(plain.cid).to.equal(await folderCid(reserve, []))
      expect(plain.cid).to.not.equal(await folderCid(join(folder, "proofs"), ["reserve"]))
      const archived = (await grants(folder, "build", "--car", "--json")).json as { cid: string; car: string }
      expect(archived).to.include({ cid: plain.cid, car: join(folder, "proofs.reserve.car") })
      expect((await readFile(archived.car)).includes(Buffer.from("allocations.csv"))).to.equal(true)
      expect((await runVerb(verifyVerb, [folder])).status).to.equal(0)
      await grants(folder, "build")
      expect(await stat(archived.car).catch(() => undefined), "an archive of an earlier reserve").to.equal(
        undefined,
      )
    })
  })
})
