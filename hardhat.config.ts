import hardhatEthers from "@nomicfoundation/hardhat-ethers"
import hardhatIgnitionEthers from "@nomicfoundation/hardhat-ignition-ethers"
import hardhatKeystore from "@nomicfoundation/hardhat-keystore"
import hardhatMocha from "@nomicfoundation/hardhat-mocha"
import hardhatTypechain from "@nomicfoundation/hardhat-typechain"
import hardhatVerify from "@nomicfoundation/hardhat-verify"
import { configVariable, defineConfig } from "hardhat/config"
import { readdirSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { chainDescriptors, networks } from "./hardhat.networks.ts"
import { ledgerPlugins } from "./deploy/ledger.ts"
import { announceCompiling } from "./scripts/io/project/announce-compiling.ts"

const require = createRequire(import.meta.url)

/** The compiler comes from npm: the lockfile pins it, and it needs no download of its own. */
const compiler = {
  version: "0.8.37",
  path: require.resolve("solc/soljson.js"),
}

/**
 * The tests' own code is compiled by the legacy pipeline without the optimizer, which takes seconds instead of minutes.
 * It deploys the contract from its artifact, which is the code as it ships.
 */
const testCompiler = {
  ...compiler,
  settings: { evmVersion: "cancun", metadata: { bytecodeHash: "none" } },
}

/** Coverage compiles other code, which counts lines as it runs. It has folders of its own, so that it is never deployed. */
const covering =
  process.argv[1]?.endsWith(join("hardhat", "dist", "src", "cli.js")) === true &&
  process.argv.includes("--coverage")
const build = covering ? ".cache/coverage/" : ""

/** `./airdrop test --deep` sets AIRDROP_DEEP: ten times as many fuzz runs and invariant campaigns. */
const depth = process.env["AIRDROP_DEEP"] === "1" ? 10 : 1

/**
 * Hardhat's toolbox without two plugins: its chai matchers make "7", 7 and 7n equal in every test of a process, and its
 * network helpers are not needed.
 */
const plugins = [
  announceCompiling,
  hardhatEthers,
  hardhatIgnitionEthers,
  hardhatKeystore,
  hardhatMocha,
  hardhatTypechain,
  hardhatVerify,
  ...(await ledgerPlugins()),
]

/** Every test file, by its path. */
const testFiles = readdirSync(join(import.meta.dirname, "test", "contracts"), { recursive: true })
  .map((name) => join("test", "contracts", name.toString()))
  .filter((path) => path.endsWith(".t.sol"))

export default defineConfig({
  plugins,
  solidity: {
    splitTestsCompilation: true,
    profiles: {
      default: {
        overrides: Object.fromEntries(testFiles.map((path) => [path, testCompiler])),
        compilers: [
          {
            ...compiler,
            // `./airdrop bench gas` measures these settings against their neighbours (docs/gas.md). The IR pipeline
            // saves about 170 gas a claim and a sixth of the code. Going from 1,000 to 10,000 runs saves 48 gas a
            // claim, and more runs only 9. Recipients pay for claims; the program pays once for the code. Arbitrum One
            // supports cancun since ArbOS 20. Without the metadata hash the code does not depend on comments and
            // paths, so that anyone can recompute it.
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
      // A fixed seed: the same run fails on every machine or on none. AIRDROP_SEED sets another one.
      fuzz: { runs: 256 * depth, seed: `0x${BigInt(process.env["AIRDROP_SEED"] ?? "0x5e5b").toString(16)}` },
      invariant: { runs: 32 * depth, depth: 64, failOnRevert: true },
    },
  },
  chainDescriptors,
  networks,
  verify: { etherscan: { apiKey: configVariable("ETHERSCAN_API_KEY") } },
  typechain: { outDir: "types" },
})
