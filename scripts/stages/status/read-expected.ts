import type { Expected } from "../../core/status/status.ts"
import { toHex } from "../../core/primitives/bytes.ts"
import { amountOf, totalOf } from "../../core/merkle/leaf-list.ts"
import { ledgerPath, readLedger } from "../reserve/ledger-file.ts"
import { readLeaves } from "../publication/read-leaves.ts"
import type { Address } from "../../core/primitives/address.ts"
import type { Grant } from "../../core/reserve/ledger.ts"
import { cidOf } from "../multisig/proofs-uri.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { publicationCid } from "../publication/car.ts"
import { airdropAddresses } from "../deployment/expected-address.ts"
import { publicationOfReserve } from "../reserve/make-reserve.ts"
import { readTranche } from "../publication/read-tranche.ts"

/**
 * Reads from a program's files what the chain should show: the allocation, the ledger, and the published reserve.
 * @throws AirdropError that names the file
 */
export async function readExpected(loaded: LoadedProgram): Promise<Expected> {
  const { folder, program } = loaded
  const leaves = await readLeaves(loaded)
  const { ledger } = await readLedger(ledgerPath(folder), program.token.decimals)
  const published = await readTranche(folder, program, "reserve")
  const reserveRoots = new Map(ledger.roots.map(({ root, total }) => [root as string, total]))
  if (published !== undefined) reserveRoots.set(published.root, published.total)
  const automaticRoot = toHex(leaves.tree.root)
  const hasLedger = ledger.grants.length > 0
  return {
    automaticRoot,
    recipients: leaves.list.count,
    automatic: totalOf(leaves.list),
    amountOf: (index) => amountOf(leaves.list, index),
    reserveRoots,
    granted: hasLedger ? ledger.total : published?.total,
    grantedTo: hasLedger ? grantedTo(ledger.grants) : undefined,
    cidOf: async (root) => {
      if (published?.root === root) return await cidOf(published)
      const automatic = await readTranche(folder, program, "automatic")
      if (automatic?.root === root) return await cidOf(automatic)
      // What was published for an earlier root of the ledger follows from the ledger alone.
      const granted = ledger.cumulativeAt(root)
      if (granted === undefined) return undefined
      const [contract] = await airdropAddresses(loaded, automaticRoot, leaves.list.count)
      return await publicationCid(publicationOfReserve(loaded, granted, contract))
    },
  }
}

/** Adds up all grants by account. A revoked grant counts, because it may have been paid before it was revoked. */
function grantedTo(grants: readonly Grant[]): ReadonlyMap<Address, bigint> {
  const sums = new Map<Address, bigint>()
  for (const { account, amount } of grants) sums.set(account, (sums.get(account) ?? 0n) + amount)
  return sums
}
