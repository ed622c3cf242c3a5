import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance, byBand, noExits, type AgeGrid, type ExpectedLists, type ServiceLaw } from '../../../src/baseline/calibrate/expected-list.ts'
import { totalOf } from '../../../src/baseline/series/types.ts'

const BANDS_HERE = 30
const WEEKLY: AgeGrid = { bands: BANDS_HERE, firstAge: Int32Array.from({ length: BANDS_HERE + 1 }, (_, band) => band) }

const filled = (value: (band: number) => number): Float64Array => Float64Array.from({ length: BANDS_HERE }, (_, band) => value(band))

const lawOf = (parts: Partial<ServiceLaw> = {}): ServiceLaw => ({
  chanceWeightFirst: filled(() => 1),
  chanceWeightAdmission: filled(() => 1),
  removedPerWeek: filled(() => 0),
  unlisted: filled(() => 0),
  admittedShare: 0,
  directShare: 0,
  inTurnShare: 0,
  ...parts,
})

const listsOf = (first: (band: number) => number, admission: (band: number) => number = () => 0): ExpectedLists => ({ first: filled(first), admission: filled(admission) })

describe('the expected list', () => {
  it('loses and gains nobody unaccounted for, whatever the law', () => {
    const share = fc.double({ min: 0, max: 0.9, noNaN: true })
    fc.assert(
      fc.property(share, share, share, fc.double({ min: 0, max: 0.2, noNaN: true }), fc.array(fc.integer({ min: 1, max: 900 }), { minLength: BANDS_HERE, maxLength: BANDS_HERE }), (admittedShare, directShare, inTurnShare, hazard, people) => {
        const law = lawOf({ admittedShare, directShare, inTurnShare, removedPerWeek: filled(() => hazard), chanceWeightFirst: filled((band) => 1 + band) })
        const lists = listsOf((band) => people[band], (band) => people[band] / 3)
        const before = totalOf(lists.first) + totalOf(lists.admission)
        const exits = noExits(BANDS_HERE)
        for (let step = 0; step < 10; step++) advance(lists, law, { clockStarts: 120, nonAdmitted: 70, admitted: 30, removalWeeks: 1 }, WEEKLY, exits)
        const gone = totalOf(exits.nonAdmitted) + totalOf(exits.admitted) + totalOf(exits.removed)
        expect(totalOf(lists.first) + totalOf(lists.admission) + gone).toBeCloseTo(before + 1200, 5)
      }),
      { seed: 2, numRuns: 60 },
    )
  })

  it('uses exactly the slots while enough people wait, by chance and in turn', () => {
    for (const inTurnShare of [0, 0.4, 1]) {
      const exits = noExits(BANDS_HERE)
      const law = lawOf({ inTurnShare, admittedShare: 0.2, chanceWeightFirst: filled((band) => (band < 3 ? 5 : 1)) })
      advance(listsOf(() => 100, () => 40), law, { clockStarts: 50, nonAdmitted: 200, admitted: 90, removalWeeks: 1 }, WEEKLY, exits)
      expect(totalOf(exits.nonAdmitted)).toBeCloseTo(200, 4)
      expect(totalOf(exits.admitted)).toBeCloseTo(90, 4)
      expect(totalOf(exits.decisions)).toBeCloseTo(50, 4)
    }
  })

  it('serves nobody who is not there when slots outnumber people', () => {
    const lists = listsOf(() => 1)
    const exits = noExits(BANDS_HERE)
    advance(lists, lawOf(), { clockStarts: 0, nonAdmitted: 1000, admitted: 10, removalWeeks: 1 }, WEEKLY, exits)
    expect(totalOf(exits.nonAdmitted)).toBeLessThanOrEqual(30)
    expect(Math.min(...lists.first)).toBeGreaterThanOrEqual(0)
  })

  it('in turn leaves nobody older than anybody served', () => {
    const lists = listsOf((band) => (band < 20 ? 10 : 0))
    advance(lists, lawOf({ inTurnShare: 1 }), { clockStarts: 10, nonAdmitted: 55, admitted: 0, removalWeeks: 1 }, WEEKLY, noExits(BANDS_HERE))
    // Ages 1 to 20 hold 10 each after a step; 55 slots take 20 to 16 and half of 15.
    expect(Array.from(lists.first.slice(14, 21))).toEqual([10, 5, 0, 0, 0, 0, 0])
  })

  it('at random serves every wait at one rate, and by weight in proportion where few are served', () => {
    const flat = noExits(BANDS_HERE)
    advance(listsOf(() => 100), lawOf(), { clockStarts: 100, nonAdmitted: 30, admitted: 0, removalWeeks: 1 }, WEEKLY, flat)
    expect(flat.nonAdmitted[2] / flat.nonAdmitted[20]).toBeCloseTo(1, 9)
    const weighted = noExits(BANDS_HERE)
    advance(listsOf(() => 100), lawOf({ chanceWeightFirst: filled((band) => (band >= 10 ? 3 : 1)) }), { clockStarts: 100, nonAdmitted: 3, admitted: 0, removalWeeks: 1 }, WEEKLY, weighted)
    expect(weighted.nonAdmitted[20] / weighted.nonAdmitted[2]).toBeCloseTo(3, 2)
  })

  it('lists everybody in the band of their age', () => {
    expect(totalOf(byBand(listsOf((band) => band).first, WEEKLY))).toBe((BANDS_HERE * (BANDS_HERE - 1)) / 2)
  })
})
