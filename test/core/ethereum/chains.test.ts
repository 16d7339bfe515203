import { expect } from "chai"
import { CHAINS, chainOf, chainText, explorerLink } from "../../../scripts/core/ethereum/chains.ts"

const CONTRACT = "0x10ea9e5303670331bdddfa66a4cea47dae4fcf3b"

describe("the table of chains", () => {
  it("names each chain once, in every one of its columns", () => {
    for (const column of ["id", "shortName", "name", "network", "rpcVariable", "keyVariable"] as const) {
      const values = CHAINS.map((chain) => chain[column])
      expect(new Set(values).size, column).to.equal(values.length)
    }
  })

  it("has the chains that programs are on, and the reason where none can be", () => {
    const supported = CHAINS.filter(({ unsupported }) => unsupported === undefined).map(({ id }) => id)
    expect(supported).to.include.members([
      42161, 421614, 1, 11155111, 8453, 10, 137, 100, 56, 43114, 59144, 534352,
    ])
    expect(chainOf(324).unsupported).to.match(/bytecode/)
  })

  it("describes a chain that it does not have by what the program says, and by its id otherwise", () => {
    const given = {
      name: "Mantle",
      currency: "MNT",
      explorer: "https://explorer.example",
      rpcs: ["https://rpc.example"],
    }
    const mantle = chainOf(5000, given)
    expect(chainText(mantle)).to.equal("Mantle (5000)")
    expect(mantle).to.include({ currency: "MNT", rpcVariable: "CHAIN_5000_RPC_URL" })
    expect(mantle.rpcUrls).to.deep.equal(given.rpcs)
    expect(explorerLink(mantle, CONTRACT)).to.equal(
      "https://explorer.example/address/0x10Ea9E5303670331Bdddfa66A4cEA47dae4fcF3b",
    )
    expect(chainOf(5000)).to.include({ name: "Chain 5000", currency: "ETH", explorer: undefined })
    expect(explorerLink(chainOf(5000), CONTRACT)).to.equal(undefined)
    expect(chainOf(8453, { name: "My Base", rpcs: ["https://rpc.example"] })).to.include({
      name: "My Base",
      explorer: "https://basescan.org",
    })
  })
})
