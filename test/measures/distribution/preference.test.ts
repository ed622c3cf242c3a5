import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byGroup, opportunityCostShares, QALE_BY_QUINTILE } from '../../../src/measures/distribution/assumptions.ts'
import { atkinsonGain, breakEven, kolmGain } from '../../../src/measures/distribution/preference.ts'
import { atkinsonEquivalent, kolmEquivalent } from '../../../src/measures/indices/aversion.ts'

const share = [0.2, 0.2, 0.2, 0.2, 0.2]
const levels = QALE_BY_QUINTILE
const gainsOf = (...gains: number[]) => ({ levels, gains })

const cases = fc.record({
  gains: fc.array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { minLength: 5, maxLength: 5 }),
  people: fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 5, maxLength: 5 }),
  epsilon: fc.constantFrom(0, 0.5, 1, 1 + 1e-9, 2, 10.95, 20),
})

describe('the gain in welfare', () => {
  it('has the sign of the change in the equally-distributed equivalent', () => {
    fc.assert(
      fc.property(cases, ({ gains, people, epsilon }) => {
        const total = people.reduce((sum, each) => sum + each, 0)
        const own = people.map((each) => each / total)
        const after = levels.map((level, group) => level + gains[group])
        const atkinson = atkinsonEquivalent(own, after, epsilon) - atkinsonEquivalent(own, levels, epsilon)
        // Differences of equivalents are themselves only good to some 1e-7 near ε = 1.
        const gain = atkinsonGain(own, gainsOf(...gains), epsilon)
        expect(Math.abs(atkinson) <= 1e-5 || atkinson * gain > 0).toBe(true)
        const alpha = (epsilon + 0.1) / 70
        const kolm = kolmEquivalent(own, after, alpha) - kolmEquivalent(own, levels, alpha)
        expect(Math.abs(kolm) <= 1e-9 || kolm * kolmGain(own, gainsOf(...gains), alpha) > 0).toBe(true)
      }),
      { seed: 41 },
    )
  })

  it('is the mean gain without aversion, and the logarithmic one at ε = 1, which its neighbours approach', () => {
    const some = gainsOf(0.3, -0.1, 0, 0.05, 0.2)
    expect(atkinsonGain(share, some, 0)).toBeCloseTo(0.09, 12)
    expect(kolmGain(share, some, 0)).toBeCloseTo(0.09, 12)
    const atOne = levels[0] * some.gains.reduce((sum, gain, group) => sum + 0.2 * Math.log1p(gain / levels[group]), 0)
    expect(atkinsonGain(share, some, 1)).toBeCloseTo(atOne, 12)
    for (const beside of [1 - 1e-9, 1 + 1e-9]) expect(atkinsonGain(share, some, beside)).toBeCloseTo(atOne, 8)
    expect(kolmGain(share, some, 1e-12)).toBeCloseTo(0.09, 9)
  })

  it('keeps its digits for gains of millionths of a year', () => {
    const tiny = gainsOf(3e-9, -1e-9, 0, 0.5e-9, 2e-9)
    const large = gainsOf(3e-3, -1e-3, 0, 0.5e-3, 2e-3)
    expect((atkinsonGain(share, tiny, 10.95) / atkinsonGain(share, large, 10.95)) * 1e6).toBeCloseTo(1, 3)
  })

  it('counts a gain of the worst off for more, the more so the greater the aversion', () => {
    const ratio = (epsilon: number): number =>
      atkinsonGain(share, gainsOf(1e-4, 0, 0, 0, 0), epsilon) / atkinsonGain(share, gainsOf(0, 0, 0, 0, 1e-4), epsilon)
    const ratios = [0, 0.5, 1, 5, 10.95].map(ratio)
    expect(ratios[0]).toBeCloseTo(1, 6)
    expect(ratios).toEqual(ratios.toSorted((a, b) => a - b))
    expect(ratio(10.95)).toBeCloseTo((levels[4] / levels[0]) ** 10.95, 4)
  })
})

