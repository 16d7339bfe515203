/** The one table of the chains that are known by name. program.json describes any other EVM chain under "chain". */
import { humanAmount } from "../primitives/amount.ts"
import { toChecksum, type Address } from "../primitives/address.ts"

export interface Chain {
  readonly id: number
  /** The prefix of addresses on the chain (EIP-3770). */
  readonly shortName: string
  readonly name: string
  /** The name of the network in Hardhat's settings. */
  readonly network: string
  /** The variable, of the environment or of Hardhat's keystore, that holds the URL of a node. */
  readonly rpcVariable: string
  /** The variable that holds the key of the account that deploys. */
  readonly keyVariable: string
  /** The symbol of the native currency. */
  readonly currency: string
  /** The URL of a block explorer, without a slash at its end; undefined if none is known. */
  readonly explorer: string | undefined
  /** Public nodes that a claim page may ask without a key. */
  readonly rpcUrls: readonly string[]
  /** The first block whose state can be read. */
  readonly firstBlock: number
  /** Blocks to wait for after a deployment. */
  readonly confirmations: number
  /** The most gas that one transaction may have. */
  readonly transactionGas: bigint
  /** True if the chain charges for the compressed bytes of a transaction, which it posts on Ethereum. */
  readonly isArbitrum: boolean
  /** True if the chain charges for data on Ethereum apart from gas, as the OP Stack and Scroll do. */
  readonly hasDataFee: boolean
  /** The contract on Ethereum that keeps its confirmed blocks; undefined for a chain without one. */
  readonly anchor: OutboxPlace | undefined
  /** The reason why no program can be on this chain; undefined if it is supported. */
  readonly unsupported: string | undefined
}

/** An Outbox of Arbitrum. */
export interface OutboxPlace {
  /** The chain that the Outbox is on. */
  readonly chainId: number
  readonly outbox: Address
}

/** The facts about a chain that program.json may give. They are used in place of the table's. */
export interface ChainTerms {
  readonly name?: string | undefined
  readonly explorer?: string | undefined
  readonly currency?: string | undefined
  readonly rpcs?: readonly string[] | undefined
}

export const ARBITRUM_ONE = 42161

/** The first block of Arbitrum One that is Nitro. Reading the state of older blocks needs other software. */
export const FIRST_NITRO_BLOCK = 22_207_817

/** Blocks to wait for after a deployment on a chain that is not in the table. */
export const USUAL_CONFIRMATIONS = 5

/** The cap of EIP-7825, also used for a chain that is not in the table: no chain with a lower cap is known. */
export const USUAL_TRANSACTION_GAS = 16_777_216n

/** Arbitrum's cap since ArbOS 51, which does not count the gas that pays for data on L1. */
const ARBITRUM_TRANSACTION_GAS = 32_000_000n

const ERA_VM =
  "it runs contracts of its own bytecode, so the published creation code has another address there and cannot be compared"

function chain(
  row: Pick<Chain, "id" | "shortName" | "name" | "network" | "explorer" | "rpcUrls"> &
    Partial<
      Pick<
        Chain,
        | "currency"
        | "firstBlock"
        | "confirmations"
        | "transactionGas"
        | "isArbitrum"
        | "hasDataFee"
        | "unsupported"
        | "anchor"
      >
    > & {
      readonly variable: string
    },
): Chain {
  const { variable, ...rest } = row
  return {
    currency: "ETH",
    firstBlock: 0,
    confirmations: USUAL_CONFIRMATIONS,
    transactionGas: USUAL_TRANSACTION_GAS,
    isArbitrum: false,
    hasDataFee: false,
    anchor: undefined,
    unsupported: undefined,
    rpcVariable: `${variable}_RPC_URL`,
    keyVariable: `${variable}_PRIVATE_KEY`,
    ...rest,
  }
}

