import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildCatalogue } from '../../../src/measures/catalogue.ts'
import { HEALTH_WEIGHTS, STANDARD_HEALTH, weightOf, type HealthSetting } from '../../../src/measures/health/assumptions.ts'
import { HEALTH_MEASURES, writeHealth } from '../../../src/measures/health/loss.ts'
import type { LossSource } from '../../../src/measures/health/loss.ts'
import { createMeasurer } from '../../../src/measures/measure-run.ts'
import { compiledScenario, filledCensus, seriesOf } from '../synthetic.ts'

const NOBODY = { first: [], admission: [], unmetNeed: [], withdrew: [], dischargedAfterDna: [], died: [], emergency: [] }

/** Health series by name, from counts by row; those left out are nought. */
function healthOf(
  counts: Partial<Record<keyof typeof NOBODY, readonly number[]>>,
  rows: number,
  weight: number,
  stepsPerWeek = 1,
  rules: Partial<HealthSetting> = {},
): Record<(typeof HEALTH_MEASURES)[number], number[]> {
  const given = Object.entries({ ...NOBODY, ...counts })
  const people = Object.fromEntries(given.map(([name, values]) => [name, Float64Array.from({ length: rows }, (_, row) => values[row] ?? 0)]))
  const source = { ...people, removed: null } as unknown as LossSource
  const out = new Float64Array(HEALTH_MEASURES.length * rows)
  // Admission weighs twice, so that the two stages can be told apart.
  writeHealth(source, out, { firstAppointment: weight, admission: 2 * weight }, { ...STANDARD_HEALTH, ...rules }, stepsPerWeek)
  const series = HEALTH_MEASURES.map((name, index) => [name, [...out.subarray(index * rows, (index + 1) * rows)]])
  return Object.fromEntries(series) as Record<(typeof HEALTH_MEASURES)[number], number[]>
}

const people = (rows: number) => fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: rows, maxLength: rows })

describe('health lost while waiting', () => {
  it('is person-weeks × weight, people taken at the middle of the week', () => {
    const health = healthOf({ first: [100, 100, 200] }, 3, 0.01)
    expect(health['qalys-lost']).toEqual([0, 1, 1.5])
    expect(health['qalys-lost-to-date']).toEqual([0, 1, 2.5])
  })

  it('weighs each stage by itself', () => {
    const both = healthOf({ first: [100, 100], admission: [10, 30] }, 2, 0.01)
    expect(both['qalys-lost'][1]).toBeCloseTo(100 * 0.01 + 20 * 0.02, 12)
  })

  it('holds what a death and an emergency cost, where a study gives them a cost', () => {
    const counts = { died: [0, 2], emergency: [0, 3] }
    expect(healthOf(counts, 2, 0.01)['qalys-lost'][1]).toBe(0)
    const costly = healthOf(counts, 2, 0.01, 1, { qalysPerDeath: 5, qalysPerEmergency: 0.5 })
    expect(costly['qalys-lost-to-date'][1]).toBeCloseTo(11.5, 12)
  })

  it('counts steps shorter than a week as the part of a week that they are', () => {
    const week = healthOf({ first: Array.from({ length: 2 }, () => 70) }, 2, 0.01)
    const days = healthOf({ first: Array.from({ length: 8 }, () => 70) }, 8, 0.01, 7)
    expect(days['qalys-lost-to-date'].at(-1)).toBeCloseTo(week['qalys-lost-to-date'][1], 12)
  })

  it('grows with people and with weight, in proportion, and never falls', () => {
    fc.assert(
      fc.property(people(20), people(20), fc.integer({ min: 2, max: 9 }), (waiting, unmetNeed, factor) => {
        const once = healthOf({ first: waiting, unmetNeed }, 20, 0.003)
        const heavier = healthOf({ first: waiting, unmetNeed }, 20, 0.003 * factor)
        for (const name of ['qalys-lost', 'qalys-lost-to-date', 'qalys-lost-off-list-to-date'] as const) {
          heavier[name].forEach((value, row) => expect(value).toBeCloseTo(once[name][row] * factor, 6))
        }
        for (const name of ['qalys-lost-to-date', 'qalys-lost-off-list-to-date'] as const) {
          expect(once[name]).toEqual(once[name].toSorted((a, b) => a - b))
        }
      }),
      { seed: 31 },
    )
  })
})

describe('health lost off the list', () => {
  it('is that of unmet need, week for week', () => {
    const health = healthOf({ unmetNeed: [100, 100, 100] }, 3, 0.01)
    expect(health['qalys-lost-off-list-to-date']).toEqual([0, 1, 2])
  })

  it('of people who left untreated comes to the weeks that they stay in need', () => {
    for (const flow of ['withdrew', 'dischargedAfterDna'] as const) {
      const health = healthOf({ [flow]: [0, 1000] }, 2000, 0.01)
      const weeks = (health['qalys-lost-off-list-to-date'].at(-1) ?? 0) / (1000 * 0.01)
      // The trapezoid of an exponential that starts at the end of its week.
      expect(Math.abs(weeks - STANDARD_HEALTH.weeksInNeedAfterLeaving - 0.5)).toBeLessThan(0.6)
    }
  })

  it('of people who left untreated is as much by days as by weeks', () => {
    for (const flow of ['withdrew', 'dischargedAfterDna'] as const) {
      const weeks = healthOf({ [flow]: [0, 1000] }, 1000, 0.01, 1)['qalys-lost-off-list-to-date'].at(-1) ?? 0
      const days = healthOf({ [flow]: [0, 1000] }, 7000, 0.01, 7)['qalys-lost-off-list-to-date'].at(-1) ?? 0
      // The first half week is that of the trapezoid.
      expect(Math.abs(days / weeks - 1)).toBeLessThan(0.01)
    }
  })

  it('leaves nobody better off for having been discharged rather than kept waiting', () => {
    const kept = healthOf({ first: Array.from({ length: 11 }, () => 100) }, 11, 0.01)
    const discharged = healthOf({ first: [100], dischargedAfterDna: [0, 100] }, 11, 0.01)
    const loss = (health: typeof kept): number =>
      health['qalys-lost-to-date'][10] + health['qalys-lost-off-list-to-date'][10]
    expect(loss(discharged) / loss(kept)).toBeGreaterThan(0.9)
    expect(loss(discharged) / loss(kept)).toBeLessThan(1.1)
  })
})

