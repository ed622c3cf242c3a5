import { describe, expect, it } from 'vitest'
import { groupUnits, specialtyUnits, systemUnits, type AllocationContext } from '../../../src/investment/allocation/units.ts'

const groups = (...residents: readonly number[]) => residents.map((population, index) => ({ id: String(index + 1), label: `Group ${index + 1}`, population }))

/** Two systems: one with two specialties, one with the second of them alone. */
const CONTEXT: AllocationContext = {
  systems: [
    {
      code: 'A',
      groups: groups(100, 200),
      specialties: [
        { code: 'S', use: [1, 2], need: [4, 5] },
        { code: 'T', use: [10, 20], need: [11, 22] },
      ],
    },
    { code: 'B', groups: groups(400, 800), specialties: [{ code: 'T', use: [100, 200], need: [130, 210] }] },
  ],
}

describe('what an allocation may look at', () => {
  it('of groups: residents, use and need of all systems and specialties', () => {
    expect(groupUnits(CONTEXT)).toEqual([
      { id: '1', residents: 500, use: 111, need: 145, unmetNeed: 34 },
      { id: '2', residents: 1000, use: 222, need: 237, unmetNeed: 15 },
    ])
  })

  it('of systems: all their groups and specialties', () => {
    expect(systemUnits(CONTEXT)).toEqual([
      { id: 'A', residents: 300, use: 33, need: 42, unmetNeed: 9 },
      { id: 'B', residents: 1200, use: 300, need: 340, unmetNeed: 40 },
    ])
  })

  it('of specialties: wherever they are, for all residents, each once', () => {
    expect(specialtyUnits(CONTEXT, ['T', 'S', 'T'])).toEqual([
      { id: 'T', residents: 1500, use: 330, need: 373, unmetNeed: 43 },
      { id: 'S', residents: 1500, use: 3, need: 9, unmetNeed: 6 },
    ])
  })
})
