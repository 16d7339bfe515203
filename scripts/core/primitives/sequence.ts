/**
 * Items in a fixed order. A list is one. A very long sequence may create an item each time it is read, because a
 * million objects would fill the memory.
 */
export interface Sequence<Item> {
  readonly length: number
  /** Returns the item at an index from zero up; undefined beyond the end. */
  readonly at: (index: number) => Item | undefined
}

/** Visits each item of a sequence. A generator would take as long for a million items as the work on them. */
export function forEach<Item>(sequence: Sequence<Item>, visit: (item: Item, index: number) => void): void {
  for (let i = 0; i < sequence.length; i++) {
    const item = sequence.at(i)
    if (item !== undefined) visit(item, i)
  }
}
