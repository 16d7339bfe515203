/** Makes an action of what the command line says, and refuses options that the action does not take. */
import { LONGEST_DELAY, type Action } from "../../core/multisig/actions.ts"
import { toChecksum, ZERO_ADDRESS } from "../../core/primitives/address.ts"
import { isoTime } from "../../core/primitives/time.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import type { ProgramContext } from "../deployment/deployment-context.ts"
import type { PublishedTranche } from "../publication/read-tranche.ts"
import { LIST_RECORDER } from "../../core/contract/list-recorder.ts"
import { plural } from "../../core/primitives/plural.ts"
import type { NodeProvider } from "../../io/rpc/provider.ts"
import { openProgram } from "../deployment/open-airdrop.ts"
import { nativeAmount } from "../../core/ethereum/chains.ts"
import {
  missingParts,
  recorderCreation,
  recordingCost,
  recordingParts,
  type RecordingPart,
} from "../recording/plan-recording.ts"
import { programArgument } from "../../io/project/folders.ts"
import { planFunding } from "./precheck.ts"
import { proofsUri } from "./proofs-uri.ts"
import type { ProposeOptions } from "./propose-options.ts"
import { safeAddress } from "./propose-parties.ts"

type Own = "uri" | "force" | "root" | "token" | "to" | "amount" | "batch" | "part"

/** The options that only some actions take. */
const OPTIONS: Readonly<Record<Action["name"], readonly Own[]>> = {
  deploy: ["batch", "uri", "force"],
  publish: ["uri", "root", "force"],
  reserve: ["uri", "force"],
  accept: ["root"],
  revoke: ["root"],
  sweep: [],
  collect: ["amount"],
  rescue: ["token", "to", "amount"],
  "transfer-ownership": ["to"],
  "accept-ownership": [],
  record: ["part"],
}

const ALL: readonly Own[] = ["uri", "force", "root", "token", "to", "amount", "batch", "part"]

export interface PlannedAction {
  readonly action: Action
  readonly notes: readonly string[]
}

/**
 * Makes the action.
 * @param provider asked how much funding is missing; without it the whole funding is taken
 * @throws AirdropError if an option is missing or asks for nothing
 */
export async function planAction(
  name: Action["name"],
  context: ProgramContext,
  options: ProposeOptions,
  provider: NodeProvider | undefined,
): Promise<PlannedAction> {
  if (name === "deploy") return await planDeployment(context, options, provider)
  if (name === "sweep" && provider === undefined && !isPast(context.parameters.sweepTime)) {
    throw refusal(`the airdrop cannot be swept before ${isoTime(context.parameters.sweepTime)}`)
  }
  if (name === "record") return await planRecording(context, options, provider)
  return { action: await actionOf(name, context, options), notes: [] }
}

/** @throws AirdropError "usage" if an option does not belong to the action, or has no effect on it */
export function assertOptions(name: Action["name"], options: ProposeOptions): void {
  const usage = (message: string): AirdropError => new AirdropError(message, { code: "usage" })
  for (const option of ALL) {
    if (options[option] === undefined || OPTIONS[name].includes(option)) continue
    const others = Object.entries(OPTIONS).flatMap(([action, takes]) =>
      takes.includes(option) ? [action] : [],
    )
    throw usage(`${name} does not take --${option}: it is for ${others.join(", ")}`)
  }
  if (name === "deploy" && options.batch !== true && options.uri !== undefined) {
    throw usage("--uri is announced by propose publish, or by deploy --batch")
  }
  if (options.force === true && options.uri === undefined) {
    throw usage("--force is for a --uri that is not the CID of the published files")
  }
  if (options.multiSend !== undefined && options.batch !== true) {
    throw usage("--multi-send is for deploy --batch: every other proposal is a single call")
  }
  if (options.timelock === undefined) {
    for (const option of ["delay", "salt"] as const) {
      if (options[option] !== undefined) throw usage(`--${option} is for a timelock: give --timelock too`)
    }
    if (options.step !== undefined) throw usage("--step is for a timelock: give --timelock too")
  } else if (name === "accept" || name === "record") {
    throw usage(`${name} is open to anybody and does not go through a timelock: leave --timelock out`)
  } else if (options.step === "execute" && options.delay !== undefined) {
    throw usage("--delay is for the step that schedules")
  }
  if (options.delay === 0n) throw usage("--delay is at least 1 second")
  if (options.delay !== undefined && options.delay > LONGEST_DELAY && options.rpc === undefined) {
    throw usage(
      `--delay is at most 30 days where no --rpc tells the timelock's own, not ${options.delay} seconds`,
    )
  }
}

async function planDeployment(
  context: ProgramContext,
  options: ProposeOptions,
  provider: NodeProvider | undefined,
): Promise<PlannedAction> {
  const { funding, initCode, automatic, parameters } = context
  if (provider === undefined && isPast(parameters.sweepTime)) {
    throw refusal("the program's sweep time has passed")
  }
  if (options.batch === true) {
    const uri = await proofsUri(automatic, options.uri, options.force === true)
    return { action: { name: "deploy", code: initCode, funding, uri }, notes: [] }
  }
  const fund = (amount: bigint): Action => ({
    name: "deploy",
    code: undefined,
    funding: amount,
    uri: undefined,
  })
  if (provider === undefined) return { action: fund(funding), notes: [] }
  const { amount, note } = await planFunding(provider, context)
  return { action: fund(amount), notes: [note] }
}

