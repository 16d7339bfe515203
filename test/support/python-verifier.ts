/** scripts/verify.py as one process that verifies many folders, which is many times as fast as one for each. */
import { spawn } from "node:child_process"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"

export interface PythonVerdict {
  readonly ok: boolean
  readonly findings: readonly { readonly file: string; readonly problem: string }[]
  /** The files of `allocate` by name, where only inputs were read. */
  readonly texts: Readonly<Record<string, string>>
}

export interface PythonVerifier {
  /** Verifies a program; without one, the published folder alone. @throws Error with the traceback if it fails */
  readonly verify: (folders: { readonly program?: string; readonly proofs: string }) => Promise<PythonVerdict>
  /** Reads the inputs of a program and allocates. */
  readonly allocate: (folder: string) => Promise<PythonVerdict>
  /** Reads the bytes of a grants.jsonl. */
  readonly readLedger: (bytes: Uint8Array, decimals: number) => Promise<PythonVerdict>
  readonly close: () => void
}

/** Starts the process; close it when done. */
export function startPythonVerifier(): PythonVerifier {
  const python = spawn("python3", ["-B", join(PROJECT_ROOT, "test", "support", "verify_server.py")], {
    stdio: ["pipe", "pipe", "pipe"],
  })
  let stderr = ""
  python.stderr.on("data", (data: Buffer) => (stderr += data.toString()))
  const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]()
  const ask = async (asked: object): Promise<PythonVerdict> => {
    python.stdin.write(`${JSON.stringify(asked)}\n`)
    const next = await lines.next()
    if (next.done === true) throw new Error(`verify.py ended: ${stderr}`)
    return JSON.parse(next.value) as PythonVerdict
  }
  return {
    verify: async ({ program, proofs }) => await ask({ program: program ?? null, proofs }),
    allocate: async (folder) => await ask({ inputs: folder }),
    readLedger: async (bytes, decimals) =>
      await ask({ ledger: Buffer.from(bytes).toString("hex"), decimals }),
    close: () => {
      python.kill()
    },
  }
}
