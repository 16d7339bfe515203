/**
 * The measured distributors, each prepared in the same way: deployed as it ships, with the fixture's root and enough
 * of the token. They are those whose code is in the npm registry.
 */
import { concat, MaxUint256, solidityPackedKeccak256 } from "ethers"
import { z } from "zod"
import { invariant } from "../../scripts/core/primitives/error.ts"
import { compile, projectSettings, readImported, type Compiled, type Settings } from "../solc.ts"
import { compileProject, deployToken, type Chain, type Deployed } from "./chain.ts"
import { requirePeer } from "./packages.ts"
import { doubleHashed, LEAF_COUNT, prove, type ProvenRecipient, type Recipient } from "./fixture.ts"

/** A distributor ready to pay. */
export interface Ready {
  readonly token: Deployed
  readonly deployed: Deployed
  /** Bytes of runtime code. */
  readonly size: number
  readonly claim: (recipient: ProvenRecipient) => Promise<bigint>
}

export interface Distributor {
  readonly name: string
  readonly proven: readonly ProvenRecipient[]
  readonly ready: (chain: Chain) => Promise<Ready>
}

const SUPPLY = 10n ** 30n
const FAR_FUTURE = 2n ** 40n
const AIRDROP = "contracts/MerkleAirdrop.sol"
const OPENZEPPELIN_PROOFS =
  'import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";'
const SOLADY_PROOFS =
  'import {MerkleProofLib as MerkleProof} from "solady-current/src/utils/MerkleProofLib.sol";'

/** Prepares the project's contract, compiled with its own settings or with others. */
export function merkleAirdrop(settings?: Settings, root = ownTree.root, leafCount = LEAF_COUNT): Distributor {
  const compiled = (): Compiled => compileProject(AIRDROP, "MerkleAirdrop", settings)
  return airdropOf("MerkleAirdrop", compiled, root, leafCount)
}

/** Prepares the project's contract with Solady's proof library in the place of OpenZeppelin's. It is not shipped. */
export function withSolady(): Distributor {
  return airdropOf("MerkleAirdrop with Solady's proofs", () => {
    const text = readImported(AIRDROP)
    const source = text.replace(OPENZEPPELIN_PROOFS, SOLADY_PROOFS)
    invariant(source !== text, "the contract imports OpenZeppelin's MerkleProof")
    return compile({ [AIRDROP]: source }, projectSettings()).contract(AIRDROP, "MerkleAirdrop")
  })
}

function airdropOf(
  name: string,
  compiled: () => Compiled,
  root = ownTree.root,
  leafCount = LEAF_COUNT,
): Distributor {
  return {
    name,
    proven: ownTree.proven,
    ready: async (chain) => {
      const token = await deployToken(chain)
      const code = compiled()
      const deployed = await chain.deploy(code, {
        token: token.address,
        automaticRoot: root,
        leafCount,
        reserveCap: SUPPLY,
        reserveDelay: 0,
        sweepTime: FAR_FUTURE,
        owner: chain.account,
        proofsURI: "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",
      })
      await token.send("transfer", deployed.address, SUPPLY)
      return {
        token,
        deployed,
        size: sizeOf(code.runtime),
        claim: ({ index, account, amount, proof }) => deployed.send("claim", index, account, amount, proof),
      }
    },
  }
}

/** Prepares the least contract in plain Solidity that pays the same list. */
export function minimal(): Distributor {
  return {
    name: "the least in plain Solidity",
    proven: ownTree.proven,
    ready: async (chain) => {
      const token = await deployToken(chain)
      const code = compileProject("bench/contracts/MinimalAirdrop.sol", "MinimalAirdrop")
      const deployed = await chain.deploy(code, token.address, ownTree.root)
      await token.send("transfer", deployed.address, SUPPLY)
      return {
        token,
        deployed,
        size: sizeOf(code.runtime),
        claim: ({ index, account, amount, proof }) => deployed.send("claim", index, account, amount, proof),
      }
    },
  }
}

/** Prepares Uniswap's MerkleDistributor, from the bytecode that @uniswap/merkle-distributor ships. */
export function uniswap(): Distributor {
  const { root, proven } = prove(({ index, account, amount }) =>
    solidityPackedKeccak256(["uint256", "address", "uint256"], [index, account, amount]),
  )
  return {
    name: "Uniswap MerkleDistributor (as shipped)",
    proven,
    ready: async (chain) => {
      const token = await deployToken(chain)
      const built = shippedBuild.parse(
        requirePeer("@uniswap/merkle-distributor/build/MerkleDistributor.json"),
      )
      const code = { abi: JSON.stringify(built.abi), creation: `0x${built.bytecode}` }
      const deployed = await chain.deploy(code, token.address, root)
      await token.send("transfer", deployed.address, SUPPLY)
      return {
        token,
        deployed,
        size: built.evm.deployedBytecode.object.length / 2,
        claim: ({ index, account, amount, proof }) => deployed.send("claim", index, account, amount, proof),
      }
    },
  }
}

/**
 * Prepares thirdweb's Airdrop: its sources, the project's settings, behind the minimal proxy that its factory
 * creates.
 */
export function thirdweb(): Distributor {
  const path = "@thirdweb-dev/contracts/prebuilts/airdrop/Airdrop.sol"
  const { root, proven } = prove(({ account, amount }) =>
    solidityPackedKeccak256(["address", "uint256"], [account, amount]),
  )
  return {
    name: "thirdweb Airdrop (minimal proxy)",
    proven,
    ready: async (chain) => {
      const token = await deployToken(chain)
      const code = compileProject(path, "Airdrop")
      const implementation = await chain.deploy(code)
      const proxy = await chain.deploy({ abi: "[]", creation: minimalProxy(implementation.address) })
      const deployed = { ...chain.at(proxy.address, code.abi), deploymentGas: implementation.deploymentGas }
      await deployed.send("initialize", chain.account, "")
      await deployed.send("setMerkleRoot", token.address, root, false)
      await token.send("approve", proxy.address, MaxUint256)
      return {
        token,
        deployed,
        size: sizeOf(code.runtime),
        claim: ({ account, amount, proof }) =>
          deployed.send("claimERC20", token.address, account, amount, proof),
      }
    },
  }
}

/** Encodes an entry of claimRange. */
export function packed({ account, amount }: Recipient): bigint {
  return (BigInt(account) << 96n) | amount
}

export const ownTree = prove(doubleHashed)

const shippedBuild = z.object({
  abi: z.array(z.unknown()),
  bytecode: z.string(),
  evm: z.object({ deployedBytecode: z.object({ object: z.string() }) }),
})

function minimalProxy(implementation: string): string {
  return concat([
    "0x3d602d80600a3d3981f3363d3d373d3d3d363d73",
    implementation,
    "0x5af43d82803e903d91602b57fd5bf3",
  ])
}

function sizeOf(code: string): number {
  return code.length / 2 - 1
}
