/** The networks that the verbs know. Apart from hardhat.config.ts because the npm package has them too. */
import type { ChainDescriptorsUserConfig, NetworkUserConfig } from "hardhat/types/config"
import { configVariable } from "hardhat/config"

// Without a history of hardforks Hardhat refuses calls at blocks before the point it forked at. By time, so
// that it also fits the local upstream of the fork tests. What came before Cancun is of no use to a program.
export const chainDescriptors: ChainDescriptorsUserConfig = {
  42161: {
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
    chainId: 42161,
  },
  arbitrumOne: {
    type: "http",
    chainType: "generic",
    chainId: 42161,
    url: configVariable("ARBITRUM_RPC_URL"),
    accounts: [configVariable("ARBITRUM_PRIVATE_KEY")],
  },
  arbitrumSepolia: {
    type: "http",
    chainType: "generic",
    chainId: 421614,
    url: configVariable("ARBITRUM_SEPOLIA_RPC_URL"),
    accounts: [configVariable("ARBITRUM_SEPOLIA_PRIVATE_KEY")],
  },
  arbitrumFork: {
    type: "edr-simulated",
    chainType: "generic",
    chainId: 42161,
    forking: { url: configVariable("ARBITRUM_RPC_URL") },
  },
}
