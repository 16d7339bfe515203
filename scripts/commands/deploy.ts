import type { Command } from "commander"
import type { NetworkConnection } from "hardhat/types/network"
import { deployAirdrop } from "../stages/deployment/deploy-with-ignition.ts"
import { chainText, explorerLink } from "../core/ethereum/chains.ts"
import {
  networkOverrides,
  namesSigner,
  assertProxy,
  assertFunds,
  assertFree,
  senderOf,
  type DeployOptions,
} from "../stages/deployment/deploy-checks.ts"
import { startEmbeddedChain } from "../dev/embedded/embedded-chain.ts"
import { SESSION } from "../core/session/contracts.ts"
import { verifyDeployment } from "../stages/verification/verify-deployment.ts"
import { verifySource } from "../stages/deployment/verify-source.ts"
import { parseAddress, toChecksum, type Address } from "../core/primitives/address.ts"
import { deploymentCall } from "../core/ethereum/create2.ts"
import { ZERO_SALT } from "../core/ethereum/create2.ts"
import { AirdropError } from "../core/primitives/error.ts"
import { amountOf } from "../core/merkle/leaf-list.ts"
import { requireDeployment, writeDeployment, type Deployment } from "../stages/deployment/deployment-file.ts"
import { readOwnerRecord } from "../stages/deployment/record-owner.ts"
import { openRpc, rpcUrl } from "../io/rpc/endpoints.ts"
import { NodeProvider } from "../io/rpc/provider.ts"
import { readToken } from "../stages/program/read-token.ts"
import { shownPath } from "../io/disk/paths.ts"
import { argument, wholeNumber } from "../io/terminal/options.ts"
import type { Output } from "../io/terminal/output.ts"
import { loadContext, type ProgramContext } from "../stages/deployment/deployment-context.ts"
import { assertFit } from "../stages/multisig/context.ts"

/** Deploys from a key, where there is no Safe. `propose` has a Safe deploy. */
export function define(command: Command, out: () => Output): void {
  command
    .argument("<program>", "a folder of programs/, or the path of one")
    .option(
      "--rpc <url>",
      "node of the program's chain (default: the chain's variable, such as BASE_RPC_URL)",
    )
    .option(
      "--key <name>",
      "variable of the environment or Hardhat's keystore that holds the key (default: the chain's, such as BASE_PRIVATE_KEY)",
    )
    .option("--account <address>", "an account that the node signs for", argument(parseAddress))
    .option(
      "--ledger <address>",
      "an account of a Ledger; needs its plugin (docs/proposals.md)",
      argument(parseAddress),
    )
    .option("--no-fund", "create the contract only, without paying the tokens in")
    .option("--confirmations <number>", "blocks to wait for (default: as usual on the chain)", wholeNumber)
    .option("--yes", "send; without it the plan is shown and nothing is sent")
    .option("--verify", "publish the sources of what is deployed, at the chain's explorers and Sourcify")
    .action(async (program: string, options: DeployOptions) => {
      const context = await loadContext(program)
      if (options.verify === true) await publishSources(context, options, out())
      else if (options.rpc === undefined && options.yes !== true && !namesSigner(options))
        await rehearse(context, options, out())
      else await deploy(context, options, out())
    })
}

/** Deploys on an embedded chain of its own, funded for the purpose, and verifies; nothing is left of it. */
async function rehearse(context: ProgramContext, options: DeployOptions, out: Output): Promise<void> {
  await assertFit(context, out)
  if (context.program.token.address !== SESSION.token) {
    throw new AirdropError(
      `the embedded chain has no token at ${toChecksum(context.program.token.address)}`,
      { code: "not-ready" },
    )
  }
  const chain = await startEmbeddedChain()
  try {
    const [signer] = chain.signers
    if (signer === undefined)
      throw new AirdropError("the embedded chain has no signer", { code: "not-ready" })
    const sender = parseAddress(signer.address)
    if (options.fund) await chain.fund(sender, context.funding)
    const deployment = await execute(chain.connection, context, options, sender, 1)
    await report(chain.connection, context, deployment, options, out)
    out.line("This was a rehearsal on the embedded chain: nothing was deployed on a real chain.")
  } finally {
    await chain.close()
  }
}

