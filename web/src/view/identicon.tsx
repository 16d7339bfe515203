import type { JSX } from "preact"
import type { Address } from "../../../scripts/core/primitives/address.ts"

/** Draws a small picture of an address: five by five squares, mirrored, in two colours taken from its digits. */
export function Identicon({ of }: { of: Address }): JSX.Element {
  const digit = (place: number): number => Number.parseInt(of.charAt(2 + place), 16)
  const hue = digit(0) * 22.5
  const squares: JSX.Element[] = []
  for (let row = 0; row < 5; row++) {
    for (let column = 0; column < 3; column++) {
      const value = digit(4 + row * 3 + column)
      if (value < 7) continue
      const fill = `hsl(${value > 11 ? (hue + 150) % 360 : hue} 65% 55%)`
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
