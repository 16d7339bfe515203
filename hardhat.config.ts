import hardhatEthers from "@nomicfoundation/hardhat-ethers"
import hardhatIgnitionEthers from "@nomicfoundation/hardhat-ignition-ethers"
import hardhatKeystore from "@nomicfoundation/hardhat-keystore"
import hardhatMocha from "@nomicfoundation/hardhat-mocha"
import hardhatTypechain from "@nomicfoundation/hardhat-typechain"
import hardhatVerify from "@nomicfoundation/hardhat-verify"
import { configVariable, defineConfig } from "hardhat/config"
import { createRequire } from "node:module"
import { join } from "node:path"
import { chainDescriptors, networks } from "./hardhat.networks.ts"
import { ledgerPlugins } from "./deploy/ledger.ts"

const require = createRequire(import.meta.url)

/** The compiler is the npm package, so that it is pinned by the lockfile and needs no download. */
const compiler = {
  version: "0.8.37",
  path: require.resolve("solc/soljson.js"),
}

/** Code compiled for coverage counts lines as it runs: it is kept apart, so that it can never be built upon. */
const covering =
  process.argv[1]?.endsWith(join("hardhat", "dist", "src", "cli.js")) === true &&
  process.argv.includes("--coverage")
const build = covering ? ".cache/coverage/" : ""

/** Fuzz runs and invariant campaigns ten times as deep: `AIRDROP_DEEP=1 ./airdrop test`. */
const depth = process.env["AIRDROP_DEEP"] === "1" ? 10 : 1

/**
 * Those of Hardhat's toolbox but two: its chai matchers make "7", 7 and 7n equal in every test of a process, and its
 * network helpers are not needed.
 */
const plugins = [
  hardhatEthers,
  hardhatIgnitionEthers,
  hardhatKeystore,
  hardhatMocha,
  hardhatTypechain,
  hardhatVerify,
  ...(await ledgerPlugins()),
]

export default defineConfig({
  plugins,
  solidity: {
    profiles: {
      default: {
        compilers: [
          {
            ...compiler,
            // Chosen by `./airdrop bench gas`, which measures these against their neighbours (docs/gas.md): the IR
            // pipeline saves about 170 gas a claim and a sixth of the code; from 1,000 to 10,000 runs 48 gas a claim,
            // more than which buys only 9. Recipients pay for claims, the program once for the code. Cancun is what
            // Arbitrum One has had since ArbOS 20. Without the metadata hash the code depends on nothing but the
            // sources' meaning, so that anyone can recompute it.
            settings: {
              evmVersion: "cancun",
              viaIR: true,
              optimizer: { enabled: true, runs: 10_000 },
              metadata: { bytecodeHash: "none" },
            },
          },
        ],
      },
    },
  },
  paths: {
    artifacts: `${build}artifacts`,
    cache: `${build}cache`,
    ignition: "deploy",
    tests: { mocha: "test", solidity: "test/contracts" },
  },
  test: {
    solidity: {
      // A fixed seed: the same run fails on every machine or on none. AIRDROP_SEED sets another.
      fuzz: { runs: 256 * depth, seed: `0x${BigInt(process.env["AIRDROP_SEED"] ?? "0x5e5b").toString(16)}` },
      invariant: { runs: 32 * depth, depth: 64, failOnRevert: true },
    },
  },
  chainDescriptors,
  networks,
  verify: { etherscan: { apiKey: configVariable("ETHERSCAN_API_KEY") } },
  typechain: { outDir: "types" },
})
