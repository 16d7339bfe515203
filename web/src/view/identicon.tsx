import type { JSX } from "preact"
import { useMemo } from "preact/hooks"
import type { Address } from "../../../scripts/core/primitives/address.ts"
import { keccak256 } from "../keccak.ts"

/**
 * Draws a small picture of an address: five by five squares, mirrored, in two colours. Both are taken from a hash of it, so
 * that addresses with many zeros have pictures too.
 */
export function Identicon({ of }: { of: Address }): JSX.Element {
  const hash = useMemo(() => keccak256(new TextEncoder().encode(of)), [of])
  const hue = ((hash[0] ?? 0) * 360) / 256
  const squares: JSX.Element[] = []
  for (let row = 0; row < 5; row++) {
    for (let column = 0; column < 3; column++) {
      const value = hash[1 + row * 3 + column] ?? 0
      if (value < 112) continue
      const fill = `hsl(${value > 191 ? (hue + 150) % 360 : hue} 65% 55%)`
      for (const x of column === 2 ? [2] : [column, 4 - column]) {
        squares.push(<rect key={`${row}-${x}`} x={x} y={row} width={1} height={1} fill={fill} />)
      }
    }
  }
  return (
    <svg class="identicon" viewBox="0 0 5 5" width={28} height={28} aria-hidden="true">
      {squares}
    </svg>
  )
}
