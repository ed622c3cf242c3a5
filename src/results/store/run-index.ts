/**
 * Where each stored run is, 40 bytes a run: open addressing on the run's id itself, which is a hash.
 */

/** Where a run's values stand. */
export interface RunPlace {
  /** Number of the batch file, as the caller counts them. */
  readonly file: number
  /** First row in it, and rows. */
  readonly start: number
  readonly count: number
}

const WORDS = 7
const FIRST_CAPACITY = 1024
/** Above it, searching takes long; the table then doubles. */
const FULLEST = 0.7

/** A growing table of runs. */
export class RunIndex {
  #slots = new Uint32Array(FIRST_CAPACITY * WORDS)
  #capacity = FIRST_CAPACITY
  #size = 0

  /** Runs in the table. */
  get size(): number {
    return this.#size
  }

  /** @param id 32 hex digits */
  get(id: string): RunPlace | null {
    const words = wordsOf(id)
    const at = this.#slotOf(words)
    const slots = this.#slots
    if (slots[at + 6] === 0) return null
    return { file: slots[at + 4], start: slots[at + 5], count: slots[at + 6] - 1 }
  }

  /** Adds a run, or moves one that is known. */
  set(id: string, { file, start, count }: RunPlace): void {
    if (this.#size >= this.#capacity * FULLEST) this.#grow()
    this.#put(wordsOf(id), file, start, count + 1)
  }

  #put(words: readonly number[], file: number, start: number, mark: number): void {
    const at = this.#slotOf(words)
    const slots = this.#slots
    if (slots[at + 6] === 0) this.#size += 1
    slots.set(words, at)
    slots[at + 4] = file
    slots[at + 5] = start
    // Rows and one: nought is an empty slot.
    slots[at + 6] = mark
  }

  /** The first word of the run's slot, or of the empty one where it would be. */
  #slotOf([a, b, c, d]: readonly number[]): number {
    const slots = this.#slots
    for (let slot = a & (this.#capacity - 1); ; slot = (slot + 1) & (this.#capacity - 1)) {
      const at = slot * WORDS
      if (slots[at + 6] === 0) return at
      if (slots[at] === a && slots[at + 1] === b && slots[at + 2] === c && slots[at + 3] === d) return at
    }
  }

  #grow(): void {
    const old = this.#slots
    this.#capacity *= 2
    this.#slots = new Uint32Array(this.#capacity * WORDS)
    this.#size = 0
    for (let at = 0; at < old.length; at += WORDS) {
      if (old[at + 6] > 0) this.#put([...old.subarray(at, at + 4)], old[at + 4], old[at + 5], old[at + 6])
    }
  }
}

function wordsOf(id: string): number[] {
  return [0, 8, 16, 24].map((start) => Number.parseInt(id.slice(start, start + 8), 16))
}
