/**
 * A wallet for tests: announces itself in the page by EIP-6963, and signs and sends here with a real key. It can
 * refuse, be busy, sit on another chain, or not know the right one.
 */
import { getBytes, JsonRpcProvider, Wallet, type TypedDataDomain, type TypedDataField } from "ethers"
import type { Page } from "playwright-core"

export interface TestWallet {
  readonly id: string
  readonly name: string
  /** Private keys; the first is the account in use. */
  keys: string[]
  chainId: number
  /** Chains that it can switch to without having been told of them. */
  readonly knownChains: Set<number>
  /** Errors to answer with, by method, until taken away. */
  readonly refusals: Map<string, { readonly code: number; readonly message: string; readonly data?: unknown }>
  /** Every method that was asked for, in order. */
  readonly asked: string[]
  /** The error of a switch to an unknown chain. */
  unknownChainError: { readonly code: number; readonly message: string; readonly data?: unknown }
  /** Sends something else and answers with this hash, as after a cancellation in the wallet. */
  sendInstead: { readonly to: string; readonly hash: string } | undefined
  /** Knows EIP-5792: takes calls and answers with an id. */
  runsCalls: boolean
  /** The id that it gives calls, in place of its own. */
  callsId: string | undefined
  /** Gives a signature another form, as hardware wallets do, or makes that of a contract wallet from what is signed. */
  reshape: ((signature: string, typedData: string) => string | Promise<string>) | undefined
  /** The address of a contract wallet, in place of that of the key. */
  contract: string | undefined
  /** Run before a method is carried out. */
  before: ((method: string) => Promise<void> | void) | undefined
}

export const REFUSED = { code: 4001, message: "User rejected the request." }

export function testWallet(name: string, key: string, chainId = 42161): TestWallet {
  return {
    id: `00000000-0000-4000-8000-${Buffer.from(name).toString("hex").padEnd(12, "0").slice(0, 12)}`,
    name,
    keys: [key],
    chainId,
    knownChains: new Set([chainId, 42161]),
    refusals: new Map(),
    asked: [],
    unknownChainError: { code: 4902, message: "Unrecognized chain" },
    sendInstead: undefined,
    runsCalls: false,
    callsId: undefined,
    reshape: undefined,
    contract: undefined,
    before: undefined,
  }
}

/** Waits until a wallet has been asked for a method. */
export async function asked(wallet: TestWallet, method: string): Promise<void> {
  while (!wallet.asked.includes(method)) await new Promise((resolve) => setTimeout(resolve, 20))
}

/** Puts wallets into every document that a page loads from now on. */
export async function injectWallets(
  page: Page,
  wallets: readonly TestWallet[],
  rpcUrl: string,
  legacy = false,
): Promise<void> {
  const provider = new JsonRpcProvider(rpcUrl, 42161, { staticNetwork: true, cacheTimeout: -1 })
  await page.exposeFunction("testWalletRequest", async (id: string, method: string, params: string) => {
    const wallet = wallets.find((one) => one.id === id)
    if (wallet === undefined) throw new Error(`no wallet ${id}`)
    wallet.asked.push(method)
    try {
      await wallet.before?.(method)
      const refusal = wallet.refusals.get(method)
      if (refusal !== undefined) return JSON.stringify({ error: refusal })
      return JSON.stringify({
        result: await answer(wallet, provider, method, JSON.parse(params) as unknown[]),
      })
    } catch (error) {
      const { code, message, data } = error as { code?: unknown; message?: unknown; data?: unknown }
      return JSON.stringify({ error: { code: typeof code === "number" ? code : -32603, message, data } })
    }
  })
  const announced = wallets.map(({ id, name }) => ({ id, name }))
  await page.addInitScript({
    content: legacy ? legacyWallet(JSON.stringify(announced)) : announcement(JSON.stringify(announced)),
  })
  page.on("close", () => {
    provider.destroy()
  })
}

/** Tells the page that the wallet's user has chosen another account. */
export async function changeAccount(page: Page, wallet: TestWallet, key: string): Promise<void> {
  wallet.keys = [key]
  const detail = JSON.stringify({ event: "accountsChanged", value: [new Wallet(key).address] })
  await page.evaluate(
    `window.dispatchEvent(new CustomEvent("test-wallet-${wallet.id}", { detail: ${detail} }))`,
  )
}

