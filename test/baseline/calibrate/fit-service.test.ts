import { describe, expect, it } from 'vitest'
import { checkMonthAhead } from '../../../src/baseline/calibrate/check-fit.ts'
import { noDrift } from '../../../src/baseline/calibrate/drift.ts'
import { fitService } from '../../../src/baseline/calibrate/fit-service.ts'
import { resampleFit } from '../../../src/baseline/calibrate/resample.ts'
import { KnownSeries, listOf, totalOf } from '../../../src/baseline/series/types.ts'
import { seriesOf, TRUE_LAW } from './synthetic-series.ts'

const MONTHS = 13
const series = seriesOf(TRUE_LAW, noDrift(), MONTHS)
const origin = series.months[MONTHS - 1].month
const known = new KnownSeries(series, origin)
const fit = fitService(known)

describe('a fit to a series made by a known law', () => {
  it('finds the chances of being seen by weeks waited', () => {
    for (const [band, tolerance] of [[0, 0.1], [1, 0.1], [4, 0.1], [12, 0.1], [30, 0.1], [50, 0.15], [60, 0.2]] as const) {
      const ratio = (weights: Float64Array): number => weights[band] / weights[20]
      expect(ratio(fit.law.chanceWeightFirst) / ratio(TRUE_LAW.chanceWeightFirst), `first, week ${band}`).toBeGreaterThan(1 - tolerance)
      expect(ratio(fit.law.chanceWeightFirst) / ratio(TRUE_LAW.chanceWeightFirst), `first, week ${band}`).toBeLessThan(1 + tolerance)
    }
  })

  it('finds removals, and who is admitted', () => {
    for (const band of [12, 20, 30, 45]) expect(fit.law.removedPerWeek[band] / TRUE_LAW.removedPerWeek[band], `week ${band}`).toBeCloseTo(1, 0)
    expect(fit.law.admittedShare).toBeCloseTo(TRUE_LAW.admittedShare, 1)
    expect(fit.law.directShare).toBeCloseTo(TRUE_LAW.directShare, 1)
  })

  it('reproduces a month, and the known total of removals', () => {
    const check = checkMonthAhead(known, fit)
    expect(check.list).toBeLessThan(0.003)
    expect(check.nonAdmitted).toBeLessThan(0.005)
    expect(check.admitted).toBeLessThan(0.01)
    expect(check.removals).toBeCloseTo(1, 1)
  })

  it('finds a drift of long waits, and of removals', () => {
    const drift = { ...noDrift(), first: noDrift().first.map((_, group) => (group >= 8 ? 0.05 : 0)), removed: 0.02 }
    const drifting = fitService(new KnownSeries(seriesOf(TRUE_LAW, drift, MONTHS), origin))
    expect(drifting.drift.first[9]).toBeGreaterThan(0.035)
    expect(drifting.drift.first[9]).toBeLessThan(0.065)
    expect(Math.abs(fit.drift.first[9])).toBeLessThan(0.01)
    expect(drifting.drift.removed).toBeGreaterThan(fit.drift.removed)
  })

  it('does not change when what followed does', () => {
    const changed = { ...series, months: series.months.map((month, index) => (index < 8 ? month : { ...month, clockStarts: month.clockStarts * 3 })) }
    const at = series.months[7].month
    expect(fitService(new KnownSeries(changed, at))).toEqual(fitService(new KnownSeries(series, at)))
  })

  it('leans on the whole where a specialty is small, and on itself where it is large', () => {
    const share = (factor: number): typeof series => ({
      ...series,
      months: series.months.map((month) => {
        const scaled = (values: Float64Array): Float64Array => values.map((people) => people * factor)
        return { month: month.month, clockStarts: month.clockStarts * factor, nonAdmitted: scaled(month.nonAdmitted), admitted: scaled(month.admitted), waitingFirst: scaled(month.waitingFirst), waitingAdmission: scaled(month.waitingAdmission) }
      }),
    })
    const whole = { ...fit, law: { ...fit.law, chanceWeightFirst: fit.law.chanceWeightFirst.map((weight, band) => (band > 45 ? weight * 4 : weight)) } }
    const weightAt55 = (factor: number): number => fitService(new KnownSeries(share(factor), origin), { leanOn: whole }).law.chanceWeightFirst[55]
    const own = fit.law.chanceWeightFirst[55]
    expect(Math.abs(weightAt55(1) / own - 1)).toBeLessThan(0.25)
    expect(weightAt55(0.0005) / own).toBeGreaterThan(2)
  })

  it('is sure of a law that never changed, when months are drawn anew', () => {
    const spread = resampleFit(known, 3, 'test')
    expect(spread.admittedShare).toBeLessThan(0.02)
    expect(spread.chanceWeightFirst[3]).toBeLessThan(0.05)
    expect(spread).toEqual(resampleFit(known, 3, 'test'))
  })

  it('gives everybody a chance and nobody a hazard that cannot be', () => {
    expect(Math.min(...fit.law.chanceWeightFirst, ...fit.law.chanceWeightAdmission)).toBeGreaterThan(0)
    expect(Math.max(...fit.law.removedPerWeek)).toBeLessThanOrEqual(0.5)
    expect(totalOf(listOf(known.last))).toBeGreaterThan(0)
  })
})
