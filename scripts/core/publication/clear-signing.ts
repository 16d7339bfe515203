/**
 * Writes ERC-7730 descriptors of the contract, by which a wallet shows its calls and messages as sentences instead
 * of bytes. They are bound to the chain and to the contract's address, which is known before the deployment.
 */
import { toChecksum, type Address } from "../primitives/address.ts"
import type { Token } from "../primitives/token.ts"

/** The names of the two files, as in the registry of descriptors. */
export const CLEAR_SIGNING_FILES = ["calldata-MerkleAirdrop.json", "eip712-MerkleAirdrop.json"] as const

export interface DescribedContract {
  readonly program: string
  readonly chainId: number
  readonly contract: Address
  readonly token: Token
}

/** The format of a value. Proofs and signatures are `hidden`, because people cannot read them. */
type Kind = "amount" | "account" | "token" | "date" | "text" | "foreign-amount" | "call" | "hidden"
type Fields = readonly (readonly [path: string, label: string, kind: Kind])[]
type Format = readonly [signature: string, intent: string, fields: Fields]

const INDEX = ["index", "Position in the list", "text"] as const
const ACCOUNT = ["account", "Recipient", "account"] as const
const TO = ["to", "Paid to", "account"] as const
const AMOUNT = ["amount", "Amount", "amount"] as const
const GRANTED = ["cumulativeAmount", "Granted in all", "amount"] as const
const DEADLINE = ["deadline", "Valid until", "date"] as const
const SIGNATURE = ["signature", "Signature", "hidden"] as const
const PROOF = ["proof", "Proof", "hidden"] as const
const ROOT = ["root", "Root", "text"] as const

/** Every function that changes the contract's state. */
const CALLS: readonly Format[] = [
  [
    "claim(uint256 index, address account, uint256 amount, bytes32[] proof)",
    "Claim for the recipient",
    [AMOUNT, ACCOUNT, INDEX, PROOF],
  ],
  [
    "claimTo(uint256 index, address to, uint256 amount, bytes32[] proof)",
    "Claim to another address",
    [AMOUNT, TO, INDEX, PROOF],
  ],
  [
    "claimWithSignature(uint256 index, address account, address to, uint256 amount, uint256 deadline, bytes signature, bytes32[] proof)",
    "Submit a signed claim",
    [AMOUNT, ACCOUNT, TO, DEADLINE, INDEX, SIGNATURE, PROOF],
  ],
  [
    "claimRange(uint256 start, uint256[] entries, bytes32[] proof)",
    "Pay several recipients",
    [
      ["start", "First position in the list", "text"],
      // An entry is a word: 20 bytes of the account, 12 of the amount. A descriptor can show neither their number nor sum.
      ["entries.[0].[0:20]", "First recipient", "account"],
      ["entries.[0].[20:32]", "First amount", "amount"],
      ["entries.[-1].[0:20]", "Last recipient", "account"],
      ["entries.[-1].[20:32]", "Last amount", "amount"],
      ["entries", "Recipients and amounts", "hidden"],
      PROOF,
    ],
  ],
  [
    "claimReserve(address account, uint256 cumulativeAmount, bytes32[] proof)",
    "Claim a grant for the recipient",
    [GRANTED, ACCOUNT, PROOF],
  ],
  [
    "claimReserveTo(address to, uint256 cumulativeAmount, bytes32[] proof)",
    "Claim a grant to another address",
    [GRANTED, TO, PROOF],
  ],
  [
    "claimReserveWithSignature(address account, address to, uint256 cumulativeAmount, uint256 deadline, bytes signature, bytes32[] proof)",
    "Submit a signed claim of a grant",
    [GRANTED, ACCOUNT, TO, DEADLINE, SIGNATURE, PROOF],
  ],
  ["multicall(bytes[] data)", "Make several calls at once", [["data.[]", "Call", "call"]]],
  [
    "submitReserveRoot(bytes32 root, string proofsURI)",
    "Submit a reserve root",
    [ROOT, ["proofsURI", "Proofs at", "text"]],
  ],
  ["acceptReserveRoot(bytes32 root)", "Accept the reserve root", [ROOT]],
  ["revokeReserveRoot(bytes32 root)", "Revoke the pending reserve root", [ROOT]],
  [
    "publishProofs(bytes32 root, string uri)",
    "Announce where the proofs are",
    [ROOT, ["uri", "Proofs at", "text"]],
  ],
  ["sweep()", "Sweep what is left to the owner", []],
  [
    "rescue(address token, address to, uint256 amount)",
    "Rescue another token",
    [["amount", "Amount", "foreign-amount"], TO, ["token", "Token", "token"]],
  ],
  ["transferOwnership(address newOwner)", "Offer the ownership", [["newOwner", "New owner", "account"]]],
  ["acceptOwnership()", "Accept the ownership", []],
]

/** The messages that an account signs for another account to submit its claim. */
const MESSAGES: readonly Format[] = [
  [
    "Claim(uint256 index,address account,address to,uint256 amount,uint256 deadline)",
    "Allow others to submit your claim",
    [AMOUNT, ACCOUNT, TO, DEADLINE, INDEX],
  ],
  [
    "ClaimReserve(address account,address to,uint256 cumulativeAmount,uint256 deadline)",
    "Allow others to submit the claim of your grant",
    [GRANTED, ACCOUNT, TO, DEADLINE],
  ],
]

/** Returns path and text of the descriptors. */
export function clearSigningFiles(described: DescribedContract): readonly (readonly [string, string])[] {
  const { chainId, contract } = described
  const deployments = [{ chainId, address: toChecksum(contract) }]
  const domain = { name: "MerkleAirdrop", version: "1" }
  const [calldata, eip712] = CLEAR_SIGNING_FILES
  return [
    [calldata, textOf({ $id: "MerkleAirdrop", contract: { deployments } }, CALLS, described)],
    [eip712, textOf({ $id: "MerkleAirdrop", eip712: { domain, deployments } }, MESSAGES, described)],
  ]
}

function textOf(context: object, formats: readonly Format[], { program, token }: DescribedContract): string {
  const descriptor = {
    $schema: "../../specs/erc7730-v2.schema.json",
    context,
    metadata: { owner: program, contractName: "MerkleAirdrop" },
    display: {
      formats: Object.fromEntries(
        formats.map(([signature, intent, fields]) => [
          signature,
          { intent, fields: fields.map(([path, label, kind]) => fieldOf(path, label, kind, token)) },
        ]),
      ),
    },
  }
  return `${JSON.stringify(descriptor, undefined, 2)}\n`
}

function fieldOf(path: string, label: string, kind: Kind, token: Token): object {
  const head = { path, label }
  switch (kind) {
    case "amount":
      return {
        ...head,
        format: "tokenAmount",
        params: { token: toChecksum(token.address) },
        visible: "always",
      }
    case "foreign-amount":
      return { ...head, format: "tokenAmount", params: { tokenPath: "token" }, visible: "always" }
    case "account":
      return {
        ...head,
        format: "addressName",
        params: { types: ["eoa", "wallet", "contract"] },
        visible: "always",
      }
    case "token":
      return { ...head, format: "addressName", params: { types: ["token"] }, visible: "always" }
    case "date":
      return { ...head, format: "date", params: { encoding: "timestamp" }, visible: "always" }
    case "call":
      return { ...head, format: "calldata", params: { calleePath: "@.to" }, visible: "always" }
    case "text":
      return { ...head, format: "raw", visible: "always" }
    case "hidden":
      return { ...head, format: "raw", visible: "never" }
  }
}
