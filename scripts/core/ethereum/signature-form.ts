/** The form of a key's signature. Wallets write the same signature in several; contracts accept one. */

/** The order of secp256k1 (SEC 2, 2.4.1). */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const TOP_BIT = 1n << 255n
const COMPACT = /^0x([0-9a-f]{64})([0-9a-f]{64})$/i
const WHOLE = /^0x([0-9a-f]{64})([0-9a-f]{64})(00|01|1b|1c)$/i

/**
 * Returns a key's signature as r, s and v, 65 bytes with v of 27 or 28 and the smaller s, as OpenZeppelin's ECDSA accepts it.
 * Hardware wallets also write v as 0 or 1, others the 64 bytes of EIP-2098 or the larger s.
 * @returns the text as it is if it is in none of these forms, as the signature of a contract wallet
 */
export function usualSignature(signature: string): string {
  const compact = COMPACT.exec(signature)
  if (compact !== null) {
    const rest = BigInt(`0x${compact[2]}`)
    return formed(compact[1] ?? "", rest & (TOP_BIT - 1n), rest >= TOP_BIT)
  }
  const whole = WHOLE.exec(signature)
  if (whole === null) return signature
  return formed(whole[1] ?? "", BigInt(`0x${whole[2]}`), /^(?:01|1c)$/i.test(whole[3] ?? ""))
}

/** @param isOdd the parity of the point's y, which turns around with s */
function formed(r: string, s: bigint, isOdd: boolean): string {
  const isLarge = s > ORDER / 2n && s < ORDER
  const small = isLarge ? ORDER - s : s
  return `0x${r}${small.toString(16).padStart(64, "0")}${isOdd === isLarge ? "1b" : "1c"}`.toLowerCase()
}
