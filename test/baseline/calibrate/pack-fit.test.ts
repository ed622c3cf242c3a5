import { describe, expect, it } from 'vitest'
import { AVERAGE_WEEK, nextMonth } from '../../../src/baseline/calendar.ts'
import { noDrift } from '../../../src/baseline/calibrate/drift.ts'
import { advanceMonth, listsAt } from '../../../src/baseline/calibrate/expected-month.ts'
import { fitService } from '../../../src/baseline/calibrate/fit-service.ts'
import { fitFlows, NO_EFFECTS, workingWeight } from '../../../src/baseline/calibrate/forecast-flows.ts'
import { packFit } from '../../../src/baseline/calibrate/pack-fit.ts'
import { deriveBaseline } from '../../../src/baseline/derive.ts'
import { comparableMonths, comparablePairs, steadyMonths, steadyPairs } from '../../../src/baseline/series/comparable.ts'
import { KnownSeries, listOf, totalOf } from '../../../src/baseline/series/types.ts'
import { BANDS, type BaselinePack, type PackFit } from '../../../src/baseline/types.ts'
import { validatePack } from '../../../src/baseline/validate-pack.ts'
import { defaultAssumptions, shippedPack } from '../packs.ts'
import { sum } from '../rtt-csv.ts'
import { flatSeries } from '../series/week-bands.ts'
import { seriesOf, TRUE_LAW } from './synthetic-series.ts'

const series = seriesOf(TRUE_LAW, noDrift(), 8)
const known = new KnownSeries(series, series.months[7].month)
const fit = fitService(known)
/** Weight of a standard week's days: five working days, and a weekend at a tenth. */
const STANDARD_WEEK = 5.2
const made = packFit(fit, fitFlows(known, NO_EFFECTS), known.last)

/** A shipped pack whose specialties hold a fit. */
function withFit(pack: BaselinePack, fitted: PackFit): BaselinePack {
  return { ...pack, specialties: pack.specialties.map((specialty) => ({ ...specialty, fitted })) }
}

/** The list after a year of a pack's rates. */
function listAYearOn(pack: PackFit): number {
  const curve = (values: readonly number[]): Float64Array => Float64Array.from(values)
  const law = {
    chanceWeightFirst: curve(pack.chanceWeightFirst),
    chanceWeightAdmission: curve(pack.chanceWeightAdmission),
    removedPerWeek: curve(pack.removedPerWeek),
    unlisted: new Float64Array(BANDS),
    admittedShare: pack.admittedShare,
    directShare: pack.directShare,
    inTurnShare: 0,
  }
  const lists = listsAt(known.last, law)
  let { month } = known.last
  for (let ahead = 0; ahead < 12; ahead++) {
    month = nextMonth(month)
    const weeks = workingWeight(month) / STANDARD_WEEK
    advanceMonth(lists, law, { month, clockStarts: pack.clockStartsPerWeek * weeks, nonAdmitted: pack.nonAdmittedPerWeek * weeks, admitted: pack.admittedPerWeek * weeks })
  }
  return totalOf(lists.first) + totalOf(lists.admission)
}

