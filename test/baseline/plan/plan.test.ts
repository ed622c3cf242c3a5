import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AVERAGE_WEEK } from '../../../src/baseline/calendar.ts'
import { deriveBaseline } from '../../../src/baseline/derive.ts'
import { factorFromCompliance, reliefCapacityPerWeek, targetCapacityPerWeek, targetListSize, weeksToClear } from '../../../src/baseline/plan/formulas.ts'
import { ALL, planFigures, together, withTotals, type Queue } from '../../../src/baseline/plan/plan.ts'
import { queuesOf } from '../../../src/baseline/plan/queues.ts'
import type { BaselinePack } from '../../../src/baseline/types.ts'
import { defaultAssumptions, shippedPack } from '../packs.ts'

const positive = fc.double({ min: 0.01, max: 1e5, noNaN: true })
const target = fc.record({
  weeks: fc.double({ min: 1, max: 104, noNaN: true }),
  compliance: fc.double({ min: 0.05, max: 0.99, noNaN: true }),
  reliefWeeks: fc.integer({ min: 1, max: 260 }),
})

function queue(given: Partial<Queue> = {}): Queue {
  return {
    specialty: 'A', name: 'A', group: ALL, groupLabel: 'Everybody', demandPerWeek: 30, capacityPerWeek: 27, waiting: 1200,
    meanWaitWeeks: 63, cvDemand: 1, cvCapacity: 1, ...given,
  }
}

describe('planning figures', () => {
  it('bring the list to its target in the relief weeks, at the relief capacity', () => {
    fc.assert(fc.property(positive, positive, target, (demand, waiting, { weeks, compliance, reliefWeeks }) => {
      const size = targetListSize(demand, weeks, factorFromCompliance(compliance))
      fc.pre(waiting > size * 1.001)
      const relief = reliefCapacityPerWeek(demand, waiting, size, reliefWeeks)
      expect((waiting + (demand - relief) * reliefWeeks) / size).toBeCloseTo(1, 6)
      expect(weeksToClear(demand, relief, waiting, size)).toBeCloseTo(reliefWeeks, 3)
    }))
  })

  it('make the share of exponential waits under the target the compliance', () => {
    fc.assert(fc.property(positive, target, (demand, { weeks, compliance }) => {
      const meanWait = targetListSize(demand, weeks, factorFromCompliance(compliance)) / demand
      expect(1 - Math.exp(-weeks / meanWait)).toBeCloseTo(compliance, 9)
    }))
  })

  it('always leave room above demand, and more of it where flows are more uneven', () => {
    fc.assert(fc.property(positive, fc.double({ min: 0.1, max: 5, noNaN: true }), (demand, cv) => {
      const even = targetCapacityPerWeek(demand, 18, 2.5, cv, cv)
      expect(even).toBeGreaterThan(demand)
      expect(targetCapacityPerWeek(demand, 18, 2.5, cv * 2, cv)).toBeGreaterThan(even)
    }))
  })

  it('say that a list that grows never clears, and that one at its target has', () => {
    const ask = { weeks: 52, compliance: 0.92, reliefWeeks: 26 }
    expect(planFigures(queue(), ask).weeksToClear).toBeNull()
    expect(planFigures(queue({ waiting: 10 }), ask).weeksToClear).toBe(0)
  })

  it('have no load without capacity and no pressure where nobody waits', () => {
    const figures = planFigures(queue({ capacityPerWeek: 0, waiting: 0, meanWaitWeeks: Number.NaN }), { weeks: 18, compliance: 0.92, reliefWeeks: 26 })
    expect(figures.load).toBeNull()
    expect(figures.pressure).toBeNull()
  })
})

describe('totals', () => {
  it('add up flows and lists, and weigh mean waits by people', () => {
    const both = together([queue(), queue({ waiting: 400, meanWaitWeeks: 15, demandPerWeek: 10 })], { specialty: ALL, name: 'All', group: ALL, groupLabel: 'All' })
    expect(both).toMatchObject({ waiting: 1600, demandPerWeek: 40, capacityPerWeek: 54, meanWaitWeeks: (1200 * 63 + 400 * 15) / 1600 })
  })

  it('stand before their parts, and are left out where there is one specialty without groups', () => {
    const rows = withTotals([queue({ group: '1' }), queue({ group: '2' }), queue({ specialty: 'B', group: '1' })], 'All', 'Everybody')
    expect(rows.map(({ specialty, group }) => `${specialty}/${group}`)).toEqual(['all/all', 'all/1', 'all/2', 'A/all', 'A/1', 'A/2', 'B/all', 'B/1'])
    expect(withTotals([queue()], 'All', 'Everybody')).toHaveLength(1)
  })

  it('are not spoiled by a part in which nobody waits', () => {
    const empty = queue({ waiting: 0, meanWaitWeeks: Number.NaN })
    expect(together([empty, queue()], { specialty: ALL, name: 'All', group: ALL, groupLabel: 'All' }).meanWaitWeeks).toBe(63)
  })
})

describe('the queues of a pack', () => {
  // The month itself, whatever has been fitted to others.
  const pack = JSON.parse(JSON.stringify(shippedPack('QYG'), (key, value: unknown) => (key === 'fitted' ? undefined : value))) as BaselinePack
  const assumptions = defaultAssumptions()
  const queues = queuesOf(deriveBaseline(pack, assumptions), assumptions)

  it('hold everybody on the list, and every clock stop of the month in an average week', () => {
    const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
    const list = sum(pack.specialties.flatMap(({ waitingWithDecision, waitingWithoutDecision }) => [...waitingWithDecision, ...waitingWithoutDecision]))
    const stops = sum(pack.specialties.flatMap(({ admittedStops, nonAdmittedStops }) => [...admittedStops, ...nonAdmittedStops]))
    expect(sum(queues.map(({ waiting }) => waiting))).toBe(list)
    const averageWeeks = (pack.workingDays / 253) * (365.25 / 7)
    // Groups that wait longer have a little more of the appointments and their own shares of decisions.
    expect(sum(queues.map(({ capacityPerWeek }) => capacityPerWeek)) / (stops / averageWeeks)).toBeCloseTo(1, 2)
  })

  it('take everybody for demand where nobody leaves without treatment, and fewer where somebody does', () => {
    const none = [0, 0, 0, 0, 0]
    const stay = { privatePerWeek: none, emergencyPerWeek: none, deathPerWeek: none, dnaRate: none, dischargeAfterDna: none }
    const baseline = deriveBaseline(pack, assumptions)
    const kept = { ...baseline, specialties: baseline.specialties.map((each) => ({ ...each, removedPerWeek: [0], withdrewPerWeek: [0] })) }
    const starts = baseline.specialties.flatMap(({ clockStartsPerWeek }) => clockStartsPerWeek.map((each) => each * AVERAGE_WEEK))
    expect(queuesOf(kept, stay).map(({ demandPerWeek }) => demandPerWeek)).toEqual(starts)
    for (const [index, { demandPerWeek }] of queues.entries()) expect(demandPerWeek).toBeLessThan(starts[index])
  })
})
