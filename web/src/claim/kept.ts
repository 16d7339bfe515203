/** What this tab has sent and seen paid, by account: a reload goes on waiting, and still has the receipt. */
import { isObject } from "../chain/rpc.ts"
import type { Payment, Sent } from "./sent.ts"

const SENT = "airdrop-sent"
const PAID = "airdrop-paid"

export function keepSent(sent: Sent): void {
  write(SENT, { ...read(SENT), [sent.account]: sent })
}

/** Forgets a claim whose outcome is known, or that the user has given up. */
export function forgetSent(account: string): void {
  write(SENT, Object.fromEntries(Object.entries(read(SENT)).filter(([key]) => key !== account)))
}

export function keepPaid(payment: Payment): void {
  write(PAID, { ...read(PAID), [payment.sent.account]: payment })
}

/** Returns the claims that this tab has sent to a contract and whose outcome it has not seen, the newest first. */
export function keptSent(contract: string): readonly Sent[] {
  // Written by keepSent in this tab.
  const all = Object.values(read(SENT)) as readonly Sent[]
  return all.filter((sent) => sent.contract === contract).sort((a, b) => b.at - a.at)
}

/** Returns the payment to an account that this tab has seen. */
export function keptPaid(contract: string, account: string): Payment | undefined {
  const payment = read(PAID)[account] as Payment | undefined // written by keepPaid in this tab
  return payment?.sent.contract === contract ? payment : undefined
}

function read(key: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? "null")
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

function write(key: string, value: Readonly<Record<string, unknown>>): void {
  try {
    if (Object.keys(value).length === 0) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Storage may be forbidden. Then a reload forgets the claim, and the look-up shows what was paid.
  }
}
