/** Week-band tables made up for tests. */
import { BANDS } from '../../../src/baseline/types.ts'
import type { MonthCounts, SpecialtySeries } from '../../../src/baseline/series/types.ts'

export const HEADER = ['month', 'area', 'part', 'tfc', ...Array.from({ length: BANDS }, (_, band) => `w${String(band).padStart(3, '0')}`), 'unknown_start', 'total'].join(',')

/** A row: counts by band, pathways of unknown start, and the total unless another is given. */
export function bandRow(month: string, area: string, part: string, code: string, bands: Readonly<Record<number, number>>, unknown = 0, total?: number): string {
  const counts = Array.from({ length: BANDS }, (_, band) => bands[band] ?? 0)
  const sum = counts.reduce((a, b) => a + b, unknown)
  return [month, area, part, code, ...counts, unknown, total ?? sum].join(',')
}

/** All parts of one treatment function in a month. */
export function monthRows(month: string, area: string, code: string, starts = 20): string[] {
  return [
    bandRow(month, area, '1A', code, { 3: 3, 60: 1 }),
    bandRow(month, area, '1B', code, { 0: 4, 20: 2 }),
    bandRow(month, area, '2', code, { 0: 10, 17: 8, 18: 7, 104: 1 }, 2),
    bandRow(month, area, '2A', code, { 0: 2, 17: 4 }),
    bandRow(month, area, '3', code, {}, 0, starts),
  ]
}

/** A table of whole rows. */
export function tableOf(rows: readonly string[]): string {
  return `${[HEADER, ...rows].join('\n')}\n`
}

/** A series with one number in every array, for what needs no truth in it. */
export function flatSeries(months: readonly string[], people = 50): SpecialtySeries {
  const bands = (value: number): Float64Array => new Float64Array(BANDS).fill(value)
  return {
    code: 'C_110',
    months: months.map(
      (month): MonthCounts => ({ month, clockStarts: 40 * people, nonAdmitted: bands(people / 4), admitted: bands(people / 10), waitingFirst: bands(people), waitingAdmission: bands(people / 5) }),
    ),
  }
}
