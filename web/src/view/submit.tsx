import type { JSX } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import type { BatchClaim } from "../claim/batch.ts"
import { isBusy } from "../claim/machine.ts"
import { ensureSameAmounts, readSignedClaim, splitSigned } from "../claim/signed.ts"
import type { Due } from "../data/due.ts"
import { usePage } from "./context.ts"
import { SubmitMany } from "./submit-many.tsx"
import { SubmitOne } from "./submit-one.tsx"
import { useClaim } from "./use-claim.ts"
import type { WalletsState } from "./use-wallets.ts"

interface SubmitProps {
  /** Text of a signed claim that came with the page's address. */
  readonly initial: string | undefined
  readonly wallets: WalletsState
  /** Returns what the published files say about the signer; undefined while nothing may be offered. */
  readonly findDue: ((account: `0x${string}`) => Promise<Due>) | undefined
  readonly onDone: () => void
}

/** A text that may hold signed claims. */
interface Source {
  /** The name of the file, for messages. */
  readonly name: string
  readonly text: string
}

/** The signed claims collected so far. */
interface Collected {
  readonly claims: readonly BatchClaim[]
  /** The reasons why texts of the last reading are not signed claims of this program. */
  readonly wrong: readonly string[]
  /** Texts that are kept until the network answers. */
  readonly waiting: readonly Source[]
}

const NONE: Collected = { claims: [], wrong: [], waiting: [] }
/** The name of a claim that came as a link or a pasted text. */
const PASTED = "signed claim"

/** Sends claims that other accounts have signed, and pays their gas. */
export function Submit({ initial, wallets, findDue, onDone }: SubmitProps): JSX.Element {
  const { t, config, rpc } = usePage()
  const [collected, setCollected] = useState(NONE)
  const [link, setLink] = useState("")
  const control = useClaim(onDone, rpc, config.contract)
  const file = useRef<HTMLInputElement>(null)
  const box = useRef<HTMLDetailsElement>(null)

  /** Reads texts, each of which may hold several signed claims, and adds them to those collected. */
  const take = async (sources: readonly Source[]): Promise<void> => {
    control.reset()
    if (findDue === undefined) {
      setCollected(({ claims, waiting }) => ({ claims, wrong: [], waiting: [...waiting, ...sources] }))
      return
    }
    const found: BatchClaim[] = []
    const wrong: string[] = []
    for (const { name, text } of sources) {
      const texts = splitSigned(text)
      for (const [i, one] of texts.entries()) {
        const source = texts.length > 1 ? `${name} ${i + 1}` : name
        try {
          const claim = readSignedClaim(one, config, source)
          const due = await findDue(claim.account)
          ensureSameAmounts(claim, due, source)
          found.push({ claim, due })
        } catch (error) {
          wrong.push(error instanceof Error ? error.message : String(error))
        }
      }
    }
    // Another text may have been read meanwhile. A newer claim of an account takes the place of an older one.
    setCollected(({ claims }) => ({
      claims: [...new Map([...claims, ...found].map((one) => [one.claim.account, one])).values()],
      wrong,
      waiting: [],
    }))
  }
  useEffect(() => {
    const linked = initial === undefined ? [] : [{ name: PASTED, text: initial }]
    const sources = collected.waiting.length > 0 ? collected.waiting : linked
    if (sources.length === 0) return
    if (box.current !== null) box.current.open = true
    if (findDue === undefined) setCollected((last) => ({ ...last, waiting: sources }))
    else void take(sources)
  }, [initial, findDue])

  const busy = isBusy(control.state)
  const { claims, wrong, waiting } = collected
  const [only] = claims
  const readFiles = async (): Promise<void> => {
    const files = [...(file.current?.files ?? [])]
    await take(await Promise.all(files.map(async (one) => ({ name: one.name, text: await one.text() }))))
  }
  return (
    <details id="submit" ref={box}>
      <summary>
        <h2>{t("submit.title")}</h2>
      </summary>
      <p>{t("submit.text")}</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void take([{ name: PASTED, text: link }])
        }}
      >
        <label class="file">
          <span>{t("submit.choose")}</span>
          <input
            ref={file}
            id="signed-file"
            type="file"
            multiple
            accept="application/json,.json"
            disabled={busy}
            onChange={() => {
              void readFiles()
            }}
          />
        </label>
        <label>
          <span>{t("submit.link")}</span>
          <textarea
            id="signed-link"
            dir="ltr"
            rows={3}
            value={link}
            disabled={busy}
            onInput={({ currentTarget }) => {
              setLink(currentTarget.value)
            }}
          />
        </label>
        <button type="submit" disabled={busy || link.trim() === ""}>
          {t("submit.read")}
        </button>
      </form>
      {waiting.length > 0 && (
        <p class="note" role="status" id="submit-waiting">
          {t("submit.waiting")}
        </p>
      )}
      {claims.length < 2 &&
        wrong.map((detail) => (
          <p key={detail} class="problem" role="alert">
            {t("submit.wrong", { detail })}
          </p>
        ))}
      {claims.length === 1 && only !== undefined && (
        <SubmitOne {...only} control={control} wallets={wallets} />
      )}
      {claims.length > 1 && <SubmitMany claims={claims} wrong={wrong} control={control} wallets={wallets} />}
      {claims.length > 0 && !busy && (
        <button
          type="button"
          class="quiet"
          id="submit-clear"
          onClick={() => {
            control.reset()
            setCollected(NONE)
          }}
        >
          {t("submit.clear")}
        </button>
      )}
    </details>
  )
}
