import { toChecksum, type Address } from "./address.ts"
import { AirdropError } from "./error.ts"

/**
 * Remembers the line of each account of a list, and refuses an account that comes again, in whatever casing.
 * @throws AirdropError that names the first line, from the returned function
 */
export function listedOnce(): {
  readonly add: (account: Address, line: number) => void
  readonly accounts: () => Address[]
} {
  const lines = new Map<Address, number>()
  return {
    add: (account, line) => {
      const first = lines.get(account)
      if (first !== undefined) throw new AirdropError(`${toChecksum(account)} is already on line ${first}`)
      lines.set(account, line)
    },
    accounts: () => [...lines.keys()],
  }
}