describe('the break-even aversion', () => {
  it('is found to the known answer: two groups, a loss here for a gain there', () => {
    // p·h^(−ε) weighs small gains: 1 × 60^(−ε) = 2 × 80^(−ε) at ε = ln 2 ÷ ln (80 ÷ 60).
    const runs = [{ levels: [60, 80], gains: [1e-6, -2e-6] }]
    const found = breakEven([0.5, 0.5], runs, atkinsonGain, 40)
    expect(found.verdict).toBe('preferred-above')
    expect(found.value).toBeCloseTo(Math.log(2) / Math.log(80 / 60), 5)
    // e^(−α·60) = 2 e^(−α·80) at α = ln 2 ÷ 20.
    expect(breakEven([0.5, 0.5], runs, kolmGain, 0.6).value).toBeCloseTo(Math.LN2 / 20, 5)
  })

  it('turns round with the gains', () => {
    const forward = breakEven([0.5, 0.5], [{ levels: [60, 80], gains: [1e-6, -2e-6] }], atkinsonGain, 40)
    const backward = breakEven([0.5, 0.5], [{ levels: [60, 80], gains: [-1e-6, 2e-6] }], atkinsonGain, 40)
    expect(backward.verdict).toBe('preferred-below')
    expect(backward.value).toBeCloseTo(forward.value, 6)
  })

  it.each([
    ['always-preferred', [1, 1, 1, 1, 1]],
    ['never-preferred', [-1, 0, 0, 0, -1]],
    ['no-difference', [0, 0, 0, 0, 0]],
    ['changes-more-than-once', [1, 0, -10, 0, 12]],
  ] as const)('is not meaningful where the scenario is: %s', (verdict, gains) => {
    const found = breakEven(share, [gainsOf(...gains.map((gain) => gain * 1e-4))], atkinsonGain, 40)
    expect(found).toEqual({ verdict, value: Number.NaN, lower: Number.NaN, upper: Number.NaN })
  })

  it('has no interval from one run, one around the value from several, and an open end where nothing divides', () => {
    const run = (scale: number) => ({ levels: [60, 80], gains: [1e-6, -2e-6 * scale] })
    expect(breakEven([0.5, 0.5], [run(1)], atkinsonGain, 40).lower).toBeNaN()
    const close = breakEven([0.5, 0.5], [0.9, 1, 1.1, 1].map(run), atkinsonGain, 40)
    expect(close.lower).toBeLessThan(close.value)
    expect(close.upper).toBeGreaterThan(close.value)
    expect(close.upper).toBeLessThan(5)
    const noisy = [1, 3, -2, 2].map((scale) => ({ levels: [60, 80], gains: [scale * 1e-6, -2e-6] }))
    expect(breakEven([0.5, 0.5], noisy, atkinsonGain, 40).upper).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('values of groups from quintiles', () => {
  it('are the quintiles themselves where there are five', () => {
    expect(byGroup(QALE_BY_QUINTILE, 5)).toEqual([...QALE_BY_QUINTILE])
  })

  it('rise where the quintiles do, and keep their mean nearly, for deciles', () => {
    const deciles = byGroup(QALE_BY_QUINTILE, 10)
    expect(deciles).toEqual(deciles.toSorted((a, b) => a - b))
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(Math.abs(mean(deciles) - mean(QALE_BY_QUINTILE))).toBeLessThan(0.1)
  })

  it('share the opportunity cost of a place by its own residents, and all of it', () => {
    const england = opportunityCostShares([1, 1, 1, 1, 1])
    ;[0.23, 0.21, 0.21, 0.18, 0.17].forEach((part, group) => expect(england[group]).toBeCloseTo(part, 12))
    const deprived = opportunityCostShares([3, 1, 1, 1, 1])
    expect(deprived.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 12)
    expect(deprived[0] / deprived[4]).toBeCloseTo((3 * 0.23) / 0.17, 12)
  })
})
