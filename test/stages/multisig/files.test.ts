import type { ErrorCode } from "../../../scripts/core/primitives/error.ts"
import { expect } from "chai"
import { join } from "node:path"
import { Interface, TypedDataEncoder } from "ethers"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { batchChecksum } from "../../../scripts/core/safe/safe-batch.ts"
import { safeHashes, safeTransaction } from "../../../scripts/core/safe/safe-transaction.ts"
import {
  formatDeployment,
  parseDeployment,
  type Deployment,
} from "../../../scripts/stages/deployment/deployment-file.ts"
import { writeCar } from "../../../scripts/stages/publication/car.ts"
import { folderCid } from "../../../scripts/stages/publication/folder-cid.ts"
import { loadProgram } from "../../../scripts/stages/program/load-program.ts"
import { proofsFolder } from "../../../scripts/io/project/folders.ts"
import { recompute } from "../../../scripts/stages/verification/recompute.ts"
import { publishProgram } from "../../../scripts/dev/rigs/published-program.ts"
import { publishReserve } from "../../support/publish-reserve.ts"
import { inScratch } from "../../support/scratch.ts"
import { parseBatch } from "../../../scripts/stages/multisig/batch-file.ts"
import { expectThrown } from "../../support/errors.ts"

/** A batch exported by the Transaction Builder 1.18.2 of the Safe web app. */
const EXPORTED = {
  version: "1.0",
  chainId: "1",
  createdAt: 1761326849944,
  meta: {
    name: "Transactions Batch",
    description: "",
    txBuilderVersion: "1.18.2",
    createdFromSafeAddress: "0xA77DE01e157f9f57C7c4A326eeE9C4874D0598b6",
    createdFromOwnerAddress: "",
    checksum: "0x8b5032f716845c8b08bab3d63dbd9ba92e056f3557793cd041e59b84e16aa989",
  },
  transactions: [
    {
      to: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",
      value: "0",
      data: null,
      contractMethod: {
        inputs: [
          { internalType: "address", name: "spender", type: "address" },
          { internalType: "uint256", name: "value", type: "uint256" },
        ],
        name: "approve",
        payable: false,
      },
      contractInputsValues: { spender: "0x474e5Ded6b5D078163BFB8F6dBa355C3aA5478C8", value: "100000000000" },
    },
  ],
}

describe("A Transaction Builder batch", () => {
  it("has the checksum that the Safe web app itself gave one", () => {
    expect(batchChecksum(EXPORTED)).to.equal(EXPORTED.meta.checksum)
    const renamed = { ...EXPORTED, meta: { ...EXPORTED.meta, name: "another" } }
    expect(batchChecksum(renamed)).to.equal(EXPORTED.meta.checksum)
    const elsewhere = { ...EXPORTED, chainId: "10" }
    expect(batchChecksum(elsewhere)).not.to.equal(EXPORTED.meta.checksum)
  })

  it("is read as the web app reads it: values are encoded where there are no bytes", () => {
    const { calls, flags } = parseBatch(JSON.stringify(EXPORTED), "exported.json")
    expect(flags).to.deep.equal([])
    const approve = new Interface(["function approve(address spender, uint256 value)"])
    const { spender, value } = EXPORTED.transactions[0]?.contractInputsValues ?? {}
    expect(calls.map(({ data }) => data)).to.deep.equal([
      approve.encodeFunctionData("approve", [spender, value]),
    ])
  })

  it("with arrays and tuples as values is encoded like any other", () => {
    const pair = {
      name: "p",
      type: "tuple",
      components: [
        { name: "a", type: "uint256" },
        { name: "b", type: "bool" },
      ],
    }
    const method = { name: "f", payable: false, inputs: [{ name: "list", type: "address[]" }, pair] }
    const account = "0x474e5Ded6b5D078163BFB8F6dBa355C3aA5478C8"
    const values = { list: JSON.stringify([account]), p: '["7", true]' }
    const [entry] = EXPORTED.transactions
    const transactions = [{ ...entry, contractMethod: method, contractInputsValues: values }]
    const { calls } = parseBatch(JSON.stringify({ ...EXPORTED, transactions }), "tuples.json")
    const contract = new Interface(["function f(address[] list, tuple(uint256 a, bool b) p)"])
    expect(calls[0]?.data).to.equal(contract.encodeFunctionData("f", [[account], [7n, true]]))
  })

  it("with a field twice is refused: readers would differ over which counts", () => {
    const twice = JSON.stringify(EXPORTED).replace('"value":"0"', '"value":"0","value":"1"')
    expectThrown(() => parseBatch(twice, "twice.json"), "file-format", /twice\.json:1: /)
  })
})

