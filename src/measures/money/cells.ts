/** Which groups, specialties and periods money is reported for. */
import { addDays, financialYear } from '../../baseline/calendar.ts'
import type { RunTable, SeriesCatalogue } from '../types.ts'
import type { MoneyCell, Period } from './types.ts'

/** A period, and the positions of its ends among the reporting dates. */
export interface ReportedPeriod extends Period {
  readonly first: number
  readonly last: number
}

/** Cells by how much is said of them. */
export interface MoneyCells {
  /** Everybody, all specialties. */
  readonly all: MoneyCell
  /** Each deprivation group in all specialties. */
  readonly groups: readonly MoneyCell[]
  /** Each specialty, everybody. */
  readonly specialties: readonly MoneyCell[]
  /** Each group in each specialty. */
  readonly both: readonly MoneyCell[]
}

/** @param catalogue names of the study's series */
export function moneyCells({ keys, dimensions }: SeriesCatalogue): MoneyCells {
  const codes = [...new Set(keys.map(({ specialty }) => specialty))].filter((code) => code !== 'all')
  const groups = dimensions.find(({ id }) => id === 'deprivation')?.groups.map(({ id }) => id) ?? []
  return {
    all: { group: 'all', specialty: 'all' },
    groups: groups.map((group) => ({ group, specialty: 'all' })),
    specialties: codes.map((specialty) => ({ group: 'all', specialty })),
    both: codes.flatMap((specialty) => groups.map((group) => ({ group, specialty }))),
  }
}

/** From one reporting date to the next: each a financial year, or the part of it inside the projection. */
export function financialYears({ dates }: SeriesCatalogue, { dateIndices }: RunTable): ReportedPeriod[] {
  return dateIndices.slice(1).map((to, before) => {
    const [start, end] = [dates[dateIndices[before]], dates[to]]
    // A week that ends in the first days of April belongs to the year before, of which it is the last count.
    const year = Math.max(financialYear(addDays(end, -7)), financialYear(addDays(start, 1)))
    return { financialYear: year, from: start, to: end, first: before, last: before + 1 }
  })
}

/** From the start to each reporting date; the last is the whole projection. */
export function sinceStart({ dates }: SeriesCatalogue, { dateIndices }: RunTable): ReportedPeriod[] {
  return dateIndices.slice(1).map((to, before) => ({ financialYear: null, from: dates[dateIndices[0]], to: dates[to], first: 0, last: before + 1 }))
}
