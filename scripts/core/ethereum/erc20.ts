import { Interface, type BlockTag } from "ethers"

/** The views of a token that are called here, for `BaseContract.from`. */
export interface TokenViews {
  readonly balanceOf: (account: string, at?: { readonly blockTag: BlockTag }) => Promise<bigint>
  readonly symbol: () => Promise<string>
  readonly decimals: () => Promise<bigint>
}

export const TOKEN = new Interface([
  "function transfer(address to, uint256 amount) returns (bool)",
  "function approve(address spender, uint256 amount) returns (bool)",
  "function balanceOf(address account) view returns (uint256)",
  "function decimals() view returns (uint8)",
  "function symbol() view returns (string)",
  "event Transfer(address indexed from, address indexed to, uint256 value)",
  "event Approval(address indexed owner, address indexed spender, uint256 value)",
])
