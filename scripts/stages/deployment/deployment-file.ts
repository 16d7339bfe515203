import { shownPath } from "../../io/disk/paths.ts"
import { readTextIfAny } from "../../io/disk/read-file.ts"
import { isoTime } from "../../core/primitives/time.ts"
import { join } from "node:path"
import { z } from "zod"
import { formatAmount, parseAmount } from "../../core/primitives/amount.ts"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import type { ConstructorParameters } from "../../core/contract/constructor-parameters.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { addressField, bigintField, hash32Field } from "../../core/primitives/fields.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import { readBySchema } from "../../core/files/by-schema.ts"
import { parseJsonText } from "../../core/files/parsed-json.ts"
import { writeFileAtomic } from "../../io/disk/atomic-write.ts"
import type { OwnerRecords } from "../../core/safe/owner-record.ts"
import { formatOwnerRecord, OWNER_RECORD, parseOwnerRecord } from "./owner-record-file.ts"

/** The record of a deployment: programs/P/deployment.json. */
export interface Deployment {
  readonly chainId: number
  readonly address: Address
  readonly automaticRoot: Hex
  readonly parameters: ConstructorParameters
  /** The salt of the deterministic deployment; absent where the contract was created by a plain transaction. */
  readonly salt: Hex | undefined
  readonly deployedBy: "safe" | "key"
  readonly transaction: Hex
  readonly block: number
  /** The owner when the deployment was recorded, then each owner that was recorded anew. */
  readonly ownerHistory: OwnerRecords
}

const FORMAT = "merkle-airdrop/deployment@1"

const FILE = z.strictObject({
  format: z.literal(FORMAT),
  chainId: z.int().positive(),
  address: addressField,
  deployedBy: z.enum(["safe", "key"]),
  transaction: hash32Field,
  block: z.int().nonnegative(),
  salt: hash32Field.optional(),
  tokenDecimals: z.int().min(0).max(36),
  parameters: z.strictObject({
    token: addressField,
    automaticRoot: hash32Field,
    leafCount: bigintField,
    reserveCap: z.string(),
    reserveDelay: bigintField,
    sweepTime: z.iso.datetime({ offset: false, precision: 0 }),
    owner: addressField,
    proofsURI: z.string(),
  }),
  ownerHistory: z.tuple([OWNER_RECORD], OWNER_RECORD),
})

/** Returns the path of a program's deployment record. */
export function deploymentPath(programFolder: string): string {
  return join(programFolder, "deployment.json")
}

/**
 * Reads a program's deployment record.
 * @returns undefined if the program has none yet
 * @throws AirdropError that names file and field if it is not as it should be
 */
export async function readDeployment(programFolder: string): Promise<Deployment | undefined> {
  const path = deploymentPath(programFolder)
  const text = await readTextIfAny(path)
  return text === undefined ? undefined : parseDeployment(text, path)
}

/** As {@link readDeployment}, and throws with a hint if there is no record. */
export async function requireDeployment(programFolder: string): Promise<Deployment> {
  const deployment = await readDeployment(programFolder)
  if (deployment !== undefined) return deployment
  throw new AirdropError(`${deploymentPath(programFolder)} does not exist: the program is not deployed`, {
    code: "not-ready",
    hint: "propose deploy (by a Safe) or deploy (by a key) comes first; verify --rpc records what a Safe has deployed.",
  })
}

/** Reads the text of a deployment record. */
export function parseDeployment(text: string, path: string): Deployment {
  const { parameters, tokenDecimals, ...file } = readBySchema(
    FILE,
    parseJsonText(text, shownPath(path)),
    shownPath(path),
  )
  const amount = (text: string): bigint => {
    try {
      return parseAmount(text, tokenDecimals)
    } catch (cause) {
      throw new AirdropError(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
        code: cause instanceof AirdropError ? cause.code : "invalid-amount",
        cause,
      })
    }
  }
  const [first, ...later] = file.ownerHistory
  return {
    chainId: file.chainId,
    address: file.address,
    automaticRoot: parameters.automaticRoot,
    parameters: {
      token: parameters.token,
      automaticRoot: parameters.automaticRoot,
      leafCount: parameters.leafCount,
      reserveCap: amount(parameters.reserveCap),
      reserveDelay: parameters.reserveDelay,
      sweepTime: BigInt(Date.parse(parameters.sweepTime)) / 1000n,
      owner: parameters.owner,
      proofsURI: parameters.proofsURI,
    },
    salt: file.salt,
    deployedBy: file.deployedBy,
    transaction: file.transaction,
    block: file.block,
    ownerHistory: [parseOwnerRecord(first), ...later.map(parseOwnerRecord)],
  }
}

/** Writes a program's deployment record; amounts in it have the token's decimals. */
export async function writeDeployment(
  programFolder: string,
  deployment: Deployment,
  tokenDecimals: number,
): Promise<void> {
  await writeFileAtomic(deploymentPath(programFolder), formatDeployment(deployment, tokenDecimals))
}

/** Writes a deployment record as text. */
export function formatDeployment(deployment: Deployment, tokenDecimals: number): string {
  const { parameters, ownerHistory } = deployment
  const [first, ...later] = ownerHistory
  const file: z.input<typeof FILE> = {
    format: FORMAT,
    chainId: deployment.chainId,
    address: toChecksum(deployment.address),
    deployedBy: deployment.deployedBy,
    transaction: deployment.transaction,
    block: deployment.block,
    ...(deployment.salt === undefined ? {} : { salt: deployment.salt }),
    tokenDecimals,
    parameters: {
      token: toChecksum(parameters.token),
      automaticRoot: parameters.automaticRoot,
      leafCount: parameters.leafCount.toString(),
      reserveCap: formatAmount(parameters.reserveCap, tokenDecimals),
      reserveDelay: parameters.reserveDelay.toString(),
      sweepTime: isoTime(parameters.sweepTime),
      owner: toChecksum(parameters.owner),
      proofsURI: parameters.proofsURI,
    },
    ownerHistory: [formatOwnerRecord(first), ...later.map(formatOwnerRecord)],
  }
  return `${JSON.stringify(file, undefined, 2)}\n`
}
