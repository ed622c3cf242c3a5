import { describe, expect, it } from 'vitest'
import { atkinsonEquivalent, kolmEquivalent } from '../../../src/measures/indices/aversion.ts'
import { undefinedReason } from '../../../src/measures/indices/undefined-reasons.ts'
import type { IndexTable } from '../../../src/measures/indices/types.ts'
import { createGapCalculator, GAP_INDICES } from '../../../src/measures/gaps.ts'
import { indicesOf, tableOf } from './tables.ts'

/** Ten and thirty people with 2 and 6: mean 5. Every number below is worked by hand. */
const small = tableOf([10, 30], [2, 6], { reference: 0 })

describe('indices worked by hand', () => {
  const indices = indicesOf(small)

  it.each([
    ['difference', 4],
    ['ratio', 3],
    // Midpoints 0.125 and 0.625: a line of 8 per unit of rank.
    ['slopeIndex', 8],
    ['intercept', 1],
    ['relativeIndex', 9],
    // 2 × (¼·(−⅜)·(−3) + ¾·⅛·1)
    ['absoluteConcentrationIndex', 0.75],
    ['relativeConcentrationIndex', 0.15],
    ['betweenGroupVariance', 3],
    ['betweenGroupStandardDeviation', Math.sqrt(3)],
    ['coefficientOfVariation', 20 * Math.sqrt(3)],
    ['theil', 1000 * (0.25 * 0.4 * Math.log(0.4) + 0.75 * 1.2 * Math.log(1.2))],
    ['meanLogDeviation', -1000 * (0.25 * Math.log(0.4) + 0.75 * Math.log(1.2))],
    ['indexOfDisparity', 40],
    ['indexOfDisparityWeighted', 30],
    ['meanDifferenceFromBest', 2],
    ['meanDifferenceFromBestWeighted', 1],
    ['meanDifferenceFromMean', 2],
    ['meanDifferenceFromMeanWeighted', 1.5],
    ['meanDifferenceFromReference', 2],
    ['meanDifferenceFromReferenceWeighted', 3],
    ['populationAttributableRisk', 1],
    ['populationAttributableFraction', 20],
  ] as const)('%s is %d', (key, expected) => {
    expect(indices[key]).toBeCloseTo(expected, 10)
  })

  it('takes the lowest value as best where the multiplier is negative', () => {
    const worse = indicesOf(tableOf([10, 30], [2, 6], { multiplier: -1 }))
    expect(worse.meanDifferenceFromBest).toBeCloseTo(2, 12)
    expect(worse.meanDifferenceFromBestWeighted).toBeCloseTo(3, 12)
    expect(worse.populationAttributableRisk).toBeCloseTo(-1, 12)
    expect(worse.intercept).toBeCloseTo(1, 12)
  })

  it('compares highest with lowest, and gains with the best group, where there is no order', () => {
    const unordered = indicesOf(tableOf([10, 30, 60], [6, 2, 4], { ordered: false, reference: null }))
    expect(unordered.difference).toBe(4)
    expect(unordered.ratio).toBe(3)
    expect(unordered.populationAttributableRisk).toBeCloseTo(6 - 3.6, 12)
    expect(unordered.slopeIndex).toBeNaN()
  })

  it('corrects concentration of proportions for their bounds', () => {
    const proportions = indicesOf(tableOf([10, 30], [0.2, 0.6], { valueType: 'proportion' }))
    expect(proportions.erreygers).toBeCloseTo(4 * 0.075, 12)
    expect(proportions.wagstaff).toBeCloseTo(0.15 / 0.5, 12)
  })

  it('reads the line of gaps.ts from the other end', () => {
    const values = [59.2, 60, 60.1, 60.6, 60.9]
    const population = [24, 22, 20, 18, 16]
    const out = new Float64Array(GAP_INDICES.length)
    createGapCalculator(population)(Float64Array.from(values), out)
    const here = indicesOf(tableOf(population, values))
    expect(here.slopeIndex).toBe(-out[GAP_INDICES.indexOf('slope-index')])
    expect(here.relativeIndex).toBeCloseTo(1 / out[GAP_INDICES.indexOf('relative-index')], 12)
    expect(here.difference).toBe(-out[GAP_INDICES.indexOf('absolute-gap')])
  })
})

