/**
 * "Did you mean …?": the nearest of a list of valid names.
 */

/** Names longer than this are compared by their beginning only, so that a hostile name costs nothing. */
const LONGEST_COMPARED = 80

/**
 * Damerau–Levenshtein distance (optimal string alignment): insertions, deletions, replacements and swaps of
 * neighbours that turn `a` into `b`.
 */
export function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
      let best = Math.min(previous[j] + 1, current[j - 1] + 1, replaced)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, beforePrevious[j - 2] + 1)
      }
      current.push(best)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[b.length]
}

/**
 * The valid name nearest to what was written, or null where none is near: at most a third of the letters wrong
 * (one in short names), letter case apart. A tie goes to the name listed first.
 */
export function nearest(written: string, valid: readonly string[]): string | null {
  const wanted = written.slice(0, LONGEST_COMPARED).toLowerCase()
  let best: string | null = null
  let bestDistance = Infinity
  for (const name of valid) {
    const distance = editDistance(wanted, name.toLowerCase())
    if (distance < bestDistance) {
      best = name
      bestDistance = distance
    }
  }
  const allowed = Math.max(1, Math.floor(Math.max(wanted.length, best?.length ?? 0) / 3))
  return bestDistance <= allowed ? best : null
}

/** The end of a sentence about a name: `; did you mean "capacity"?`, or nothing where none is near. */
export function didYouMean(near: string | null): string {
  return near === null ? '' : `; did you mean "${near}"?`
}
