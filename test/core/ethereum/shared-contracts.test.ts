import { expect } from "chai"
import {
  getMultiSendCallOnlyDeployments,
  getMultiSendDeployments,
  getProxyFactoryDeployments,
  getSafeL2SingletonDeployments,
  getSafeSingletonDeployments,
} from "@safe-global/safe-deployments"
import { DEPLOYMENT_PROXY } from "../../../scripts/core/ethereum/create2.ts"
import { SHARED_CONTRACTS } from "../../../scripts/core/ethereum/shared-contracts.ts"
import { parseAddress, type Address } from "../../../scripts/core/primitives/address.ts"
import { MULTICALL3 } from "../../../scripts/io/rpc/multicall.ts"

const VERSIONS = ["1.0.0", "1.1.1", "1.2.0", "1.3.0", "1.4.1", "1.5.0"]
const SAFES = {
  MultiSend: getMultiSendDeployments,
  MultiSendCallOnly: getMultiSendCallOnlyDeployments,
  "the Safe singleton": getSafeSingletonDeployments,
  "the Safe L2 singleton": getSafeL2SingletonDeployments,
  "the Safe proxy factory": getProxyFactoryDeployments,
}

describe("shared contracts", () => {
  it("hold every library, singleton and factory that Safe has published for ordinary chains", () => {
    const published = Object.entries(SAFES).flatMap(([name, find]) =>
      VERSIONS.flatMap((version) => {
        const { canonical, eip155 } = find({ version })?.deployments ?? {}
        return [canonical, eip155].flatMap((one): [Address, string][] =>
          one === undefined ? [] : [[parseAddress(one.address), `${name} ${version}`]],
        )
      }),
    )
    const named = [...SHARED_CONTRACTS].filter(([, name]) => /\d\.\d\.\d$/.test(name))
    expect(named).to.have.deep.members(published)
  })

  it("hold the project's own, and are in ascending order", () => {
    expect(SHARED_CONTRACTS.get(DEPLOYMENT_PROXY)).to.equal("the deployment proxy")
    expect(SHARED_CONTRACTS.get(MULTICALL3)).to.equal("Multicall3")
    expect([...SHARED_CONTRACTS.keys()]).to.deep.equal([...SHARED_CONTRACTS.keys()].sort())
  })
})
