/**
 * Who is referred and who waits, by deprivation quintile: residents × age-banded rates of hospital use. No
 * published table splits the waiting list by quintile; a split without age would overstate the most deprived,
 * who are younger. Pure.
 */
import type { UseRates } from './reference/reference.ts'

/**
 * Share of hospital use by quintile, summing to 1.
 *
 * @param populationByAge residents by quintile (rows) and age band (columns)
 * @param rates use per resident and year, same shape
 */
export function useShare(populationByAge: readonly (readonly number[])[], rates: UseRates): number[] {
  const use = populationByAge.map((row, quintile) => row.reduce((sum, people, age) => sum + people * rates[quintile][age], 0))
  const total = use.reduce((a, b) => a + b, 0)
  return use.map((amount) => amount / total)
}

/** Shares rounded to 6 decimals that still sum to 1: the rounding's remainder goes to the largest. */
export function roundShares(shares: readonly number[]): number[] {
  const millionths = shares.map((share) => Math.round(share * 1e6))
  const largest = millionths.indexOf(Math.max(...millionths))
  millionths[largest] += 1e6 - millionths.reduce((a, b) => a + b, 0)
  return millionths.map((count) => count / 1e6)
}
