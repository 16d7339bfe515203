/** Compares the code of a deployed airdrop with what the sources in this tree compile to. */
import type { Token } from "../../core/primitives/token.ts"
import type { Provider, TransactionReceipt } from "ethers"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { equalCheck, type Check } from "../../core/primitives/check.ts"
import { initCode, type ConstructorParameters } from "../../core/contract/constructor-parameters.ts"
import { contractAddress } from "../../core/ethereum/create2.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import { merkleAirdropArtifact } from "../../io/project/artifacts.ts"
import { rebuildRuntimeCode } from "../../core/contract/rebuild-runtime-code.ts"

/** The expected state on chain. */
export interface ExpectedDeployment {
  readonly chainId: number
  readonly address: Address
  readonly parameters: ConstructorParameters
  /** The owner, where it is not the one that the constructor named. */
  readonly owner?: Address
  /** Of a deterministic deployment; its address is then recomputed too. */
  readonly salt: Hex | undefined
  readonly transaction: Hex
  readonly token: Omit<Token, "address">
  /** Amounts of the automatic tranche in order of index, base units. */
  readonly amounts: readonly bigint[]
  /** The location of the automatic root's proofs, if it is announced on chain. */
  readonly proofsURI: string | undefined
}

/** Checks address and code. @param receipt of the deployment, if the node knows it */
export async function codeChecks(
  provider: Provider,
  expected: ExpectedDeployment,
  code: Hex,
  receipt: TransactionReceipt | null,
): Promise<Check[]> {
  const { bytecode } = await merkleAirdropArtifact()
  const creation = initCode(bytecode, expected.parameters)
  const checks: Check[] = []
  if (expected.salt !== undefined) {
    const address = contractAddress(creation, expected.salt)
    checks.push(
      equalCheck(
        "address from the sources' creation code",
        toChecksum(address),
        toChecksum(expected.address),
      ),
    )
  }
  if (receipt === null) {
    const finding = `transaction ${expected.transaction} is not known to the node`
    return [...checks, { subject: "deployment transaction", ok: false, finding }]
  }
  const block = await provider.getBlock(receipt.blockNumber)
  if (block === null)
    throw new AirdropError(`the node answers null for block ${receipt.blockNumber}`, { code: "rpc-answer" })
  const { address, chainId, parameters } = expected
  const rebuilt = await rebuildRuntimeCode(creation, {
    chainId,
    address,
    timestamp: block.timestamp,
    existing: [parameters.token],
  })
  checks.push(codeCheck(code, rebuilt))
  return checks
}

function codeCheck(found: Hex, rebuilt: Hex): Check {
  const subject = "deployed code with its immutables"
  if (found === rebuilt) {
    return {
      subject,
      ok: true,
      finding: `all ${found.length / 2 - 1} bytes as compiled from the sources here`,
    }
  }
  let at = 2
  while (found[at] === rebuilt[at]) at++
  const place =
    found.length === rebuilt.length
      ? ""
      : `, and is ${found.length / 2 - 1} bytes long, not ${rebuilt.length / 2 - 1}`
  return {
    subject,
    ok: false,
    finding: `differs from the sources here at byte ${Math.floor(at / 2) - 1}${place}`,
  }
}
