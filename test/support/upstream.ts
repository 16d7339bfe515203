import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import type { EthereumProvider } from "hardhat/types/providers"
import { disguiseAsArbitrum, text, type Json, type JsonObject } from "./arbitrum-blocks.ts"

/** A simulated chain behind a real JSON-RPC port of this machine. */
export interface Upstream {
  readonly url: string
  /** The number of requests by method. */
  readonly asked: ReadonlyMap<string, number>
  close(): Promise<void>
}

/** Only what a provider of Arbitrum One offers: nothing that changes the chain or belongs to a simulator. */
const SERVED = /^(eth_(?!send|sign|accounts)|net_version$|web3_clientVersion$)/

/** Serves the chain as it now stands on 127.0.0.1, its blocks looking like Arbitrum's. */
export async function serveAsArbitrum(provider: EthereumProvider): Promise<Upstream> {
  const disguise = await disguiseAsArbitrum(provider)
  const asked = new Map<string, number>()

  const answerOne = async (call: JsonObject): Promise<JsonObject> => {
    const method = text(call["method"])
    const reply = { jsonrpc: "2.0", id: call["id"] ?? null }
    asked.set(method, (asked.get(method) ?? 0) + 1)
    if (!SERVED.test(method)) {
      return { ...reply, error: { code: -32601, message: `the method ${method} does not exist` } }
    }
    try {
      const params = disguise.request(call["params"] ?? []) as readonly Json[]
      const result = (await provider.request({ method, params: [...params] })) as Json
      return { ...reply, result: disguise.answer(method, params, result) }
    } catch (error) {
      return { ...reply, error: rpcError(error) }
    }
  }

  const server = createServer((request, response) => {
    void readJson(request).then(async (body) => {
      const answer = Array.isArray(body)
        ? await Promise.all(body.map((call: JsonObject) => answerOne(call)))
        : await answerOne(body as JsonObject)
      response.setHeader("content-type", "application/json")
      response.end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function readJson(request: IncomingMessage): Promise<Json> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  return JSON.parse(Buffer.concat(chunks).toString()) as Json
}

function rpcError(error: unknown): JsonObject {
  const { code, message, data } = error as { code?: number; message: string; data?: Json }
  return { code: code ?? -32000, message, ...(data === undefined ? {} : { data }) }
}
