/** Random programs with signed statements, good and bad: both readers accept the same ones and pay the same. */
import { networkIn } from "../../support/staking-section.ts"
import { execFile } from "node:child_process"
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "chai"
import fc from "fast-check"
import { Signature as KeySignature, toBeHex } from "ethers"
import { allocate } from "../../../scripts/core/allocation/allocate.ts"
import { allocationJson } from "../../../scripts/core/allocation/allocation-json.ts"
import { toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { formatStatement } from "../../../scripts/core/statements/statement-line.ts"
import type { AcceptedStatement } from "../../../scripts/core/statements/statement.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"
import { loadInputs } from "../../../scripts/stages/allocation/load-inputs.ts"
import { loadProgram } from "../../../scripts/stages/program/load-program.ts"
import { snapshotText } from "../../../scripts/core/snapshot/snapshot-json.ts"
import { DEEP, SEED } from "../../support/fuzz.ts"
import { OWNER, REWARDS, snapshotOf, TOKEN, vestingFor } from "../../support/made-up.ts"
import { inScratch } from "../../support/scratch.ts"
import { accept, ACCEPTED, accountOf, keyOf, sign, termsOf } from "../../support/statements.ts"

/** Of one to three statements each: in a deep run about 1,000 statements. */
const PROGRAMS = DEEP ? 500 : 150
const KEYS = Array.from({ length: 8 }, (_, i) => keyOf(i))
const PEOPLE = KEYS.map(accountOf)
const VESTING = accountOf(keyOf(100))
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

const FAULTS = [
  "none",
  "other signer",
  "other to",
  "other program",
  "other chain",
  "late",
  "high s",
  "long signature",
  "contract wallet",
  "extra key",
  "no deadline",
  "wrong checksum",
  "upper case",
] as const

interface Plan {
  readonly kind: "link" | "redirect"
  readonly from: number
  readonly to: number
  readonly isVesting: boolean
  readonly scheme: "eip712" | "eip191"
  readonly consent: "none" | "right" | "wrong"
  readonly fault: (typeof FAULTS)[number]
}

const plan: fc.Arbitrary<Plan> = fc.record({
  kind: fc.constantFrom("link", "redirect"),
  from: fc.integer({ min: 0, max: 7 }),
  to: fc.integer({ min: 0, max: 7 }),
  isVesting: fc.nat(7).map((n) => n === 0),
  scheme: fc.constantFrom("eip712", "eip191"),
  consent: fc.constantFrom("none", "right", "right", "wrong"),
  fault: fc.oneof({ weight: 3, arbitrary: fc.constant("none" as const) }, fc.constantFrom(...FAULTS)),
})

interface ProgramPlan {
  readonly statements: readonly Plan[]
  readonly payTo: "beneficiary" | "staker"
  readonly isListed: boolean
  /** The number of the person that has an override. */
  readonly override: number | undefined
  /** What follows the last line. */
  readonly ending: string
}

const program: fc.Arbitrary<ProgramPlan> = fc.record({
  statements: fc.array(plan, { minLength: 1, maxLength: 3 }),
  payTo: fc.constantFrom("beneficiary", "staker"),
  isListed: fc.boolean(),
  override: fc.nat(15).map((n) => (n === 0 ? 1 : undefined)),
  ending: fc.constantFrom("\n", "\n", "\n", "\n", "\r\n", "", "\n\n"),
})

/** Returns an element that is there. */
function at<T>(list: readonly T[], index: number): T {
  const found = list[index]
  if (found === undefined) throw new Error(`no element ${index}`)
  return found
}

async function lineOf(one: Plan): Promise<string> {
  const key = at(KEYS, one.from)
  const from = one.isVesting ? VESTING : accountOf(key)
  const signer = one.isVesting ? at(KEYS, 0) : key
  const to = at(PEOPLE, one.to)
  const terms = termsOf({
    kind: one.kind,
    from,
    to,
    ...(one.fault === "other program" && { program: "another" }),
    ...(one.fault === "other chain" && { chainId: 1 }),
  })
  const right = await sign(one.fault === "other signer" ? keyOf(50) : signer, terms, one.scheme)
  const { r, s, v } = KeySignature.from(right.signature)
  const signature = {
    ...right,
    ...(one.fault === "high s" && {
      signature: `${r}${toBeHex(ORDER - BigInt(s), 32).slice(2)}${v === 27 ? "1c" : "1b"}`,
    }),
    ...(one.fault === "long signature" && { signature: `${right.signature}00` }),
    ...(one.fault === "contract wallet" && { scheme: "erc1271" as const }),
  }
  const isLink = one.kind === "link"
  const consent = await sign(one.consent === "wrong" ? keyOf(51) : at(KEYS, one.to), terms)
  const statement: AcceptedStatement = {
    ...(await accept(signer, terms)),
    ...signature,
    consent: isLink && one.consent !== "none" ? consent : undefined,
    accepted: one.fault === "late" ? new Date("2026-02-01T00:00:00Z") : ACCEPTED,
    ...(one.fault === "other to" && { to: at(PEOPLE, (one.to + 1) % 8) }),
  }
  const fields = JSON.parse(formatStatement(statement)) as Record<string, unknown>
  if (one.fault === "extra key") fields["note"] = "x"
  if (one.fault === "no deadline") delete fields["deadline"]
  if (one.fault === "upper case") fields["from"] = `0X${from.slice(2).toUpperCase()}`
  if (one.fault === "wrong checksum") fields["to"] = swapCase(toChecksum(to))
  return JSON.stringify(fields)
}

function swapCase(text: string): string {
  return text.replace(/[a-f](?=[^a-f]*$)/i, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
}

async function write(folder: string, given: ProgramPlan): Promise<void> {
  await mkdir(folder, { recursive: true })
  const stake = (account: Address, i: number): readonly [Address, bigint] => [
    account,
    BigInt(i + 1) * 10n ** 12n,
  ]
  const network = snapshotOf(
    [{ stakes: PEOPLE.slice(0, 3).map(stake) }, { stakes: [VESTING, ...PEOPLE.slice(3, 6)].map(stake) }],
    [
      [VESTING, vestingFor(at(PEOPLE, 0))],
      ...PEOPLE.slice(6).map((one) => [one, { kind: "plain" }] as const),
    ],
  )
  await writeFile(join(folder, "snapshot.json"), snapshotText(network))
  const listed = [...PEOPLE.slice(0, 5), VESTING].map(toChecksum)
  await writeFile(join(folder, "recipients.csv"), `account\n${listed.join("\n")}\n`)
  const overridden = given.override === undefined ? [] : [at(PEOPLE, given.override)]
  const file = {
    format: "merkle-airdrop/program@1",
    name: "made-up",
    chainId: 42161,
    token: { address: TOKEN, symbol: "TOK", decimals: 9 },
    tranches: { automatic: "1000" },
    source: {
      kind: "session-staking",
      stakingContract: REWARDS,
      weights: { solo: "1.5", operator: "1.25", contributor: "1" },
    },
    snapshot: { block: 7, implementation: networkIn(network).implementation },
    eligibility: given.isListed ? { file: "recipients.csv" } : undefined,
    rules: {
      payTo: given.payTo,
      overrides: [
        { account: VESTING, payTo: VESTING, reason: "its owner asked" },
        ...overridden.map((account) => ({ account, payTo: PEOPLE[7], reason: "asked" })),
      ],
    },
    contract: { owner: OWNER },
  }
  await writeFile(join(folder, "program.json"), JSON.stringify(file))
  for (const kind of ["link", "redirect"] as const) {
    const lines = await Promise.all(given.statements.filter((one) => one.kind === kind).map(lineOf))
    if (lines.length > 0) await writeFile(join(folder, `${kind}s.jsonl`), lines.join("\n") + given.ending)
  }
}

const RUN_PYTHON = `
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
verify = importlib.util.module_from_spec(spec)
sys.modules["verify"] = verify
spec.loader.exec_module(verify)
for folder in sys.stdin.read().split():
    try:
        inputs = verify.Inputs(folder)
        paid = verify.Allocation(verify.program_of(inputs), inputs)
        print(json.dumps({"json": paid.json("0" * 64), "open": paid.statements.only_a_node}))
    except (verify.Wrong, *verify.MISSHAPEN) as error:
        print(json.dumps({"fault": verify.words_of(error)}))
`

interface Verdict {
  readonly fault?: string
  readonly json?: string
  readonly open?: number
}

async function askPython(folders: readonly string[]): Promise<readonly Verdict[]> {
  const script = join(PROJECT_ROOT, "scripts", "verify.py")
  const stdout = await new Promise<string>((resolve, reject) => {
    const python = execFile("python3", ["-c", RUN_PYTHON, script], { maxBuffer: 1 << 28 }, (error, out) => {
      if (error === null) resolve(out)
      else reject(new Error(error.message))
    })
    python.stdin?.end(folders.join("\n"))
  })
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Verdict)
}

async function ask(folder: string): Promise<Verdict> {
  try {
    const inputs = await loadInputs(await loadProgram(folder))
    const allocation = allocate(inputs)
    const open = allocation.risks.find(({ resolved }) => !resolved)
    if (open !== undefined) return { fault: `${open.account}: ${open.detail}` }
    const record = { inputs: inputs.hashes, entries: "0".repeat(64) }
    return {
      json: Array.from(allocationJson(allocation, record)).join(""),
      open: inputs.walletSignatures.length,
    }
  } catch (error) {
    if (error instanceof AirdropError) return { fault: error.message }
    throw error
  }
}

describe("statements, read by both verifiers", () => {
  it(`accepts and pays the same in ${PROGRAMS} programs, or refuses both times`, async () => {
    await inScratch(async (scratch) => {
      const given = fc.sample(program, { numRuns: PROGRAMS, seed: SEED })
      const folders = given.map((_, i) => join(scratch, String(i)))
      for (const [i, folder] of folders.entries()) await write(folder, at(given, i))
      const theirs = await askPython(folders)
      let accepted = 0
      for (const [i, folder] of folders.entries()) {
        const ours = await ask(folder)
        const { fault, ...rest } = at(theirs, i)
        const what = `${JSON.stringify(given[i])} ours: ${ours.fault ?? "-"} theirs: ${fault ?? "-"}`
        expect(fault === undefined, what).to.equal(ours.fault === undefined)
        if (ours.fault === undefined) {
          expect(rest, what).to.deep.equal(ours)
          accepted++
        }
      }
      expect(accepted).to.be.within(PROGRAMS / 10, (PROGRAMS * 9) / 10)
    })
  })
})
