import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../../src/baseline/calendar.ts'
import { beats, clearestBetter, dominates } from '../../../src/experiment/analysis/pareto.ts'
import type { Solution } from '../../../src/experiment/analysis/pareto.ts'
import { mixedPoint, pointOf, programmesOf, variablesOf } from '../../../src/experiment/analysis/portfolio.ts'
import type { PortfolioSettings } from '../../../src/experiment/analysis/portfolio.ts'

const SETTINGS: PortfolioSettings = {
  levers: ['capacity', 'attendance-support'],
  specialtyGroups: [['C_110'], ['C_330', 'C_130']],
  envelope: 24_000_000,
  timing: { from: '2026-04-01', years: 5, rampWeeks: 26 },
  groups: 5,
  spendLess: false,
}
const unit = fc.double({ min: 0, max: 1, noNaN: true })
const point = fc.array(unit, { minLength: variablesOf(SETTINGS), maxLength: variablesOf(SETTINGS) })

describe('programmesOf', () => {
  it('spends the envelope over the years of the money, whatever waits, and ends on the same day', () => {
    const end = Date.parse(addDays('2026-04-01', Math.round(5 * 365.25)))
    fc.assert(
      fc.property(point, (variables) => {
        const programmes = programmesOf(SETTINGS, variables)
        if (programmes.length === 0) return
        const total = programmes.reduce((sum, { budget }) => sum + budget.perYear * budget.years, 0)
        // Yearly budgets are whole pounds: at most half a pound a year off for each programme that waits.
        expect(Math.abs(total - 5 * SETTINGS.envelope)).toBeLessThanOrEqual(2.5 * programmes.length)
        for (const { budget } of programmes) {
          const until = Date.parse(addDays(budget.from, Math.round(budget.years * 365.25)))
          expect(Math.abs(until - end)).toBeLessThanOrEqual(86_400_000)
          expect((Date.parse(budget.from) - Date.parse('2026-04-01')) / 86_400_000 / 91).toBeOneOf([0, 1, 2, 3, 4])
        }
      }),
      { seed: 9, numRuns: 200 },
    )
  })

  it('gives a hand-made split back as it was', () => {
    const own = [
      { lever: 'capacity' as const, specialties: [], perYear: 13_000_000, allocate: { rule: 'proportionate' as const, theta: 1.5 } },
      { lever: 'attendance-support' as const, specialties: [], perYear: 11_000_000, allocate: { rule: 'targeted' as const, groups: [1] } },
    ]
    const found = programmesOf(SETTINGS, pointOf(SETTINGS, own) ?? [])
    expect(found.map(({ lever, budget, allocate }) => ({ lever, specialties: [], perYear: budget.perYear, allocate }))).toEqual(own)
    expect(found.map(({ budget }) => budget.from)).toEqual(['2026-04-01', '2026-04-01'])
  })

  it('lets a lever wait a quarter or more, with as much money in less time', () => {
    const variables = pointOf(SETTINGS, [{ lever: 'capacity', specialties: [], perYear: 24_000_000, allocate: { rule: 'universal' } }]) ?? []
    const when = variables.length - SETTINGS.levers.length
    const [late] = programmesOf(SETTINGS, variables.with(when, 0.6))
    expect(late.budget.from).toBe('2026-07-01')
    expect(late.budget.years).toBeCloseTo(5 - 91 / 365.25, 12)
    expect(late.budget.perYear).toBe(Math.round((24_000_000 * 5) / (5 - 91 / 365.25)))
  })
})

describe('mixedPoint', () => {
  const all = pointOf(SETTINGS, [{ lever: 'capacity', specialties: [], perYear: 24_000_000, allocate: { rule: 'universal' } }]) ?? []

  it('mixes money in proportion, down to parts that one split leaves out', () => {
    // The second part is the first group of specialties; the first split buys nothing there.
    const aimed = all.with(0, 0.2).with(1, 1)
    const found = programmesOf(SETTINGS, mixedPoint(SETTINGS, all, aimed, 0.9))
    expect(found.map(({ id, budget }) => [id, budget.perYear])).toEqual([
      ['capacity', 21_600_000],
      ['capacity-aimed-1', 2_400_000],
    ])
  })
})

describe('beats', () => {
  const solution = (...objectives: number[][]): Solution => ({ variables: [], objectives, violation: 0 })
  const base = solution([10, 12, 11, 13], [5, 6, 5, 6])
  // A clear gain on the first objective; on the second a difference that may be luck.
  const tied = solution([8, 10.1, 9, 11], [5.2, 5.9, 5.1, 6.1])

  it('lets a difference that may be luck pass, where ranking does not', () => {
    expect([beats(tied, base), beats(base, tied)]).toEqual([true, false])
    expect(dominates(tied, base)).toBe(false)
  })

  it('lets no clear loss pass', () => {
    expect(beats(solution([8, 10.1, 9, 11], [5.5, 6.5, 5.5, 6.5]), base)).toBe(false)
    expect(beats(base, base)).toBe(false)
  })

  it('names a split that ties on nothing before one that ties', () => {
    const whole = solution([9, 11.1, 10, 12], [4.9, 5.9, 4.9, 5.9])
    expect(clearestBetter([tied, whole], base)).toBe(1)
    expect(clearestBetter([tied], base)).toBe(0)
    expect(clearestBetter([base], base)).toBeNull()
  })
})
