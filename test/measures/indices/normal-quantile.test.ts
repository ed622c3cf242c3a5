import { describe, expect, it } from 'vitest'
import { normalQuantile } from '../../../src/measures/indices/normal-quantile.ts'

describe('the normal quantile', () => {
  // Reference: Python 3 statistics.NormalDist().inv_cdf, on all three ranges of the approximation.
  it.each([
    [1e-300, -37.0470962993612],
    [1e-10, -6.361340902404056],
    [0.001, -3.090232306167813],
    [0.07, -1.4757910281791702],
    [0.3, -0.5244005127080407],
    [0.5, 0],
    [0.975, 1.9599639845400536],
    [0.9999999, 5.199337582290662],
  ])('of %d is %d', (probability, z) => {
    expect(normalQuantile(probability)).toBeCloseTo(z, 13)
  })
})
