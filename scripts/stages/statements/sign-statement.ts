/** Signs statements with a key or a wallet, and gives their text to other wallets. */
import type { Signer } from "ethers"
import { parseAddress, toChecksum, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import {
  STATEMENT_TYPES,
  statementDomain,
  statementMessage,
  statementText,
  type Signature,
  type StatementTerms,
} from "../../core/statements/statement.ts"

/**
 * Signs a statement.
 * @param account the account that has to sign
 * @param isPlain sign the text (EIP-191) instead of typed data (EIP-712), for wallets that show only text
 * @throws AirdropError `inconsistent` if the signer is another account
 */
export async function signStatement(
  signer: Signer,
  terms: StatementTerms,
  account: Address,
  isPlain: boolean,
): Promise<Signature> {
  const signing = await signer.getAddress()
  if (parseAddress(signing) !== account) {
    throw new AirdropError(`the signer is ${signing}, and ${toChecksum(account)} has to sign`, {
      code: "inconsistent",
      hint: "Sign with the key or the wallet of that account.",
    })
  }
  return isPlain
    ? { scheme: "eip191", signature: await signer.signMessage(statementText(terms)) }
    : {
        scheme: "eip712",
        signature: await signer.signTypedData(
          statementDomain(terms.chainId),
          STATEMENT_TYPES[terms.kind],
          statementMessage(terms),
        ),
      }
}
