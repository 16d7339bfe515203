/** The part of verification that asks the chain, and the record of what it finds there. */
import type { Provider } from "ethers"
import { amountOf } from "../../core/merkle/leaf-list.ts"
import { constructorParameters, initCode } from "../../core/contract/constructor-parameters.ts"
import type { ConstructorParameters } from "../../core/contract/constructor-parameters.ts"
import { contractAddress, ZERO_SALT } from "../../core/ethereum/create2.ts"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { toHex } from "../../core/primitives/bytes.ts"
import { isoTime } from "../../core/primitives/time.ts"
import { lastRecord, type OwnerRecord } from "../../core/safe/owner-record.ts"
import { settingsSummary } from "../../core/safe/safe-settings.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { merkleAirdropArtifact } from "../../io/project/artifacts.ts"
import {
  deploymentPath,
  readDeployment,
  writeDeployment,
  type Deployment,
} from "../deployment/deployment-file.ts"
import { locateDeployment } from "../deployment/locate-deployment.ts"
import { readOwnerRecord } from "../deployment/record-owner.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import type { Leaves } from "../../core/merkle/leaves.ts"
import type { ChainStage } from "./chain-stage.ts"
import { verifyDeployment } from "./verify-deployment.ts"

export interface ContractStage {
  readonly stage: ChainStage
  /** Undefined if there is no contract that answers as the airdrop does. */
  readonly address: Address | undefined
  /** True if it has the root and the number of leaves of the files. */
  readonly isOurs: boolean
}

/**
 * Compares the contract on chain with the sources here and with the published files. If no deployment is recorded, as
 * after one by a Safe, looks for it at its deterministic address and records it with its owner if everything is right.
 */
export async function contractStage(
  loaded: LoadedProgram,
  { list, tree }: Leaves,
  provider: Provider,
): Promise<ContractStage> {
  const { folder, program } = loaded
  const parameters = { ...constructorParameters(program, toHex(tree.root), list.count) }
  const recorded = await readDeployment(folder)
  const found = recorded ?? (await findDeployment(provider, program.chainId, parameters))
  if ("missing" in found) {
    return { stage: notDeployed(found.missing), address: undefined, isOurs: false }
  }
  const record = recorded === undefined ? undefined : lastRecord(recorded.ownerHistory)
  const checks = await verifyDeployment(provider, {
    chainId: program.chainId,
    address: found.address,
    parameters: { ...parameters, proofsURI: found.parameters.proofsURI },
    ...(record === undefined ? {} : { owner: record.address }),
    salt: found.salt,
    transaction: found.transaction,
    token: program.token,
    amounts: Array.from({ length: list.count }, (_, row) => amountOf(list, row)),
    proofsURI: undefined,
  })
  const address = toChecksum(found.address)
  const failed = checks.filter(({ ok, isPending }) => !ok && isPending !== true)
  const findings = failed.map(({ subject, finding }) => ({
    file: address,
    problem: `${subject}: ${finding}`,
  }))
  const notes: string[] = []
  let owner = record
  if (recorded === undefined && findings.length === 0) {
    owner = await readOwnerRecord(provider, found.address, "deployment")
    await writeDeployment(folder, { ...found, ownerHistory: [owner] }, program.token.decimals)
    notes.push(`recorded in ${shownPath(deploymentPath(folder))}`)
  }
  notes.push(...checks.filter(({ subject }) => subject === "funding").map(({ finding }) => finding))
  if (owner !== undefined) notes.push(ownerNote(owner, parameters))
  const agreed = checks.filter(({ ok }) => ok).length
  const compared = checks.length - checks.filter(({ isPending }) => isPending === true).length
  const agrees = (subject: string): boolean => checks.some((check) => check.subject === subject && check.ok)
  return {
    stage: {
      name: "chain",
      summary: `${agreed} of ${compared} checks of ${address} agree`,
      notes,
      findings,
      checks,
    },
    address: checks.some(({ subject }) => subject === "funding") ? found.address : undefined,
    isOurs: agrees("automatic root") && agrees("number of leaves"),
  }
}

/** Finds a deployment by its address; "missing" is the address if it has no code. */
async function findDeployment(
  provider: Provider,
  chainId: number,
  parameters: ConstructorParameters,
): Promise<Omit<Deployment, "ownerHistory"> | { readonly missing: string }> {
  const { bytecode } = await merkleAirdropArtifact()
  const address = contractAddress(initCode(bytecode, parameters))
  const creation = await locateDeployment(provider, address)
  if (creation === undefined) return { missing: toChecksum(address) }
  const { automaticRoot } = parameters
  return { chainId, address, automaticRoot, parameters, salt: ZERO_SALT, deployedBy: "safe", ...creation }
}

function notDeployed(address: string): ChainStage {
  const problem = "no contract is deployed at the address that follows from these sources and files"
  const findings = [{ file: address, problem }]
  return { name: "chain", summary: "not deployed", notes: [], findings, checks: [] }
}

/** Says who owns the contract; also why, where it is not the owner that the program names. */
function ownerNote({ address, safe, reason, time }: OwnerRecord, { owner }: ConstructorParameters): string {
  const what = safe === undefined ? "no Safe" : settingsSummary(safe)
  const who = `owned by ${toChecksum(address)}, ${what}`
  return address === owner ? who : `${who}, recorded at ${isoTime(time)}: ${reason}`
}
