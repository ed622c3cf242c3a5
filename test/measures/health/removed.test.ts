import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BANDS } from '../../../src/baseline/types.ts'
import { STANDARD_HEALTH } from '../../../src/measures/health/assumptions.ts'
import { HEALTH_MEASURES, writeHealth } from '../../../src/measures/health/loss.ts'
import { emptyRemoved, followRemoved, isValidated, type RemovedPeople } from '../../../src/measures/health/removed.ts'
import { createCensus, type ServiceCensus } from '../../../src/model/census.ts'
import type { ExitHazard, ServiceTables } from '../../../src/model/tables.ts'
import { EXIT_CAUSES, type ExitCause } from '../../../src/scenario/study.ts'
import { compiledScenario, serviceTables, setFlow, setWaiting } from '../synthetic.ts'

const STEPS = 40
const LONG_WAIT = 12

/** A service of one stratum with a hazard for each cause, and one more of removal from 12 weeks on. */
function service(hazards: Partial<Record<ExitCause, number>>, byProgramme: number): ServiceTables {
  const exits = EXIT_CAUSES.map((cause): ExitHazard => ({
    byBand: new Float64Array(BANDS).fill(hazards[cause] ?? 0),
    added: cause === 'removed' ? new Float64Array(STEPS).fill(byProgramme) : null,
    addedFromBand: LONG_WAIT,
    factor: null,
  }))
  return { ...serviceTables({ code: 'C_100', specialty: 0, strata: 1, stepsPerWeek: 1 }), steps: STEPS, exits }
}

/** The same people wait in every week, all for 20 weeks; so many are removed in week 1 and nobody afterwards. */
function listOf(people: readonly [number, number], removedInFirstWeek: number): ServiceCensus {
  const census = createCensus(STEPS, 1)
  for (let row = 0; row <= STEPS; row += 1) {
    people.forEach((waiting, stage) => setWaiting(census, { row, stage: stage === 0 ? 0 : 1, stratum: 0, band: 20 }, waiting))
  }
  setFlow(census, 1, 0, 'removed', removedInFirstWeek)
  return census
}

function follow(tables: ServiceTables, census: ServiceCensus): RemovedPeople {
  const removed = emptyRemoved(compiledScenario({ steps: STEPS, population: [1000] }))
  followRemoved(removed, tables, census, 0, 1)
  return removed
}

const total = ({ first, admission }: RemovedPeople, row: number): number => first[row] + admission[row]

