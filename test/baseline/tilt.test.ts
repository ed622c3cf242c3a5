import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tiltFor, waitingByQuintile } from '../../src/baseline/tilt.ts'
import { full, packOf, shippedPack, specialty } from './packs.ts'
import { sum } from './rtt-csv.ts'

/** Share of a quintile's list, all specialties, at or beyond a wait. */
function shareBeyond(code: string, quintile: number, weeks: number): number {
  let all = 0
  let beyond = 0
  for (const lists of waitingByQuintile(shippedPack(code))) {
    for (const list of [lists.waitingFirst[quintile], lists.waitingAdmission[quintile]]) {
      all += sum(list)
      beyond += sum(list.slice(weeks))
    }
  }
  return beyond / all
}

function logOddsRatio(code: string, weeks: number): number {
  const odds = (share: number): number => share / (1 - share)
  return Math.log(odds(shareBeyond(code, 4, weeks)) / odds(shareBeyond(code, 0, weeks)))
}

describe('the list by quintile', () => {
  it('sums to the published count in every specialty, stage and week waited', () => {
    for (const code of ['ENG', 'QYG', 'QT6']) {
      const pack = shippedPack(code)
      for (const [index, lists] of waitingByQuintile(pack).entries()) {
        const published = pack.specialties[index]
        expect(lists.code).toBe(published.code)
        for (const [split, whole] of [
          [lists.waitingFirst, published.waitingWithoutDecision],
          [lists.waitingAdmission, published.waitingWithDecision],
        ] as const) {
          for (const [band, count] of full(whole).entries()) expect(sum(split.map((list) => list[band]))).toBe(count)
        }
      }
    }
  })

  it('starts from the shares of clock starts, and leaves the deprived a little more of the list than of those', () => {
    const pack = shippedPack('QYG')
    const lists = waitingByQuintile(pack)
    const all = sum(pack.specialties.flatMap((own) => [...own.waitingWithoutDecision, ...own.waitingWithDecision]))
    const shareOf = (quintile: number, pick: (list: readonly number[]) => number): number =>
      sum(lists.map((entry) => pick(entry.waitingFirst[quintile]) + pick(entry.waitingAdmission[quintile])))
    const joined = sum([0, 1, 2, 3, 4].map((quintile) => shareOf(quintile, (list) => list[0])))
    for (const [quintile, share] of pack.deprivation.listShare.entries()) {
      expect(shareOf(quintile, (list) => list[0]) / joined).toBeCloseTo(share, 3)
    }
    expect(shareOf(0, sum) / all / pack.deprivation.listShare[0]).toBeGreaterThan(1.005)
    expect(shareOf(0, sum) / all / pack.deprivation.listShare[0]).toBeLessThan(1.03)
    expect(shareOf(4, sum) / all / pack.deprivation.listShare[4]).toBeLessThan(0.995)
  })

  it('has the published odds of waiting over 18 weeks, deciles 1 and 10 put to quintiles', () => {
    const published = Math.log(0.391 / 0.609) - Math.log(0.408 / 0.592)
    expect(logOddsRatio('ENG', 18)).toBeCloseTo((published * 0.8) / 0.9, 2)
    expect(logOddsRatio('QYG', 18)).toBeCloseTo((published * 0.8) / 0.9, 2)
  })

  it("has the region's published odds of waiting over 52 weeks", () => {
    const logit = (share: number): number => Math.log(share / (1 - share))
    expect(logOddsRatio('ENG', 52)).toBeCloseTo(logit(0.027) - logit(0.031), 2)
    expect(logOddsRatio('QYG', 52)).toBeCloseTo(logit(0.037) - logit(0.04), 1)
    expect(shareBeyond('QYG', 0, 52)).toBeGreaterThan(shareBeyond('QYG', 4, 52))
  })

  it('keeps every count whatever the lists and the tilt', () => {
    const list = fc.array(fc.nat(40), { maxLength: 105 })
    const tilts = fc.double({ min: -5, max: 5, noNaN: true })
    fc.assert(
      fc.property(list, list, tilts, tilts, (first, admission, tilt18to51, tilt52plus) => {
        const base = packOf([specialty({ waitingWithoutDecision: first, waitingWithDecision: admission })])
        const pack = { ...base, deprivation: { ...base.deprivation, tilt18to51, tilt52plus } }
        const [lists] = waitingByQuintile(pack)
        for (let band = 0; band < 105; band++) {
          expect(sum(lists.waitingFirst.map((row) => row[band]))).toBe(first[band] ?? 0)
          expect(sum(lists.waitingAdmission.map((row) => row[band]))).toBe(admission[band] ?? 0)
        }
        expect(Math.min(...lists.waitingFirst.flat(), ...lists.waitingAdmission.flat())).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 50 },
    )
  })

  it('takes no tilt below 18 weeks from a list where nobody waits longer', () => {
    expect(tiltFor('London', full([5, 5])).tilt18to51).toBe(0)
  })
})
