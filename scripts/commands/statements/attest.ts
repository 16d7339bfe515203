/** `attest P`: recomputes everything and signs that the root follows from the inputs. */
import type { Command } from "commander"
import { messageDigests } from "../../core/ethereum/digests.ts"
import { parseAddress, toChecksum, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { tokenAmount } from "../../core/primitives/token.ts"
import {
  ATTESTATIONS_FILE,
  attestationMessage,
  judgeAttestations,
  type AttestationEntry,
  type AttestedResult,
} from "../../core/statements/attestation.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { proofsFolder } from "../../io/project/folders.ts"
import { packageVersion } from "../../io/project/version.ts"
import { connect, withNode } from "../../io/rpc/provider.ts"
import type { Output } from "../../io/terminal/output.ts"
import { fileProgress } from "../../io/terminal/progress.ts"
import { addSignerOptions, checkSignerOptions, type SignerOptions } from "../../io/terminal/signer-options.ts"
import { openKey, openSigner } from "../../io/transactions/signers.ts"
import { loadProgram, type LoadedProgram } from "../../stages/program/load-program.ts"
import { addAttestation } from "../../stages/statements/attestation-file.ts"
import { refuseUnverified } from "../../stages/verification/require-verified.ts"
import { attestedResults } from "../../stages/verification/verify-attestations.ts"

interface Options extends SignerOptions {
  readonly reserve?: boolean
  readonly revoke?: boolean
  readonly rpc?: string
}

export function define(command: Command, out: () => Output): void {
  addSignerOptions(
    command
      .argument("<program>", "name of a folder of programs/, or the path of one")
      .option("--reserve", "attest the reserve's root instead of the automatic tranche's")
      .option("--revoke", "take back the attestation of the root")
      .option("--rpc <url>", "node for --account; a key needs none"),
  ).action(async (name: string, options: Options) => {
    checkSignerOptions(options)
    const loaded = await loadProgram(name)
    await withNode(async () => {
      await runAttest(loaded, options, out())
    })
  })
}

async function runAttest(loaded: LoadedProgram, options: Options, out: Output): Promise<void> {
  const { folder, program } = loaded
  const published = proofsFolder(folder)
  const recomputed = await refuseUnverified(loaded, published, fileProgress(out, "verified"))
  const results = await attestedResults(loaded, recomputed)
  const tranche = options.reserve === true ? "reserve" : "automatic"
  const result = results.find((one) => one.tranche === tranche)
  if (result === undefined)
    throw new AirdropError(`the ${tranche} tranche has no root yet`, {
      code: "not-ready",
      hint: `./airdrop ${tranche === "reserve" ? `grants ${loaded.name} build` : `build ${loaded.name}`} makes it.`,
    })
  const signer =
    options.key === undefined
      ? await openSigner(options, await connect(options.rpc, program.chainId))
      : await openKey(options.key)
  const attester = parseAddress(await signer.getAddress())
  requireAttester(loaded, attester)
  const unsigned = unsignedEntry(result, options.revoke === true)
  const { domain, types, message } = attestationMessage(unsigned)
  const digests = messageDigests(domain, types, message)
  out.line("To compare with the wallet:")
  out.line(`  domain hash    ${digests.domain}`)
  out.line(`  message hash   ${digests.message}`)
  out.line(`  digest         ${digests.digest}`)
  const signature = await signer.signTypedData(domain, types, message)
  const entry: AttestationEntry = { ...unsigned, attester, signature }
  await addAttestation({ program: folder, published }, entry, (entries) => {
    const { faults } = judgeAttestations(entries, program.attestation?.attesters ?? [], results, tranche)
    const own = faults.find(({ line }) => line === entries.length)
    if (own !== undefined) throw new AirdropError(own.text, { code: "refused" })
  })
  const what = entry.kind === "revocation" ? "Revoked" : "Attested"
  out.line(`${what}: root ${result.root}, ${tokenAmount(result.total, program.token)}, ${tranche}`)
  out.line(`  by       ${toChecksum(attester)}`)
  out.line(`  written  ${shownPath(folder)}/${ATTESTATIONS_FILE}, and copied into ${shownPath(published)}`)
  out.json({
    kind: entry.kind,
    tranche,
    root: result.root,
    total: result.total,
    attester: toChecksum(attester),
  })
}

function unsignedEntry(
  result: AttestedResult,
  isRevoked: boolean,
): Parameters<typeof attestationMessage>[0] & { readonly kind: AttestationEntry["kind"] } {
  const { program, chainId, root } = result
  return isRevoked
    ? { kind: "revocation", program, chainId, root }
    : { kind: "attestation", ...result, version: packageVersion() }
}

function requireAttester({ name, program }: LoadedProgram, attester: Address): void {
  const attesters = program.attestation?.attesters ?? []
  if (attesters.some(({ address }) => address === attester)) return
  throw new AirdropError(`${toChecksum(attester)} is no attester of ${name}`, {
    code: "refused",
    hint: 'The operators name attesters in program.json: "attestation": {"attesters": [{"name": …, "address": …}]}.',
  })
}