describe('a logistic curve', () => {
  it('passes through two groups exactly', () => {
    const { logisticSlopeIndex, slopeIndex } = indicesOf(
      tableOf([50, 50], [0.3, 0.5], { valueType: 'proportion', transform: true }),
    )
    expect(logisticSlopeIndex).toBeCloseTo(slopeIndex, 10)
  })
})

describe('equally-distributed equivalents', () => {
  const half = [0.5, 0.5]

  it('are the harmonic mean at ε = 2, the geometric at 1, the mean at 0', () => {
    expect(atkinsonEquivalent(half, [2, 6], 2)).toBeCloseTo(3, 12)
    expect(atkinsonEquivalent(half, [2, 8], 1)).toBeCloseTo(4, 12)
    expect(atkinsonEquivalent(half, [2, 6], 0)).toBeCloseTo(4, 12)
  })

  it('are 0 where a group has nothing and aversion is 1 or more', () => {
    expect(atkinsonEquivalent(half, [0, 6], 1)).toBe(0)
    expect(atkinsonEquivalent(half, [0, 6], 10.95)).toBe(0)
    expect(atkinsonEquivalent(half, [0, 4], 0.5)).toBeCloseTo(1, 12)
  })

  it('of Kolm are what e^(−α · level) says', () => {
    const level = kolmEquivalent(half, [2, 6], 0.15)
    expect(Math.exp(-0.15 * level)).toBeCloseTo((Math.exp(-0.3) + Math.exp(-0.9)) / 2, 14)
  })

  it('survive values that overflow a power', () => {
    expect(atkinsonEquivalent(half, [1e-40, 1], 10.95)).toBeGreaterThan(0)
    expect(kolmEquivalent(half, [0, 1e6], 0.15)).toBeCloseTo(Math.log(2) / 0.15, 9)
  })
})

describe('an index that means nothing', () => {
  const cases: readonly (readonly [string, IndexTable, Parameters<typeof undefinedReason>[0], string])[] = [
    ['a relative index of a mean of 0', tableOf([1, 1], [-1, 1]), 'relativeConcentrationIndex', 'mean-not-positive'],
    ['a line that leaves the positive range', tableOf([10, 10, 10], [0, 0, 9]), 'relativeIndex', 'line-not-positive'],
    ['a ratio with nothing below it', tableOf([1, 1], [0, 3]), 'ratio', 'no-ratio'],
    ["Theil's index of a negative value", tableOf([1, 3], [-1, 3]), 'theil', 'negative-value'],
    ['a logarithm of 0', tableOf([1, 1], [0, 3]), 'meanLogDeviation', 'value-not-positive'],
    ["Erreygers' index of unbounded values", small, 'erreygers', 'not-a-proportion'],
    ["Wagstaff's index of a mean of 1", tableOf([1, 1], [1, 1], { valueType: 'proportion' }), 'wagstaff', 'mean-at-bound'],
    ['a logistic curve through nothing', tableOf([1, 1], [0, 0], { valueType: 'proportion' }), 'logisticSlopeIndex', 'no-fit'],
    ['rank without order', tableOf([1, 1], [1, 2], { ordered: false }), 'wagstaff', 'no-order'],
    ['a reference that nobody named', tableOf([1, 1], [1, 2], { reference: null }), 'meanDifferenceFromReference', 'no-reference'],
    ["Atkinson's index of a negative value", tableOf([1, 3], [-1, 3]), 'atkinson', 'negative-value'],
  ]

  it.each(cases)('%s is NaN, with a reason', (_, table, key, reason) => {
    expect(indicesOf(table)[key]).toBeNaN()
    expect(undefinedReason(key, table)).toBe(reason)
  })

  it('leaves its neighbours: Theil at a value of 0', () => {
    expect(indicesOf(tableOf([1, 1], [0, 3])).theil).toBeCloseTo(1000 * Math.log(2), 9)
  })
})
