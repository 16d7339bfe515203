/**
 * The errors with which a claim, a push or a transfer of the token can revert, by signature. The command line prints
 * their meaning in English; the page translates it.
 */

/** The meaning of an error for the claim. */
export type ClaimErrorMeaning =
  | "alreadyClaimed"
  | "nothingToClaim"
  | "rejectedProof"
  | "reserveChanged"
  | "capExceeded"
  | "badRecipient"
  | "expired"
  | "badSignature"
  | "underfunded"
  | "tokenRefused"

/** The errors of MerkleAirdrop, of OpenZeppelin's libraries that it uses, and of OpenZeppelin's ERC-20. */
export const CLAIM_ERRORS: Readonly<Record<string, ClaimErrorMeaning>> = {
  "AlreadyClaimed(uint256)": "alreadyClaimed",
  "NothingToClaim(address,uint256,uint256)": "nothingToClaim",
  "InvalidProof(uint256,address,uint256)": "rejectedProof",
  "InvalidRangeProof(uint256,uint256)": "rejectedProof",
  "InvalidReserveProof(bytes32,address,uint256)": "reserveChanged",
  "ReserveCapExceeded(uint256,uint256,uint256)": "capExceeded",
  "InvalidRecipient(address)": "badRecipient",
  "ERC20InvalidReceiver(address)": "badRecipient",
  "SignatureExpired(uint256,uint256)": "expired",
  "InvalidSignature(address)": "badSignature",
  "ERC20InsufficientBalance(address,uint256,uint256)": "underfunded",
  "SafeERC20FailedOperation(address)": "tokenRefused",
  "EnforcedPause()": "tokenRefused",
}

/** Each meaning in words, for the command line. */
export const CLAIM_ERROR_WORDS: Readonly<Record<ClaimErrorMeaning, string>> = {
  alreadyClaimed: "it has been claimed already",
  nothingToClaim: "the reserve amount has been claimed already",
  rejectedProof:
    "the proof does not lead to the contract's root: the files are of another program or version",
  reserveChanged: "the proof does not lead to the accepted reserve root: the reserve was updated",
  capExceeded: "the reserve is spent",
  badRecipient: "tokens cannot be sent to that address",
  expired: "the deadline of the signature has passed: the account has to sign again",
  badSignature: "the signature is not the account's",
  underfunded: "the contract does not hold enough tokens: it is not funded, or was swept",
  tokenRefused: "the token refused the transfer",
}
