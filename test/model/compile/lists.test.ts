import { describe, expect, it } from 'vitest'
import { BANDS } from '../../../src/baseline/types.ts'
import { compiled, specialty, sum, system } from './study-builder.ts'

describe('the list at the start', () => {
  it('has those who have waited longer than the last band in it, which is open, and nobody elsewhere', () => {
    const beyond = BANDS + 5
    const waiting = [1, 2, 3].map((people) => Array<number>(beyond).fill(people))
    const [{ services: [{ first, admission }] }] = compiled({ baselines: [system('A', [specialty('T_1', { waitingFirst: waiting, waitingAdmission: waiting })])] })
    for (const { initial } of [first, admission]) {
      for (const group of [0, 1, 2]) {
        const own = initial.subarray(group * BANDS, (group + 1) * BANDS)
        expect([own[0], own[BANDS - 2], own[BANDS - 1]]).toEqual([group + 1, group + 1, 6 * (group + 1)])
        expect(sum(own)).toBe(beyond * (group + 1))
      }
    }
  })
})
