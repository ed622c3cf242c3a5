/** Need, and treatment relative to it, however need is met: by a clock stop, by advice, late, or after outreach. */
import { describe, expect, it } from 'vitest'
import { createInlineBackend } from '../../src/execution/inline.ts'
import { runStudy } from '../../src/experiment/run-study.ts'
import { resolved } from '../scenario/helpers.ts'

const WEEKS = 52

/** Ample slots, so that whoever joins the list is treated at once, and large numbers, so that chance is small. */
const study = (assumptions: string, scenario = '{}', sample = 1): string => `
schemaVersion: 1
name: need
baseline:
  groups: [100000, 100000]
  specialties: [{ code: T_1, clockStartsPerWeek: [600, 400], firstAppointmentsPerWeek: 4000 }]
time: { start: 2026-04-06, weeks: ${WEEKS} }
sample: ${sample}
replications: 4
assumptions: { ${assumptions} }
scenarios:
  one: ${scenario}
`

/** Sums over the year, and the last value, by measure and group. */
async function measured(source: string) {
  const { catalogue, scenarios } = await runStudy(await resolved(source), createInlineBackend())
  const rows = (measure: string, group: string): number[] => {
    const series = catalogue.keys.findIndex((key) => key.specialty === 'all' && key.stage === 'all' && key.measure === measure && key.group === group && key.dimension === (group === 'all' ? 'all' : 'deprivation'))
    return [...scenarios[0].mean.subarray(series * catalogue.dates.length, (series + 1) * catalogue.dates.length)]
  }
  return {
    total: (measure: string, group = 'all') => rows(measure, group).reduce((sum, value) => sum + value, 0),
    last: (measure: string, group = 'all') => rows(measure, group).at(-1) ?? Number.NaN,
  }
}

/** Four standard errors of a Poisson count, as a share of it: a right count fails once in 16,000. */
const within = (count: number): number => 4 / Math.sqrt(count)
const ratio = (value: number, expected: number): number => Math.abs(value / expected - 1)
const REFERRED = 1000 * WEEKS

describe('need that arises', () => {
  it('is what is referred where all of it is, and all of it is treated', async () => {
    const { total, last } = await measured(study(''))
    expect(ratio(total('need'), REFERRED)).toBeLessThan(within(REFERRED * 4))
    expect(last('treated-per-need')).toBeCloseTo(1, 2)
  })

  it('is referrals ÷ propensity, by group, and is treated as far as it is referred', async () => {
    const { total, last } = await measured(study('referralPropensity: [0.5, 0.8]'))
    expect(ratio(total('need', '1'), (600 / 0.5) * WEEKS)).toBeLessThan(within(120 * WEEKS))
    expect(ratio(total('need', '2'), (400 / 0.8) * WEEKS)).toBeLessThan(within(100 * WEEKS))
    expect(last('treated-per-need', '1')).toBeCloseTo(0.5, 1)
    expect(ratio(last('treated-per-need', '1'), 0.5)).toBeLessThan(0.03)
    expect(ratio(last('treated-per-need', '2'), 0.8)).toBeLessThan(0.03)
  })

  it('grows with the need factor, treated or not, and so does treatment', async () => {
    const { total, last } = await measured(study('referralPropensity: [0.5, 0.8], needFactor: [1.5, 1]'))
    expect(ratio(total('need', '1'), 1.5 * (600 / 0.5) * WEEKS)).toBeLessThan(within(120 * WEEKS))
    expect(ratio(last('treated-per-need', '1'), 0.5)).toBeLessThan(0.03)
  })

  it('holds what advice answers, which counts as met', async () => {
    const { total, last } = await measured(study('referralPropensity: [0.5, 0.8], diversionShare: 0.3'))
    expect(ratio(total('diverted'), 0.3 * REFERRED)).toBeLessThan(within(REFERRED))
    expect(ratio(total('clock-starts'), 0.7 * REFERRED)).toBeLessThan(within(REFERRED))
    expect(ratio(total('need', '1'), (600 / 0.5) * WEEKS)).toBeLessThan(within(120 * WEEKS))
    expect(ratio(last('treated-per-need', '1'), 0.5)).toBeLessThan(0.03)
    // Per head, treatment is clock stops alone.
    expect(ratio(last('treated-per-1000', '1'), (0.7 * 600 * WEEKS) / 100)).toBeLessThan(0.03)
  })

  it('counts somebody who is referred again as a need again', async () => {
    const { total } = await measured(study('diversionShare: 0.3, diversionReturnShare: 0.5, diversionReturnWeeks: 2'))
    const returned = 0.15 * 1000 * (WEEKS - 2)
    expect(ratio(total('need'), REFERRED + returned)).toBeLessThan(within(REFERRED))
  })

  it('is not counted again when it presents late or is found, so that treatment catches up with it', async () => {
    const plain = await measured(study('referralPropensity: 0.5, unmetNeedInitialWeeks: 10'))
    const late = await measured(study('referralPropensity: 0.5, unmetNeedInitialWeeks: 10, latePresentationPerWeek: 0.05'))
    const found = await measured(study('referralPropensity: 0.5, unmetNeedInitialWeeks: 10', '{ invest: [{ lever: outreach, budget: { perYear: 1000000 } }] }'))
    for (const other of [late, found]) {
      expect(other.total('need')).toBe(plain.total('need'))
      expect(other.last('treated-per-need')).toBeGreaterThan(plain.last('treated-per-need') + 0.01)
      const joined = other.total('late-starts') > 0 ? other.total('late-starts') : other.total('additional-starts')
      expect(other.total('clock-starts') - plain.total('clock-starts')).toBeCloseTo(joined, 6)
      expect(plain.last('unmet-need') - other.last('unmet-need')).toBeGreaterThan(0.8 * joined)
    }
  })
})