/** Takes the part that is named, or the first that the Safe has not recorded yet. */
async function planRecording(
  context: ProgramContext,
  options: ProposeOptions,
  provider: NodeProvider | undefined,
): Promise<PlannedAction> {
  const parts = recordingParts(context)
  const action = ({ root, ...part }: RecordingPart): Action => ({ name: "record", root, part })
  const place = ({ number }: RecordingPart): string => `Part ${number} of ${parts.length}.`
  const named = parts.find(({ number }) => number === (options.part ?? 1))
  if (named === undefined)
    throw new AirdropError(
      `there is no part ${options.part}: the lists have ${plural(parts.length, "part")}`,
      {
        code: "usage",
      },
    )
  if (provider === undefined) return { action: action(named), notes: [place(named)] }
  const safe = safeAddress(context, options)
  const open = await openProgram(context, options.rpc)
  const missing = await missingParts(context, open, safe)
  const chosen =
    options.part === undefined ? missing[0] : missing.find(({ number }) => number === named.number)
  if (chosen === undefined) throw refusal("the Safe has recorded that already")
  if ((await recorderCreation(provider)) !== undefined)
    throw new AirdropError(`no recorder is deployed at ${toChecksum(LIST_RECORDER)} yet`, {
      code: "not-ready",
      hint: `Any key creates it, the address does not depend on it: ./airdrop record ${programArgument(context.folder)} --create --rpc URL --key NAME --yes`,
    })
  const { gas, gasPrice } = await recordingCost(provider, undefined, [chosen], safe)
  const cost = `about ${gas} gas, ${nativeAmount(gas * gasPrice, context.program.chain)} at the present price, besides the Safe's own`
  return { action: action(chosen), notes: [`${place(chosen)} ${chosen.bytes.length} bytes: ${cost}.`] }
}

async function actionOf(
  name: Exclude<Action["name"], "deploy" | "record">,
  context: ProgramContext,
  options: ProposeOptions,
): Promise<Action> {
  const need = <Value>(value: Value | undefined, option: string): Value => {
    if (value !== undefined) return value
    throw new AirdropError(`${name} needs ${option}`, { code: "usage" })
  }
  const amount = (): bigint => {
    const units = need(options.amount, "--amount")
    if (units === 0n) throw refusal(`${name} needs an --amount above zero`)
    return units
  }
  const isForced = options.force === true
  switch (name) {
    case "publish": {
      const tranche = trancheOf(context, options.root)
      return { name, root: tranche.root, uri: await proofsUri(tranche, options.uri, isForced) }
    }
    case "reserve": {
      const tranche = publishedReserve(context)
      return { name, root: tranche.root, uri: await proofsUri(tranche, options.uri, isForced) }
    }
    case "accept":
    case "revoke": {
      const root = options.root ?? publishedReserve(context).root
      if (BigInt(root) === 0n) throw refusal("a root of zeros is none: nothing can be pending under it")
      if (root === context.automatic.root) {
        throw refusal("that is the automatic root, which the contract holds for good: it is never pending")
      }
      return { name, root }
    }
    case "rescue": {
      const token = need(options.token, "--token")
      if (token === context.program.token.address) {
        throw refusal("the airdrop's own token cannot be rescued", "After the sweep time: propose sweep.")
      }
      const to = options.to ?? safeAddress(context, options)
      if ([ZERO_ADDRESS, context.airdrop, token].includes(to)) {
        throw refusal("tokens sent to that address are lost: --to is the address that receives them")
      }
      return { name, token, to, amount: amount() }
    }
    case "collect":
      return { name, to: safeAddress(context, options), amount: amount() }
    case "transfer-ownership": {
      const to = need(options.to, "--to")
      const useless = [ZERO_ADDRESS, context.airdrop, context.program.token.address]
      if (useless.includes(to)) throw refusal("the new owner could not accept the ownership")
      if (to === (options.timelock ?? safeAddress(context, options))) {
        throw refusal(`${toChecksum(to)} is the one that offers the ownership`)
      }
      return { name, to }
    }
    case "sweep":
    case "accept-ownership":
      return { name }
  }
}

/**
 * Returns the published tranche with this root, or the automatic one if no root is given.
 * @throws AirdropError if no published tranche has it
 */
function trancheOf({ automatic, reserve }: ProgramContext, root: Hex | undefined): PublishedTranche {
  const tranche = root === undefined ? automatic : [automatic, reserve].find((one) => one?.root === root)
  if (tranche !== undefined) return tranche
  throw new AirdropError("--root is neither the automatic root nor the published reserve root", {
    code: "inconsistent",
  })
}

function publishedReserve({ reserve, folder }: ProgramContext): PublishedTranche {
  if (reserve !== undefined) return reserve
  throw new AirdropError("this needs a published reserve", {
    code: "not-ready",
    hint: `./airdrop grants ${programArgument(folder)} build publishes it.`,
  })
}

/** Compared with this machine's clock, where no node was asked. @param time seconds since 1970 */
function isPast(time: bigint): boolean {
  return time * 1000n <= BigInt(Date.now())
}

function refusal(message: string, hint?: string): AirdropError {
  return new AirdropError(message, { code: "refused", ...(hint === undefined ? {} : { hint }) })
}
