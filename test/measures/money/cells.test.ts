import { describe, expect, it } from 'vitest'
import { moneyCells } from '../../../src/measures/money/cells.ts'
import { FIFTHS, runsOf } from '../distribution/results.ts'

describe('what money is reported for', () => {
  it('is everybody, each group, each specialty, and each group in each specialty', () => {
    const cells = moneyCells(runsOf({ before: [() => 0] }, FIFTHS, ['C_110', 'C_120']).catalogue)
    const ids = ['1', '2', '3', '4', '5']
    expect(cells).toEqual({
      all: { group: 'all', specialty: 'all' },
      groups: ids.map((group) => ({ group, specialty: 'all' })),
      specialties: ['C_110', 'C_120'].map((specialty) => ({ group: 'all', specialty })),
      both: ['C_110', 'C_120'].flatMap((specialty) => ids.map((group) => ({ group, specialty }))),
    })
  })

  it('is no group where a study has none by deprivation', () => {
    const { groups, both, specialties } = moneyCells(runsOf({ before: [() => 0] }, { ...FIFTHS, id: 'place' }).catalogue)
    expect([groups, both, specialties]).toEqual([[], [], [{ group: 'all', specialty: 'C_120' }]])
  })
})