async function answer(
  wallet: TestWallet,
  provider: JsonRpcProvider,
  method: string,
  params: readonly unknown[],
): Promise<unknown> {
  const [key = ""] = wallet.keys
  const signer = new Wallet(key, provider)
  switch (method) {
    case "eth_requestAccounts":
    case "eth_accounts":
      return [wallet.contract ?? signer.address]
    case "eth_chainId":
      return `0x${wallet.chainId.toString(16)}`
    case "wallet_switchEthereumChain": {
      const chainId = Number((params[0] as { chainId: string }).chainId)
      if (!wallet.knownChains.has(chainId))
        throw Object.assign(new Error(wallet.unknownChainError.message), wallet.unknownChainError)
      wallet.chainId = chainId
      return null
    }
    case "wallet_addEthereumChain":
      wallet.knownChains.add(Number((params[0] as { chainId: string }).chainId))
      return null
    case "wallet_watchAsset":
      return true
    case "wallet_getCapabilities":
      if (!wallet.runsCalls) throw Object.assign(new Error(`no method ${method}`), { code: 4200 })
      return { "0xa4b1": { atomic: { status: "supported" } } }
    case "wallet_sendCalls": {
      const { calls } = params[0] as { calls: { to: string; data: string }[] }
      const [call] = calls
      const { hash } = await signer.sendTransaction({ to: call?.to ?? null, data: call?.data ?? "0x" })
      return { id: wallet.callsId ?? `calls-${hash}` }
    }
    case "wallet_getCallsStatus": {
      if (params[0] === wallet.callsId) return { status: 100 }
      const transactionHash = String(params[0]).slice("calls-".length)
      return { status: 200, receipts: [{ transactionHash }] }
    }
    case "eth_sendTransaction": {
      if (wallet.sendInstead !== undefined) {
        await (await signer.sendTransaction({ to: wallet.sendInstead.to })).wait()
        return wallet.sendInstead.hash
      }
      const { from, to, data } = params[0] as { from: string; to: string; data: string }
      if (from.toLowerCase() !== signer.address.toLowerCase())
        throw Object.assign(new Error("unknown account"), { code: 4100 })
      return (await signer.sendTransaction({ to, data })).hash
    }
    case "eth_signTypedData_v4": {
      const { domain, types, message } = JSON.parse(String(params[1])) as {
        domain: TypedDataDomain
        types: Record<string, TypedDataField[]>
        message: Record<string, unknown>
      }
      // ethers makes this one from the domain itself.
      const own = Object.fromEntries(Object.entries(types).filter(([name]) => name !== "EIP712Domain"))
      const signature = await signer.signTypedData(domain, own, message)
      return (await wallet.reshape?.(signature, String(params[1]))) ?? signature
    }
    case "personal_sign": {
      const signature = await signer.signMessage(getBytes(String(params[0])))
      return (await wallet.reshape?.(signature, "")) ?? signature
    }
    default:
      throw Object.assign(new Error(`no method ${method}`), { code: 4200 })
  }
}

/** Returns a wallet that announces nothing and sets window.ethereum, as in-app browsers do. */
function legacyWallet(wallets: string): string {
  return `const [{ id }] = ${wallets}
  window.ethereum = {
    request: async ({ method, params = [] }) => {
      const { result, error } = JSON.parse(await window.testWalletRequest(id, method, JSON.stringify(params)))
      if (error !== undefined) throw Object.assign(new Error(error.message), error)
      return result
    },
  }`
}

/** Returns the wallets' side in the page as text, because it runs there. */
function announcement(wallets: string): string {
  return `for (const { id, name } of ${wallets}) {
    const listeners = {}
    const provider = {
      request: async ({ method, params = [] }) => {
        const { result, error } = JSON.parse(await window.testWalletRequest(id, method, JSON.stringify(params)))
        if (error !== undefined) throw Object.assign(new Error(error.message), error)
        return result
      },
      on: (event, listener) => (listeners[event] ??= new Set()).add(listener),
      removeListener: (event, listener) => listeners[event]?.delete(listener),
    }
    window.addEventListener("test-wallet-" + id, ({ detail }) => {
      for (const listener of listeners[detail.event] ?? []) listener(detail.value)
    })
    const icon = "data:image/svg+xml;base64," + btoa('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#888"/></svg>')
    const detail = Object.freeze({ info: { uuid: id, name, icon, rdns: "test." + id }, provider })
    const announce = () => window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }))
    window.addEventListener("eip6963:requestProvider", announce)
    announce()
  }`
}
