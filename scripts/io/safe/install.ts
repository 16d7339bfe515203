/** Installs the real Safe contracts at their real addresses on a chain that has none, such as the embedded one. */
import { createRequire } from "node:module"
import type { Signer } from "ethers"
import { contractAddress } from "../../core/ethereum/create2.ts"
import { ZERO_SALT } from "../../core/ethereum/create2.ts"
import { DEPLOYMENT_PROXY } from "../../core/ethereum/create2.ts"
import { parseAddress, type Address } from "../../core/primitives/address.ts"
import { invariant } from "../../core/primitives/error.ts"
import { concatBytes, fromHex, toHex, type Hex } from "../../core/primitives/bytes.ts"
import type { RpcProvider } from "../rpc/request.ts"

/** The Safe singleton factory, from which every canonical Safe contract was created with the zero salt. */
const SINGLETON_FACTORY: Address = "0x914d7fec6aac8cd542e72bca78b30650d45643d7"

/** The code of both deterministic deployment proxies: CREATE2 with the first word as salt and the rest as code. */
const PROXY_CODE =
  "0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3"

const ARTIFACTS = "@safe-global/safe-contracts/build/artifacts/contracts/"

/** The canonical addresses of 1.4.1, each of which follows from the creation code in the npm package. */
const CONTRACTS: readonly (readonly [artifact: string, address: string])[] = [
  ["Safe.sol/Safe", "0x41675C099F32341bf84BFc5382aF534df5C7461a"],
  ["SafeL2.sol/SafeL2", "0x29fcB43b46531BcA003ddC8FCB67FFE91900C762"],
  ["proxies/SafeProxyFactory.sol/SafeProxyFactory", "0x4e1DCf7AD4e460CfD30791CCC4F9c8a4f820ec67"],
  ["libraries/MultiSend.sol/MultiSend", "0x38869bf66a61cF6bDB996A6aE40D5853Fd43B526"],
  ["libraries/MultiSendCallOnly.sol/MultiSendCallOnly", "0x9641d764fc13c8B624c04430C7356C1C7C8102e2"],
  [
    "handler/CompatibilityFallbackHandler.sol/CompatibilityFallbackHandler",
    "0xfd0732Dc9E303f09fCEf3a7388Ad10A83459Ec99",
  ],
]

/**
 * Installs the deterministic deployment proxy and the Safe 1.4.1 contracts at their addresses on Arbitrum One. The
 * code of the two proxies is set. The Safe contracts are then created through theirs, as they originally were, which
 * proves that their addresses and code are the real ones. Existing contracts are left alone.
 * @param sender pays the gas
 */
export async function installSafeContracts(provider: RpcProvider, sender: Signer): Promise<void> {
  await installDeploymentProxy(provider)
  await installCode(provider, SINGLETON_FACTORY)
  for (const [artifact, published] of CONTRACTS) {
    const address = parseAddress(published)
    if ((await provider.getCode(address)) !== "0x") continue
    const code = creationCode(artifact)
    invariant(
      contractAddress(code, ZERO_SALT, SINGLETON_FACTORY) === address,
      `the npm artifact of ${artifact} does not create the contract at ${published}`,
    )
    const data = toHex(concatBytes([fromHex(ZERO_SALT), fromHex(code)]))
    await (await sender.sendTransaction({ to: SINGLETON_FACTORY, data })).wait()
  }
}

/** Installs the deterministic deployment proxy, if it is not there. */
export async function installDeploymentProxy(provider: RpcProvider): Promise<void> {
  await installCode(provider, DEPLOYMENT_PROXY)
}

async function installCode(provider: RpcProvider, address: Address): Promise<void> {
  if ((await provider.getCode(address)) === "0x")
    await provider.send("hardhat_setCode", [address, PROXY_CODE])
}

const require = createRequire(import.meta.url)

function creationCode(artifact: string): Hex {
  return (require(`${ARTIFACTS}${artifact}.json`) as { bytecode: Hex }).bytecode
}
