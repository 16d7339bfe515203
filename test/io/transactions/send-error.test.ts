import { expect } from "chai"
import { sendFaultOf, type SendFault } from "../../../scripts/io/transactions/send-error.ts"

/** As geth, Nitro, Erigon, Nethermind, Besu, reth, OpenEthereum, Hardhat and wallets write them. */
const WORDS: Readonly<Record<SendFault, readonly string[]>> = {
  known: [
    "already known",
    "ALREADY_EXISTS: already known",
    "Known transaction",
    "AlreadyKnown",
    "Transaction with the same hash was already imported.",
    "transaction already in mempool",
  ],
  "nonce-used": [
    "nonce too low: address 0x12, tx: 4 state: 5",
    "nonce too low: next nonce 7, tx nonce 6",
    "nonce has already been used",
    "OldNonce",
    "Transaction nonce is too low. Try incrementing the nonce.",
    "Nonce too low. Expected nonce to be 5 but got 4.",
  ],
  underpriced: [
    "replacement transaction underpriced",
    "transaction underpriced",
    "Transaction gas price too low to replace",
    "There is another transaction with same nonce in the queue: replacement fee too low",
    "max fee per gas less than block base fee: address 0x1, maxFeePerGas: 1 baseFee: 2",
    "maxFeePerGas (1) is lower than the next block's base fee (2)",
    "Transaction maxFeePerGas (1) is too low for the next block, which has a baseFeePerGas of 2",
    "FeeTooLow, MaxFeePerGas too low",
    "transaction underpriced: gas tip cap 0, minimum needed 1000000000",
    "Gas price below configured minimum gas price: gasPrice too low",
    "fee cap less than base fee",
    "err: max fee per gas less than block base fee",
  ],
  "gas-too-low": [
    "intrinsic gas too low",
    "intrinsic gas too low: have 21000, want 21064 (supplied gas 21000)",
    "Intrinsic gas exceeds gas limit",
    "IntrinsicGas",
    "Transaction requires at least 21432 gas, below minimum gas",
    "insufficient gas for floor data gas cost: gas 21000, minimum needed 30000",
  ],
  "legacy-only": [
    "transaction type not supported",
    "unsupported transaction type",
    "Invalid transaction type: 0x2",
    "EIP-1559 transactions are not supported before London",
    "eip1559 is not activated",
    "network does not support EIP-1559",
    "typed transactions are not supported",
    "unknown field maxFeePerGas",
  ],
  declined: [
    "User rejected the request.",
    "MetaMask Tx Signature: User denied transaction signature.",
    "User disapproved requested methods",
    "Transaction was rejected",
    "rejected by user",
    "Ledger device: Condition of use not satisfied (denied by the user?) (0x6985)",
  ],
  "no-funds": [
    "insufficient funds for gas * price + value",
    "insufficient funds for gas * price + value: address 0x1 have 0 want 1",
    "Sender doesn't have enough funds to send tx. The max upfront cost is: 1 and the sender's balance is: 0.",
    "InsufficientFunds, Account balance: 0, cumulative cost: 1",
    "sender does not have enough funds",
  ],
  "too-large": [
    "exceeds block gas limit",
    "oversized data: transaction size 140000, limit 131072",
    "transaction gas limit too high (cap: 16777216, tx: 20000000)",
    "Transaction gas limit is 20000000 and exceeds transaction gas cap of 16777216",
    "max transaction gas limit exceeded",
    "TxGasLimitCapExceeded: gas limit 20000000 exceeds cap 16777216",
    "gas limit is greater than the cap",
    "GasLimitExceeded, Gas limit: 30000000",
  ],
  unknown: ["upstream connect error", "Internal error", "temporarily unavailable", ""],
}

describe("the meaning of a node's messages about transactions", () => {
  for (const [fault, messages] of Object.entries(WORDS)) {
    for (const message of messages) {
      it(`takes "${message}" for ${fault}`, () => {
        expect(sendFaultOf(message)).to.equal(fault)
      })
    }
  }
})
