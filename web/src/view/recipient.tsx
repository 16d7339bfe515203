import type { JSX } from "preact"
import { useState } from "preact/hooks"
import {
  toChecksum,
  ZERO_ADDRESS,
  type Address as AddressText,
} from "../../../scripts/core/primitives/address.ts"
import { readAddressText } from "../data/address-text.ts"
import type { TextKey } from "../text/en.ts"
import { groupedAddress } from "../text/format.ts"
import { usePage } from "./context.ts"
import { useAsync, valueOf } from "./use-async.ts"

interface RecipientProps {
  readonly id: string
  readonly label: string
  /** The account that is paid now, which is no other address; undefined if it is not known yet. */
  readonly account: AddressText | undefined
  /** Receives the address once it is well-formed and confirmed; undefined before. */
  readonly onChange: (to: AddressText | undefined) => void
}

/**
 * Asks for another address to receive the tokens: it is checked, shown in groups, and confirmed by a second look.
 */
export function Recipient({ id, label, account, onChange }: RecipientProps): JSX.Element {
  const { t, rpc, config } = usePage()
  const [text, setText] = useState("")
  const [confirmed, setConfirmed] = useState(false)
  const forbidden = [config.contract, config.token.address]
  const { address, problem, found } = readRecipient(text.trim(), account, forbidden, config.chainId)
  const { result } = useAsync(
    address === undefined ? undefined : async () => await rpc.send("eth_getCode", address, "latest"),
    [address],
  )
  const code = valueOf(result)
  const isContract = typeof code === "string" && code.length > 2 && !code.startsWith("0xef0100")

  const change = (next: string): void => {
    setText(next)
    setConfirmed(false)
    onChange(undefined)
  }
  return (
    <div class="recipient">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        dir="ltr"
        value={text}
        placeholder="0x…"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        onInput={({ currentTarget }) => {
          change(currentTarget.value)
        }}
      />
      {problem !== undefined && (
        <p id={`${id}-problem`} class="problem" role="alert">
          {t(problem, { found })}
        </p>
      )}
      {address !== undefined && (
        <div class="second-look">
          <p>{t("claim.to.look")}</p>
          <p class="groups" dir="ltr" aria-label={toChecksum(address)}>
            <span>0x</span>
            {groupedAddress(toChecksum(address)).map((group, i) => (
              <span key={i}>{group}</span>
            ))}
          </p>
          {isContract && <p class="problem">{t("claim.to.contract")}</p>}
          <p class="hint">{t("claim.to.exchange")}</p>
          <label class="check">
            <input
              id={`${id}-confirm`}
              type="checkbox"
              checked={confirmed}
              onChange={({ currentTarget }) => {
                setConfirmed(currentTarget.checked)
                onChange(currentTarget.checked ? address : undefined)
              }}
            />
            <span>{t("claim.to.confirm")}</span>
          </label>
        </div>
      )}
    </div>
  )
}

interface Read {
  readonly address: AddressText | undefined
  readonly problem: TextKey | undefined
  /** What the text of the problem names. */
  readonly found: string
}

function readRecipient(
  text: string,
  account: AddressText | undefined,
  forbidden: readonly string[],
  chainId: number,
): Read {
  const no = (problem: TextKey | undefined): Read => ({ address: undefined, problem, found: "" })
  if (text === "") return no(undefined)
  const read = readAddressText(text, chainId)
  // A name is not followed here: who receives is compared by eye, and a name can change.
  if (read.kind === "name") return no("look.malformed")
  if (read.kind === "problem") return { address: undefined, problem: read.problem, found: read.found }
  const { address } = read
  if (address === account) return no("claim.to.self")
  if (address === ZERO_ADDRESS || forbidden.includes(address)) return no("claim.to.bad")
  return { address, problem: undefined, found: "" }
}