export const CHAINS: readonly Chain[] = [
  chain({
    id: ARBITRUM_ONE,
    shortName: "arb1",
    name: "Arbitrum One",
    network: "arbitrumOne",
    variable: "ARBITRUM",
    explorer: "https://arbiscan.io",
    rpcUrls: ["https://arb1.arbitrum.io/rpc", "https://arbitrum-one-rpc.publicnode.com"],
    firstBlock: FIRST_NITRO_BLOCK,
    transactionGas: ARBITRUM_TRANSACTION_GAS,
    isArbitrum: true,
    anchor: { chainId: 1, outbox: "0x0b9857ae2d4a3dbe74ffe1d7df045bb7f96e4840" },
  }),
  chain({
    id: 421614,
    shortName: "arb-sep",
    name: "Arbitrum Sepolia",
    network: "arbitrumSepolia",
    variable: "ARBITRUM_SEPOLIA",
    explorer: "https://sepolia.arbiscan.io",
    rpcUrls: ["https://sepolia-rollup.arbitrum.io/rpc"],
    transactionGas: ARBITRUM_TRANSACTION_GAS,
    isArbitrum: true,
    anchor: { chainId: 11155111, outbox: "0x65f07c7d521164a4d5dac6eb8fac8da067a3b78f" },
  }),
  chain({
    id: 1,
    shortName: "eth",
    name: "Ethereum",
    network: "ethereum",
    variable: "ETHEREUM",
    explorer: "https://etherscan.io",
    rpcUrls: ["https://ethereum-rpc.publicnode.com", "https://eth.drpc.org"],
  }),
  chain({
    id: 11155111,
    shortName: "sep",
    name: "Sepolia",
    network: "sepolia",
    variable: "SEPOLIA",
    explorer: "https://sepolia.etherscan.io",
    rpcUrls: ["https://ethereum-sepolia-rpc.publicnode.com", "https://sepolia.drpc.org"],
  }),
  chain({
    id: 8453,
    shortName: "base",
    name: "Base",
    network: "base",
    variable: "BASE",
    explorer: "https://basescan.org",
    rpcUrls: ["https://mainnet.base.org", "https://base-rpc.publicnode.com"],
    hasDataFee: true,
  }),
  chain({
    id: 10,
    shortName: "oeth",
    name: "OP Mainnet",
    network: "optimism",
    variable: "OPTIMISM",
    explorer: "https://optimistic.etherscan.io",
    rpcUrls: ["https://mainnet.optimism.io", "https://optimism-rpc.publicnode.com"],
    hasDataFee: true,
  }),
  chain({
    id: 137,
    shortName: "matic",
    name: "Polygon",
    network: "polygon",
    variable: "POLYGON",
    currency: "POL",
    explorer: "https://polygonscan.com",
    rpcUrls: ["https://polygon-bor-rpc.publicnode.com", "https://polygon.drpc.org"],
  }),
  chain({
    id: 100,
    shortName: "gno",
    name: "Gnosis",
    network: "gnosis",
    variable: "GNOSIS",
    currency: "xDAI",
    explorer: "https://gnosisscan.io",
    rpcUrls: ["https://rpc.gnosischain.com", "https://gnosis-rpc.publicnode.com"],
  }),
  chain({
    id: 56,
    shortName: "bnb",
    name: "BNB Smart Chain",
    network: "bnb",
    variable: "BNB",
    currency: "BNB",
    explorer: "https://bscscan.com",
    rpcUrls: ["https://bsc-dataseed.bnbchain.org", "https://bsc-rpc.publicnode.com"],
    confirmations: 15,
  }),
  chain({
    id: 43114,
    shortName: "avax",
    name: "Avalanche C-Chain",
    network: "avalanche",
    variable: "AVALANCHE",
    currency: "AVAX",
    explorer: "https://snowtrace.io",
    rpcUrls: ["https://api.avax.network/ext/bc/C/rpc", "https://avalanche-c-chain-rpc.publicnode.com"],
  }),
  chain({
    id: 59144,
    shortName: "linea",
    name: "Linea",
    network: "linea",
    variable: "LINEA",
    explorer: "https://lineascan.build",
    rpcUrls: ["https://rpc.linea.build", "https://linea-rpc.publicnode.com"],
  }),
  chain({
    id: 534352,
    shortName: "scr",
    name: "Scroll",
    network: "scroll",
    variable: "SCROLL",
    explorer: "https://scrollscan.com",
    rpcUrls: ["https://rpc.scroll.io", "https://scroll-rpc.publicnode.com"],
    hasDataFee: true,
  }),
  chain({
    id: 324,
    shortName: "zksync",
    name: "ZKsync Era",
    network: "zksync",
    variable: "ZKSYNC",
    explorer: "https://explorer.zksync.io",
    rpcUrls: ["https://mainnet.era.zksync.io"],
    unsupported: ERA_VM,
  }),
  chain({
    id: 300,
    shortName: "zksync-sepolia",
    name: "ZKsync Sepolia",
    network: "zksyncSepolia",
    variable: "ZKSYNC_SEPOLIA",
    explorer: "https://sepolia.explorer.zksync.io",
    rpcUrls: ["https://sepolia.era.zksync.dev"],
    unsupported: ERA_VM,
  }),
]

/** Returns the chain of an id, or undefined if it is not in the table. */
export function findChain(chainId: number): Chain | undefined {
  return CHAINS.find(({ id }) => id === chainId)
}

/** The network in Hardhat's settings for each chain that is not in the table. */
export const OTHER_NETWORK = "other"

/**
 * Returns the facts about a chain: those given, else the table's, else the usual ones.
 * @param given what program.json says under "chain"
 */
export function chainOf(chainId: number, given: ChainTerms = {}): Chain {
  const usual =
    findChain(chainId) ??
    chain({
      id: chainId,
      shortName: String(chainId),
      name: nameOf(chainId),
      network: OTHER_NETWORK,
      variable: `CHAIN_${chainId}`,
      explorer: undefined,
      rpcUrls: [],
    })
  return {
    ...usual,
    name: given.name ?? usual.name,
    currency: given.currency ?? usual.currency,
    explorer: given.explorer ?? usual.explorer,
    rpcUrls: given.rpcs ?? usual.rpcUrls,
  }
}

function nameOf(chainId: number): string {
  return `Chain ${chainId}`
}

/** Returns the explorer's page of an address; undefined if no explorer of the chain is known. */
export function explorerLink({ explorer }: Chain, address: Address): string | undefined {
  return explorer === undefined ? undefined : `${explorer}/address/${toChecksum(address)}`
}

/**
 * Returns the name of a chain with its id, such as "Base (8453)".
 * @param chain a chain, or the id of one; "8453" is returned for an id that is not in the table
 */
export function chainText(chain: number | Chain): string {
  if (typeof chain === "object")
    return chain.name === nameOf(chain.id) ? chain.name : `${chain.name} (${chain.id})`
  const known = findChain(chain)
  return known === undefined ? String(chain) : chainText(known)
}

/** Writes an amount of a chain's own currency with its symbol. */
export function nativeAmount(wei: bigint, { currency }: Chain): string {
  return `${humanAmount(wei, 18)} ${currency}`
}