describe('deaths and emergencies to date', () => {
  it('are running sums of the weeks', () => {
    const health = healthOf({ died: [0, 2, 0, 3], emergency: [0, 1, 1, 1] }, 4, 0.01)
    expect(health['deaths-to-date']).toEqual([0, 2, 2, 5])
    expect(health['emergencies-to-date']).toEqual([0, 1, 2, 3])
  })
})

describe('weights', () => {
  it('are one for each specialty: its own, or that of all others', () => {
    const named = HEALTH_WEIGHTS.flatMap(({ specialties }) => specialties)
    expect(new Set(named).size).toBe(named.length)
    expect(HEALTH_WEIGHTS.filter(({ specialties }) => specialties.length === 0)).toHaveLength(1)
    expect(weightOf(STANDARD_HEALTH, 'C_110').id).toBe('orthopaedics')
    expect(weightOf(STANDARD_HEALTH, 'X05').id).toBe('other')
  })

  it('are above nought, with a spread, a source and a confidence, and a fraction of full health', () => {
    for (const { firstAppointment, admission, relativeSd, source } of HEALTH_WEIGHTS) {
      expect(firstAppointment).toBeGreaterThan(0)
      expect(admission * 52.18).toBeLessThan(0.5)
      expect(relativeSd).toBeGreaterThan(0)
      expect(source).not.toBe('')
    }
  })

  it('are smaller before the first appointment, after which most people are not treated', () => {
    for (const { firstAppointment, admission } of HEALTH_WEIGHTS) expect(firstAppointment).toBeLessThan(admission)
  })
})

describe('in a run', () => {
  const compiled = compiledScenario({ steps: 30, population: [10, 20, 30], services: ['C_110', 'C_100', 'C_120'] })
  const catalogue = buildCatalogue(compiled)
  const censuses = [1, 2, 3].map((seed) => filledCensus(30, 3, seed))
  const run = (order: readonly number[], health: HealthSetting = STANDARD_HEALTH): Float64Array => {
    const measurer = createMeasurer(compiled, catalogue, health)
    for (const index of order) measurer.addService(index, censuses[index])
    return measurer.finish()
  }
  const values = run([0, 1, 2])

  it.each(HEALTH_MEASURES)('%s of all is the sum of specialties, and of everybody the sum of groups', (measure) => {
    const read = (specialty: string, group: string): number =>
      seriesOf(catalogue, values, { specialty, dimension: group === 'all' ? 'all' : 'deprivation', group, measure })[30]
    const all = read('all', 'all')
    expect(all).toBeGreaterThan(0)
    expect(['C_110', 'C_100', 'C_120'].reduce((sum, code) => sum + read(code, 'all'), 0) / all).toBeCloseTo(1, 12)
    expect(['1', '2', '3'].reduce((sum, group) => sum + read('all', group), 0) / all).toBeCloseTo(1, 12)
  })

  it('is the same to the bit in whatever order specialties come', () => {
    expect(run([2, 0, 1])).toEqual(values)
  })

  it('weighs each specialty and stage by its own weight', () => {
    for (const code of ['C_110', 'C_100', 'C_120']) {
      const waiting = (stage: string): number[] => seriesOf(catalogue, values, { specialty: code, stage, measure: 'waiting' })
      const loss = seriesOf(catalogue, values, { specialty: code, measure: 'qalys-lost' })
      const { firstAppointment, admission } = weightOf(STANDARD_HEALTH, code)
      const [first, second] = [waiting('first-appointment'), waiting('admission')]
      const expected = ((first[6] + first[7]) / 2) * firstAppointment + ((second[6] + second[7]) / 2) * admission
      expect(loss[7]).toBeCloseTo(expected, 12)
    }
  })

  it('lets groups lose differently, and everybody the sum of the groups', () => {
    const steep = run([0, 1, 2], { ...STANDARD_HEALTH, deprivationGradient: [2, 1, 0] })
    const read = (from: Float64Array, group: string): number =>
      seriesOf(catalogue, from, { dimension: group === 'all' ? 'all' : 'deprivation', group, measure: 'qalys-lost-to-date' })[30]
    expect(read(steep, '1') / read(values, '1')).toBeCloseTo(2, 12)
    expect(read(steep, '2') / read(values, '2')).toBeCloseTo(1, 12)
    expect(read(steep, '3')).toBe(0)
    expect((read(steep, '1') + read(steep, '2')) / read(steep, 'all')).toBeCloseTo(1, 12)
  })
})
