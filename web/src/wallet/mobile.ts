/**
 * A link that opens this page in a wallet's own browser on a phone, without a relay or a project id. The forms are
 * those that MetaMask, Coinbase and Phantom document.
 */
export interface MobileLink {
  readonly name: string
  readonly href: string
}

/** Returns a link for each wallet that documents one. @param page the page's whole address, with its fragment */
export function mobileLinks(page: string): readonly MobileLink[] {
  const { origin } = new URL(page)
  const encoded = encodeURIComponent(page)
  return [
    // MetaMask wants the path as it is: an encoded one opens a blank tab.
    { name: "MetaMask", href: `https://link.metamask.io/dapp/${page.replace(/^https?:\/\//, "")}` },
    { name: "Coinbase Wallet", href: `https://go.cb-w.com/dapp?cb_url=${encoded}` },
    { name: "Phantom", href: `https://phantom.app/ul/browse/${encoded}?ref=${encodeURIComponent(origin)}` },
  ]
}

/** Returns true on a phone or tablet, whose browsers have no wallet extensions. */
export function isPhone(): boolean {
  return window.matchMedia("(pointer: coarse)").matches && !window.matchMedia("(any-pointer: fine)").matches
}
