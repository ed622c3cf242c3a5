/**
 * Counts that can be written without telling of few people: every one a multiple of a threshold, so that none from 1 to
 * the threshold less one is ever written, and no exact total stands beside them from which one could be taken off. Pure.
 */

/**
 * Rounds a row of counts so that the sum up to each of them is the true sum rounded to a multiple of the threshold. The
 * row keeps its shape (a tail of ones becomes a threshold now and then, not nothing), and the total is within half a
 * threshold of the true one.
 *
 * @param counts whole numbers, 0 or more
 * @param threshold whole number, at least 2
 */
export function roundCounts(counts: readonly number[], threshold: number): number[] {
  let sum = 0
  let written = 0
  return counts.map((count) => {
    sum += count
    const upTo = Math.floor(sum / threshold + 0.5) * threshold
    const rounded = upTo - written
    written = upTo
    return rounded
  })
}

/** {@link roundCounts} of every row of a table, row by row, so that its total too is within half a threshold. */
export function roundTable(rows: readonly (readonly number[])[], threshold: number): number[][] {
  const flat = roundCounts(rows.flat(), threshold)
  let from = 0
  return rows.map((row) => flat.slice(from, (from += row.length)))
}
