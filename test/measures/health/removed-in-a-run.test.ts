/** Those whom validation removes as a run reports them: by unit, scaled from a sample, with each group's own loss. */
import { describe, expect, it } from 'vitest'
import { BANDS } from '../../../src/baseline/types.ts'
import { buildCatalogue } from '../../../src/measures/catalogue.ts'
import { STANDARD_HEALTH, type HealthSetting } from '../../../src/measures/health/assumptions.ts'
import { emptyRemoved, followRemoved } from '../../../src/measures/health/removed.ts'
import { createMeasurer } from '../../../src/measures/measure-run.ts'
import type { CompiledScenario, ExitHazard } from '../../../src/model/tables.ts'
import { EXIT_CAUSES } from '../../../src/scenario/study.ts'
import { compiledScenario, filledCensus, seriesOf } from '../synthetic.ts'

const STEPS = 30
const STRATA = 3
const plain = compiledScenario({ steps: STEPS, population: [1000, 2000, 3000], services: ['C_110'] })
const exits = EXIT_CAUSES.map((cause, index): ExitHazard => ({
  byBand: new Float64Array(STRATA * BANDS).fill(0.001 * (index + 1)),
  added: cause === 'removed' ? Float64Array.from({ length: STRATA * STEPS }, (_, cell) => 0.05 + 0.01 * (cell % 7)) : null,
  addedFromBand: 12,
  factor: null,
}))
const validated: CompiledScenario = { ...plain, services: [{ ...plain.services[0], steps: STEPS, exits }] }
const catalogue = buildCatalogue(validated)
const census = filledCensus(STEPS, STRATA, 5)

/** A series of a group by row; `all` for everybody. */
function reported(measure: string, compiled: CompiledScenario, group: string, health: HealthSetting = STANDARD_HEALTH): number[] {
  const measurer = createMeasurer(compiled, catalogue, health)
  measurer.addService(0, census)
  return seriesOf(catalogue, measurer.finish(), { specialty: 'C_110', dimension: group === 'all' ? 'all' : 'deprivation', group, measure })
}

const TO_DATE = 'removed-by-validation-to-date'
const BEYOND = 'removed-beyond-18-weeks'
const OFF_LIST = 'qalys-lost-off-list-to-date'

describe('people whom validation removed, in a run', () => {
  const followed = emptyRemoved(validated)
  followRemoved(followed, validated.services[0], census, 0, STRATA)

  it('are those followed of each group: removed since the start, and beyond 18 weeks as they stand', () => {
    for (const stratum of [0, 1, 2]) {
      const rows = Array.from({ length: STEPS + 1 }, (_, row) => row * STRATA + stratum)
      const toDate = rows.map((_, row) => rows.slice(0, row + 1).reduce((sum, cell) => sum + followed.removed[cell], 0))
      expect(toDate[STEPS]).toBeGreaterThan(0)
      const closeTo = (values: readonly number[]): number[] => values.map((value) => expect.closeTo(value, 9) as number)
      expect(reported(TO_DATE, validated, String(stratum + 1))).toEqual(closeTo(toDate))
      expect(reported(BEYOND, validated, String(stratum + 1))).toEqual(closeTo(rows.map((cell) => followed.beyond18Weeks[cell])))
    }
  })

  it.each([TO_DATE, BEYOND, OFF_LIST])('add up over groups, and a quarter of the pathways stands for four times as many: %s', (measure) => {
    const everybody = reported(measure, validated, 'all')
    const groups = ['1', '2', '3'].map((group) => reported(measure, validated, group))
    const sample = reported(measure, { ...validated, sample: 0.25 }, 'all')
    everybody.forEach((value, row) => {
      expect(groups.reduce((sum, group) => sum + group[row], 0)).toBeCloseTo(value, 8)
      expect(sample[row] / 4).toBeCloseTo(value, 8)
    })
    expect(everybody[STEPS]).toBeGreaterThan(0)
  })

  it('are none, and not those of a run before, where a programme removes nobody', () => {
    const idle = { ...validated, services: [{ ...validated.services[0], exits: exits.map((exit) => ({ ...exit, added: null })) }] }
    for (const measure of [TO_DATE, BEYOND]) expect(reported(measure, idle, 'all').every((people) => people === 0)).toBe(true)
    expect(reported(OFF_LIST, idle, 'all')[STEPS]).toBeLessThan(reported(OFF_LIST, validated, 'all')[STEPS])
  })

  it('lose health by their own group’s gradient, and are counted alike whatever it is', () => {
    const steep: HealthSetting = { ...STANDARD_HEALTH, deprivationGradient: [3, 1, 0] }
    const even: HealthSetting = { ...STANDARD_HEALTH, deprivationGradient: [1, 1, 1] }
    const loss = (group: string, health: HealthSetting): number => reported(OFF_LIST, validated, group, health)[STEPS]
    expect(loss('1', steep) / loss('1', even)).toBeCloseTo(3, 9)
    expect(loss('2', steep) / loss('2', even)).toBeCloseTo(1, 9)
    expect(loss('3', steep)).toBe(0)
    for (const measure of [TO_DATE, BEYOND]) expect(reported(measure, validated, '1', steep)).toEqual(reported(measure, validated, '1'))
  })
})
