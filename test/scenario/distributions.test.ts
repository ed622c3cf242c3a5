import seedrandom from 'seedrandom'
import { describe, expect, it } from 'vitest'
import { distributionFault, distributionMean, sampleDistribution } from '../../src/scenario/distributions.ts'
import type { Distribution } from '../../src/scenario/study.ts'

const N = 40_000

function moments(spec: Distribution): { mean: number; sd: number; lowest: number; highest: number } {
  const uniform = seedrandom(`moments of ${spec.dist}`)
  const samples = Array.from({ length: N }, () => sampleDistribution(spec, () => uniform()))
  const mean = samples.reduce((a, b) => a + b, 0) / N
  const sd = Math.sqrt(samples.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (N - 1))
  return { mean, sd, lowest: Math.min(...samples), highest: Math.max(...samples) }
}

/**
 * 40,000 samples with a fixed seed. The mean is allowed 4.5 standard errors: a mean wrong by 0.034 standard
 * deviations (6.75 standard errors) would be found with a power of 98.8%. The standard deviation is allowed 4%,
 * which is over 4.5 standard errors for every shape here (kurtosis up to 10).
 */
describe('a distribution has the mean and the spread that it states', () => {
  const cases: readonly (readonly [Distribution, number, number])[] = [
    [{ dist: 'beta', mean: 0.074, sd: 0.01 }, 0.074, 0.01],
    [{ dist: 'beta', mean: 0.5, sd: 0.45 }, 0.5, 0.45],
    [{ dist: 'normal', mean: -3, sd: 2 }, -3, 2],
    [{ dist: 'lognormal', mean: 200, sd: 60 }, 200, 60],
    [{ dist: 'gamma', mean: 2, sd: 0.5 }, 2, 0.5],
    [{ dist: 'gamma', mean: 2, sd: 2.5 }, 2, 2.5],
    [{ dist: 'uniform', min: 10, max: 20 }, 15, 10 / Math.sqrt(12)],
    [{ dist: 'triangular', min: 0, mode: 1, max: 4 }, 5 / 3, Math.sqrt((1 + 16 - 4) / 18)],
    // PERT: variance (mean − min)(max − mean) ÷ 7.
    [{ dist: 'pert', min: 0, mode: 1, max: 4 }, 8 / 6, Math.sqrt(((8 / 6) * (4 - 8 / 6)) / 7)],
    // Quantiles 10 and 20 at 25% and 75%, carried on in a straight line: uniform from 5 to 25.
    [{ dist: 'quantiles', probabilities: [0.25, 0.75], values: [10, 20] }, 15, 20 / Math.sqrt(12)],
  ]
  it.each(cases)('%j', (spec, mean, sd) => {
    const found = moments(spec)
    expect(distributionFault(spec)).toBeNull()
    expect(distributionMean(spec)).toBeCloseTo(mean, 12)
    expect(Math.abs(found.mean - mean)).toBeLessThan((4.5 * sd) / Math.sqrt(N))
    expect(Math.abs(found.sd / sd - 1)).toBeLessThan(0.04)
  })

  it('stays inside its bounds', () => {
    const { lowest, highest } = moments({ dist: 'pert', min: 2, mode: 2, max: 3 })
    expect(lowest).toBeGreaterThanOrEqual(2)
    expect(highest).toBeLessThanOrEqual(3)
    const beta = moments({ dist: 'beta', mean: 0.01, sd: 0.05 })
    expect(beta.lowest).toBeGreaterThanOrEqual(0)
    expect(beta.highest).toBeLessThanOrEqual(1)
  })

  it('goes through its quantiles', () => {
    const spec: Distribution = { dist: 'quantiles', probabilities: [0.1, 0.5, 0.9], values: [1, 2, 10] }
    for (const [index, probability] of spec.probabilities.entries()) {
      expect(sampleDistribution(spec, () => probability)).toBeCloseTo(spec.values[index], 12)
    }
  })

  it('without spread is its mean', () => {
    for (const dist of ['beta', 'normal', 'lognormal', 'gamma'] as const) {
      expect(sampleDistribution({ dist, mean: 0.3, sd: 0 }, () => 0.9)).toBe(0.3)
    }
  })
})

describe('a distribution that cannot be is refused', () => {
  const impossible: readonly Distribution[] = [
    { dist: 'beta', mean: 0, sd: 0.1 },
    { dist: 'beta', mean: 0.5, sd: 0.5 },
    { dist: 'gamma', mean: 0, sd: 1 },
    { dist: 'lognormal', mean: -1, sd: 1 },
    { dist: 'uniform', min: 2, max: 1 },
    { dist: 'triangular', min: 1, mode: 0, max: 2 },
    { dist: 'pert', min: 1, mode: 1, max: 1 },
    { dist: 'quantiles', probabilities: [0.5], values: [1] },
    { dist: 'quantiles', probabilities: [0.5, 0.5], values: [1, 2] },
    { dist: 'quantiles', probabilities: [0.1, 0.5], values: [2, 1] },
    { dist: 'quantiles', probabilities: [0.1, 0.5], values: [1, 2, 3] },
  ]
  it.each(impossible)('%j', (spec) => {
    expect(distributionFault(spec)).not.toBeNull()
  })
})
