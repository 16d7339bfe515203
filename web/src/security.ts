/**
 * Restricts the page's own connections and scripts. index.html allows any https RPC, since the user may choose
 * one. This module narrows the policy to the RPC in use once it is known. A policy can only be tightened, so
 * changing the RPC reloads the page. Scripts are loaded by one trusted-types policy, which knows the page's own
 * names.
 */

/** Forbids every connection except to the page's own folder and these RPCs. */
export function pinConnections(rpcUrls: readonly string[]): void {
  const policy = document.createElement("meta")
  policy.httpEquiv = "Content-Security-Policy"
  policy.content = ["connect-src 'self'", ...rpcUrls.map((url) => new URL(url).origin)].join(" ")
  document.head.append(policy)
}

const OWN_SCRIPT = /^(?:claim|check|more|qr|statement|text-[a-z]{2})\.js$/

interface ScriptPolicy {
  readonly createScriptURL: (name: string) => string
}

interface TrustedTypes {
  readonly createPolicy: (name: string, policy: ScriptPolicy) => ScriptPolicy
}

declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypes
  }
}

function ownScript(name: string): string {
  if (!OWN_SCRIPT.test(name)) throw new Error(`${name} is not a script of this page`)
  return `./${name}`
}

const policy = window.trustedTypes?.createPolicy("airdrop", { createScriptURL: ownScript }) ?? {
  createScriptURL: ownScript,
}

const loading = new Map<string, Promise<void>>()

/** Loads one of the page's own scripts, once. They are classic scripts, because modules do not load from a disk. */
export async function loadScript(name: string): Promise<void> {
  const known = loading.get(name)
  if (known !== undefined) {
    await known
    return
  }
  const script = document.createElement("script")
  const loaded = new Promise<void>((resolve, reject) => {
    script.onload = () => {
      resolve()
    }
    script.onerror = () => {
      loading.delete(name)
      reject(new Error(`${name} could not be loaded`))
    }
  })
  loading.set(name, loaded)
  script.src = policy.createScriptURL(name)
  document.head.append(script)
  await loaded
}

/** Starts one of the page's own scripts as a worker. */
export function openWorker(name: string): Worker {
  return new Worker(policy.createScriptURL(name))
}
