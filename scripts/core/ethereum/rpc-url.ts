/** Returns true for an RPC that the page's policy allows: https, or http on the user's own computer. */
export function isRpcUrl(text: string): boolean {
  const [, scheme, host] =
    /^(https?):\/\/(\[[0-9a-fA-F:]+\]|[^/?#:@\s]+)(?::[0-9]+)?(?:[/?#][^\s]*)?$/.exec(text) ?? []
  return scheme === "https" || (scheme === "http" && (host === "127.0.0.1" || host === "localhost"))
}
