/**
 * `bench gas`: the gas of a claim and of a push, whole transactions, compared with other distributors and with the
 * gas schedule. Writes bench/gas.txt and bench/gas.json. Gas does not depend on the machine: a run repeats exactly.
 */
import type { Command } from "commander"
import { join } from "node:path"
import { AirdropError } from "../scripts/core/primitives/error.ts"
import { writeFileAtomic } from "../scripts/io/disk/atomic-write.ts"
import { printText, type Output } from "../scripts/io/terminal/output.ts"
import { LEAF_COUNT } from "./gas/fixture.ts"
import { installPeers } from "./gas/packages.ts"
import { merkleAirdrop, minimal, ownTree, thirdweb, uniswap, withSolady } from "./gas/distributors.ts"
import {
  claimBytes,
  claimCost,
  depthCost,
  disperseCost,
  packedDropCost,
  rangeCost,
  recipientAt,
  settingsCost,
  transferCost,
  TYPICAL_INDEXES,
  type SettingsCost,
} from "./gas/measure.ts"
import { sharesOf } from "./gas/minimum.ts"
import { gasReport, perLevel } from "./gas/report.ts"
import { ROOT } from "./solc.ts"
import { BUDGET, type GasFigures } from "./gas/figures.ts"

const PROOF_LENGTHS = Array.from({ length: 21 }, (_, length) => length)

const SETTINGS = [
  { viaIR: false, runs: 200 },
  { viaIR: false, runs: 10_000 },
  { viaIR: true, runs: 200 },
  { viaIR: true, runs: 1_000 },
  { viaIR: true, runs: 10_000 },
  { viaIR: true, runs: 1_000_000 },
] as const

/**
 * Measures everything, in one run and with the same compiler settings.
 * @param progress receives each step's name, the steps done and the steps in all
 */
export async function benchGas(
  progress: (label: string, done: number, total: number) => void,
): Promise<GasFigures> {
  await installPeers()
  const total = 14 + PROOF_LENGTHS.length + SETTINGS.length
  let done = 0
  const step = async <T>(label: string, measure: Promise<T>): Promise<T> => {
    const result = await measure
    progress(label, ++done, total)
    return result
  }
  const own = await step("MerkleAirdrop", claimCost(merkleAirdrop()))
  const solady = await step("Solady", claimCost(withSolady()))
  const least = await step("the least in plain Solidity", claimCost(minimal()))
  const distributors = [
    own,
    solady,
    least,
    await step("Uniswap", claimCost(uniswap())),
    await step("thirdweb", claimCost(thirdweb())),
  ]
  const range50 = await step("range of 50", rangeCost(50))
  const range200 = await step("range of 200", rangeCost(200))
  const level = await step("level of 1,024", rangeCost(LEAF_COUNT))
  const disperse50 = await step("loop of 50", disperseCost(50))
  const disperse200 = await step("loop of 200", disperseCost(200))
  const packedDrop50 = await step("packed drop of 50", packedDropCost(50))
  const packedDrop200 = await step("packed drop of 200", packedDropCost(200))
  const bytes = await step("bytes of a claim", claimBytes())
  const transfer = await step("transfer", transferCost())
  const byProofLength: number[] = []
  for (const length of PROOF_LENGTHS) byProofLength.push(await step(`proof of ${length}`, depthCost(length)))
  const settings: SettingsCost[] = []
  for (const { viaIR, runs } of SETTINGS) settings.push(await step("settings", settingsCost(viaIR, runs)))
  return {
    typicalClaim: own.typicalClaim,
    firstOfWord: own.firstOfWord,
    holdingClaim: own.holding,
    rangePerRecipient50: range50.perRecipient,
    rangePerRecipient200: range200.perRecipient,
    dispersePerRecipient50: disperse50.perRecipient,
    dispersePerRecipient200: disperse200.perRecipient,
    packedDropPerRecipient50: packedDrop50.perRecipient,
    packedDropPerRecipient200: packedDrop200.perRecipient,
    levelOf1024: level.gas,
    solady: solady.typicalClaim,
    plainSolidity: least.typicalClaim,
    claimBytes: bytes,
    rangeBytesPerRecipient: range200.bytesPerRecipient,
    disperseBytesPerRecipient: disperse200.bytesPerRecipient,
    deployment: own.deployment,
    codeSize: own.codeSize,
    distributors,
    byProofLength,
    settings,
    shares: sharesOf(
      TYPICAL_INDEXES.map((index) => recipientAt(ownTree.proven, index)),
      { claim: own.typicalClaim, transfer, level: perLevel(byProofLength) },
    ),
  }
}

/** Defines the command: it measures, writes the record, and fails if a figure is above its budget. */
export function define(command: Command, out: () => Output): void {
  command.action(async () => {
    const output = out()
    const figures = await benchGas((label, done, total) => {
      output.progress(label, done, total)
    })
    const report = gasReport(figures)
    await writeFileAtomic(join(ROOT, "bench", "gas.json"), `${JSON.stringify(figures, null, 2)}\n`)
    await writeFileAtomic(join(ROOT, "bench", "gas.txt"), report)
    printText(output, report)
    output.json(figures)
    for (const name of ["typicalClaim", "firstOfWord", "rangePerRecipient200"] as const) {
      if (figures[name] > BUDGET[name]) {
        throw new AirdropError(`${name} is ${figures[name]} gas, its budget ${BUDGET[name]}`, {
          code: "mismatch",
        })
      }
    }
  })
}