describe('a fit in a pack', () => {
  it('is valid, and survives being written', () => {
    const pack = withFit(shippedPack('QYG'), made)
    expect(validatePack(JSON.parse(JSON.stringify(pack)), 'fitted.json').specialties[0].fitted).toEqual(made)
  })

  it('lets the list change at a quarter of its recent pace, whoever joins late and whatever its stops', () => {
    const people = totalOf(listOf(known.last))
    const listChange = -people / 100
    const joining = { ...fit.law, removedPerWeek: fit.law.removedPerWeek.map((hazard, band) => (band < 3 ? -0.01 : hazard)) }
    const flows = { ...fitFlows(known, NO_EFFECTS), listChange }
    for (const law of [fit.law, joining]) {
      for (const more of [0, 0.2]) {
        const pack = packFit({ ...fit, law }, { ...flows, nonAdmittedPerStart: flows.nonAdmittedPerStart + more }, known.last)
        expect(Math.min(...pack.removedPerWeek)).toBe(0)
        expect(listAYearOn(pack) / people).toBeCloseTo(1 - (0.25 * 12) / 100, 2)
      }
    }
  })

  it('believes no more than three per cent a month of a list that was counted anew', () => {
    const people = totalOf(listOf(known.last))
    const pack = packFit(fit, { ...fitFlows(known, NO_EFFECTS), listChange: people / 2 }, known.last)
    expect(listAYearOn(pack) / people).toBeCloseTo(1 + 0.25 * 12 * 0.03, 2)
  })

  it('gives the rates that the model starts from, with everybody who leaves counted once', () => {
    const pack = shippedPack('QYG')
    const assumptions = defaultAssumptions()
    for (const [index, { code, fitted }] of pack.specialties.entries()) {
      if (fitted === undefined) throw new Error(`${code} is not fitted`)
      const specialty = deriveBaseline(pack, assumptions).specialties[index]
      expect(specialty.admissionsPerWeek).toBe(fitted.admittedPerWeek)
      expect(specialty.firstAppointmentsPerWeek * (1 - fitted.admittedShare)).toBeCloseTo(fitted.nonAdmittedPerWeek, 6)
      expect(sum(specialty.clockStartsPerWeek)).toBeGreaterThan(fitted.clockStartsPerWeek * 0.9999)
      const leaving = specialty.removedPerWeek.map((removed, week) => removed + specialty.withdrewPerWeek[week])
      expect(Math.max(...leaving)).toBeLessThanOrEqual(Math.max(...fitted.removedPerWeek))
      expect(Math.min(...specialty.chanceWeightFirst, ...specialty.chanceWeightAdmission)).toBeGreaterThan(0)
    }
  })

  it('has as many clocks start as other exits take beyond all who were seen to leave', () => {
    const pack = shippedPack('QYG')
    const assumptions = defaultAssumptions()
    const withRemovals = (removed: number): number => {
      const specialties = pack.specialties.map((each) => ({ ...each, fitted: { ...(each.fitted ?? made), removedPerWeek: made.removedPerWeek.map(() => removed) } }))
      return sum(deriveBaseline({ ...pack, specialties }, assumptions).specialties[0].clockStartsPerWeek)
    }
    const list = pack.specialties[0].waitingWithDecision.reduce((people, waiting) => people + waiting, sum(pack.specialties[0].waitingWithoutDecision))
    // Of those who are removed at 0.0001 a week, each makes one clock start less necessary.
    expect((withRemovals(0) - withRemovals(0.0001)) * AVERAGE_WEEK).toBeCloseTo(0.0001 * list, 3)
    expect(withRemovals(0.1)).toBeCloseTo(pack.specialties[0].fitted?.clockStartsPerWeek ?? 0, 3)
  })

  it('is refused where a weight is missing or not above 0', () => {
    const broken = (fitted: PackFit): (() => unknown) => () => validatePack(JSON.parse(JSON.stringify(withFit(shippedPack('QYG'), fitted))), 'fitted.json')
    expect(broken({ ...made, chanceWeightFirst: made.chanceWeightFirst.slice(1) })).toThrow(/specialties\[0\]\.fitted\.chanceWeightFirst/)
    expect(broken({ ...made, chanceWeightAdmission: made.chanceWeightAdmission.map(() => 0) })).toThrow(/fitted\.chanceWeightAdmission\[0\]/)
  })
})

describe('months of other providers', () => {
  it('are left out of pairs and flows', () => {
    const flat = flatSeries(['2024-10', '2024-11', '2024-12', '2025-01', '2025-02'])
    const larger = flatSeries(['2024-10'], 80).months[0]
    const broken = { ...flat, months: [larger, ...flat.months.slice(1, 3), { ...larger, month: '2025-01' }, flat.months[4]] }
    const comparable = comparableMonths(new KnownSeries(broken, '2025-02'))
    expect(comparable).toEqual([false, true, true, false, true])
    expect(comparablePairs(comparable)).toEqual([false, true, false, false])
  })
})

describe("months before a treatment function's list jumped", () => {
  const flat = flatSeries(['2024-08', '2024-09', '2024-10', '2024-11', '2024-12', '2025-01', '2025-02'])
  const withLists = (people: readonly number[]): KnownSeries => new KnownSeries({ ...flat, months: people.map((count, index) => ({ ...flatSeries(['2024-08'], count).months[0], month: flat.months[index].month })) }, '2025-02')
  const comparable = flat.months.map(() => true)

  it('are left out of flows, and the jump out of pairs', () => {
    const jumped = withLists([80, 80, 80, 20, 20, 20, 20])
    expect(steadyMonths(jumped, comparable)).toEqual([false, false, false, true, true, true, true])
    expect(steadyPairs(jumped, comparable)).toEqual([true, true, false, true, true, true])
  })

  it('stay where it jumped back', () => {
    const dipped = withLists([80, 80, 80, 20, 80, 80, 80])
    expect(steadyMonths(dipped, comparable)).toEqual([true, true, true, false, true, true, true])
    expect(steadyPairs(dipped, comparable)).toEqual([true, true, false, false, true, true])
  })
})
