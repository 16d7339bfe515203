import { expect } from "chai"
import { BaseContract, keccak256 } from "ethers"
import { mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { VerbModule } from "../../../scripts/cli/verbs.ts"
import * as allocate from "../../../scripts/commands/allocate.ts"
import * as build from "../../../scripts/commands/build.ts"
import * as init from "../../../scripts/commands/init.ts"
import * as explain from "../../../scripts/commands/explain.ts"
import * as snapshot from "../../../scripts/commands/snapshot.ts"
import * as verify from "../../../scripts/commands/verify.ts"
import { IMPLEMENTATION_SLOT } from "../../../scripts/core/ethereum/proxy.ts"
import { parseAddress, toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import { wordHex } from "../../../scripts/core/primitives/words.ts"
import { erc20Balances, type TokenBalances } from "../../../scripts/core/readers/erc20-balances.ts"
import { sectionOf } from "../../../scripts/core/snapshot/snapshot.ts"
import { startEmbeddedChain, type EmbeddedChain } from "../../../scripts/dev/embedded/embedded-chain.ts"
import { REPLICAS } from "../../../scripts/dev/embedded/load-accounts.ts"
import type { ServedChain } from "../../../scripts/dev/embedded/serve.ts"
import { shownPath } from "../../../scripts/io/disk/paths.ts"
import { artifactOf } from "../../../scripts/io/project/artifacts.ts"
import { createSafe } from "../../../scripts/io/safe/safe.ts"
import { readSnapshot } from "../../../scripts/stages/snapshot/snapshot-file.ts"
import { expectError } from "../../support/errors.ts"
import { address } from "../../support/made-up.ts"
import { startPythonVerifier, type PythonVerdict } from "../../support/python-verifier.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"
import { inScratch } from "../../support/scratch.ts"

const BASE = 8453
const TOKEN = { address: address(70), symbol: "PAID", decimals: 18 }
const HOLDERS = [11, 12, 13, 14].map(address)
const [ANN, BOB, CID, DAN] = HOLDERS as [Address, Address, Address, Address]
const UNIT = 10n ** 6n
const VAULT = address(80)
const MULTISEND: Address = "0x9641d764fc13c8b624c04430c7356c1c7c8102e2"

/** A program on Base that shares by the balances of another token than it pays, and what happens to its snapshot. */
describe("a program that shares by balances", function () {
  this.timeout(120_000)
  let chain: EmbeddedChain
  let served: ServedChain
  let safe: Address
  let held: BaseContract
  let vault: BaseContract
  /** The block after all minting. */
  let block: number
  /** The block in which bob received his tokens from ann, after the first two mints. */
  let later: number
  const python = startPythonVerifier()

  const deploy = async (name: string, ...args: readonly unknown[]): Promise<BaseContract> => {
    const { abi, bytecode } = await artifactOf(name, `${REPLICAS}/${name}.sol`)
    const factory = new chain.ethers.ContractFactory(abi, bytecode, chain.signers[0])
    const deployed = await factory.deploy(...args)
    await deployed.waitForDeployment()
    return deployed
  }
  const addressOf = async (contract: BaseContract): Promise<Address> =>
    parseAddress(await contract.getAddress())
  const send = async (contract: BaseContract, method: string, ...args: readonly unknown[]): Promise<void> => {
    const sent = (await contract.getFunction(method)(...args)) as { wait: () => Promise<unknown> }
    await sent.wait()
  }

  before(async () => {
    chain = await startEmbeddedChain({ chainId: BASE, token: TOKEN })
    served = await chain.serve()
    const [payer] = chain.signers
    if (payer === undefined) throw new Error("the chain has signers")
    safe = await createSafe(payer, { owners: [payer.address], threshold: 1 })
    held = await deploy("StandInToken", `0x${Buffer.from("HELD").toString("hex").padEnd(64, "0")}`, 6)
    await send(held, "mint", ANN, 700n * UNIT)
    await send(held, "mint", safe, 200n * UNIT)
    await chain.mine()
    later = await chain.ethers.provider.getBlockNumber()
    const ann = await chain.impersonate(ANN)
    await send(held.connect(ann), "transfer", BOB, 100n * UNIT)
    // A vault behind a proxy, whose shares are worth 1.5 of its asset each.
    const implementation = await deploy("StandInVault", await addressOf(held))
    const { deployedBytecode } = await artifactOf("Proxy", `${REPLICAS}/Proxy.sol`)
    await chain.setCode(VAULT, deployedBytecode)
    const slot = [VAULT, wordHex(IMPLEMENTATION_SLOT), wordHex(BigInt(await addressOf(implementation)))]
    await chain.request("hardhat_setStorageAt", slot)
    vault = new BaseContract(VAULT, implementation.interface, ann)
    const shares = 200n * UNIT
    await send(held.connect(ann), "approve", await addressOf(vault), shares)
    await send(vault, "deposit", shares, CID)
    await send(held.connect(ann), "transfer", await addressOf(vault), shares / 2n)
    await chain.mine()
    block = await chain.ethers.provider.getBlockNumber()
    await chain.mine()
  })
  after(async () => {
    python.close()
    await served.close()
    await chain.close()
  })

  interface Given {
    readonly rules?: object
    readonly source: Readonly<Record<string, unknown>>
    readonly listed?: readonly Address[]
  }
  /** Writes a program that pays 1,000 tokens by balances. */
  const write = async (folder: string, { source, listed, rules = {} }: Given): Promise<void> => {
    await mkdir(folder, { recursive: true })
    const program = {
      format: "merkle-airdrop/program@1",
      name: "holders",
      chainId: BASE,
      token: TOKEN,
      tranches: { automatic: "1000" },
      source: { kind: "erc20-balances", symbol: "HELD", ...source },
      snapshot: { block },
      rules,
      contract: { owner: safe, sweepTime: "2030-01-01T00:00:00Z" },
    }
    await writeFile(join(folder, "program.json"), JSON.stringify(program))
    if (listed)
      await writeFile(join(folder, "holders.csv"), `account\n${listed.map(toChecksum).join("\n")}\n`)
  }
  const take = async (folder: string, ...options: readonly string[]): Promise<VerbRun> =>
    await runVerb(snapshot, [folder, "--rpc", served.url, "--allow-unfinalized", ...options])
  const run = async (verb: VerbModule, ...args: readonly string[]): Promise<VerbRun> => {
    const done = await runVerb(verb, args)
    expect(String(done.error)).to.equal("undefined")
    return done
  }
  /** Allocates and publishes. @returns the payees with what they get, in base units */
  const publish = async (folder: string): Promise<ReadonlyMap<string, bigint>> => {
    await run(allocate, folder, "--force")
    await rm(join(folder, "proofs"), { recursive: true, force: true })
    await run(build, folder)
    const rows = (await readFile(join(folder, "allocation.csv"), "utf8")).trim().split("\n").slice(1)
    return new Map(
      rows.map((row) => {
        const [account = "", amount = ""] = row.split(",")
        const [whole = "0", part = ""] = amount.split(".")
        return [parseAddress(account), BigInt(whole + part.padEnd(18, "0"))]
      }),
    )
  }
  const proofs = (folder: string): string => join(folder, "proofs")
  const byPython = async (folder: string): Promise<PythonVerdict> =>
    await python.verify({ program: folder, proofs: proofs(folder) })
  const sectionIn = async (folder: string): Promise<TokenBalances> => {
    const section = sectionOf(await readSnapshot(join(folder, "snapshot.json")), erc20Balances)
    if (section === undefined) throw new Error("the snapshot has no balances")
    return section
  }

  it("takes, proves, allocates, explains and publishes the balances of a list, and both verifiers agree", async () => {
    await inScratch(async (folder) => {
      await write(folder, {
        source: { token: await addressOf(held), file: "holders.csv" },
        listed: [ANN, BOB, DAN, safe],
      })
      expect(String((await take(folder, "--prove")).error)).to.equal("undefined")
      const paid = await publish(folder)
      const e18 = 10n ** 18n
      // 300, 100 and 200 of 600, rounded to the unit.
      expect(Object.fromEntries(paid)).to.deep.equal({
        [ANN]: 500n * e18,
        [BOB]: (1000n * e18) / 6n + 1n,
        [safe]: (1000n * e18) / 3n,
      })
      const { accounts } = await readSnapshot(join(folder, "snapshot.json"))
      expect(accounts.get(safe)?.kind).to.equal("safe")
      const verified = await runVerb(verify, [folder])
      expect(verified.status, verified.lines.join("\n")).to.equal(0)
      expect(verified.lines.join("\n")).to.match(/evidence .*4 balances and 4 accounts proven/)
      expect((await byPython(folder)).findings).to.deep.equal([])
      const why = await run(explain, folder, BOB)
      expect(why.lines.join("\n")).to.match(/holder \d .*100 HELD/)
      const none = await run(explain, folder, DAN)
      expect(none.lines.join("\n")).to.contain("has nothing in the 4 balances at block")
    })
  })

  it("starts from init, which writes all that snapshot, allocate, build and verify need", async () => {
    await inScratch(async (scratch) => {
      const list = join(scratch, "holders.csv")
      await writeFile(list, `Wallet,Note\n${toChecksum(CID)},x\n${toChecksum(DAN)},y\n`)
      const folder = join(scratch, "drop")
      const given = [
        ...["--from", list, "--kind", "balances", "--held", VAULT, "--held-symbol", "HELD", "--held-assets"],
        ...["--block", String(block), "--rpc", served.url, "--token", toChecksum(TOKEN.address)],
        ...["--pool", "1000", "--owner", toChecksum(safe), "--sweep", "2040-01-01T00:00:00Z", "--yes"],
      ]
      const started = await run(init, folder, ...given)
      expect(started.lines.join("\n"))
        .to.include("2 rows: account in Wallet; what counts is what each holds in the vault")
        .and.include(`./airdrop snapshot ${shownPath(folder)} --prove --rpc $RPC`)
      expect(String((await take(folder, "--prove")).error)).to.equal("undefined")
      expect(Object.fromEntries(await publish(folder))).to.deep.equal({ [CID]: 1000n * 10n ** 18n })
      expect((await runVerb(verify, [folder])).status).to.equal(0)
      expect((await byPython(folder)).findings).to.deep.equal([])
      const { error } = await runVerb(init, [
        join(scratch, "other"),
        ...given.filter((one) => one !== VAULT && one !== "--held"),
      ])
      expectError(error, "usage", /--held is missing/)
    })
  })

  it("name one forged balance each, though everything after the snapshot was computed from it", async () => {
    await inScratch(async (folder) => {
      const token = await addressOf(held)
      await write(folder, { source: { token, file: "holders.csv" }, listed: [ANN, BOB, DAN, safe] })
      expect(String((await take(folder, "--prove")).error)).to.equal("undefined")
      const text = await readFile(join(folder, "snapshot.json"), "utf8")
      for (const [holder, balance, forged] of [
        [BOB, "100000000", "100000001"],
        [DAN, "0", "5"],
        [ANN, "300000000", "0"],
      ] as const) {
        const line = (value: string): string => `{"account":"${toChecksum(holder)}","balance":"${value}"}`
        expect(text).to.contain(line(balance))
        await writeFile(join(folder, "snapshot.json"), text.replace(line(balance), line(forged)))
        await publish(folder)
        const sentence = `the balance of ${toChecksum(holder)} is ${forged} in the snapshot, but ${balance} on the chain`
        const { status, lines } = await runVerb(verify, [folder])
        expect(status).to.equal(1)
        expect(lines.join("\n")).to.contain(sentence)
        const { findings } = await byPython(folder)
        expect(findings.map(({ problem }) => problem)).to.deep.equal([sentence])
      }
    })
  })

  it("finds all holders by Transfer events, and stops where some of the supply has no holder", async () => {
    await inScratch(async (folder) => {
      const token = await addressOf(held)
      const rules = { exclude: [{ account: VAULT, reason: "a vault, whose depositors are not listed" }] }
      await write(folder, { source: { token, fromBlock: 0 }, rules })
      const taken = await take(folder, "--prove")
      expect(taken.error).to.equal(undefined)
      expect(taken.lines.join("\n")).to.contain("900 together, 100.0% of the supply")
      const { holders } = await sectionIn(folder)
      expect(holders.map(({ account }) => account)).to.deep.equal([ANN, BOB, safe, VAULT].sort())
      await publish(folder)
      expect((await runVerb(verify, [folder])).status).to.equal(0)
      expect((await byPython(folder)).findings).to.deep.equal([])

      const late = join(folder, "late")
      await write(late, { source: { token, fromBlock: later + 1 } })
      expectError((await take(late)).error, "inconsistent", /have 400, but its supply is 900/)
      // A holder removed from the snapshot is missed by both verifiers too, without evidence.
      const text = await readFile(join(folder, "snapshot.json"), "utf8")
      const line = new RegExp(`    \\{"account":"${toChecksum(BOB)}"[^\n]*\n`)
      await writeFile(join(folder, "snapshot.json"), text.replace(line, ""))
      await rm(join(folder, "snapshot.proof"))
      expectError((await runVerb(allocate, [folder, "--force"])).error, "inconsistent", /supply is 900/)
      expect((await byPython(folder)).findings.map(({ problem }) => problem).join()).to.match(
        /supply is 900000000/,
      )
    })
  })

  it("converts the shares of a vault behind a proxy to its asset, and proves what they are worth", async () => {
    await inScratch(async (folder) => {
      await write(folder, {
        source: { token: VAULT, assets: true, file: "holders.csv" },
        listed: [CID, DAN],
      })
      expect(String((await take(folder, "--prove")).error)).to.equal("undefined")
      const { asset, holders } = await sectionIn(folder)
      expect(asset).to.deep.equal({ address: await addressOf(held), decimals: 6 })
      const worth = (await vault.getFunction("convertToAssets")(200n * UNIT)) as bigint
      expect(worth > 200n * UNIT).to.equal(true)
      expect(holders).to.deep.equal([
        { account: CID, balance: 200n * UNIT, assets: worth },
        { account: DAN, balance: 0n, assets: 0n },
      ])
      await publish(folder)
      expect((await runVerb(verify, [folder])).status).to.equal(0)
      expect((await byPython(folder)).findings).to.deep.equal([])
      const text = await readFile(join(folder, "snapshot.json"), "utf8")
      await writeFile(
        join(folder, "snapshot.json"),
        text.replace(`"assets":"${worth}"`, `"assets":"${worth + 1n}"`),
      )
      await publish(folder)
      const { status, lines } = await runVerb(verify, [folder])
      expect(status).to.equal(1)
      expect(lines.join("\n")).to.contain(`the assets of ${toChecksum(CID)} is ${worth + 1n} in the snapshot`)
    })
  })

  it("proves balances wherever a token keeps them, and verify.py finds the place", async () => {
    await inScratch(async (folder) => {
      const before = block
      for (const [name, hash, preimage] of PLACES) {
        const token = address(90)
        await chain.setCode(token, keeping(hash))
        for (const [i, holder] of HOLDERS.entries())
          await chain.request("hardhat_setStorageAt", [
            token,
            keccak256(preimage(holder)),
            wordHex(BigInt(i) * 7n),
          ])
        await chain.mine()
        const program = join(folder, name)
        block = await chain.ethers.provider.getBlockNumber()
        await chain.mine()
        await write(program, { source: { token, file: "holders.csv" }, listed: HOLDERS })
        expect((await take(program, "--prove")).error, name).to.equal(undefined)
        expect((await sectionIn(program)).holders.map(({ balance }) => balance)).to.deep.equal([
          0n,
          7n,
          14n,
          21n,
        ])
        await publish(program)
        expect((await byPython(program)).findings, name).to.deep.equal([])
        const text = await readFile(join(program, "snapshot.json"), "utf8")
        await writeFile(join(program, "snapshot.json"), text.replace('"balance":"7"', '"balance":"8"'))
        await publish(program)
        const { findings } = await byPython(program)
        expect(findings.map(({ problem }) => problem).join(), name).to.match(
          /is 8 in the snapshot, but 7 on the chain/,
        )
      }
      block = before
    })
  })

  it("says why a balance cannot be proven that depends on more than the state", async () => {
    await inScratch(async (folder) => {
      const token = address(91)
      // NUMBER, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN: for decimals, the supply and each balance.
      await chain.setCode(token, "0x435f5260205ff3")
      await chain.mine()
      const before = block
      block = await chain.ethers.provider.getBlockNumber()
      await chain.mine()
      await write(folder, { source: { token, file: "holders.csv" }, listed: [ANN] })
      expect((await take(folder)).error).to.equal(undefined)
      expectError(
        (await take(folder, "--prove")).error,
        "unresolved",
        /does not follow from the proven state: it uses operation 0x43/,
      )
      block = before
    })
  })

  it("refuses what is no token, and a list that the snapshot was not taken for", async () => {
    await inScratch(async (folder) => {
      await write(folder, { source: { token: ANN, file: "holders.csv" }, listed: [BOB] })
      expectError(
        (await take(folder)).error,
        "inconsistent",
        /does not answer totalSupply\(\) as an ERC-20 token does/,
      )
      const token = await addressOf(held)
      await write(folder, { source: { token, assets: true, file: "holders.csv" }, listed: [BOB] })
      expectError(
        (await take(folder)).error,
        "inconsistent",
        /does not answer asset\(\) as an ERC-4626 vault does/,
      )
      await write(folder, { source: { token, file: "holders.csv" }, listed: [BOB] })
      expect((await take(folder)).error).to.equal(undefined)
      await write(folder, { source: { token, file: "holders.csv" }, listed: [BOB, CID] })
      expectError((await runVerb(allocate, [folder])).error, "inconsistent", /has no balance of/)
      await write(folder, { source: { token } })
      expectError(
        (await runVerb(allocate, [folder])).error,
        "file-format",
        /"file" that lists the holders, or the "fromBlock"/,
      )
    })
  })

  it("needs no section to classify the payees of a list, and stops at a contract that everybody shares", async () => {
    await inScratch(async (folder) => {
      await write(folder, { source: {} })
      const program = JSON.parse(await readFile(join(folder, "program.json"), "utf8")) as object
      const source = { kind: "amounts", file: "amounts.csv" }
      await writeFile(join(folder, "program.json"), JSON.stringify({ ...program, source }))
      const list = async (...accounts: readonly Address[]): Promise<void> => {
        const rows = accounts.map((account) => `${toChecksum(account)},10`)
        await writeFile(join(folder, "amounts.csv"), `account,amount\n${rows.join("\n")}\n`)
        expect(String((await take(folder, "--prove")).error)).to.equal("undefined")
      }
      await list(ANN, safe)
      const { accounts, sections } = await readSnapshot(join(folder, "snapshot.json"))
      expect([accounts.get(ANN)?.kind, accounts.get(safe)?.kind]).to.deep.equal(["plain", "safe"])
      expect(sections.size).to.equal(0)
      await publish(folder)
      const verified = await runVerb(verify, [folder])
      expect(verified.status).to.equal(0)
      expect(verified.lines.join("\n")).to.match(/evidence .*2 accounts proven under block/)
      expect((await byPython(folder)).findings).to.deep.equal([])
      await list(ANN, MULTISEND)
      expectError(
        (await runVerb(allocate, [folder, "--force"])).error,
        "unresolved",
        /MultiSendCallOnly 1\.4\.1/,
      )
    })
  })
})

/** Code whose views without arguments return 18, and which returns the word at a hash of a view's one argument. */
function keeping(hash: string): string {
  return `0x36602414600f5760125f5260205ff35b${hash}545f5260205ff3`.replaceAll(" ", "")
}

const padded = (account: Address): string => account.slice(2).padStart(64, "0")
const NAMESPACE = "52c63247e1f47db19d5ce0460030c497f067ca4cebf71ba98eeadabe20bace00"

/** Where tokens keep balances: the name, code that leaves the slot on the stack, and what is hashed for it. */
const PLACES: readonly (readonly [name: string, hash: string, preimage: (account: Address) => string])[] = [
  ["solidity", "6004355f52 6003602052 60405f20", (account) => `0x${padded(account)}${wordHex(3n).slice(2)}`],
  ["vyper", "60045f52 600435602052 60405f20", (account) => `0x${wordHex(4n).slice(2)}${padded(account)}`],
  ["namespaced", `6004355f52 7f${NAMESPACE}602052 60405f20`, (account) => `0x${padded(account)}${NAMESPACE}`],
  ["solady", "6387a211a2600c52 6004355f52 6020600c20", (account) => `${account}000000000000000087a211a2`],
]
