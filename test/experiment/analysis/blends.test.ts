import { describe, expect, it } from 'vitest'
import { blendsAgainst } from '../../../src/experiment/analysis/blends.ts'
import { dominatesInMean } from '../../../src/experiment/analysis/pareto.ts'
import type { Solution } from '../../../src/experiment/analysis/pareto.ts'

/** Two objectives that fall and rise with one variable, better in the middle than a straight line: x² and (1 − x)². */
const at = (x: number): Solution => ({ variables: [x], objectives: [[x * x], [(1 - x) ** 2]], violation: 0 })
const rival: Solution = { variables: [], objectives: [[0.3], [0.3]], violation: 0 }

const evenly = (a: readonly number[], b: readonly number[], share: number): number[] => a.map((each, k) => each * share + b[k] * (1 - share))

describe('blendsAgainst', () => {
  it('finds between two ends what beats a rival that neither beats', () => {
    expect([at(0), at(1)].some((each) => dominatesInMean(each, rival))).toBe(false)
    const [[x]] = blendsAgainst([at(0), at(1)], rival, 1, evenly)
    expect(dominatesInMean(at(x), rival)).toBe(true)
  })

  it('puts first the pair that promises most, and takes one mixture of each pair', () => {
    const blends = blendsAgainst([at(0), at(0.4), at(0.6), at(1)], rival, 10, evenly)
    expect(blends).toHaveLength(6)
    expect(Math.abs(blends[0][0] - 0.5)).toBeLessThan(0.1)
  })
})
