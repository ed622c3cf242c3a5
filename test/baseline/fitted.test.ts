import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveBaseline } from '../../src/baseline/derive.ts'
import { driftOf, offsetFit, type FitOffsets } from '../../src/baseline/fitted.ts'
import type { BaselinePack, PackFit } from '../../src/baseline/types.ts'
import { acrossBands, DRIFT_GROUPS, SPREAD_GROUPS } from '../../src/baseline/wait-groups.ts'
import { FIT_KEYS } from '../../src/scenario/assumptions.ts'
import { defaultAssumptions, shippedPack } from './packs.ts'

const NONE: FitOffsets = { fittedChanceEarly: 0, fittedChanceLong: 0, fittedRemovals: 0, fittedAdmittedShare: 0, fittedClockStarts: 0 }
const england = shippedPack('ENG')

function fitOf(pack: BaselinePack, code: string): PackFit {
  const found = pack.specialties.find((entry) => entry.code === code)?.fitted
  if (found === undefined) throw new Error(`no fit of ${code}`)
  return found
}

/** England as it was before packs held drift and spread. */
const bare: BaselinePack = {
  ...england,
  specialties: england.specialties.map((entry) => {
    if (entry.fitted === undefined) return entry
    const { drift, spread, ...fitted } = entry.fitted
    if (drift === undefined || spread === undefined) throw new Error(`${entry.code} holds no drift or spread`)
    return { ...entry, fitted }
  }),
}

describe("a fit's drift and spread", () => {
  it('change nothing unless they are asked for: rates and lists are those of a pack without them, to the bit', () => {
    expect(deriveBaseline(england, defaultAssumptions())).toEqual(deriveBaseline(bare, defaultAssumptions()))
    for (const key of FIT_KEYS) expect(defaultAssumptions()[key]).toBe(0)
  })

  it('can be asked for in vain of a pack that does not hold them', () => {
    const asked = { ...defaultAssumptions(), fittedDrift: 1, fittedRemovals: 2 }
    expect(deriveBaseline(bare, asked)).toEqual(deriveBaseline(bare, defaultAssumptions()))
  })

  it('move the one level that an offset is of, up for more and down for fewer, and leave the others', () => {
    const fit = fitOf(england, 'C_110')
    const up = (changed: Partial<FitOffsets>): PackFit => offsetFit(fit, { ...NONE, ...changed })
    expect(up({ fittedRemovals: 1 }).removedPerWeek[30] / fit.removedPerWeek[30]).toBeCloseTo(Math.exp(fit.spread?.removed ?? 0), 10)
    expect(up({ fittedClockStarts: -1 }).clockStartsPerWeek / fit.clockStartsPerWeek).toBeCloseTo(Math.exp(-(fit.spread?.clockStarts ?? 0)), 10)
    expect(up({ fittedAdmittedShare: 1 }).admittedShare).toBeGreaterThan(fit.admittedShare)
    expect(up({ fittedChanceLong: 1 }).chanceWeightFirst[60]).toBeGreaterThan(fit.chanceWeightFirst[60])
    expect(up({ fittedChanceLong: 1 }).chanceWeightFirst.slice(0, 11)).toEqual(fit.chanceWeightFirst.slice(0, 11))
    expect(up({ fittedChanceEarly: 1 }).chanceWeightFirst.slice(46)).toEqual(fit.chanceWeightFirst.slice(46))
    expect(up({ fittedRemovals: 1 })).toEqual({ ...fit, removedPerWeek: up({ fittedRemovals: 1 }).removedPerWeek })
    expect(offsetFit(fit, NONE)).toBe(fit)
  })

  it('keep every rate of every specialty a rate, however far off in the range of a draw', () => {
    const offset = fc.double({ min: -4, max: 4, noNaN: true })
    fc.assert(
      fc.property(fc.record({ fittedChanceEarly: offset, fittedChanceLong: offset, fittedRemovals: offset, fittedAdmittedShare: offset, fittedClockStarts: offset }), (offsets) => {
        for (const { fitted } of england.specialties) {
          if (fitted === undefined) throw new Error('no fit')
          const off = offsetFit(fitted, offsets)
          expect(off.admittedShare).toBeGreaterThanOrEqual(0)
          expect(off.admittedShare).toBeLessThan(1)
          expect(off.clockStartsPerWeek).toBeGreaterThan(0)
          expect(Math.max(...off.removedPerWeek)).toBeLessThanOrEqual(0.5)
          expect(Math.min(...off.removedPerWeek)).toBeGreaterThanOrEqual(0)
          expect(Math.min(...off.chanceWeightFirst, ...off.chanceWeightAdmission)).toBeGreaterThan(0)
        }
      }),
      { numRuns: 50, seed: 4 },
    )
  })

  it('let a part of the drift go on in proportion', () => {
    const fit = fitOf(england, 'C_110')
    expect(driftOf(fit, 0)).toBeUndefined()
    const [half, whole] = [driftOf(fit, 0.5), driftOf(fit, 1)]
    expect(half?.first.map((slope) => 2 * slope)).toEqual(whole?.first.map((slope) => expect.closeTo(slope, 12) as number))
    // Long waits are pressed harder than 18 to 39 weeks, as over 52 weeks fell through 2025.
    expect(whole?.first[52]).toBeGreaterThan(0.005)
  })
})

describe('numbers by group of waits', () => {
  it('stand at the middles of their groups, and run straight between them', () => {
    const steps = DRIFT_GROUPS.slice(1).map((_, group) => group)
    const byBand = acrossBands(steps, DRIFT_GROUPS)
    expect([byBand[0], byBand[2], byBand[6], byBand[104]]).toEqual([0, 0, 1, steps.length - 1])
    expect(byBand[4]).toBeCloseTo(0.5, 12)
    expect(acrossBands([3, 3, 3, 3, 3], SPREAD_GROUPS).every((value) => value === 3)).toBe(true)
  })
})
