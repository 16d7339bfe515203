/** What a program's files say about its contract: the ground on which batches are made and inspected. */
import { merkleAirdropArtifact } from "../../io/project/artifacts.ts"
import type { Address } from "../../core/primitives/address.ts"
import {
  DEPLOYMENT_PROXY,
  constructorParameters,
  contractAddress,
  initCode,
} from "../../core/contract/constructor-parameters.ts"
import type { ConstructorParameters } from "../../core/contract/constructor-parameters.ts"
import type { Wording } from "../../core/multisig/describe-call.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import type { Target } from "../../core/multisig/actions.ts"
import { readDeployment } from "./deployment-file.ts"
import { loadProgram, type LoadedProgram } from "../program/load-program.ts"
import { readTranche, requireAutomatic, type PublishedTranche } from "../publication/read-tranche.ts"
import { refuseUnverified } from "../verification/require-verified.ts"
import type { Output } from "../../io/terminal/output.ts"
import { knownMultiSends } from "../../io/safe/deployments.ts"

/** A program with its published lists, their roots recomputed, and what follows from them. */
export interface ProgramContext extends LoadedProgram {
  readonly automatic: PublishedTranche
  readonly reserve: PublishedTranche | undefined
  readonly parameters: ConstructorParameters
  /** Creation code compiled from the sources here, without and with arguments. */
  readonly creationCode: Hex
  readonly initCode: Hex
  /** Where the contract stands, as the deployment record has it, or will stand. */
  readonly airdrop: Address
  /** Base units: all that can ever be claimed, the sum of the automatic list and the whole reserve. */
  readonly funding: bigint
}

/**
 * Reads a program and what is published of it.
 * @throws AirdropError if lists, manifests and program contradict each other
 */
export async function loadContext(nameOrPath: string): Promise<ProgramContext> {
  const loaded = await loadProgram(nameOrPath)
  const { folder, program } = loaded
  const automatic = await requireAutomatic(folder, program)
  const reserve = await readTranche(folder, program, "reserve")
  const { bytecode } = await merkleAirdropArtifact()
  const parameters = constructorParameters(program, automatic.root, automatic.list.count)
  const code = initCode(bytecode, parameters)
  const deployment = await readDeployment(folder)
  const isDeployed = deployment?.chainId === program.chainId && deployment.automaticRoot === automatic.root
  return {
    ...loaded,
    automatic,
    reserve,
    parameters,
    creationCode: bytecode.toLowerCase() as Hex,
    initCode: code,
    airdrop: isDeployed ? deployment.address : contractAddress(code),
    funding: automatic.total + program.tranches.reserve,
  }
}

/**
 * Refuses what nobody should sign for: drafts, and files that do not verify.
 * @throws AirdropError (exit 1)
 */
export async function refuseUnfit(context: ProgramContext, out: Output): Promise<void> {
  const { automatic, reserve, name } = context
  if (automatic.manifest.draft) {
    throw new AirdropError(`${name} has unconfirmed terms: what is published of it is a draft`, { exit: 1 })
  }
  const reserves = reserve === undefined ? [] : [reserve.folder]
  await refuseUnverified(context, [automatic.folder, ...reserves], (done, total) => {
    out.progress("verified", done, total)
  })
}

/** The contracts that an action is about. */
export function targetOf({ airdrop, program, automatic }: ProgramContext): Target {
  return { airdrop, token: program.token.address, automaticRoot: automatic.root }
}

/** How texts about the program name addresses. */
export function wordingOf(context: ProgramContext, others: ReadonlyMap<Address, string>): Wording {
  const { program, airdrop } = context
  const libraries = [...knownMultiSends(program.chainId)].map(
    ([address, version]) => [address, `MultiSendCallOnly ${version}`] as const,
  )
  return {
    token: program.token,
    names: new Map<Address, string>([
      ...libraries,
      [DEPLOYMENT_PROXY, "the deterministic deployment proxy"],
      [program.token.address, `the ${program.token.symbol} token`],
      ...others,
      [airdrop, "the airdrop"],
    ]),
  }
}
