import { describe, expect, it } from 'vitest'
import { buildCatalogue } from '../../src/measures/catalogue.ts'
import { STANDARD_HEALTH } from '../../src/measures/health/assumptions.ts'
import { createMeasurer } from '../../src/measures/measure-run.ts'
import type { SeriesKey } from '../../src/measures/types.ts'
import { createCensus, type ServiceCensus } from '../../src/model/census.ts'
import type { CompiledScenario, Dimension } from '../../src/model/tables.ts'
import { compiledScenario, deprivation, filledCensus, seriesOf, setWaiting } from './synthetic.ts'

/** Two deprivation groups × routine (18 weeks, none for admission) and urgent (2 weeks, 4). */
const priority: Dimension = {
  id: 'priority',
  ordered: false,
  ofResidents: false,
  groups: ['routine', 'urgent'].map((id) => ({ id, label: id, population: 50 })),
  groupOfStratum: [0, 1, 0, 1],
}
const byDeprivation: Dimension = { ...deprivation([50, 50]), groupOfStratum: [0, 0, 1, 1] }

function withTargets(steps: number): CompiledScenario {
  const whole = compiledScenario({ steps, population: [25, 25, 25, 25], dimensions: [byDeprivation, priority] })
  return { ...whole, targetWeeksFirst: Float64Array.of(18, 2, 18, 2), targetWeeksAdmission: Float64Array.of(Number.NaN, 4, Number.NaN, 4) }
}

function measured(compiled: CompiledScenario, census: ServiceCensus): (key: Partial<SeriesKey>) => number[] {
  const catalogue = buildCatalogue(compiled)
  const measurer = createMeasurer(compiled, catalogue, STANDARD_HEALTH)
  measurer.addService(0, census)
  const values = measurer.finish()
  return (key) => seriesOf(catalogue, values, key)
}

function setAdmitted(census: ServiceCensus, row: number, stratum: number, band: number, people: number): void {
  census.admittedByBand[(row * census.strata + stratum) * census.bands + band] = people
}

const ofLevel = (group: string): Partial<SeriesKey> => ({ dimension: 'priority', group })

describe('target times', () => {
  const census = createCensus(60, 4)
  setWaiting(census, { row: 1, stage: 0, stratum: 0, band: 17 }, 6)
  setWaiting(census, { row: 1, stage: 0, stratum: 2, band: 18 }, 3)
  setWaiting(census, { row: 1, stage: 0, stratum: 1, band: 1 }, 1)
  setWaiting(census, { row: 1, stage: 0, stratum: 3, band: 2 }, 2)
  setWaiting(census, { row: 1, stage: 1, stratum: 0, band: 90 }, 50)
  setWaiting(census, { row: 1, stage: 1, stratum: 1, band: 3 }, 3)
  setWaiting(census, { row: 1, stage: 1, stratum: 1, band: 4 }, 1)
  setAdmitted(census, 1, 0, 80, 100)
  setAdmitted(census, 1, 1, 3, 3)
  setAdmitted(census, 2, 1, 10, 1)
  setAdmitted(census, 60, 3, 0, 5)
  const read = measured(withTargets(60), census)

  it('are passed by those who have waited as many whole weeks as the target of their level says', () => {
    expect(read({ measure: 'beyond-target-first', ...ofLevel('routine') })[1]).toBe(3 / 9)
    expect(read({ measure: 'beyond-target-first', ...ofLevel('urgent') })[1]).toBe(2 / 3)
    expect(read({ measure: 'beyond-target-first' })[1]).toBe(5 / 12)
    expect(read({ measure: 'beyond-target-first', dimension: 'deprivation', group: '1' })[1]).toBe(0)
  })

  it('leave out levels without a target', () => {
    expect(read({ measure: 'beyond-target-admission' })[1]).toBe(1 / 4)
    expect(read({ measure: 'beyond-target-admission', ...ofLevel('routine') })[1]).toBeNaN()
  })

  it('of admissions look back 52 weeks', () => {
    const within = read({ measure: 'admitted-within-target' })
    expect(within[0]).toBeNaN()
    expect(within.slice(1, 3)).toEqual([1, 3 / 4])
    expect(within[52]).toBe(3 / 4)
    expect(within[53]).toBe(0)
    expect(within[54]).toBeNaN()
    expect(within[60]).toBe(1)
  })

  it('are shares of a sample as of all', () => {
    const filled = filledCensus(8, 4, 11)
    filled.admittedByBand.fill(2, 4 * filled.bands)
    const whole = measured(withTargets(8), filled)
    const tenth = measured({ ...withTargets(8), sample: 0.1 }, filled)
    for (const measure of ['beyond-target-first', 'beyond-target-admission', 'admitted-within-target']) {
      expect(whole({ measure })[8]).toBeGreaterThan(0)
      expect(tenth({ measure })).toEqual(whole({ measure }))
    }
  })
})
