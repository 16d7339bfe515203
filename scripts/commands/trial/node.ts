import type { Command } from "commander"
import { chainOf, chainText, nativeAmount, ARBITRUM_ONE } from "../../core/ethereum/chains.ts"
import { parseAddress, toChecksum } from "../../core/primitives/address.ts"
import { AirdropError, invariant } from "../../core/primitives/error.ts"
import { tokenAmount, type Token } from "../../core/primitives/token.ts"
import { SESSION } from "../../core/session/contracts.ts"
import { startEmbeddedChain, type EmbeddedChain } from "../../dev/embedded/embedded-chain.ts"
import { createSafe } from "../../io/safe/safe.ts"
import { between, port } from "../../io/terminal/options.ts"
import type { Output } from "../../io/terminal/output.ts"

interface Options {
  readonly chain: number
  readonly port: number
  readonly symbol?: string
  readonly decimals?: number
}

const DEFAULT_PORT = 8545
/** Accounts whose addresses are printed: one to pay for gas, and the owners of the Safe. */
const OWNERS = 3
const THRESHOLD = 2
const TOKENS_OF_SAFE = 10n ** 9n
const STAND_IN = parseAddress(`0x${"7e57".repeat(10)}`)

/** `node`: the embedded chain on loopback, with the Safe contracts, the deployment proxies, a token and a Safe. */
export function define(command: Command, out: () => Output): void {
  command
    .option("--chain <id>", "id of the chain", between(1, Number.MAX_SAFE_INTEGER), ARBITRUM_ONE)
    .option("--port <number>", "port to serve on, 0 for any that is free", port, DEFAULT_PORT)
    .option("--symbol <text>", "symbol of a test token (default: TEST; on Arbitrum One, SESH is there)")
    .option("--decimals <number>", "decimals of the test token (default: 18)", between(0, 36))
    .action(async (options: Options) => {
      await runNode(options, out())
    })
}

async function runNode(options: Options, out: Output): Promise<void> {
  const info = chainOf(options.chain)
  if (info.unsupported !== undefined) {
    throw new AirdropError(`${chainText(info)} is not supported: ${info.unsupported}`, { code: "refused" })
  }
  const token = tokenOf(options)
  const start = Math.floor(Date.now() / 1000)
  const chain = await startEmbeddedChain({
    chainId: options.chain,
    start,
    ...(token.address === SESSION.token ? {} : { token }),
  })
  try {
    const safe = await placeSafe(chain, token)
    const { url, close } = await chain.serve(options.port)
    const accounts = chain.signers.slice(0, 1 + OWNERS).map(({ address }) => address)
    const [payer = "", ...owners] = accounts
    out.line(`${chainText(info)} on this computer alone; it ends with this command, and nothing is kept.`)
    out.line(`  RPC       ${url} (Ctrl-C ends)`)
    out.line(
      `  payer     ${payer}, with ${nativeAmount(await chain.ethers.provider.getBalance(payer), info)}`,
    )
    owners.forEach((owner, i) => {
      out.line(`  owner ${i + 1}   ${owner}, with as much`)
    })
    out.line(`  Safe      ${toChecksum(safe.address)}, ${THRESHOLD} of these ${OWNERS} owners`)
    out.line(`  token     ${toChecksum(token.address)}: the Safe holds ${tokenAmount(safe.held, token)}`)
    out.line(
      "The node signs for these accounts: give --account ADDRESS. Their keys are public; send them nothing real.",
    )
    out.line("Start a program on it:")
    out.line(
      `  ./airdrop init my-program --from LIST.csv --rpc ${url} --token ${toChecksum(token.address)} --owner ${toChecksum(safe.address)}`,
    )
    out.json({ chainId: options.chain, url, payer, owners, threshold: THRESHOLD, safe: safe.address, token })
    await new Promise<void>((done) => process.once("SIGINT", done).once("SIGTERM", done))
    await close()
  } finally {
    await chain.close()
  }
}

function tokenOf({ chain, symbol, decimals }: Options): Token {
  if (chain === ARBITRUM_ONE && symbol === undefined && decimals === undefined) {
    return { address: SESSION.token, symbol: "SESH", decimals: 9 }
  }
  return { address: STAND_IN, symbol: symbol ?? "TEST", decimals: decimals ?? 18 }
}

async function placeSafe(
  chain: EmbeddedChain,
  token: Token,
): Promise<{ readonly address: ReturnType<typeof parseAddress>; readonly held: bigint }> {
  const [payer, ...others] = chain.signers
  invariant(payer, "the embedded chain has signers")
  const owners = others.slice(0, OWNERS).map(({ address }) => address)
  const address = await createSafe(payer, { owners, threshold: THRESHOLD })
  const held = TOKENS_OF_SAFE * 10n ** BigInt(token.decimals)
  await chain.fund(address, held)
  return { address, held }
}
