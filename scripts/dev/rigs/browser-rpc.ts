/** A JSON-RPC endpoint that accepts browsers from any origin and can be made to fail in chosen ways. */
import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"

interface Call {
  readonly id: unknown
  readonly method: string
  readonly params?: readonly unknown[]
}

type Request = (method: string, params?: readonly unknown[]) => Promise<unknown>

/** Replaces the answer to a call; undefined passes the call on to the node. An error it throws becomes the answer. */
export type Twist = (method: string, params: readonly unknown[]) => unknown

export interface BrowserRpc {
  readonly url: string
  /** While true, connections are cut without an answer. */
  down: boolean
  /** While true, a batch is answered with a single error, as by nodes without batches. */
  refusesBatches: boolean
  twist: Twist | undefined
  /** HTTP requests so far. */
  requests: number
  close(): Promise<void>
}

export async function serveBrowserRpc(request: Request): Promise<BrowserRpc> {
  const server = createServer((incoming, response) => {
    response.setHeader("access-control-allow-origin", "*")
    response.setHeader("access-control-allow-headers", "content-type")
    if (rpc.down) {
      incoming.socket.destroy()
      return
    }
    if (incoming.method === "OPTIONS") {
      response.writeHead(204).end()
      return
    }
    rpc.requests++
    void answer(incoming).then(
      (body) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body)),
      () => response.writeHead(400).end(),
    )
  })
  const answer = async (incoming: IncomingMessage): Promise<unknown> => {
    const chunks: Uint8Array[] = []
    for await (const chunk of incoming) chunks.push(chunk as Uint8Array)
    const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Call | Call[]
    if (!Array.isArray(body)) return await answerCall(body)
    if (rpc.refusesBatches)
      return { jsonrpc: "2.0", id: null, error: { code: -32600, message: "no batches" } }
    const answers: unknown[] = []
    for (const call of body) answers.push(await answerCall(call))
    return answers
  }
  const answerCall = async ({ id, method, params = [] }: Call): Promise<unknown> => {
    try {
      const twisted = await rpc.twist?.(method, params)
      const result = twisted === undefined ? await request(method, params) : twisted
      return { jsonrpc: "2.0", id, result }
    } catch (thrown) {
      const { code, message, data } = thrown as { code?: unknown; message?: unknown; data?: unknown }
      const error = { code: typeof code === "number" ? code : -32603, message: String(message), data }
      return { jsonrpc: "2.0", id, error }
    }
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  const rpc: BrowserRpc = {
    url: `http://127.0.0.1:${port}`,
    down: false,
    refusesBatches: false,
    twist: undefined,
    requests: 0,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return rpc
}
