import { describe, expect, it } from 'vitest'
import type { AllocationContext } from '../../src/investment/allocation/units.ts'
import { createDraft, initialList, type DraftService } from '../../src/investment/draft.ts'
import { LEVER } from '../../src/investment/levers/index.ts'
import { shareOut, type StepShares } from '../../src/investment/share-out.ts'
import type { Allocation, Series } from '../../src/scenario/study.ts'
import { contextOf, draftOf, programme, weeklySteps } from './programmes.ts'

const STEPS = weeklySteps(4)
const FOR_THE_FIRST = { rule: 'custom', weights: { 1: 1 } } as const

/** Two systems of two groups; residents of the second are given. */
function twoSystems(second: readonly [number, number]): AllocationContext {
  return { systems: [...contextOf([600, 400], [1, 1], 'A').systems, ...contextOf(second, [1, 1], 'B').systems] }
}

/** Money of A and B at 3 to 1, in the first step. */
function amongSystems(context: AllocationContext, allocate: Allocation<Series>): StepShares {
  const services = [draftOf('T_1', 4, 2, 'A'), draftOf('T_1', 4, 2, 'B')]
  const across = { systems: { rule: 'custom', weights: { A: 3, B: 1 } } } as const
  return shareOut(programme({ allocate, across }), LEVER.capacity, services, context, STEPS)(0)
}

/** A specialty of two groups of two classes each, with so much unmet need in each. */
function classesDraft(unmetNeed: readonly number[]): DraftService {
  return createDraft({ ...draftOf('T_1', 4, 4), classes: 2, unmetNeed })
}

describe('money among systems', () => {
  it('goes to each by its weight, and there to the groups meant, to the penny', () => {
    const { split, tilts } = amongSystems(twoSystems([300, 700]), FOR_THE_FIRST)
    expect(split(10_001)).toEqual([[7501, 0], [2500, 0], [0, 0]])
    // The first group has all the money of its system: 1 ÷ its share of residents.
    expect(tilts).toEqual([[expect.closeTo(1 / 0.6, 12), 0], [expect.closeTo(1 / 0.3, 12), 0]])
  })

  it('leaves the money of a system in which nobody is meant to the others', () => {
    const { split, tilts } = amongSystems(twoSystems([0, 0]), { rule: 'universal' })
    expect(split(10_000)).toEqual([[6000, 4000], [0, 0], [0, 0]])
    expect(tilts).toEqual([[1, 1], []])
  })
})

describe('money for some classes of people', () => {
  /** Shares for people of the first class alone, who are 100 of each group's residents, of 1,000 in all. */
  const forSome = (unmetNeed: readonly number[]): StepShares =>
    shareOut(
      programme({ lever: 'outreach' }),
      LEVER.outreach,
      [classesDraft(unmetNeed)],
      { ...contextOf([100, 100]), people: { classes: [true, false], residents: { LAB: 1000 } } },
      STEPS,
    )(0)

  it('reaches none of the others, and is the denser the fewer it is for', () => {
    const { amongClasses, tilts } = forSome([100, 300, 200, 200])
    expect(amongClasses(0, [500, 700])).toEqual([500, 0, 700, 0])
    expect(tilts).toEqual([[5, 0, 5, 0]])
  })

  it('has no use where the lever can reach nobody of those meant', () => {
    const { amongClasses, split } = forSome([0, 300, 200, 200])
    expect(amongClasses(0, [500, 700])).toEqual([0, 0, 700, 0])
    expect(split(1000)).toEqual([[0, 500], [500, 0]])
  })

  it('is shared among classes by what the lever can reach of each, where all are meant', () => {
    const { amongClasses } = shareOut(programme({ lever: 'outreach' }), LEVER.outreach, [classesDraft([100, 300, 200, 200])], contextOf([100, 100]), STEPS)(0)
    expect(amongClasses(0, [400, 700])).toEqual([100, 300, 350, 350])
  })
})

describe('the list at the start', () => {
  it('is of both stages, from the week asked for on', () => {
    const draft = draftOf('T_1', 4, 2)
    // 40 weeks of 20 before the first appointment, three of 30 before admission.
    expect(initialList(draft, 0)).toBe(890)
    expect(initialList(draft, 1, 2)).toBe(38 * 20 + 30)
    expect(initialList(draft, 0, 40)).toBe(0)
  })
})
