/** The part of `verify` that asks the chain: what stands there must be what the files here lead to. */
import { constructorParameters, contractAddress, initCode, ZERO_SALT } from "../core/deployment.ts"
import { type Hex, toHex } from "../core/hex.ts"
import { amountOf } from "../core/list.ts"
import { type Deployment, deploymentPath, readDeployment, writeDeployment } from "../files/deployment.ts"
import type { Finding } from "../files/findings.ts"
import { shownPath } from "../files/paths.ts"
import type { LoadedProgram } from "../files/program.ts"
import type { Publication } from "../files/publication.ts"
import { merkleAirdropArtifact } from "./artifacts.ts"
import { connect } from "./connect.ts"
import { locateDeployment } from "./locate-deployment.ts"
import { verifyDeployment } from "./verify-deployment.ts"

export interface ChainStage {
  readonly name: string
  readonly summary: string
  readonly findings: readonly Finding[]
}

/**
 * Compares the deployed contract with a publication. A deployment by a Safe is found at its address, and then
 * recorded in deployment.json for the verbs that follow.
 * @throws AirdropError if the node cannot be reached or is of another chain
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
  const deployment = (await readDeployment(folder)) ?? (await locate(loaded, root, list.count, provider))
  const place = shownPath(deploymentPath(folder))
  if (deployment === undefined) {
    const problem = "does not exist, and nothing stands where a deterministic deployment would be"
    return { name: "chain", summary: "not deployed", findings: [{ file: place, problem }] }
  }
  const checks = await verifyDeployment(provider, {
    ...deployment,
    // The arguments that the files lead to, not those that the record claims.
    parameters: {
      ...constructorParameters(program, root, list.count),
      proofsURI: deployment.parameters.proofsURI,
    },
    token: program.token,
    amounts: Array.from({ length: list.count }, (_, row) => amountOf(list, row)),
    proofsURI: undefined,
  })
  const findings = checks
    .filter(({ ok }) => !ok)
    .map(({ subject, finding }) => ({ file: `chain: ${subject}`, problem: finding }))
  if (findings.length === 0 && deployment.salt !== undefined) {
    await writeDeployment(folder, deployment, program.token.decimals)
  }
  return { name: "chain", summary: `${deployment.address}, ${checks.length} checks`, findings }
}

async function locate(
  { program }: LoadedProgram,
  root: Hex,
  leafCount: number,
  provider: Parameters<typeof locateDeployment>[0],
): Promise<Deployment | undefined> {
  const parameters = constructorParameters(program, root, leafCount)
  const { bytecode } = await merkleAirdropArtifact()
  const address = contractAddress(initCode(bytecode, parameters))
  const creation = await locateDeployment(provider, address)
  if (creation === undefined) return undefined
  const { chainId } = program
  return {
    chainId,
    address,
    automaticRoot: root,
    parameters,
    salt: ZERO_SALT,
    deployedBy: "safe",
    ...creation,
  }
}
