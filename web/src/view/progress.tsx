import type { JSX } from "preact"
import { readProgress } from "../chain/progress.ts"
import type { ContractStatus } from "../chain/status.ts"
import { ZERO_HASH } from "../chain/status.ts"
import { countText, shareText, timeText } from "../text/format.ts"
import { Chart } from "./chart.tsx"
import { usePage } from "./context.ts"
import { useAsync, valueOf } from "./use-async.ts"

/** Shows the progress of the whole program: claims, the reserve, time, and the network beside it. */
export function Progress({
  status,
  onRefresh,
}: {
  status: ContractStatus | undefined
  onRefresh: () => void
}): JSX.Element | null {
  const { t, tokens, language, rpc, config } = usePage()
  const { result, again } = useAsync(
    status === undefined ? undefined : async () => await readProgress(rpc, config),
    [status],
  )
  const progress = valueOf(result)
  const count = (value: number | bigint): string => countText(language.locale, value)
  if (status === undefined) return null
  return (
    <section class="card" aria-labelledby="progress-title" id="progress">
      <h2 id="progress-title">{t("progress.title")}</h2>
      {progress !== undefined && (
        <>
          <p class="share">
            <strong id="claimed-share">
              {shareText(language.locale, roundedDown(progress.claimedShare))}
            </strong>{" "}
            {t("progress.claimed")}
          </p>
          <progress value={progress.claimedShare} max={1} aria-labelledby="progress-title" />
          <p class="hint">
            {progress.exact
              ? t("progress.exact", { paid: count(progress.claimed), count: count(config.leafCount) })
              : t("progress.sample", { looked: count(progress.looked), count: count(config.leafCount) })}
          </p>
        </>
      )}
      <details>
        <summary>{t("progress.more")}</summary>
        <Chart points={progress?.history ?? []} />
        <dl class="figures">
          <dt>{t("progress.held")}</dt>
          <dd>
            <bdi>{tokens(status.balance)}</bdi>
          </dd>
          <dt>{t("progress.reserve")}</dt>
          <dd>
            {t("progress.reserve.of", {
              paid: tokens(status.reservePaid),
              cap: tokens(status.reserveCap),
            })}
          </dd>
          <dt>{t("progress.until")}</dt>
          <dd>
            {timeText(language.locale, status.sweepTime)}
            <span class="hint">{t("progress.until.text")}</span>
          </dd>
        </dl>
        {status.pendingRoot !== ZERO_HASH && (
          <p class="note">
            {t("progress.reserve.pending", { when: timeText(language.locale, status.acceptableAt) })}
          </p>
        )}
        {progress?.network !== undefined && (
          <>
            <h3>{t("progress.network")}</h3>
            <dl class="figures" id="network">
              <dt>{t("progress.nodes")}</dt>
              <dd>{count(progress.network.nodes)}</dd>
              <dt>{t("progress.requirement")}</dt>
              <dd>
                <bdi>{tokens(progress.network.stakingRequirement)}</bdi>
              </dd>
              <dt>{t("progress.staked")}</dt>
              <dd>
                <bdi>{tokens(progress.network.nodes * progress.network.stakingRequirement)}</bdi>
              </dd>
              {progress.network.pool !== undefined && (
                <>
                  <dt>{t("progress.pool")}</dt>
                  <dd>
                    <bdi>{tokens(progress.network.pool)}</bdi>
                  </dd>
                  <dt>{t("progress.rate")}</dt>
                  <dd>
                    <bdi>{tokens((progress.network.pool * 14n) / 100n)}</bdi>
                  </dd>
                </>
              )}
            </dl>
          </>
        )}
      </details>
      <button
        type="button"
        class="link"
        onClick={() => {
          onRefresh()
          again()
        }}
        disabled={result.state === "busy"}
      >
        {t("progress.load")}
      </button>
    </section>
  )
}

/** Rounds a share down to a thousandth, so that it is whole only once everybody is paid. */
function roundedDown(share: number): number {
  return Math.floor(share * 1000) / 1000
}
