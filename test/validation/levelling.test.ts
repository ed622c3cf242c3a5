/** Levelling against the worked example that the Strategy Unit publishes for its model of demand for new hospitals. */
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { levellingMultipliers, type LevellingRule } from '../../src/investment/allocation/levelling.ts'

interface Published {
  readonly population: readonly number[]
  readonly count: readonly number[]
  readonly level_up_multiplier_published: readonly number[]
  readonly level_down_multiplier_published: readonly number[]
}

const file = new URL('../../../shared/validation/levelling-multipliers.json', import.meta.url)
const isThere = existsSync(file)
if (!isThere) console.warn('skipped: the published levelling multipliers are not beside this project (../shared/validation)')

describe.skipIf(!isThere)('the published multipliers', () => {
  const published: Published | null = isThere ? (JSON.parse(readFileSync(file, 'utf8')) as Published) : null
  const { population = [], count = [] } = published ?? {}
  // The page rounds rates to four decimals before it fits its line, and multipliers after.
  const rates = count.map((number, group) => Math.round((number / population[group]) * 1e4) / 1e4)
  const rounded = (rule: LevellingRule): number[] =>
    levellingMultipliers(rule, { rates, need: population, isOrdered: true }).map((multiplier) => Math.round(multiplier * 1e4) / 1e4)

  it('of levelling up are met to every decimal printed', () => {
    expect(rounded('level-up')).toEqual(published?.level_up_multiplier_published)
  })

  it('of levelling down are met to every decimal printed', () => {
    expect(rounded('level-down')).toEqual(published?.level_down_multiplier_published)
  })

  it('have no zero-sum beside them that conserves activity; ours does, by population', () => {
    const exact = count.map((number, group) => number / population[group])
    const multipliers = levellingMultipliers('zero-sum', { rates: exact, need: population, isOrdered: true })
    const after = count.reduce((sum, number, group) => sum + number * multipliers[group], 0)
    expect(after).toBeCloseTo(count.reduce((sum, number) => sum + number, 0), 9)
    const leveled = exact.map((rate, group) => rate * multipliers[group])
    for (const rate of leveled) expect(rate).toBeCloseTo(565 / 431_617, 12)
  })
})

describe('levelling', () => {
  const groups = fc.array(fc.record({ rate: fc.double({ min: 1e-4, max: 1, noNaN: true }), need: fc.integer({ min: 1, max: 1e6 }) }), { minLength: 1, maxLength: 10 })
  const level = (rule: LevellingRule, some: readonly { rate: number; need: number }[], isOrdered: boolean): number[] =>
    levellingMultipliers(rule, { rates: some.map(({ rate }) => rate), need: some.map(({ need }) => need), isOrdered })

  it('conserves activity by zero-sum, weighted by need, whatever the groups', () => {
    fc.assert(
      fc.property(groups, fc.boolean(), (some, isOrdered) => {
        const multipliers = level('zero-sum', some, isOrdered)
        const before = some.reduce((sum, { rate, need }) => sum + rate * need, 0)
        const after = some.reduce((sum, { rate, need }, group) => sum + rate * need * multipliers[group], 0)
        expect(after / before).toBeCloseTo(1, 9)
      }),
      { seed: 121, numRuns: 500 },
    )
  })

  it('cuts nobody by levelling up, and raises nobody by levelling down', () => {
    fc.assert(
      fc.property(groups, fc.boolean(), (some, isOrdered) => {
        expect(level('level-up', some, isOrdered).every((multiplier) => multiplier >= 1)).toBe(true)
        expect(level('level-down', some, isOrdered).every((multiplier) => multiplier <= 1)).toBe(true)
      }),
      { seed: 122, numRuns: 500 },
    )
  })

  it('gives groups without an order the rate of the best, or of the worst', () => {
    const some = [{ rate: 0.2, need: 5 }, { rate: 0.8, need: 1 }, { rate: 0.4, need: 2 }]
    expect(level('level-up', some, false)).toEqual([4, 1, 2])
    expect(level('level-down', some, false)).toEqual([1, 0.25, 0.5])
  })
})
