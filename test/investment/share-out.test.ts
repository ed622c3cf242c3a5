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

describe('money that moves towards its target by the year', () => {
  it('is where it started until the first 1 April of the study, and moves on each after it', () => {
    const steps = weeklySteps(70)
    const allocate = { rule: 'pace-of-change', from: { 1: 4, 2: 1 }, to: { rule: 'custom', weights: { 2: 1 } }, perYear: 0.2, floor: 0, cap: 5 } as const
    const sharesIn = shareOut(programme({ allocate }), LEVER.capacity, [draftOf('T_1', 70, 2)], contextOf([100, 100]), steps)
    const ofFirst = (year: number): number => sharesIn(steps.financialYears.lastIndexOf(year)).split(1000)[0][0]
    expect([2025, 2026, 2027].map(ofFirst)).toEqual([800, 600, 400])
  })
})

describe('money of a specialty that several systems have', () => {
  /** Both systems have T_1, the second T_2 as well; lists of the second are twice as long. */
  const services = (): DraftService[] => {
    const twice = (draft: DraftService): DraftService => ({
      ...draft,
      baseline: { ...draft.baseline, waitingFirst: draft.baseline.waitingFirst.map((bands) => bands.map((people) => 2 * people)), waitingAdmission: draft.baseline.waitingAdmission.map((bands) => bands.map((people) => 2 * people)) },
    })
    return [draftOf('T_1', 4, 2, 'A'), twice(draftOf('T_1', 4, 2, 'B')), twice(draftOf('T_2', 4, 2, 'B'))]
  }

  it('is shared among them by what the lever can reach, after the rule for specialties', () => {
    const across = { specialties: { rule: 'custom', weights: { T_1: 9, T_2: 1 } } } as const
    const { split } = shareOut(programme({ across }), LEVER.capacity, services(), twoSystems([300, 700]), STEPS)(0)
    // Nine tenths of the groups' 900 and 1,100 of 2,000, one part in three of it for the first system's.
    expect(split(20_000)).toEqual([[2700, 3300], [5400, 6600], [900, 1100], [0, 0]])
  })

  it('by the lever alone where there is no such rule', () => {
    const { split } = shareOut(programme(), LEVER.capacity, services(), twoSystems([300, 700]), STEPS)(0)
    expect(split(20_000)).toEqual([[1800, 2200], [3600, 4400], [3600, 4400], [0, 0]])
  })

  it('leaves the share of a specialty without anybody to reach to the others', () => {
    const across = { specialties: { rule: 'custom', weights: { T_1: 9, T_2: 1 } } } as const
    const [one, , other] = services()
    const { split } = shareOut(programme({ across }), LEVER.capacity, [{ ...one, firstSlotsPerWeek: 0, admissionSlotsPerWeek: 0 }, other], twoSystems([300, 700]), STEPS)(0)
    expect(split(20_000)).toEqual([[0, 0], [9000, 11_000], [0, 0]])
  })
})

describe('money for some people of several systems', () => {
  const people = { classes: [true, false], residents: { A: 4000, B: 1000 } }
  const context: AllocationContext = { ...twoSystems([300, 700]), people }
  const services = (): DraftService[] => ['A', 'B'].map((system) => createDraft({ ...draftOf('T_1', 4, 4, system), classes: 2 }))

  it('is as dense as they are few among all residents of the systems', () => {
    const { tilts } = shareOut(programme(), LEVER.capacity, services(), context, STEPS)(0)
    // 900 and 1,100 of 5,000 residents have all of it.
    const dense = [expect.closeTo(2.5, 12), 0, expect.closeTo(2.5, 12), 0]
    expect(tilts).toEqual([dense, dense])
  })

  it('or of each system, where systems have their own', () => {
    const across = { systems: { rule: 'universal' } } as const
    const { tilts } = shareOut(programme({ across }), LEVER.capacity, services(), context, STEPS)(0)
    expect(tilts).toEqual([[4, 0, 4, 0].map((tilt) => expect.closeTo(tilt, 12) as number), [1, 0, 1, 0].map((tilt) => expect.closeTo(tilt, 12) as number)])
  })
})

describe('money that reaches nobody is refused, and the message says among whom', () => {
  const NOBODY = { rule: 'custom', weights: {} } as const
  const refusal = (parts: Parameters<typeof programme>[0]): unknown => {
    try {
      return shareOut(programme({ id: 'p0', ...parts }), LEVER.capacity, [draftOf('T_1', 4, 2, 'A'), draftOf('T_1', 4, 2, 'B')], twoSystems([300, 700]), STEPS)(0)
    } catch (error) {
      return error
    }
  }

  it.each([
    ['groups', { allocate: NOBODY }],
    ['groups', { allocate: NOBODY, across: { systems: { rule: 'universal' } } }],
    ['systems', { across: { systems: NOBODY } }],
    ['specialties', { across: { specialties: NOBODY } }],
  ] as const)('%s', (among, parts) => {
    expect(refusal(parts)).toMatchObject({ message: expect.stringContaining(`the money of p0 reaches nobody: its rule gives no share to any of its ${among};`) as string })
    expect(String(refusal(parts))).toContain('invest.p0')
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
