/**
 * How the list's quintile shares lean with weeks waited. The published anchors compare the most with the least
 * deprived within 18 weeks and over 52; as odds ratios they apply at any level of waiting. Pure.
 *
 * A quintile stands at its rank in England's population, 0.1 (most deprived) to 0.9. The odds of having waited
 * 18–51 weeks rather than 0–17 change by `tilt18to51` (log odds) for each unit of rank, those of 52 or more by
 * `tilt52plus`; negative means that the deprived wait longer.
 *
 * The shares of those who have just joined are those of clock starts; from there they lean evenly from week to
 * week, at the pace at which the middles of the first two ranges differ. Somebody who is served more slowly falls
 * behind a little every week, not at a limit; and a group that waits longer has more of the list than of the clock
 * starts. A list split otherwise would swing before it settled.
 */
import { exp } from '../model/elementary.ts'
import { ALL_ENGLAND, leanOf, OVER_18, OVER_52 } from './gradients/anchors.ts'
import { BANDS, type BaselinePack } from './types.ts'
import { CarriedRounding } from './whole-people.ts'

/** First weeks waited of the ranges 0–17, 18–51 and 52 or more. */
const RANGE_STARTS = [0, 18, 52] as const

/** Log odds per unit of rank in weeks 18–51 and from week 52, against weeks 0–17. */
export interface Tilt {
  readonly tilt18to51: number
  readonly tilt52plus: number
}

/** Sums of a list by weeks waited over the ranges 0–17, 18–51 and 52 or more. */
function rangeTotals(list: readonly number[]): [number, number, number] {
  const totals: [number, number, number] = [0, 0, 0]
  for (const [band, count] of list.entries()) totals[rangeOf(band)] += count
  return totals
}

function rangeOf(band: number): 0 | 1 | 2 {
  return band >= RANGE_STARTS[2] ? 2 : band >= RANGE_STARTS[1] ? 1 : 0
}

/**
 * The tilt that gives a list the anchors' odds ratios, to first order about the list's own split over the ranges:
 * the slope of being over 18 weeks is the mean of the two tilts by who is there, and the slope of being over 52 is
 * its tilt less what the rest's tilt takes.
 *
 * @param region NHS England region; England's anchors stand in where a region has none
 * @param list people waiting by whole weeks waited, all specialties
 */
export function tiltFor(region: string, list: readonly number[]): Tilt {
  const over18 = -leanOf(OVER_18[region] ?? OVER_18[ALL_ENGLAND])
  const over52 = -leanOf(OVER_52[region] ?? OVER_52[ALL_ENGLAND])
  const [within, middle, long] = rangeTotals(list)
  if (middle === 0) return { tilt18to51: 0, tilt52plus: over52 }
  const longOfOver18 = long / (middle + long)
  const middleOfRest = middle / (within + middle)
  const tilt18to51 = (over18 - longOfOver18 * over52) / (1 - longOfOver18 + longOfOver18 * middleOfRest)
  return { tilt18to51, tilt52plus: over52 + middleOfRest * tilt18to51 }
}

/**
 * Share of each quintile in each week's band.
 *
 * @returns rows by whole weeks waited, each summing to 1 over quintiles
 */
function sharesByBand(list: readonly number[], joinShare: readonly number[], tilt: Tilt): number[][] {
  const lean = leanPerWeek(list, tilt)
  const within = lean * meanWeek(list.slice(0, RANGE_STARTS[1]))
  const tiltAt = (week: number): number => (week < RANGE_STARTS[2] ? lean * week : within + tilt.tilt52plus)
  return list.map((_, week) => normalised(joinShare.map((share, q) => share * exp((tiltAt(week) * (q + 0.5)) / joinShare.length))))
}

/** Change of the tilt per week: between the mean waits within 18 weeks and of 18–51. */
function leanPerWeek(list: readonly number[], tilt: Tilt): number {
  const distance = RANGE_STARTS[1] + meanWeek(list.slice(RANGE_STARTS[1], RANGE_STARTS[2])) - meanWeek(list.slice(0, RANGE_STARTS[1]))
  return tilt.tilt18to51 / distance
}

/** Mean index of counts; the middle where there are none. */
function meanWeek(counts: readonly number[]): number {
  const people = counts.reduce((a, b) => a + b, 0)
  return people === 0 ? (counts.length - 1) / 2 : counts.reduce((sum, count, week) => sum + count * week, 0) / people
}

function normalised(row: readonly number[]): number[] {
  const sum = row.reduce((a, b) => a + b, 0)
  return row.map((cell) => cell / sum)
}

/** A specialty's lists by quintile: [quintile][whole weeks waited], whole people. */
export interface WaitingByQuintile {
  readonly code: string
  readonly waitingFirst: number[][]
  readonly waitingAdmission: number[][]
}

/**
 * Splits every specialty's lists over quintiles. Over the quintiles every band sums to the published count
 * exactly; the first week's shares are the pack's, and the rest lean as the tilt says.
 *
 * @returns one entry per specialty in the pack's order; every list has {@link BANDS} entries
 */
export function waitingByQuintile(pack: BaselinePack): WaitingByQuintile[] {
  const { listShare } = pack.deprivation
  const rounding = new CarriedRounding(listShare.length)
  return pack.specialties.map((specialty) => {
    const first = padded(specialty.waitingWithoutDecision)
    const admission = padded(specialty.waitingWithDecision)
    const shares = sharesByBand(first.map((count, band) => count + admission[band]), listShare, pack.deprivation)
    return {
      code: specialty.code,
      waitingFirst: split(first, shares, rounding),
      waitingAdmission: split(admission, shares, rounding),
    }
  })
}

function split(list: readonly number[], shares: readonly (readonly number[])[], rounding: CarriedRounding): number[][] {
  const people = shares[0].map(() => Array.from({ length: BANDS }, () => 0))
  for (const [band, count] of list.entries()) {
    const amounts = shares[band].map((share) => share * count)
    for (const [quintile, whole] of rounding.next(amounts, count).entries()) people[quintile][band] = whole
  }
  return people
}

/** A band array of a pack with its trailing zeros put back. */
export function padded(bands: readonly number[]): number[] {
  return Array.from({ length: BANDS }, (_, band) => bands[band] ?? 0)
}
