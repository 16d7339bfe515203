/** A fraction of two whole numbers, exact and in lowest terms. The denominator is above zero. */
export class Ratio {
  readonly top: bigint
  readonly bottom: bigint

  constructor(top: bigint, bottom = 1n) {
    const common = (bottom < 0n ? -1n : 1n) * greatestCommonDivisor(top, bottom)
    this.top = top / common
    this.bottom = bottom / common
  }

  /** Reads a decimal number, such as "12.5". */
  static read(text: string): Ratio {
    const [whole = "", fraction = ""] = text.split(".")
    return new Ratio(BigInt(whole + fraction), 10n ** BigInt(fraction.length))
  }

  plus(other: Ratio): Ratio {
    return new Ratio(this.top * other.bottom + other.top * this.bottom, this.bottom * other.bottom)
  }

  minus(other: Ratio): Ratio {
    return this.plus(new Ratio(-other.top, other.bottom))
  }

  times(other: Ratio): Ratio {
    return new Ratio(this.top * other.top, this.bottom * other.bottom)
  }

  over(other: Ratio): Ratio {
    return new Ratio(this.top * other.bottom, this.bottom * other.top)
  }

  /** Returns a number below, equal to or above zero. */
  compare(other: Ratio): number {
    const difference = this.top * other.bottom - other.top * this.bottom
    return difference < 0n ? -1 : difference > 0n ? 1 : 0
  }

  isAbove(other: Ratio): boolean {
    return this.compare(other) > 0
  }

  isBelow(other: Ratio): boolean {
    return this.compare(other) < 0
  }

  /** Returns the largest whole number that is not above a fraction of zero or more. */
  floor(): bigint {
    return this.top / this.bottom
  }

  static sum(ratios: Iterable<Ratio>): Ratio {
    return [...ratios].reduce((total, ratio) => total.plus(ratio), ZERO)
  }
}

export const ZERO = new Ratio(0n)

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}
