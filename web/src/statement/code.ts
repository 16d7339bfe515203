/**
 * The core's code for signed statements. It is loaded when the user signs one or opens the file of one. It sets one global, because classic scripts cannot export.
 */
import "../check/no-eval.ts"
import { messageDigests } from "../../../scripts/core/ethereum/digests.ts"
import { walletQuestion, WALLET_HAS_SIGNED } from "../../../scripts/core/ethereum/erc1271.ts"
import { signerOf, statementDigest } from "../../../scripts/core/statements/signer.ts"
import { formatStatement, parseStatement } from "../../../scripts/core/statements/statement-line.ts"
import {
  STATEMENT_TYPES,
  statementDomain,
  statementMessage,
  statementText,
} from "../../../scripts/core/statements/statement.ts"
import type { StatementCode } from "./code-types.ts"

const DOMAIN_TYPE = [
  { name: "name", type: "string" },
  { name: "version", type: "string" },
  { name: "chainId", type: "uint256" },
]

const code: StatementCode = {
  typedData: (terms) => {
    const types = STATEMENT_TYPES[terms.kind]
    const data = {
      domain: statementDomain(terms.chainId),
      types: { EIP712Domain: DOMAIN_TYPE, ...types },
      primaryType: Object.keys(types)[0],
      message: statementMessage(terms),
    }
    return JSON.stringify(data, (_key, value: unknown) =>
      typeof value === "bigint" ? value.toString() : value,
    )
  },
  text: statementText,
  digests: (terms) => {
    const digests = messageDigests(statementDomain(terms.chainId), STATEMENT_TYPES[terms.kind], {
      ...statementMessage(terms),
    })
    return (["domain", "message", "digest"] as const).map((name) => ({
      tranche: undefined,
      name,
      value: digests[name],
    }))
  },
  signerOf: (terms, { scheme, signature }) => signerOf(statementDigest(terms, scheme), signature),
  walletQuestion: (terms, { scheme, signature }) => walletQuestion(statementDigest(terms, scheme), signature),
  hasWalletSigned: (answer) => answer === WALLET_HAS_SIGNED,
  format: formatStatement,
  parse: parseStatement,
}
Object.assign(globalThis, { airdropStatementCode: code })
