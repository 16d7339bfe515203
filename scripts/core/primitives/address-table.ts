import type { Address } from "./address.ts"

/** Numbers addresses from zero up, in the order in which it meets them. */
export interface AddressTable {
  /** Returns the number of an address; adds it if it is new. */
  readonly add: (address: Address) => number
  /** The addresses in order of their numbers. */
  readonly addresses: readonly Address[]
}

/**
 * Creates a hash table for many addresses, open, with linear probing. A Map of a million addresses takes several
 * times the memory, half of it garbage each time that it grows. Hashes are stored in an array of their own, so
 * that growing and probing do not touch addresses all over the memory.
 */
export function addressTable(): AddressTable {
  const addresses: Address[] = []
  let hashes = new Int32Array(512)
  let slots = new Int32Array(1024).fill(-1)
  const freeSlot = (hash: number): number => {
    const mask = slots.length - 1
    let slot = hash & mask
    while (slots[slot] !== -1) slot = (slot + 1) & mask
    return slot
  }
  const grow = (): void => {
    const larger = new Int32Array(2 * hashes.length)
    larger.set(hashes)
    hashes = larger
    slots = new Int32Array(2 * slots.length).fill(-1)
    for (let number = 0; number < addresses.length; number++) slots[freeSlot(hashes[number] ?? 0)] = number
  }
  return {
    addresses,
    add: (address) => {
      const hash = hashOf(address)
      const mask = slots.length - 1
      for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
        const number = slots[slot] ?? -1
        if (number === -1) break
        if (hashes[number] === hash && addresses[number] === address) return number
      }
      if (addresses.length === hashes.length) grow()
      hashes[addresses.length] = hash
      slots[freeSlot(hash)] = addresses.length
      return addresses.push(address) - 1
    },
  }
}

/**
 * Mixes all digits of an address into a hash. People choose addresses, often with zeros at the front, so no part
 * of the digits is random enough. It takes four digits at a time, because each multiplication waits for the one
 * before it.
 */
function hashOf(address: Address): number {
  const code = (i: number): number => address.charCodeAt(i)
  let hash = 0
  for (let i = 2; i < address.length; i += 4) {
    const four = code(i) | (code(i + 1) << 8) | (code(i + 2) << 16) | (code(i + 3) << 24)
    hash = Math.imul(hash ^ four, 0x9e3779b1)
    hash ^= hash >>> 15
  }
  return hash
}
