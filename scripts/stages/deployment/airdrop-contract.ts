import { Contract, type ContractRunner } from "ethers"
import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import { merkleAirdropArtifact } from "../../io/project/artifacts.ts"

/** Returns the typed airdrop contract at an address. A runner that signs can also send its calls. */
export async function merkleAirdropAt(address: string, runner: ContractRunner): Promise<MerkleAirdrop> {
  const { abi } = await merkleAirdropArtifact()
  // The ABI and the type are made of the same compilation, which ethers' own types cannot know.
  return new Contract(address, abi, runner) as unknown as MerkleAirdrop
}
