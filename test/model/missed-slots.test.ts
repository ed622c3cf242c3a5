import { describe, expect, it } from 'vitest'
import { poissonQuantile, uniform53 } from '../../src/model/elementary.ts'
import { compileAll } from './study-fixture.ts'
import { flowAt, simulateMany, tablesOf } from './tables-fixture.ts'

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
    const lists = simulateMany(tables, 20, (census) => census.waiting.subarray(6 * 2 * census.bands).reduce((sum, people) => sum + people, 0))
    expect(new Set(lists)).toEqual(new Set([8]))
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
    const { independentAccess } = aimed.services[0]
    const access = (week: number): number[] => Array.from(independentAccess.subarray(week * 3, week * 3 + 3))
    expect(access(51)).toEqual(access(0))
    expect(access(60)[0]).toBeGreaterThan(access(0)[0])
    expect(access(60)[2]).toBeLessThan(access(0)[2])
  })
})
