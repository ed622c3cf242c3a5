import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyService } from '../model/any-service.ts'
import { flowAt, flowOver, poolOf, simulate, sum, tablesOf, waitingAt } from '../model/tables-fixture.ts'
import type { ServiceParts } from '../model/tables-fixture.ts'
import { cohortsServed } from './cohorts.ts'

describe('reserved slots', () => {
  const [own, open] = [30, 40]
  const served = (releaseTo: number): number[][] => {
    const pools = [poolOf({ slots: own, access: [1, 0], releaseTo }), poolOf({ slots: open, access: [0, 1] })]
    const census = simulate(tablesOf({ steps: 60, strata: 2, clockStarts: (_, stratum) => [20, 60][stratum], waitingFirst: [[100], [3000]], firstSlots: { open: () => 0, pools } }))
    return Array.from({ length: 60 }, (_, week) => [flowAt(census, 'nonAdmitted', week + 1, 0), flowAt(census, 'nonAdmitted', week + 1, 1), census.unusedSlots[2 * week + 2]])
  }

  it('go to nobody else where they are not released', () => {
    for (const [group, others, unused] of served(-1)) {
      expect(others).toBe(open)
      expect(group + unused).toBe(own)
    }
    expect(sum(served(-1).map(([, , unused]) => unused))).toBeGreaterThan(200)
  })

  it('go to others as far as the group leaves them, where they are released', () => {
    for (const [group, others, unused] of served(1)) {
      expect(others).toBe(open + own - group)
      expect(unused).toBe(0)
    }
  })
})

describe('two systems with mutual aid', () => {
  it('use each its own slots first; what one cannot use goes to those of the other who take it up, and to nobody else', () => {
    const systems = ['A', 'A', 'B']
    // Of system A the first group takes transfers up; B has slots to spare.
    const pools = [
      poolOf({ slots: 30, access: [1, 1, 0], inTurnShare: 0.5 }),
      poolOf({ slots: 50, access: [0, 0, 1], inTurnShare: 0.5, releaseTo: 2 }),
      poolOf({ slots: 0, access: [1, 0, 0], source: 'mutual-aid' }),
    ]
    const parts: ServiceParts = { steps: 80, strata: 3, systems, ownIndex: [0, 1, 0], clockStarts: (_, stratum) => [20, 20, 35][stratum], waitingFirst: [[100], [100], [80]] }
    const census = simulate(tablesOf({ ...parts, firstSlots: { open: () => 0, pools } }))
    let aid = 0
    for (let row = 1; row <= 80; row++) {
      const [a0, a1, b] = [0, 1, 2].map((stratum) => flowAt(census, 'nonAdmitted', row, stratum))
      const given = flowAt(census, 'aidSlots', row, 0)
      expect(given + b + census.unusedSlots[2 * row]).toBe(50)
      expect(a0 + a1 - given).toBe(30)
      expect(flowAt(census, 'aidSlots', row, 1) + flowAt(census, 'aidSlots', row, 2)).toBe(0)
      // No slot lies idle while somebody who takes it up waits, nor is given away while somebody of B waits.
      expect(census.unusedSlots[2 * row] === 0 || waitingAt(census, row, 0) === 0).toBe(true)
      expect(given === 0 || waitingAt(census, row, 2) === 0).toBe(true)
      aid += given
    }
    expect(aid).toBeGreaterThan(500)
  })
})

describe('the rule for long waits', () => {
  it.for([
    { inTurnShare: 1, weight: 1 },
    { inTurnShare: 0, weight: 1e12 },
  ])('in-turn share $inTurnShare: serves nobody below the threshold while somebody at it waits on', ({ inTurnShare, weight }) => {
    fc.assert(
      fc.property(anyService, fc.integer({ min: 1, max: 25 }), (any, fromAge) => {
        const census = simulate(
          tablesOf({
            steps: any.steps,
            strata: any.strata ?? 1,
            clockStarts: any.clockStarts ?? (() => 0),
            waitingFirst: (any.waitingFirst ?? []).map((bands) => bands.slice(0, 60)),
            firstSlots: { open: any.firstSlots?.open ?? (() => 0), inTurnShare },
            // Others would be first but for the rule.
            headStart: (_, stratum) => 20 * stratum,
            longWait: { fromAge, headStart: 400, weight },
          }),
        )
        for (let row = 1; row <= census.steps; row++) {
          const cohorts = cohortsServed(census, row, 0)
          const left = cohorts.some(({ age, served, waiting }) => age >= fromAge && served < waiting)
          const passed = cohorts.some(({ age, served }) => age < fromAge && served > 0)
          expect(left && passed).toBe(false)
        }
      }),
      { seed: 401, numRuns: 100 },
    )
  })
})

describe('the share of slots in turn', () => {
  it.for([0, 0.25, 0.7, 1])('%d: at least that many go to the front, and the rest to anybody', async (inTurnShare, { annotate }) => {
    const slots = 200
    const census = simulate(tablesOf({ steps: 60, clockStarts: () => slots, waitingFirst: [Array.from({ length: 15 }, () => slots)], firstSlots: { open: () => slots, inTurnShare } }))
    let behind = 0
    for (let row = 1; row <= 60; row++) {
      // In turn all would go to the oldest: those served beyond the places that the week's slots reach.
      let places = slots
      for (const { served, waiting } of cohortsServed(census, row, 0).toSorted((a, b) => b.age - a.age)) {
        behind += Math.max(0, served - places)
        places = Math.max(0, places - waiting)
      }
    }
    const share = behind / (60 * slots)
    await annotate(`${(100 * share).toFixed(1)}% of slots went behind the front, at most ${(100 * (1 - inTurnShare)).toFixed(0)}%`)
    expect(share).toBeLessThanOrEqual(1 - inTurnShare)
    // By chance nearly all of the rest do: the front is a sixteenth of the list.
    expect(share).toBeGreaterThanOrEqual(0.8 * (1 - inTurnShare))
  })
})

describe('independent-sector slots beside open ones', () => {
  it('are counted by who has them, and add up to those given', () => {
    const census = simulate(
      tablesOf({ steps: 50, strata: 2, clockStarts: () => 60, waitingFirst: [[500], [500]], firstSlots: { open: () => 60, independent: () => 20 }, independentAccess: [0, 1] }),
    )
    expect(Array.from({ length: 50 }, (_, week) => flowAt(census, 'independentSlots', week + 1, 1))).toEqual(Array.from({ length: 50 }, () => 20))
    expect(flowOver(census, 'independentSlots')).toBe(50 * 20)
  })
})
