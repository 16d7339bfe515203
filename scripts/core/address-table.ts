import type { Address } from "./address.ts"

/** Gives each address that is new to it the next number, from zero up, and finds the number of one it knows. */
export interface AddressTable {
  /** The number of an address; a new one if it is not known yet. */
  readonly add: (address: Address) => number
  /** The number of an address, or -1. */
  readonly find: (address: Address) => number
  /** The addresses in the order of their numbers. */
  readonly addresses: readonly Address[]
}

/**
 * A hash table for very many addresses, open, with linear probing. A Map of a million addresses takes several times
 * the memory, and half of what it takes is garbage each time that it grows.
 */
export function addressTable(): AddressTable {
  const addresses: Address[] = []
  let slots = new Int32Array(1024).fill(-1)
  /** Where an address stands in the table, or the free slot where it would. */
  const slotOf = (address: Address): number => {
    const mask = slots.length - 1
    for (let slot = hashOf(address) & mask; ; slot = (slot + 1) & mask) {
      const number = slots[slot] ?? -1
      if (number === -1 || addresses[number] === address) return slot
    }
  }
  const grow = (): void => {
    slots = new Int32Array(2 * slots.length).fill(-1)
    addresses.forEach((address, number) => (slots[slotOf(address)] = number))
  }
  return {
    addresses,
    find: (address) => slots[slotOf(address)] ?? -1,
    add: (address) => {
      const slot = slotOf(address)
      const known = slots[slot] ?? -1
      if (known !== -1) return known
      slots[slot] = addresses.length
      addresses.push(address)
      if (2 * addresses.length > slots.length) grow()
      return addresses.length - 1
    },
  }
}

/**
 * Mixes all the digits: addresses are chosen by people, who like zeros at the front, and can make the digits at either
 * end what they want.
 */
function hashOf(address: Address): number {
  let hash = 0x811c9dc5
  for (let i = 2; i < address.length; i++) hash = Math.imul(hash ^ address.charCodeAt(i), 0x01000193)
  return hash ^ (hash >>> 15)
}
