import { describe, expect, it } from 'vitest'
import { packOfRegion } from '../../../src/baseline/gradients/region-pack.ts'
import { validatePack } from '../../../src/baseline/validate-pack.ts'
import { shippedPack } from './lists.ts'

const boards = ['QYG', 'QOP', 'QE1'].map((code) => shippedPack(code).pack)
const region = packOfRegion('North West', boards)
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

describe("a region's boards as one list", () => {
  it('is a pack', () => {
    expect(() => validatePack(JSON.parse(JSON.stringify(region)), 'region.json')).not.toThrow()
  })

  it.each(['waitingWithoutDecision', 'waitingWithDecision', 'admittedStops', 'nonAdmittedStops'] as const)('holds everybody of its boards: %s', (key) => {
    const total = (pack: (typeof boards)[number]): number => sum(pack.specialties.flatMap((specialty) => specialty[key]))
    expect(total(region)).toBe(sum(boards.map(total)))
  })

  it('has its clock starts by group as its boards have, to rounding', () => {
    for (const group of [0, 1, 2, 3, 4]) {
      const starts = (pack: (typeof boards)[number]): number => sum(pack.specialties.map(({ clockStarts }) => clockStarts)) * pack.deprivation.startShare[group]
      expect(starts(region)).toBeCloseTo(sum(boards.map(starts)), 3)
    }
  })
})
