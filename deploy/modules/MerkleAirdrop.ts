/**
 * Deploys and funds an airdrop from a key or a Ledger, for networks without a Safe. The deterministic deployment proxy
 * creates the contract, so that its address is the one that the published files name. `./airdrop deploy PROGRAM` runs
 * it.
 */
import { buildModule } from "@nomicfoundation/hardhat-ignition/modules"
import type { Call } from "../../scripts/core/ethereum/call.ts"

const ERC20 = {
  contractName: "IERC20",
  sourceName: "@openzeppelin/contracts/token/ERC20/IERC20.sol",
  _format: "hh3-artifact-1",
  bytecode: "0x",
  deployedBytecode: "0x",
  linkReferences: {},
  deployedLinkReferences: {},
  abi: [
    {
      type: "function",
      name: "transfer",
      stateMutability: "nonpayable",
      inputs: [
        { name: "to", type: "address" },
        { name: "amount", type: "uint256" },
      ],
      outputs: [{ name: "", type: "bool" }],
    },
  ],
} as const

/**
 * Returns the module for one airdrop. Its parameters: `proxy` is the deterministic deployment proxy; `airdrop` is the
 * contract's address to be; `token` and `funding` (base units) are used if it is funded.
 * @param creation the call of the proxy; Ignition takes its data unchanged
 * @param isFunded whether the sender's tokens fund it as well
 */
// The module's type names its futures, which nothing here depends on.
export function airdropModule(creation: Call, isFunded: boolean): ReturnType<typeof buildModule> {
  return buildModule("MerkleAirdrop", (m) => {
    const created = m.send("create", m.getParameter<string>("proxy"), 0n, creation.data)
    const airdrop = m.contractAt("MerkleAirdrop", m.getParameter<string>("airdrop"), { after: [created] })
    if (!isFunded) return { airdrop }
    const token = m.contractAt("Token", ERC20, m.getParameter<string>("token"))
    m.call(token, "transfer", [airdrop, m.getParameter<bigint>("funding")], { id: "fund", after: [airdrop] })
    return { airdrop }
  })
}
