/** Prepares the chain, Safe and program that the documents' variables name when their commands are run. */
import { spawn } from "node:child_process"
import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Contract, HDNodeWallet } from "ethers"
import { executeProposal, SAMPLE_STAGE, setStage, type Stage } from "../../scripts/dev/demo/stage.ts"
import { deploymentCall } from "../../scripts/core/ethereum/create2.ts"
import { loadContext } from "../../scripts/stages/deployment/deployment-context.ts"
import { SESSION } from "../../scripts/core/session/contracts.ts"
import { toChecksum } from "../../scripts/core/primitives/address.ts"
import { readRecipients } from "../../scripts/stages/program/recipients.ts"
import { loadProgram } from "../../scripts/stages/program/load-program.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { openStandIn } from "../fork/upstream.ts"
import type { DocCommands } from "./doc-commands.ts"

export interface DocStage {
  /** Runs one block. Throws with all that it printed if it fails. */
  run(commands: DocCommands): Promise<void>
  close(): Promise<void>
}

/** Hardhat's own phrase: the accounts of an embedded chain, and the people of the sample. */
const PHRASE = "test test test test test test test test test test test junk"
const DAY = 86_400
const BUILD = "./airdrop snapshot $P --rpc $RPC && ./airdrop allocate $P && ./airdrop build $P"
const TOKEN = ["function transfer(address, uint256) returns (bool)"]

export async function openDocStage(): Promise<DocStage> {
  const scratch = await mkdtemp(join(tmpdir(), "airdrop-docs-"))
  const folder = join(scratch, "program")
  const stage = await setStage({ ...SAMPLE_STAGE, folder })
  const first = await stage.chain.ethers.provider.getBlockNumber()
  const last = await payEverybody(stage, folder)
  await stage.chain.request("hardhat_mine", ["0x80", "0x1"])
  const environment = {
    ...process.env,
    ...variables(stage, folder),
    FIRST: String(first),
    LAST: String(last),
  }
  return {
    run: async ({ script, marks }) => {
      if (marks.some((mark) => mark.startsWith("stage="))) await runScript(BUILD, environment)
      const deployed = marks.includes("stage=deployed")
      if (deployed || marks.includes("stage=proposed")) {
        await deployByAnyone(stage, folder)
        await runScript("./airdrop propose $P deploy --rpc $RPC", environment)
      }
      if (deployed) {
        await signNewest(stage, folder)
        await runScript("./airdrop verify $P --rpc $RPC", environment)
      }
      if (marks.includes("before=delay")) await pass(stage, DAY)
      if (marks.includes("before=sweep-time")) await passUntil(stage, await sweepTime(folder))
      if (script.includes("$PROVIDER")) await runWithProvider(script, environment)
      else await runScript(script, environment)
      if (marks.includes("after=sign")) await signNewest(stage, folder)
    },
    close: async () => {
      await stage.close()
      await rm(scratch, { recursive: true, force: true })
    },
  }
}

/** Deploys the contract from any account. Its address does not depend on the deployer. */
async function deployByAnyone({ payer }: Stage, folder: string): Promise<void> {
  const { initCode } = await loadContext(folder)
  await (await payer.sendTransaction(deploymentCall(initCode))).wait()
}

/**
 * Returns the documents' variables. The sample's people are the accounts 2 to 16 of the phrase, and the Safe's owners
 * are the last three.
 */
function variables(stage: Stage, folder: string): Readonly<Record<string, string>> {
  const [distributor, recipient, signer, missed] = [0, 2, 3, 18].map(knownWallet)
  return {
    P: folder,
    BATCH: join(folder, "proposals", "0000-deploy.json"),
    OUT: join(folder, "page"),
    RPC: stage.url,
    SAFE: toChecksum(stage.safe),
    DISTRIBUTOR: distributor?.address ?? "",
    ADDRESS: recipient?.address ?? "",
    SIGNER: signer?.address ?? "",
    SIGNER_KEY: signer?.privateKey ?? "",
    MISSED: missed?.address ?? "",
    ELSEWHERE: HDNodeWallet.fromPhrase(PHRASE, undefined, "m/44'/60'/1'/0/0").address,
    AIRDROP_KEY: distributor?.privateKey ?? "",
    URI: "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",
  }
}

function knownWallet(index: number): HDNodeWallet {
  return HDNodeWallet.fromPhrase(PHRASE, undefined, `m/44'/60'/0'/0/${index}`)
}

/**
 * Pays earlier rewards, from which a list of recipients can be made.
 * @returns their last block
 */
async function payEverybody({ chain, payer }: Stage, folder: string): Promise<number> {
  const { accounts } = await readRecipients(join(folder, "recipients.csv"))
  await chain.fund(payer.address, BigInt(accounts.length))
  const token = new Contract(SESSION.token, TOKEN, payer)
  for (const account of accounts)
    await (await token.getFunction("transfer").send(toChecksum(account), 1n)).wait()
  return await chain.ethers.provider.getBlockNumber()
}

async function sweepTime(folder: string): Promise<number> {
  const { program } = await loadProgram(folder)
  return Math.ceil((program.contract.sweepTime?.getTime() ?? 0) / 1000)
}

async function pass({ chain }: Stage, seconds: number): Promise<void> {
  const latest = await chain.ethers.provider.getBlock("latest")
  await chain.mine((latest?.timestamp ?? 0) + seconds)
}

async function passUntil({ chain }: Stage, timestamp: number): Promise<void> {
  await chain.mine(timestamp)
}

/** Signs and executes the latest proposal with two of the Safe's owners. */
async function signNewest(stage: Stage, folder: string): Promise<void> {
  const proposals = join(folder, "proposals")
  const newest = (await readdir(proposals))
    .filter((name) => name.endsWith(".safe-tx.json"))
    .sort()
    .at(-1)
  if (newest === undefined) throw new Error("nothing was proposed")
  await executeProposal(stage, { files: { transaction: join(proposals, newest) } })
}

/** Runs a script with the stand-in served from here, so that it is requested as a real provider would be. */
async function runWithProvider(script: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const upstream = await openStandIn()
  try {
    const block = String(upstream.block)
    await runScript(script, { ...environment, PROVIDER: upstream.url, ARBITRUM_FORK_BLOCK: block })
  } finally {
    await upstream.close()
  }
}

async function runScript(script: string, environment: NodeJS.ProcessEnv): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const child = spawn("bash", ["-euo", "pipefail", "-c", script], { cwd: PROJECT_ROOT, env: environment })
    let text = ""
    const collect = (chunk: Buffer): void => {
      text += chunk.toString()
    }
    child.stdout.on("data", collect)
    child.stderr.on("data", collect)
    child.on("error", reject)
    child.on("close", (status) => {
      if (status === 0) resolve()
      else reject(new Error(`exit status ${status}:\n${script}\n${text}`))
    })
  })
}
