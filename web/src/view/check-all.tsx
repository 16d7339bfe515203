import type { JSX } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import type { Finding } from "../../../scripts/core/files/findings.ts"
import { CHECKS, type CheckEvent, type CheckLine, type CheckName } from "../check/lines.ts"
import { startCheck } from "../check/start.ts"
import type { DataSource } from "../data/source.ts"
import { countText } from "../text/format.ts"
import { usePage } from "./context.ts"

/** Findings shown for one check; the rest are counted. */
const MOST_FINDINGS = 20

/** The state of the check. */
interface CheckState {
  readonly lines: readonly CheckLine[]
  readonly progress: Extract<CheckEvent, { type: "progress" }> | undefined
  readonly ended: Extract<CheckEvent, { type: "end" | "failed" }> | undefined
}

const BEGINNING: CheckState = { lines: [], progress: undefined, ended: undefined }

interface CheckAllProps {
  readonly source: DataSource
  readonly onClose: () => void
}

/** Runs the check of the whole program, with a line for each check that has ended. */
export function CheckAll({ source, onClose }: CheckAllProps): JSX.Element {
  const { t, config } = usePage()
  const [turn, setTurn] = useState(0)
  const [state, setState] = useState(BEGINNING)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    title.current?.focus()
    setState(BEGINNING)
    return startCheck(source, config, (event) => {
      setState((before) => after(before, event))
    })
  }, [source, turn])
  const { lines, progress, ended } = state
  return (
    <section class="card" id="check-all" aria-labelledby="check-all-title">
      <h2 id="check-all-title" ref={title} tabIndex={-1}>
        {t("all.title")}
      </h2>
      <p class="hint">{t("all.text")}</p>
      <ul class="all-lines">
        {CHECKS.flatMap((name) => lines.filter((line) => line.name === name)).map((line) => (
          <Line key={line.name} line={line} />
        ))}
      </ul>
      {ended === undefined ? <Running progress={progress} /> : <Ended ended={ended} lines={lines} />}
      <div class="actions">
        {ended !== undefined && (
          <button
            type="button"
            onClick={() => {
              setTurn((last) => last + 1)
            }}
          >
            {t("check.again")}
          </button>
        )}
        <button type="button" id="check-all-close" onClick={onClose}>
          {t(ended === undefined ? "common.cancel" : "common.close")}
        </button>
      </div>
    </section>
  )
}

function after(before: CheckState, event: CheckEvent): CheckState {
  switch (event.type) {
    case "progress":
      return { ...before, progress: event }
    case "line":
      return { ...before, progress: undefined, lines: [...before.lines, event.line] }
    case "end":
    case "failed":
      return { ...before, progress: undefined, ended: event }
  }
}

function Running({ progress }: Pick<CheckState, "progress">): JSX.Element {
  const { t, language } = usePage()
  if (progress === undefined) {
    return (
      <>
        <progress aria-labelledby="check-all-title" />
        <p class="status">{t("all.reading")}</p>
      </>
    )
  }
  const { name, done, total } = progress
  return (
    <>
      <progress value={done} max={total} aria-labelledby="check-all-title" />
      <p class="status">
        {t("all.running", {
          name: t(`all.name.${name}`),
          done: countText(language.locale, done),
          total: countText(language.locale, total),
        })}
      </p>
    </>
  )
}

function Ended({
  ended,
  lines,
}: {
  readonly ended: NonNullable<CheckState["ended"]>
  readonly lines: readonly CheckLine[]
}): JSX.Element {
  const { t, language } = usePage()
  if (ended.type === "failed") {
    return (
      <p class="problem" id="check-all-end" role="alert">
        {t("all.failed", { detail: ended.problem })}
      </p>
    )
  }
  const seconds = new Intl.NumberFormat(language.locale, { maximumFractionDigits: 1 }).format(
    ended.milliseconds / 1000,
  )
  const isGood = lines.every(({ verdict }) => verdict !== "bad")
  const isWhole = lines.every(({ name, verdict }) => name !== "inputs" || verdict === "good")
  return (
    <p class={!isGood ? "problem" : isWhole ? "good" : "note"} id="check-all-end" role="status">
      {t(!isGood ? "all.done.bad" : isWhole ? "all.done" : "all.done.partly", { seconds })}
    </p>
  )
}

const SIGNS = { good: "✓", bad: "✕", none: "○" }

function Line({ line }: { line: CheckLine }): JSX.Element {
  const { t } = usePage()
  const { name, verdict, value, findings } = line
  return (
    <li class={verdict} data-check={name} data-verdict={verdict}>
      <span class="sign" aria-hidden="true">
        {SIGNS[verdict]}
      </span>
      <div>
        <h3>{t(`all.name.${name}`)}</h3>
        <p>{verdict === "bad" ? t("all.bad") : <Outcome line={line} verdict={verdict} />}</p>
        {verdict !== "bad" && value !== undefined && (
          <code class="hash" dir="ltr">
            {value}
          </code>
        )}
        {findings.length > 0 && <Findings findings={findings} />}
      </div>
    </li>
  )
}

function Outcome({ line, verdict }: { line: CheckLine; verdict: "good" | "none" }): JSX.Element {
  const { t, tokens, language } = usePage()
  const { name, count, amount = 0n } = line
  const values = { count: countText(language.locale, count), amount: tokens(amount) }
  if (verdict === "good") return <>{t(`all.${name}.good`, values)}</>
  return <>{isOptional(name) ? t(`all.${name}.none`, values) : null}</>
}

/** The checks that have nothing to check in some programs. */
const OPTIONAL = ["inputs", "evidence", "address", "files", "attestations"] as const

function isOptional(name: CheckName): name is (typeof OPTIONAL)[number] {
  return OPTIONAL.some((one) => one === name)
}

/** Shows the differences, in the words of the command line. */
function Findings({ findings }: { findings: readonly Finding[] }): JSX.Element {
  const { t, language } = usePage()
  const more = findings.length - MOST_FINDINGS
  return (
    <ul class="findings">
      {findings.slice(0, MOST_FINDINGS).map(({ file, problem }) => (
        <li key={file} lang="en" dir="ltr">
          <code>{file}</code> {problem}
        </li>
      ))}
      {more > 0 && <li>{t("all.more", { count: countText(language.locale, more) })}</li>}
    </ul>
  )
}
