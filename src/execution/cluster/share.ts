/**
 * Which part of the work each task of a job array does. Work is numbered; what is missing is a rising list of
 * numbers, kept as ranges; task i of n does the i-th of n contiguous slices of that list, as equal as can be.
 */

/** Numbers from the first up to, and without, the second. */
export type Range = readonly [from: number, to: number]

/** Gathers rising numbers into ranges. */
export class RangeBuilder {
  readonly #ranges: [number, number][] = []

  /** @param number above every number added before */
  add(number: number): void {
    const last = this.#ranges.at(-1)
    if (last?.[1] === number) last[1] = number + 1
    else this.#ranges.push([number, number + 1])
  }

  /** The ranges so far, rising, none touching the next. */
  get ranges(): readonly Range[] {
    return this.#ranges
  }
}

/** Numbers in the ranges. */
export function itemCount(ranges: readonly Range[]): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from, 0)
}

/**
 * The numbers that a task does: every number belongs to exactly one task.
 * @param task 0 to `tasks` − 1
 * @returns rising; empty where there are more tasks than numbers and this one is left over
 */
export function shareOf(ranges: readonly Range[], task: number, tasks: number): number[] {
  const total = itemCount(ranges)
  const first = Math.floor((total * task) / tasks)
  const end = Math.floor((total * (task + 1)) / tasks)
  const numbers: number[] = []
  let before = 0
  for (const [from, to] of ranges) {
    const start = Math.max(first - before, 0)
    const stop = Math.min(end - before, to - from)
    for (let k = start; k < stop; k += 1) numbers.push(from + k)
    before += to - from
  }
  return numbers
}
