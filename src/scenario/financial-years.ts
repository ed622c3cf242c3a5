/** Financial years as a study file writes them: `2026/27`. */
import { financialYear } from '../baseline/calendar.ts'

/** Whether a text names a financial year from 2000/01 to 2198/99. */
export function isFinancialYear(text: string): boolean {
  const match = /^(2[01]\d\d)\/(\d\d)$/.exec(text)
  return match !== null && (Number(match[1]) + 1) % 100 === Number(match[2])
}

/** First calendar year of a financial year: 2026 for `2026/27`. */
export const firstYearOf = (text: string): number => Number(text.slice(0, 4))

/** `2026/27` for 2026. */
export const yearName = (firstYear: number): string => `${firstYear}/${String((firstYear + 1) % 100).padStart(2, '0')}`

/** Financial years from the one of a first day to the one before `end`, by their first calendar years. */
export function financialYearsOf(start: string, lastDay: string): number[] {
  const first = financialYear(start)
  return Array.from({ length: financialYear(lastDay) - first + 1 }, (_, index) => first + index)
}
