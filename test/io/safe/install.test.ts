import { expect } from "chai"
import { keccak256 } from "ethers"
import {
  getCompatibilityFallbackHandlerDeployment,
  getMultiSendCallOnlyDeployment,
  getMultiSendDeployment,
  getProxyFactoryDeployment,
  getSafeL2SingletonDeployment,
  getSafeSingletonDeployment,
} from "@safe-global/safe-deployments"
import { chainWithSafe, type SafeOnChain } from "../../support/safe.ts"

describe("The Safe contracts on the embedded chain", () => {
  let there: SafeOnChain
  before(async () => {
    there = await chainWithSafe()
  })
  after(async () => {
    await there.chain.close()
  })

  it("are at the addresses and have the code that Safe publishes for Arbitrum One", async () => {
    const filter = { version: "1.4.1", network: "42161", released: true }
    for (const find of [
      getSafeSingletonDeployment,
      getSafeL2SingletonDeployment,
      getProxyFactoryDeployment,
      getMultiSendDeployment,
      getMultiSendCallOnlyDeployment,
      getCompatibilityFallbackHandlerDeployment,
    ]) {
      const published = find(filter)
      const address = published?.networkAddresses["42161"] ?? ""
      const code = await there.chain.ethers.provider.getCode(address)
      expect(keccak256(code), published?.contractName).to.equal(published?.deployments.canonical?.codeHash)
    }
  })
})
