/** Signs a statement with the connected wallet, and checks the signature as the operators will. */
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import { usualSignature } from "../../../scripts/core/ethereum/signature-form.ts"
import type { Address } from "../../../scripts/core/primitives/address.ts"
import type { Signature, StatementTerms } from "../../../scripts/core/statements/statement.ts"
import { RpcRefused, type Rpc } from "../chain/rpc.ts"
import { readBeneficiary } from "../chain/vesting.ts"
import { ClaimFailure } from "../claim/failure.ts"
import type { WalletDigest } from "../claim/machine.ts"
import { hasCode } from "../claim/run.ts"
import { ensureChain } from "../wallet/chain.ts"
import type { WalletProvider } from "../wallet/provider.ts"
import { loadStatementCode } from "./code-types.ts"

export interface Signing {
  readonly config: PageConfig
  readonly rpc: Rpc
  readonly wallet: WalletProvider
  /** The wallet's account, in lower case. */
  readonly account: Address
  /** True to sign the text (EIP-191) instead of typed data. */
  readonly isPlain: boolean
  /** Receives the digests to compare with the wallet's, before the wallet is asked. */
  readonly onDigests: (digests: readonly WalletDigest[]) => void
  readonly signal: AbortSignal
}

/**
 * Returns the account that signs for an address: the beneficiary of a vesting contract, else the address itself.
 * @throws RpcUnreachable
 */
export async function signingAccountOf(rpc: Rpc, address: Address): Promise<Address> {
  return (await readBeneficiary(rpc, address)) ?? address
}

/**
 * Signs terms with the wallet's account.
 * @throws ClaimFailure "badSignature" if the signature is not the account's; the wallet's own errors
 */
export async function signTerms(terms: StatementTerms, signing: Signing): Promise<Signature> {
  const { config, rpc, wallet, account, isPlain, signal } = signing
  const code = await loadStatementCode()
  if (!isPlain) {
    // Wallets sign typed data of the network only that they are on.
    await ensureChain(wallet, {
      chainId: config.chainId,
      name: config.chainName,
      currency: config.currency,
      rpcUrls: config.rpcUrls,
      explorer: config.explorer,
    })
  }
  signal.throwIfAborted()
  signing.onDigests(isPlain ? [] : code.digests(terms))
  const answer = await wallet.request(
    isPlain
      ? { method: "personal_sign", params: [hexOf(code.text(terms)), account] }
      : { method: "eth_signTypedData_v4", params: [account, code.typedData(terms)] },
  )
  signal.throwIfAborted()
  if (typeof answer !== "string") throw new ClaimFailure("walletCannot")
  const byKey = { scheme: isPlain ? "eip191" : "eip712", signature: usualSignature(answer) } as const
  if (code.signerOf(terms, byKey) === account) return byKey
  const byWallet = { scheme: "erc1271", signature: answer } as const
  if (!isPlain && (await hasCode(rpc, account))) {
    const data = code.walletQuestion(terms, byWallet)
    const said = await rpc.send("eth_call", { to: account, data }, "latest").catch((error: unknown) => {
      if (error instanceof RpcRefused) return undefined
      throw error
    })
    if (code.hasWalletSigned(said)) return byWallet
  }
  throw new ClaimFailure("badSignature")
}

function hexOf(text: string): string {
  const bytes = [...new TextEncoder().encode(text)]
  return `0x${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`
}
