/**
 * Measures the cost of a snapshot for a provider and its user: requests, bytes and seconds, plain and with evidence.
 */
import type { Command } from "commander"
import { captureEvidence } from "../scripts/stages/snapshot/capture-evidence.ts"
import { serveEmbeddedChain } from "../scripts/dev/embedded/embedded-chain.ts"
import { madeUpNetwork } from "../scripts/dev/rigs/made-up-network.ts"
import { findBlock } from "../scripts/io/rpc/find-block.ts"
import { NO_JOURNAL } from "../scripts/io/rpc/journal.ts"
import { pinTo } from "../scripts/io/rpc/pinned-reader.ts"
import { SESSION } from "../scripts/core/session/contracts.ts"
import { readNodes } from "../scripts/stages/snapshot/read-nodes.ts"
import { createRpc, type RpcStats } from "../scripts/io/rpc/client.ts"
import { takeSnapshot } from "../scripts/stages/snapshot/take-snapshot.ts"
import { verifySnapshotEvidence } from "../scripts/core/evidence/verify-evidence.ts"
import { packEvidence, unpackEvidence } from "../scripts/stages/snapshot/evidence-file.ts"
import { wholeNumber } from "../scripts/io/terminal/options.ts"
import { printText, type Output } from "../scripts/io/terminal/output.ts"
import { keepFigures, machine } from "./support.ts"
import { readingOf } from "../scripts/core/readers/reader.ts"
import { sessionStaking } from "../scripts/core/readers/session-staking.ts"

const SIZES = [1500, 6000]

interface Row {
  readonly nodes: number
  readonly accounts: number
  readonly what: "nodes alone" | "snapshot" | "with evidence"
  readonly requests: number
  readonly calls: number
  readonly megabytes: number
  readonly seconds: number
}

interface Result {
  readonly rows: readonly Row[]
  readonly proofMegabytes: number
  readonly verifySeconds: number
}

export function define(command: Command, out: () => Output): void {
  command
    .description(
      "requests, bytes and seconds of a snapshot, on the embedded chain with its allowance of 50M gas a call",
    )
    .option("--nodes <number>", "one size instead of 1,500 and 6,000", wholeNumber)
    .option("--record", "keep the figures in bench/snapshot.json and .txt")
    .action(async ({ nodes, record }: { readonly nodes?: number; readonly record?: true }) => {
      const output = out()
      const where = machine()
      const results: Result[] = []
      for (const size of nodes === undefined ? SIZES : [nodes]) results.push(await measure(size))
      const figures = { sizes: results, machine: where }
      const table = [...results.map(tableOf), where].join("\n\n")
      if (record === true) await keepFigures("snapshot", figures, table)
      printText(output, table)
      output.json(figures)
    })
}

async function measure(size: number): Promise<Result> {
  const { network, recipients } = madeUpNetwork(size)
  const { chain, url, close } = await serveEmbeddedChain({ network })
  await chain.mine()
  const rows: Row[] = []
  const rpc = createRpc(url)
  const block = await findBlock(rpc, { block: network.block.number }, { chainId: 42161 })
  const reader = pinTo(rpc, block, NO_JOURNAL)
  let accounts = 0
  const timed = async <T>(what: Row["what"], work: () => Promise<T>): Promise<T> => {
    const before: RpcStats = { ...rpc.stats }
    const start = performance.now()
    const result = await work()
    rows.push({
      nodes: size,
      accounts,
      what,
      requests: rpc.stats.requests - before.requests,
      calls: rpc.stats.calls - before.calls,
      megabytes: (rpc.stats.bytesReceived - before.bytesReceived) / 1e6,
      seconds: (performance.now() - start) / 1000,
    })
    return result
  }
  await timed("nodes alone", async () => await readNodes(reader, SESSION.rewards))
  const request = {
    chainId: 42161,
    token: SESSION.token,
    readings: [readingOf(sessionStaking, { stakingContract: SESSION.rewards, reviewed: undefined })],
    accounts: recipients,
  }
  accounts = (await takeSnapshot(reader, request)).accounts.size
  const snapshot = await timed("snapshot", async () => await takeSnapshot(reader, request))
  const evidence = await timed("with evidence", async () => {
    const again = await takeSnapshot(reader, request)
    return (await captureEvidence(reader, again, recipients)).evidence
  })
  await close()
  const packed = packEvidence(evidence)
  const start = performance.now()
  await verifySnapshotEvidence(snapshot, unpackEvidence(packed, "evidence"), { listed: recipients })
  return { rows, proofMegabytes: packed.length / 1e6, verifySeconds: (performance.now() - start) / 1000 }
}

function tableOf({ rows, proofMegabytes, verifySeconds }: Result): string {
  const cells = (values: readonly string[]): string =>
    values.map((value, i) => (i === 0 ? value.padEnd(15) : value.padStart(11))).join("")
  return [
    `${rows[0]?.nodes ?? 0} nodes, ${rows.at(-1)?.accounts ?? 0} accounts`,
    `  ${cells(["", "requests", "calls", "MB in", "seconds"])}`,
    ...rows.map(
      ({ what, requests, calls, megabytes, seconds }) =>
        `  ${cells([what, requests.toString(), calls.toString(), megabytes.toFixed(2), seconds.toFixed(2)])}`,
    ),
    `  evidence: ${proofMegabytes.toFixed(2)} MB, verified offline in ${verifySeconds.toFixed(2)} s`,
  ].join("\n")
}
