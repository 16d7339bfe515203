/** A JSON-RPC endpoint on 127.0.0.1 to a chain in this process. */
import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { AirdropError } from "../../core/primitives/error.ts"
import type { Request } from "../../io/rpc/request.ts"

export interface ServedChain {
  readonly url: string
  readonly close: () => Promise<void>
}

interface RpcCall {
  readonly id: unknown
  readonly method: string
  readonly params?: readonly unknown[]
}

/**
 * @param port zero for any that is free
 * @throws AirdropError if the port is taken
 */
export async function serveProvider(request: Request, port = 0): Promise<ServedChain> {
  const server = createServer((incoming, response) => {
    void answer(incoming, request).then(
      (body) => {
        response.writeHead(200, { "content-type": "application/json" }).end(body)
      },
      () => {
        response.writeHead(400).end()
      },
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => {
      reject(
        new AirdropError(`port ${port} cannot be used`, {
          code: "usage",
          cause,
          hint: "Choose another with --port.",
        }),
      )
    })
    server.listen(port, "127.0.0.1", resolve)
  })
  const address = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function answer(incoming: IncomingMessage, request: Request): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as RpcCall | readonly RpcCall[]
  if (!Array.isArray(body)) return JSON.stringify(await answerCall(body as RpcCall, request))
  const answers: unknown[] = []
  for (const call of body as readonly RpcCall[]) answers.push(await answerCall(call, request))
  return JSON.stringify(answers)
}

async function answerCall({ id, method, params }: RpcCall, request: Request): Promise<unknown> {
  try {
    return { jsonrpc: "2.0", id, result: await request(method, params) }
  } catch (thrown) {
    const { code, message, data } = thrown as { code?: unknown; message?: unknown; data?: unknown }
    const error = { code: typeof code === "number" ? code : -32603, message: String(message), data }
    return { jsonrpc: "2.0", id, error }
  }
}
