import type { Address } from "./address.ts"

/** Numbers addresses from zero up, in the order in which it meets them. */
export interface AddressTable {
  /** The number of an address; a new one if it is not known yet. */
  readonly add: (address: Address) => number
  /** The addresses in the order of their numbers. */
  readonly addresses: readonly Address[]
}

/**
 * A hash table for very many addresses, open, with linear probing. A Map of a million addresses takes several times
 * the memory, and half of what it takes is garbage each time that it grows. Hashes are kept beside, so that neither
 * growing nor probing has to visit addresses all over the memory.
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
 * Mixes all the digits: addresses are chosen by people, who like zeros at the front, and can make the digits at either
 * end what they want. Four digits at a time, as a multiplication has to wait for the one before it.
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
