/** Reads the published files from the page's own folder, or from a folder or file that the user has opened. */

/** Thrown if a file could not be fetched. It may still exist. */
export class DataUnreachable extends Error {
  constructor(path: string, cause: unknown) {
    super(`${path} could not be loaded`, { cause })
    this.name = "DataUnreachable"
  }
}

export interface DataSource {
  readonly kind: "folder" | "web"
  /** Reads a file's bytes; undefined if there is no such file. @throws DataUnreachable */
  readonly read: (path: string) => Promise<Uint8Array | undefined>
}

const TIMEOUT_MS = 20_000

/** Reads files below the page's own address. */
export function webSource(base: string): DataSource {
  return {
    kind: "web",
    read: async (path) => {
      const response = await fetch(new URL(path, base), {
        referrerPolicy: "no-referrer",
        credentials: "omit",
        // These say what the other files are, and change with an update of the reserve.
        ...(/(?:manifest|contents)\.json$/.test(path) && { cache: "no-cache" as const }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }).catch((cause: unknown) => {
        throw new DataUnreachable(path, cause)
      })
      if (response.status === 404 || response.status === 410) return undefined
      if (!response.ok) throw new DataUnreachable(path, new Error(`status ${response.status}`))
      return new Uint8Array(await response.arrayBuffer())
    },
  }
}

/**
 * Reads files in a folder that the user opened, such as a page on a USB stick. The folder of manifest.json is its
 * root.
 */
export function folderSource(files: readonly File[]): DataSource | undefined {
  const manifests = files.map(pathOf).filter((path) => path.endsWith("manifest.json"))
  const root = manifests.sort((a, b) => a.length - b.length)[0]?.slice(0, -"manifest.json".length)
  if (root === undefined) return undefined
  const byPath = new Map(files.map((file) => [pathOf(file), file]))
  return {
    kind: "folder",
    read: async (path) => {
      const file = byPath.get(root + path)
      return file === undefined ? undefined : new Uint8Array(await file.arrayBuffer())
    },
  }
}

function pathOf(file: File): string {
  return file.webkitRelativePath === "" ? file.name : file.webkitRelativePath
}