describe('people removed by a validation programme', () => {
  it('go on being counted at the stage where they were, all of them where nobody leaves for another cause', () => {
    const removed = follow(service({}, 0.1), listOf([300, 100], 40))
    expect(removed.first[1]).toBeCloseTo(30, 10)
    expect(removed.admission[1]).toBeCloseTo(10, 10)
    expect(total(removed, STEPS)).toBeCloseTo(40, 10)
  })

  it('are the programme\'s part of all removals, by the hazards of both', () => {
    expect(total(follow(service({ removed: 0.03 }, 0.01), listOf([300, 100], 40)), 1)).toBeCloseTo(10, 10)
  })

  it('leave as those who have waited as long do, and are known by the cause', () => {
    const removed = follow(service({ withdrew: 0.02, died: 0.001, emergency: 0.004, private: 0.005 }, 0.1), listOf([300, 100], 40))
    expect(total(removed, 2)).toBeCloseTo(40 * (1 - 0.03), 10)
    expect(removed.withdrew[2]).toBeCloseTo(40 * 0.02, 10)
    expect(removed.died[2]).toBeCloseTo(40 * 0.001, 10)
    expect(removed.emergency[2]).toBeCloseTo(40 * 0.004, 10)
  })

  it('are seen in slots that nobody else can use', () => {
    const census = listOf([300, 100], 40)
    census.unusedSlots[5 * 2] = 12
    const removed = follow(service({}, 0.1), census)
    expect(removed.first[5]).toBeCloseTo(18, 10)
    expect(removed.admission[5]).toBeCloseTo(10, 10)
    census.unusedSlots[6 * 2] = 100
    expect(follow(service({}, 0.1), census).first[6]).toBe(0)
  })

  it('start with the reported weeks: a warm-up has no programmes', () => {
    const census = listOf([300, 100], 40)
    const removed = emptyRemoved(compiledScenario({ steps: STEPS - 1, population: [1000] }))
    followRemoved(removed, service({}, 0.1), census, 1, 1)
    expect(total(removed, STEPS - 1)).toBe(0)
  })

  it('are never fewer than none nor more than were removed', () => {
    const share = fc.double({ min: 0, max: 0.4, noNaN: true })
    fc.assert(
      fc.property(share, share, share, fc.nat(60), (withdrew, removedAnyway, byProgramme, slots) => {
        const census = listOf([50, 50], 40)
        census.unusedSlots[3 * 2 + 1] = slots
        const removed = follow(service({ withdrew, removed: removedAnyway }, byProgramme), census)
        for (let row = 1; row <= STEPS; row += 1) {
          expect(total(removed, row)).toBeGreaterThanOrEqual(0)
          expect(total(removed, row)).toBeLessThanOrEqual(40 + 1e-9)
          expect(removed.beyond18Weeks[row]).toBeLessThanOrEqual(total(removed, row) + 1e-9)
        }
      }),
      { seed: 47 },
    )
  })

  it('have waited 18 weeks or more from the week on in which they would have, and no sooner', () => {
    const census = createCensus(STEPS, 1)
    // In the first week 10 who have waited 12 weeks and 30 who have waited 17 are removed, and 60 who have waited 25.
    for (const [band, people] of [[3, 500], [12, 100], [17, 300], [25, 600]]) setWaiting(census, { row: 0, stage: 0, stratum: 0, band }, people)
    setFlow(census, 1, 0, 'removed', 100)
    const removed = follow(service({}, 0.1), census)
    expect(removed.removed[1]).toBeCloseTo(100, 10)
    expect(removed.beyond18Weeks[1]).toBeCloseTo(90, 10)
    expect(removed.beyond18Weeks[5]).toBeCloseTo(90, 10)
    expect(removed.beyond18Weeks[6]).toBeCloseTo(100, 10)
    expect(removed.beyond18Weeks[STEPS]).toBeCloseTo(100, 10)
  })

  it('grow older by a week in seven days where steps are days', () => {
    const census = createCensus(STEPS, 1)
    setWaiting(census, { row: 0, stage: 1, stratum: 0, band: 15 }, 50)
    setFlow(census, 1, 0, 'removed', 50)
    const removed = follow({ ...service({}, 0.1), stepsPerWeek: 7 }, census)
    expect([1, 7, 14, 20, 21, 30].map((row) => Math.round(removed.beyond18Weeks[row]))).toEqual([0, 0, 0, 0, 50, 50])
  })

  it('are there only where a programme removes', () => {
    expect(isValidated(service({ removed: 0.1 }, 0.01))).toBe(true)
    expect(isValidated(service({ removed: 0.1 }, 0))).toBe(false)
  })
})

describe('health lost after removal', () => {
  const loss = (first: readonly number[], removed: RemovedPeople | null, qalysPerDeath = 0): number => {
    const none = new Float64Array(STEPS + 1)
    const out = new Float64Array(HEALTH_MEASURES.length * (STEPS + 1))
    const source = { first: Float64Array.from(first), admission: none, unmetNeed: none, withdrew: none, dischargedAfterDna: none, died: none, emergency: none, removed }
    writeHealth(source, out, { firstAppointment: 0.001, admission: 0.003 }, { ...STANDARD_HEALTH, qalysPerDeath }, 1)
    return out[2 * (STEPS + 1) - 1] + out[3 * (STEPS + 1) - 1]
  }

  it('makes up for what the list no longer shows', () => {
    const kept = Array.from({ length: STEPS + 1 }, () => 100)
    const removed = follow(service({}, 0.1), listOf([100, 0], 30))
    const shorter = kept.map((people, row) => people - total(removed, row))
    expect(loss(shorter, removed)).toBeCloseTo(loss(kept, null), 10)
    expect(loss(shorter, null)).toBeLessThan(0.75 * loss(kept, null))
  })

  it('holds the deaths that would have been counted on the list', () => {
    const removed = follow(service({ died: 0.01 }, 0.1), listOf([100, 0], 30))
    const deaths = removed.died.reduce((sum, each) => sum + each, 0)
    const none = Array.from({ length: STEPS + 1 }, () => 0)
    expect(loss(none, removed, 5) - loss(none, removed)).toBeCloseTo(5 * deaths, 10)
  })
})
