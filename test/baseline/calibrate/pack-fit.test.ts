import { describe, expect, it } from 'vitest'
import { noDrift } from '../../../src/baseline/calibrate/drift.ts'
import { fitService } from '../../../src/baseline/calibrate/fit-service.ts'
import { fitFlows, NO_EFFECTS } from '../../../src/baseline/calibrate/forecast-flows.ts'
import { packFit } from '../../../src/baseline/calibrate/pack-fit.ts'
import { deriveBaseline } from '../../../src/baseline/derive.ts'
import { comparableMonths, comparablePairs } from '../../../src/baseline/series/comparable.ts'
import { KnownSeries, listOf, totalOf } from '../../../src/baseline/series/types.ts'
import type { BaselinePack, PackFit } from '../../../src/baseline/types.ts'
import { validatePack } from '../../../src/baseline/validate-pack.ts'
import { defaultAssumptions, shippedPack } from '../packs.ts'
import { flatSeries } from '../series/week-bands.ts'
import { seriesOf, TRUE_LAW } from './synthetic-series.ts'

const series = seriesOf(TRUE_LAW, noDrift(), 8)
const known = new KnownSeries(series, series.months[7].month)
const fit = fitService(known)
const made = packFit(fit, fitFlows(known, NO_EFFECTS), known.last)

/** A shipped pack whose specialties hold a fit. */
function withFit(pack: BaselinePack, fitted: PackFit): BaselinePack {
  return { ...pack, specialties: pack.specialties.map((specialty) => ({ ...specialty, fitted })) }
}

describe('a fit in a pack', () => {
  it('is valid, and survives being written', () => {
    const pack = withFit(shippedPack('QYG'), made)
    expect(validatePack(JSON.parse(JSON.stringify(pack)), 'fitted.json').specialties[0].fitted).toEqual(made)
  })

  it('keeps the balance of the list: those who join late are clock starts', () => {
    const withEarly = (early: number): PackFit => {
      const law = { ...fit.law, unlisted: fit.law.unlisted.map(() => 0), removedPerWeek: fit.law.removedPerWeek.map((hazard, band) => (band < 3 ? early : Math.max(0, hazard))) }
      return packFit({ ...fit, law }, fitFlows(known, NO_EFFECTS), known.last)
    }
    const other = withEarly(-0.01)
    expect(Math.min(...other.removedPerWeek)).toBe(0)
    const early = totalOf(listOf(known.last).subarray(0, 3))
    // 1% a calendar week of those there, a standard week having 365.25 × 5 ÷ 253 days.
    expect(other.clockStartsPerWeek - withEarly(0).clockStartsPerWeek).toBeCloseTo((0.01 * early * 365.25 * 5) / (253 * 7), -2)
  })

  it('gives the rates that the model starts from, with everybody who leaves counted once', () => {
    const pack = withFit(shippedPack('QYG'), made)
    const assumptions = defaultAssumptions()
    const [specialty] = deriveBaseline(pack, assumptions).specialties
    expect(specialty.admissionsPerWeek).toBe(made.admittedPerWeek)
    expect(specialty.firstAppointmentsPerWeek * (1 - made.admittedShare)).toBeCloseTo(made.nonAdmittedPerWeek, 6)
    expect(specialty.clockStartsPerWeek.reduce((sum, starts) => sum + starts, 0)).toBeCloseTo(made.clockStartsPerWeek, 0)
    for (const week of [20, 40]) {
      expect(specialty.removedPerWeek[week] + specialty.withdrewPerWeek[week]).toBeLessThanOrEqual(made.removedPerWeek[week])
    }
    expect(Math.min(...specialty.chanceWeightFirst, ...specialty.chanceWeightAdmission)).toBeGreaterThan(0)
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
