import { requireOutput } from "../stages/program/output-file.ts"
import { isoTime } from "../core/primitives/time.ts"
import type { Command } from "commander"
import { readClaimStates } from "../stages/claim/claim-states.ts"
import { withNode } from "../io/rpc/provider.ts"
import { requireDue, requireOpen } from "../stages/claim/find-due.ts"
import { openProgram } from "../stages/deployment/open-airdrop.ts"
import { signClaims } from "../stages/claim/sign-claims.ts"
import { requireHead } from "../io/transactions/read-fees.ts"
import { openSigner } from "../io/transactions/signers.ts"
import { addSignerOptions, checkSignerOptions } from "../io/terminal/signer-options.ts"
import { parseAddress, toChecksum, ZERO_ADDRESS, type Address } from "../core/primitives/address.ts"
import { claimDigests } from "../core/claim/claim-digests.ts"
import { formatSignedClaim } from "../core/claim/signed-claim.ts"
import { runSignStatement, wantsStatement, type StatementOptions } from "./statements/sign-statement.ts"
import { shownPath } from "../io/disk/paths.ts"
import { loadProgram } from "../stages/program/load-program.ts"
import { writeFileAtomic } from "../io/disk/atomic-write.ts"
import { AirdropError } from "../core/primitives/error.ts"
import { filePath, argument, between } from "../io/terminal/options.ts"
import type { Output } from "../io/terminal/output.ts"

interface Options extends StatementOptions {
  readonly to?: Address
}

const DAY = 86_400n

/**
 * Defines `sign P ADDRESS`, which signs a claim that another account submits, for a recipient without gas. With `--link`,
 * `--redirect` or `--consent` it signs a statement for the operators, before the root is built.
 */
export function define(command: Command, out: () => Output): void {
  addSignerOptions(
    command
      .argument("<program>", "a folder of programs/, or the path of one")
      .argument("<address>", "the account that has the claim and signs")
      .option(
        "--rpc <url>",
        "node to read through (default: the URL in ARBITRUM_RPC_URL, or in the variable of the program's chain)",
      )
      .option(
        "--to <address>",
        "the account that is paid (default: the address itself)",
        argument(parseAddress),
      )
      .option(
        "--link <address>",
        "instead: sign that ADDRESS and this address belong to one person",
        argument(parseAddress),
      )
      .option(
        "--redirect <address>",
        "instead: sign that the amount of ADDRESS is to be paid to this address",
        argument(parseAddress),
      )
      .option("--consent <file>", "instead: sign the link in this file too, as its new address")
      .option("--plain", "with --link, --redirect or --consent: sign a text instead of typed data")
      .option("--days <number>", "how long the signature is valid", between(1, 9_999), 7)
      .option("--out <file>", "file to write (default: claim-0x….json in this folder)", filePath)
      .option("--force", "replace an existing file that this command did not write"),
  ).action(async (name: string, text: string, options: Options) => {
    checkSignerOptions(options)
    const account = parseAddress(text)
    const loaded = await loadProgram(name)
    if (wantsStatement(options)) {
      if (options.to !== undefined)
        throw new AirdropError("--to is of a claim; a statement names its address itself", { code: "usage" })
      await withNode(async () => {
        await runSignStatement(loaded, account, options, out())
      })
      return
    }
    if (options.plain === true)
      throw new AirdropError("--plain is of a statement, not of a claim", { code: "usage" })
    const { to = account } = options
    const path = options.out ?? `claim-${account}.json`
    await requireOutput(path, (start) => start.includes("merkle-airdrop/signed-claim@"), options)
    await withNode(async () => {
      const due = await requireDue(loaded, account)
      const { airdrop, address, provider } = await openProgram(loaded, options.rpc)
      if ([ZERO_ADDRESS, loaded.program.token.address, address].includes(to))
        throw new AirdropError(`${toChecksum(to)} cannot be paid: the contract rejects this recipient`, {
          code: "refused",
        })
      const states = await readClaimStates(airdrop, due)
      requireOpen(account, states)
      const { timestamp } = await requireHead(provider)
      const deadline = BigInt(timestamp) + BigInt(options.days) * DAY
      const signer = await openSigner(options, provider)
      const terms = { chainId: loaded.program.chainId, contract: address, to, deadline }
      const output = out()
      const digests = claimDigests(due, states, terms)
      for (const { tranche, digests: shown } of digests) {
        output.line(`To compare with the wallet, ${tranche} tranche:`)
        output.line(`  domain hash    ${shown.domain}`)
        output.line(`  message hash   ${shown.message}`)
        output.line(`  digest         ${shown.digest}`)
      }
      const signed = await signClaims(signer, due, states, terms)
      await writeFileAtomic(path, formatSignedClaim(signed))
      output.line(
        `Signed: any account that has ${shownPath(path)} can pay the claim of ${toChecksum(account)} to ${toChecksum(to)}`,
      )
      output.line(`  until   ${isoTime(deadline)}`)
      output.line(`  submit  ./airdrop claim ${name} --signed ${shownPath(path)} --key NAME --rpc URL`)
      output.json({ account: toChecksum(account), to: toChecksum(to), deadline, file: path, digests })
    })
  })
}
