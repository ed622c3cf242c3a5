/** How the reference table is computed from its sources. Pure; `build.ts` reads the files. */
import { largestRemainder } from '../whole-people.ts'

/** Age bands of residents, as the population source has them. */
export const AGE_BANDS = ['0-18', '19-44', '45-64', '65-74', '75-84', '85+'] as const

const LAST_AGES = [18, 44, 64, 74, 84, Infinity]
const QUINTILES = 5

/** Column of {@link AGE_BANDS} that holds an age in years. */
function ageBandOf(ageYears: number): number {
  return LAST_AGES.findIndex((last) => ageYears <= last)
}

/** A row of hospital use: people and events of one age and quintile. */
export interface UseRow {
  readonly age: number
  /** 1 (most deprived) to 5. */
  readonly quintile: number
  readonly population: number
  readonly events: number
}

/** Events per resident and year by quintile (rows) and age band (columns): events ÷ people over the band's ages. */
export function useRates(rows: readonly UseRow[]): number[][] {
  const people = table()
  const events = table()
  for (const row of rows) {
    people[row.quintile - 1][ageBandOf(row.age)] += row.population
    events[row.quintile - 1][ageBandOf(row.age)] += row.events
  }
  return events.map((line, quintile) => line.map((count, age) => count / people[quintile][age]))
}

function table(): number[][] {
  return Array.from({ length: QUINTILES }, () => AGE_BANDS.map(() => 0))
}

/**
 * Residents by quintile and age band: the newer quintile totals, each spread over age bands as the older table's
 * quintile of the same rank is. Whole people; every quintile's total is kept exactly.
 *
 * @param totals residents by quintile on the newer index
 * @param ageMix residents by quintile and age band on the older index
 */
export function residentsByAge(totals: readonly number[], ageMix: readonly (readonly number[])[]): number[][] {
  return totals.map((total, quintile) => largestRemainder(ageMix[quintile], total))
}
