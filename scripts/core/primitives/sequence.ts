/**
 * Items in an order of their own. A list is one; a sequence of very many may make an item each time that it is asked
 * for one, as a million objects would fill the memory.
 */
export interface Sequence<Item> {
  readonly length: number
  /** The item at an index from zero up; undefined beyond the end. */
  readonly at: (index: number) => Item | undefined
}

/** Goes through a sequence. A generator would take as long for a million items as what is done with them. */
export function forEach<Item>(sequence: Sequence<Item>, visit: (item: Item, index: number) => void): void {
  for (let i = 0; i < sequence.length; i++) {
    const item = sequence.at(i)
    if (item !== undefined) visit(item, i)
  }
}
