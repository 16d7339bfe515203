/** The networks that the verbs know. Apart from hardhat.config.ts because the npm package has them too. */
import type { ChainDescriptorsUserConfig, NetworkUserConfig } from "hardhat/types/config"
import { configVariable } from "hardhat/config"
import { ARBITRUM_ONE, CHAINS, OTHER_NETWORK } from "./scripts/core/ethereum/chains.ts"

// Without a history of hardforks Hardhat refuses calls at blocks before the point it forked at. By time, so
// that it also fits the local upstream of the fork tests. What came before Cancun is of no use to a program.
export const chainDescriptors: ChainDescriptorsUserConfig = {
  [ARBITRUM_ONE]: {
    name: "Arbitrum One",
    hardforkHistory: {
      shanghai: { timestamp: 0 },
      cancun: { timestamp: 1_710_424_800 }, // ArbOS 20
      prague: { timestamp: 1_750_176_000 }, // ArbOS 40
    },
  },
}

export const networks: Record<string, NetworkUserConfig> = {
  embedded: {
    type: "edr-simulated",
    chainType: "generic",
    chainId: ARBITRUM_ONE,
  },
  ...Object.fromEntries(
    CHAINS.map(({ id, network, rpcVariable, keyVariable }) => [
      network,
      {
        type: "http" as const,
        chainType: "generic" as const,
        chainId: id,
        url: configVariable(rpcVariable),
        accounts: [configVariable(keyVariable)],
      },
    ]),
  ),
  // A chain that is not in the table. The verbs give it its URL and its key.
  [OTHER_NETWORK]: {
    type: "http",
    chainType: "generic",
    url: configVariable("CHAIN_RPC_URL"),
    accounts: [],
  },
  arbitrumFork: {
    type: "edr-simulated",
    chainType: "generic",
    chainId: ARBITRUM_ONE,
    forking: { url: configVariable("ARBITRUM_RPC_URL") },
  },
}