async function deploy(context: ProgramContext, options: DeployOptions, out: Output): Promise<void> {
  await assertFit(context, out)
  const { chainId, chain } = context.program
  const override = await networkOverrides(chain, options)
  const url = await rpcUrl(chainId, options.rpc)
  const rpc = await openRpc(chainId, url)
  const { default: hre } = await import("hardhat")
  const connection = await hre.network.create({ network: chain.network, override: { ...override, url } })
  try {
    await assertProxy(connection, context, rpc.host)
    await readToken(new NodeProvider(rpc, chainId), context.program.token.address, chain)
    const sender = await senderOf(connection, options)
    await assertFree(connection, context)
    await assertFunds(connection, context, options, sender)
    const plan = `${toChecksum(sender)} would create ${toChecksum(context.airdrop)} on ${chainText(chain)}`
    if (options.yes !== true) {
      throw new AirdropError(`nothing is sent yet: ${plan}`, {
        code: "unresolved",
        hint: "Give --yes to send.",
      })
    }
    const confirmations = options.confirmations ?? chain.confirmations
    const deployment = await execute(connection, context, options, sender, confirmations)
    await writeDeployment(context.folder, deployment, context.program.token.decimals)
    await report(connection, context, deployment, options, out)
    out.line(`recorded in ${shownPath(context.folder)}/deployment.json`)
  } finally {
    await connection.close()
  }
}

async function execute(
  connection: NetworkConnection,
  context: ProgramContext,
  options: DeployOptions,
  sender: Address,
  confirmations: number,
): Promise<Deployment> {
  const { program, name, airdrop, automatic } = context
  const creation = await deployAirdrop(
    connection,
    {
      id: `${name}-${program.chainId}-${airdrop.slice(2, 10)}`,
      creation: deploymentCall(context.initCode),
      airdrop,
      token: program.token.address,
      funding: options.fund ? context.funding : undefined,
    },
    confirmations,
    sender,
  )
  return {
    chainId: program.chainId,
    address: airdrop,
    automaticRoot: automatic.root,
    parameters: context.parameters,
    salt: ZERO_SALT,
    deployedBy: "key",
    ...creation,
    ownerHistory: [await readOwnerRecord(connection.ethers.provider, airdrop, "deployment")],
  }
}

/** Compares the deployed contract with the program and prints the result. */
async function report(
  connection: NetworkConnection,
  context: ProgramContext,
  deployment: Deployment,
  { fund }: DeployOptions,
  out: Output,
): Promise<void> {
  const { list } = context.automatic
  const checks = await verifyDeployment(connection.ethers.provider, {
    ...deployment,
    token: context.program.token,
    amounts: Array.from({ length: list.count }, (_, row) => amountOf(list, row)),
    proofsURI: undefined,
  })
  const wanted = fund ? checks : checks.filter(({ subject }) => subject !== "funding")
  out.line(`${context.name}: MerkleAirdrop is deployed at ${toChecksum(deployment.address)}`)
  const link = explorerLink(context.program.chain, deployment.address)
  if (link !== undefined) out.line(`  ${link}`)
  for (const { subject, ok, finding } of wanted)
    out.line(`  ${ok ? "ok   " : "WRONG"} ${subject}: ${finding}`, ok ? "good" : "bad")
  out.json({ program: context.name, deployment, checks: wanted })
  if (wanted.some(({ ok }) => !ok))
    throw new AirdropError("the deployed contract is not the program's", { code: "mismatch" })
}

async function publishSources(context: ProgramContext, { rpc }: DeployOptions, out: Output): Promise<void> {
  const deployment = await requireDeployment(context.folder)
  const results = await verifySource(deployment, context.program.chain, rpc)
  for (const { explorer, ok, message } of results)
    out.line(`${ok ? "ok    " : "FAILED"} ${explorer}: ${message}`, ok ? "good" : "bad")
  out.json({ program: context.name, address: deployment.address, results })
  const failed = results.filter(({ ok }) => !ok).map(({ explorer }) => explorer)
  if (failed.length > 0)
    throw new AirdropError(`the sources are not published at ${failed.join(", ")}`, { code: "tool-failed" })
}
