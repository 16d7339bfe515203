/** The addresses of the Safe contracts as the Safe project publishes them, and the versions known here. */
import {
  getCompatibilityFallbackHandlerDeployment,
  getMultiSendCallOnlyDeployment,
  getMultiSendCallOnlyDeployments,
  getProxyFactoryDeployment,
  getSafeL2SingletonDeployment,
  getSafeSingletonDeployments,
  getSafeL2SingletonDeployments,
  type SingletonDeployment,
} from "@safe-global/safe-deployments"
import { parseAddress, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"

/** The version of new Safes on Arbitrum One. It is also installed on the embedded chain. */
export const SAFE_VERSION = "1.4.1"

/** The contracts that create a Safe and run its batches. */
export interface SafeContracts {
  readonly singleton: Address
  readonly proxyFactory: Address
  readonly fallbackHandler: Address
  readonly multiSendCallOnly: Address
}

/**
 * Returns the contracts of one version on one network.
 * @throws AirdropError if Safe has published no such deployment
 */
export function safeContracts(chainId: number, version: string = SAFE_VERSION): SafeContracts {
  return {
    singleton: addressOf(getSafeL2SingletonDeployment, chainId, version),
    proxyFactory: addressOf(getProxyFactoryDeployment, chainId, version),
    fallbackHandler: addressOf(getCompatibilityFallbackHandlerDeployment, chainId, version),
    multiSendCallOnly: multiSendCallOnly(chainId, version),
  }
}

/**
 * Returns the libraries through which the Safe web app can run a batch for a Safe of that version. There is one,
 * except for 1.3.0, of which some networks have two. The usual one comes first.
 * @throws AirdropError if Safe has published none
 */
export function multiSendsOf(chainId: number, version: string): readonly [Address, ...Address[]] {
  const usual = addressOf(getMultiSendCallOnlyDeployment, chainId, version.replace("+L2", ""))
  const others = [...knownMultiSends(chainId)].filter(([, of]) => of === version.replace("+L2", ""))
  return [usual, ...others.map(([address]) => address).filter((address) => address !== usual)]
}

/** Returns the usual library of {@link multiSendsOf}. */
export function multiSendCallOnly(chainId: number, version: string): Address {
  return multiSendsOf(chainId, version)[0]
}

/** Returns the contracts that a Safe may delegate to without harm: they only make calls in the Safe's name. */
export function knownMultiSends(chainId: number): ReadonlyMap<Address, string> {
  const known = new Map<Address, string>()
  for (const version of ["1.3.0", "1.4.1", "1.5.0"]) {
    const entry = getMultiSendCallOnlyDeployments({ version, network: chainId.toString() })
    for (const address of [entry?.networkAddresses[chainId.toString()] ?? []].flat()) {
      known.set(parseAddress(address), version)
    }
  }
  return known
}

/** Returns the Safe implementations that Safe has published for a network, with the version of each. */
export function knownSingletons(chainId: number): ReadonlyMap<Address, string> {
  const known = new Map<Address, string>()
  for (const version of ["1.0.0", "1.1.1", "1.2.0", "1.3.0", "1.4.1", "1.5.0"]) {
    for (const find of [getSafeSingletonDeployments, getSafeL2SingletonDeployments]) {
      const entry = find({ version, network: chainId.toString() })
      for (const address of [entry?.networkAddresses[chainId.toString()] ?? []].flat()) {
        known.set(parseAddress(address), version)
      }
    }
  }
  return known
}

type Find = (filter: {
  version: string
  network: string
  released: boolean
}) => SingletonDeployment | undefined

function addressOf(find: Find, chainId: number, version: string): Address {
  const address = find({ version, network: chainId.toString(), released: true })?.networkAddresses[
    chainId.toString()
  ]
  if (address === undefined) {
    throw new AirdropError(`Safe ${version} has no contracts on chain ${chainId}`, {
      code: "unknown",
      hint: "Give the version that the Safe itself answers to VERSION(), such as 1.4.1.",
    })
  }
  return parseAddress(address)
}
