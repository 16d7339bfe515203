import type { JSX } from "preact"
import { useRef, useState } from "preact/hooks"
import { folderSource, type DataSource } from "../data/source.ts"
import { usePage } from "./context.ts"

interface FolderProps {
  readonly onOpen: (source: DataSource) => void
  readonly onProofFile: (text: string, name: string) => void
}

/** Asks for the published files when the page was opened from a disk. */
export function Folder({ onOpen, onProofFile }: FolderProps): JSX.Element {
  const { t } = usePage()
  const [opened, setOpened] = useState<string>()
  const [wrong, setWrong] = useState(false)
  const folder = useRef<HTMLInputElement>(null)
  const file = useRef<HTMLInputElement>(null)

  const openFolder = (): void => {
    const source = folderSource([...(folder.current?.files ?? [])])
    setWrong(source === undefined)
    if (source === undefined) return
    setOpened(folder.current?.files?.[0]?.webkitRelativePath.split("/")[0] ?? "data")
    onOpen(source)
  }
  const openFile = async (): Promise<void> => {
    const chosen = file.current?.files?.[0]
    if (chosen === undefined) return
    setWrong(false)
    setOpened(chosen.name)
    onProofFile(await chosen.text(), chosen.name)
  }
  return (
    <section class="card" aria-labelledby="folder-title">
      <h2 id="folder-title">{t("folder.title")}</h2>
      <p>{t("folder.why")}</p>
      <div class="stack">
        <label class="file">
          <span>{t("folder.choose")}</span>
          <input
            ref={(input) => {
              // Browsers have this attribute, but Preact's types do not.
              input?.setAttribute("webkitdirectory", "")
              folder.current = input
            }}
            id="folder-input"
            type="file"
            multiple
            onChange={openFolder}
          />
        </label>
        <label class="file">
          <span>{t("folder.file")}</span>
          <input
            ref={file}
            id="proof-input"
            type="file"
            accept="application/json,.json"
            onChange={() => {
              void openFile()
            }}
          />
        </label>
      </div>
      <p class="status" role="status">
        {opened === undefined ? "" : t("folder.opened", { name: opened })}
      </p>
      {wrong && (
        <p class="problem" role="alert">
          {t("folder.wrong")}
        </p>
      )}
    </section>
  )
}
