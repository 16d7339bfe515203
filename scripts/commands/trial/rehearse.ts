import type { Command } from "commander"
import { chainText, nativeAmount } from "../../core/ethereum/chains.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { plural } from "../../core/primitives/plural.ts"
import { rehearse, type RehearsedStep } from "../../dev/demo/rehearsal.ts"
import { parseTime } from "../../core/primitives/fields.ts"
import { argument, gwei } from "../../io/terminal/options.ts"
import type { RunVerb } from "../../io/terminal/captured-run.ts"
import type { Output } from "../../io/terminal/output.ts"
import { loadContext } from "../../stages/deployment/deployment-context.ts"

interface Options {
  readonly rpc?: string
  readonly gasPrice: bigint
  readonly at?: Date
}

const ONE_GWEI = 10n ** 9n

/** `rehearse`: a published program from the deployment to the sweep, on a chain in this process. */
export function define(command: Command, out: () => Output, runVerb: RunVerb): void {
  command
    .argument("<program>", "a folder of programs/, or the path of one; run `build` first")
    .option(
      "--rpc <url>",
      "rehearse on a fork of the program's chain, which is only read (default: an empty chain)",
    )
    .option("--at <utc>", "the first time of the empty chain (default: now)", argument(parseTime))
    .option("--gas-price <gwei>", "price of a unit of gas, for the costs (default: 1)", gwei, ONE_GWEI)
    .action(async (program: string, options: Options) => {
      await runRehearsal(program, options, out(), runVerb)
    })
}

async function runRehearsal(
  nameOrPath: string,
  { rpc, gasPrice, at }: Options,
  out: Output,
  runVerb: RunVerb,
): Promise<void> {
  if (rpc !== undefined && at !== undefined) {
    throw new AirdropError("--at is of an empty chain: a fork begins with the newest block of --rpc", {
      code: "usage",
    })
  }
  const context = await loadContext(nameOrPath)
  const { chain } = context.program
  const cost = (gas: bigint): string => nativeAmount(gas * gasPrice, chain)
  const row = ({ ok, name, gas, finding }: RehearsedStep): string =>
    `${ok ? "ok   " : "WRONG"} ${name.padEnd(11)}${String(gas).padStart(11)}  ${cost(gas).padEnd(22)}${finding}`
  const place = rpc === undefined ? "an empty chain of the same id" : "a fork"
  out.line(
    `${context.name} rehearsed for ${chainText(chain)} on ${place}; nothing is sent, and the folder stays as it is`,
  )
  out.line(`      ${"step".padEnd(11)}${"gas".padStart(11)}  cost`)
  const steps = await rehearse(context, runVerb, {
    rpc,
    at,
    onStep: (step) => {
      out.line(row(step), step.ok ? "good" : "bad")
    },
  })
  const gas = steps.reduce((sum, step) => sum + step.gas, 0n)
  const failed = steps.filter(({ ok }) => !ok)
  out.line(`      ${"all".padEnd(11)}${String(gas).padStart(11)}  ${cost(gas)}`)
  if (chain.hasDataFee) out.line("The fee for data on Ethereum comes on top.")
  out.json({
    program: context.name,
    chainId: context.program.chainId,
    ok: failed.length === 0,
    gas,
    gasPrice,
    steps,
  })
  if (failed.length > 0) {
    throw new AirdropError(`${plural(failed.length, "step")} of the rehearsal failed`, { code: "mismatch" })
  }
}