describe("The hashes of old Safes", () => {
  it("are those of EIP-712 without a chain", () => {
    const address = "0xa77de01e157f9f57c7c4a326eee9c4874d0598b6"
    const transaction = safeTransaction([{ to: address, value: 1n, data: "0x1234" }], 3n, address)
    const types = {
      SafeTx: [
        "to",
        "value",
        "data",
        "operation",
        "safeTxGas",
        "baseGas",
        "gasPrice",
        "gasToken",
        "refundReceiver",
        "nonce",
      ].map((name) => ({
        name,
        type:
          name === "data"
            ? "bytes"
            : name === "operation"
              ? "uint8"
              : ["to", "gasToken", "refundReceiver"].includes(name)
                ? "address"
                : "uint256",
      })),
    }
    const old = safeHashes({ chainId: 1, address, version: "1.2.0" }, transaction)
    expect(old.safe).to.equal(TypedDataEncoder.hash({ verifyingContract: address }, types, transaction))
    const current = safeHashes({ chainId: 42161, address, version: "1.3.0" }, transaction)
    const domain = { chainId: 42161, verifyingContract: address }
    expect(current.safe).to.equal(TypedDataEncoder.hash(domain, types, transaction))
    expect(current.domain).to.equal(TypedDataEncoder.hashDomain(domain))
  })
})

describe("A deployment record", () => {
  const record: Deployment = {
    chainId: 42161,
    address: "0xa77de01e157f9f57c7c4a326eee9c4874d0598b6",
    automaticRoot: `0x${"ab".repeat(32)}`,
    parameters: {
      token: "0x10ea9e5303670331bdddfa66a4cea47dae4fcf3b",
      automaticRoot: `0x${"ab".repeat(32)}`,
      leafCount: 800n,
      reserveCap: 50_000_000_000_001n,
      reserveDelay: 86_400n,
      sweepTime: 1_900_000_000n,
      owner: "0xf5580c254ec78375b2b9405cf1a305977845ba67",
      proofsURI: "",
    },
    salt: `0x${"00".repeat(32)}`,
    deployedBy: "safe",
    transaction: `0x${"cd".repeat(32)}`,
    block: 123,
    ownerHistory: [
      {
        block: 130,
        time: 1_790_000_000,
        reason: "deployment",
        address: "0xf5580c254ec78375b2b9405cf1a305977845ba67",
        safe: {
          version: "1.4.1",
          implementation: "0x29fcb43b46531bca003ddc8fcb67ffe91900c762",
          threshold: 2,
          owners: [`0x${"11".repeat(20)}`, `0x${"22".repeat(20)}`],
          modules: [`0x${"33".repeat(20)}`],
          guard: undefined,
          moduleGuard: `0x${"44".repeat(20)}`,
          fallbackHandler: "0xfd0732dc9e303f09fcef3a7388ad10a83459ec99",
        },
      },
      {
        block: 140,
        time: 1_790_000_600,
        reason: "the council hands over",
        address: `0x${"55".repeat(20)}`,
        safe: undefined,
      },
    ],
  }

  it("reads back as written", () => {
    const text = formatDeployment(record, 9)
    expect(parseDeployment(text, "deployment.json")).to.deep.equal(record)
    expect(text)
      .to.include('"reserveCap": "50000.000000001"')
      .and.to.include('"sweepTime": "2030-03-17T17:46:40Z"')
  })

  it("with anything wrong in it is refused with file and field", () => {
    const wrong = (find: string, put: string, code: ErrorCode = "file-format"): void => {
      const text = formatDeployment(record, 9)
      expect(text).to.include(find)
      expectThrown(() => parseDeployment(text.replace(find, put), "deployment.json"), code, "deployment.json")
    }
    wrong('"chainId": 42161', '"chainId": "42161"')
    wrong('"deployedBy": "safe"', '"deployedBy": "me"')
    wrong('"leafCount": "800"', '"leafCount": 800')
    wrong('"50000.000000001"', '"50000.0000000001"', "invalid-amount")
    wrong('"leafCount"', '"leaves"')
    wrong('"threshold": 2', '"threshold": 0')
    wrong('"reason": "deployment"', '"reason": ""')
    wrong('"guard": null,', "")
    wrong('"ownerHistory"', '"owners"')
    wrong("{", "")
  })
})

describe("The CID of a published folder", () => {
  it("is that of its archive, with or without a reserve within", async () => {
    await inScratch(async (folder) => {
      const program = await publishProgram(folder, { owner: `0x${"11".repeat(20)}` })
      const loaded = await loadProgram(program)
      const { publication } = await recompute(loaded, proofsFolder(program), () => undefined)
      if (publication === undefined) throw new Error("the program does not verify")
      const cid = await writeCar(join(folder, "proofs.car"), publication)
      expect(await folderCid(proofsFolder(program), [])).to.equal(cid)
      await publishReserve(program, [[`0x${"22".repeat(20)}`, 1n]])
      expect(await folderCid(proofsFolder(program), ["reserve"])).to.equal(cid)
      const whole = await folderCid(proofsFolder(program), []).catch((error: unknown) => error)
      expect(whole, "a folder that is not left out").to.be.instanceOf(AirdropError)
    })
  })
})
