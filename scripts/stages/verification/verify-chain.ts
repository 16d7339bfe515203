/** The part of verification that asks the chain, and the record of what it finds there. */
import { toChecksum } from "../../core/primitives/address.ts"
import type { Check } from "../../core/primitives/check.ts"
import { constructorParameters, initCode } from "../../core/contract/constructor-parameters.ts"
import { contractAddress } from "../../core/ethereum/create2.ts"
import { ZERO_SALT } from "../../core/ethereum/create2.ts"
import { toHex } from "../../core/primitives/bytes.ts"
import { amountOf } from "../../core/merkle/leaf-list.ts"
import {
  deploymentPath,
  readDeployment,
  writeDeployment,
  type Deployment,
} from "../deployment/deployment-file.ts"
import type { Finding } from "../../io/disk/findings.ts"
import { shownPath } from "../../io/disk/paths.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import type { Publication } from "../publication/published-files.ts"
import { merkleAirdropArtifact } from "../../io/project/artifacts.ts"
import { connect } from "../../io/rpc/provider.ts"
import { locateDeployment } from "../deployment/locate-deployment.ts"
import { verifyDeployment } from "./verify-deployment.ts"

export interface ChainStage {
  readonly name: string
  readonly summary: string
  readonly findings: readonly Finding[]
  /** Every comparison, in words. */
  readonly checks: readonly Check[]
}

/**
 * Compares the contract on chain with the sources here and with the published files. If no deployment is recorded, as
 * after one by a Safe, looks for it at its deterministic address and records it if everything is right.
 */
export async function chainStage(
  loaded: LoadedProgram,
  publication: Publication,
  rpc: string,
): Promise<ChainStage> {
  const { folder, program } = loaded
  const { list, tree } = publication
  const provider = await connect(rpc, program.chainId)
  const root = toHex(tree.root)
  const recorded = await readDeployment(folder)
  const parameters = { ...constructorParameters(program, root, list.count) }
  let deployment = recorded
  if (deployment === undefined) {
    const { bytecode } = await merkleAirdropArtifact()
    const address = contractAddress(initCode(bytecode, parameters))
    const creation = await locateDeployment(provider, address)
    if (creation === undefined) {
      const problem = `no contract is deployed at ${toChecksum(address)}, the address that these sources and files give`
      return {
        name: "chain",
        summary: "not deployed",
        findings: [{ file: toChecksum(address), problem }],
        checks: [],
      }
    }
    deployment = {
      chainId: program.chainId,
      address,
      automaticRoot: root,
      parameters,
      salt: ZERO_SALT,
      deployedBy: "safe",
      ...creation,
    } satisfies Deployment
  }
  const checks = await verifyDeployment(provider, {
    chainId: program.chainId,
    address: deployment.address,
    parameters: { ...parameters, proofsURI: deployment.parameters.proofsURI },
    salt: deployment.salt,
    transaction: deployment.transaction,
    token: program.token,
    amounts: Array.from({ length: list.count }, (_, row) => amountOf(list, row)),
    proofsURI: undefined,
  })
  const address = toChecksum(deployment.address)
  const findings = checks
    .filter(({ ok }) => !ok)
    .map(({ subject, finding }) => ({ file: address, problem: `${subject}: ${finding}` }))
  if (recorded === undefined && findings.length === 0)
    await writeDeployment(folder, deployment, program.token.decimals)
  const note =
    recorded === undefined && findings.length === 0
      ? `, recorded in ${shownPath(deploymentPath(folder))}`
      : ""
  const agreed = `${checks.length - findings.length} of ${checks.length} checks of ${address} agree${note}`
  const funding = checks.find(({ subject }) => subject === "funding")?.finding
  return {
    name: "chain",
    summary: funding === undefined ? agreed : `${agreed}; it ${funding}`,
    findings,
    checks,
  }
}
