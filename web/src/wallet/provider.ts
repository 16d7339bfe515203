/** A wallet's provider by EIP-1193. */
export interface WalletProvider {
  readonly request: (request: {
    readonly method: string
    readonly params?: readonly unknown[] | object
  }) => Promise<unknown>
  readonly on?: (event: string, listener: (value: unknown) => void) => void
  readonly removeListener?: (event: string, listener: (value: unknown) => void) => void
}
