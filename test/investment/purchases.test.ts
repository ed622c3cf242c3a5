import { describe, expect, it } from 'vitest'
import { LEVER } from '../../src/investment/levers.ts'
import { draftOf, programme } from './programmes.ts'

const GROUPS = 3

/** Lets capacity programmes with these pence by group act on one step, in this order; returns slots by group, both stages. */
function bought(lever: 'capacity' | 'independent-sector', ...programmes: (readonly number[])[]): number[] {
  const draft = draftOf('T_1', 1, GROUPS)
  for (const pence of programmes) {
    LEVER[lever].act(draft, { programme: programme({ lever }), step: 0, pence, stepsPerWeek: 1, tilt: pence.map(() => 1) })
  }
  return lever === 'capacity'
    ? Array.from(draft.firstReserved, (slots, group) => slots + draft.admissionReserved[group])
    : [draft.firstIndependent[0] + draft.admissionIndependent[0]]
}

describe.each(['capacity', 'independent-sector'] as const)('%s bought by several programmes', (lever) => {
  it('is what one programme with all the money buys: splitting a programme gains nothing', () => {
    const whole = bought(lever, [600_000, 300_000, 900_000])
    const split = bought(lever, [200_000, 100_000, 300_000], [400_000, 200_000, 600_000])
    whole.forEach((slots, group) => expect(split[group]).toBeCloseTo(slots, 9))
  })

  it('does not depend on the order in which they are listed', () => {
    const one = bought(lever, [900_000, 0, 0], [0, 300_000, 300_000])
    const other = bought(lever, [0, 300_000, 300_000], [900_000, 0, 0])
    one.forEach((slots, group) => expect(other[group]).toBeCloseTo(slots, 9))
  })
})

describe('capacity money', () => {
  it('goes past a specialty that has no slots to add to', () => {
    const draft = { ...draftOf('T_1', 1, GROUPS), firstSlotsPerWeek: 0, admissionSlotsPerWeek: 0 }
    for (const lever of ['capacity', 'independent-sector'] as const) expect(LEVER[lever].specialtyWeight(draft, 0)).toBe(0)
  })
})
