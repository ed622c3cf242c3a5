/**
 * The few dates at which single runs are kept and tables are read: the start, the end of each financial year
 * inside the horizon, and the end.
 */

/**
 * @param dates ISO dates of census rows, rising
 * @returns indices into `dates`, rising, without repeats: row 0 (the list at the start), the row dated on or
 *   first after 31 March of each year within the horizon, and the last row
 */
export function reportingDateIndices(dates: readonly string[]): number[] {
  const last = dates.length - 1
  const indices = new Set([0])
  const lastYear = Number(dates[last].slice(0, 4))
  for (let year = Number(dates[0].slice(0, 4)); year <= lastYear; year += 1) {
    // ISO dates of four-digit years compare as text. Before row 0 is outside the horizon, and so is after the last.
    const yearEnd = `${year}-03-31`
    if (yearEnd < dates[0] || yearEnd > dates[last]) continue
    indices.add(dates.findIndex((date) => date >= yearEnd))
  }
  indices.add(last)
  return [...indices]
}
