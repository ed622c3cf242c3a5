import { describe, expect, it } from 'vitest'
import { poissonQuantile, uniform53 } from '../../src/model/elementary.ts'
import type { ServiceCensus } from '../../src/model/census.ts'
import type { CompiledScenario } from '../../src/model/tables.ts'
import { compileAll } from './study-fixture.ts'
import { flowAt, flowOver, listAt, poolOf, simulate, simulateMany, sum, tablesOf } from './tables-fixture.ts'

describe('a slot lost to a missed appointment', () => {
  it('is filled by somebody else, not by the person who has just missed it', () => {
    const tables = tablesOf({ steps: 1, strata: 2, waitingFirst: [[0, 0, 0, 1], [100]], firstSlots: { open: () => 1 }, dnaRate: 0.5, backfillShare: 1 })
    expect(Math.max(...simulateMany(tables, 500, (census) => flowAt(census, 'dna', 1, 0)))).toBe(1)
  })

  it('stays empty where nobody else waits', () => {
    const tables = tablesOf({ steps: 1, waitingFirst: [[1]], firstSlots: { open: () => 3 }, dnaRate: 0.5, backfillShare: 1 })
    expect(Math.max(...simulateMany(tables, 500, (census) => flowAt(census, 'dna', 1, 0)))).toBe(1)
  })

  it('leaves the person who missed it on the list, however many miss', () => {
    const tables = tablesOf({ steps: 6, waitingFirst: [[5, 0, 3]], firstSlots: { open: () => 4 }, dnaRate: 1, backfillShare: 1 })
    expect(new Set(simulateMany(tables, 20, (census) => listAt(census, 6)))).toEqual(new Set([8]))
  })

  it('is gone where the hospital cancels it, whatever is filled after patients', () => {
    const absence = { hospital: 0.5, backfillAfterDna: 1, backfillAfterCancellation: 1 }
    const census = simulate(tablesOf({ steps: 40, clockStarts: () => 50, waitingFirst: [[2000]], firstSlots: { open: () => 40 }, firstAbsence: absence }))
    expect(flowOver(census, 'slotsLost')).toBe(flowOver(census, 'cancelledByHospital'))
    expect(sum(census.attended) + flowOver(census, 'slotsLost')).toBe(40 * 40)
  })

  /** Stratum 0 misses everything; one slot is reserved for it, and what nobody of it can use goes on, or does not. */
  function reservedSlot(ofGroup: number, releaseTo: number): ServiceCensus {
    return simulate(
      tablesOf({
        steps: 1,
        strata: 2,
        waitingFirst: [[0, 0, ofGroup], [50]],
        firstSlots: { open: () => 0, pools: [poolOf({ slots: 1, access: [1, 0], releaseTo }), poolOf({ slots: 0, source: 'hub' })] },
        firstAbsence: { dna: (_, stratum) => (stratum === 0 ? 1 : 0), backfillAfterDna: 1 },
      }),
    )
  }

  it('is offered again in its own pool', () => {
    const census = reservedSlot(3, 1)
    expect(flowAt(census, 'dna', 1, 0)).toBe(3)
    // When nobody of the group is left, the pool's rule holds: the slot goes on to the next.
    expect(flowAt(census, 'nonAdmitted', 1, 1)).toBe(1)
    expect(flowAt(census, 'hubSlots', 1, 1)).toBe(1)
  })

  it('is unused, where its pool passes nothing on, when nobody of the pool is left', () => {
    const census = reservedSlot(3, -1)
    expect(flowAt(census, 'dna', 1, 0)).toBe(3)
    expect(flowAt(census, 'nonAdmitted', 1, 1)).toBe(0)
    expect(census.unusedSlots[2]).toBe(1)
  })

  it('is offered at most nine times in a step', () => {
    const census = reservedSlot(30, -1)
    expect(flowAt(census, 'dna', 1, 0)).toBe(9)
    expect(flowAt(census, 'slotsLost', 1, 0) + census.unusedSlots[2]).toBe(1)
  })
})

describe('a uniform number from two words', () => {
  it('is below 1 for the highest words, so that a count drawn with it is finite', () => {
    expect(uniform53(-1, -1)).toBeLessThan(1)
    expect(poissonQuantile(uniform53(-1, -1), 100)).toBeLessThan(250)
  })
})

describe('aimed independent-sector money', () => {
  it('changes who gets the slots in the weeks that it pays for, and in no other', async () => {
    const [, aimed] = await compileAll({
      scenarios: `  as-now: {}
  aimed:
    invest:
      - { lever: independent-sector, budget: { perYear: 100000, from: 2027-04-05 }, allocate: { rule: targeted, groups: [1] } }`,
    })
    const access = (week: number): number[] => [...independentAccess(aimed).subarray(week * 3, week * 3 + 3)]
    expect(access(51)).toEqual(access(0))
    expect(access(60)[0]).toBeGreaterThan(access(0)[0])
    expect(access(60)[2]).toBeLessThan(access(0)[2])
  })
})

function independentAccess(scenario: CompiledScenario): Float64Array {
  const access = scenario.services[0].first.pools.find(({ source }) => source === 'independent-sector')?.access
  if (access === null || access === undefined) throw new Error('the study has no independent-sector slots with access by group')
  return access
}
