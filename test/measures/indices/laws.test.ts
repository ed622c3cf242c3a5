import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INDEX_KEYS, type IndexKey, type IndexValues } from '../../../src/measures/indices/types.ts'
import { groupSets, indicesOf, tableOf } from './tables.ts'

/** In the unit of the values. */
const ABSOLUTE: readonly IndexKey[] = [
  'slopeIndex', 'difference', 'absoluteConcentrationIndex', 'betweenGroupStandardDeviation',
  'meanDifferenceFromBest', 'meanDifferenceFromBestWeighted', 'meanDifferenceFromMean',
  'meanDifferenceFromMeanWeighted', 'meanDifferenceFromReference', 'meanDifferenceFromReferenceWeighted',
  'populationAttributableRisk',
]
/** Without unit, defined for any values above 0. */
const RELATIVE: readonly IndexKey[] = [
  'ratio', 'relativeConcentrationIndex', 'coefficientOfVariation', 'theil', 'meanLogDeviation', 'indexOfDisparity',
  'indexOfDisparityWeighted', 'populationAttributableFraction', 'atkinson',
]
const SIGNED: readonly IndexKey[] = [
  'slopeIndex', 'difference', 'absoluteConcentrationIndex', 'relativeConcentrationIndex',
]
const SIGNED_SHARES: readonly IndexKey[] = [...SIGNED, 'erreygers', 'wagstaff', 'logisticSlopeIndex']
const RATIOS: readonly IndexKey[] = ['relativeIndex', 'ratio', 'logisticRelativeIndex']

function near(actual: number, expected: number, size: number): boolean {
  return Math.abs(actual - expected) <= 1e-9 * (Math.abs(expected) + size)
}

/** The indices that are not as expected, within 1e-9 of the expected value and of a size that limits rounding. */
function unlike(
  keys: readonly IndexKey[],
  actual: IndexValues,
  expected: (key: IndexKey) => number,
  size: number,
): IndexKey[] {
  return keys.filter((key) => !near(actual[key], expected(key), size))
}

const HIGHEST = { continuous: 100, rate: 100, proportion: 0.95 } as const

describe('every index', () => {
  it('is exactly nought, or a ratio of one, where groups are equal, whatever the scale and the order', () => {
    const setting = fc.record({
      valueType: fc.constantFrom('continuous', 'rate', 'proportion'),
      transform: fc.boolean(),
      ordered: fc.boolean(),
      multiplier: fc.constantFrom(1, 100, -100, 0.5),
    })
    fc.assert(
      fc.property(groupSets(1, 2), fc.double({ min: 0.05, max: 0.95, noNaN: true }), setting, (groups, level, options) => {
        const transform = options.transform && options.valueType !== 'continuous'
        const indices = indicesOf(tableOf(groups.population, groups.values.map(() => level), { ...options, transform }))
        const equality = (key: IndexKey): number => (RATIOS.includes(key) ? 1 : 0)
        const keys = INDEX_KEYS.filter((key) => key !== 'intercept' && !Number.isNaN(indices[key]))
        const found = keys.filter((key) => !key.startsWith('logistic') && indices[key] !== equality(key))
        expect(found).toEqual([])
        // Found by iteration, so not to the last bit.
        expect(unlike(keys.filter((key) => key.startsWith('logistic')), indices, equality, 100)).toEqual([])
      }),
      { seed: 11 },
    )
  })

  it('does not change when every population is multiplied', () => {
    fc.assert(
      fc.property(groupSets(0.05, 0.95), fc.integer({ min: 2, max: 1000 }), ({ population, values }, times) => {
        const options = { valueType: 'proportion', transform: true } as const
        const once = indicesOf(tableOf(population, values, options))
        const often = indicesOf(tableOf(population.map((people) => people * times), values, options))
        expect(unlike(INDEX_KEYS, often, (key) => once[key], 1e3)).toEqual([])
      }),
      { seed: 12 },
    )
  })

  it('gives absolute indices in the multiplied unit, and leaves relative ones', () => {
    fc.assert(
      fc.property(groupSets(0.5, 100), fc.double({ min: 0.01, max: 1000, noNaN: true }), (groups, factor) => {
        const once = indicesOf(tableOf(groups.population, groups.values))
        const times = indicesOf(tableOf(groups.population, groups.values, { multiplier: factor }))
        expect(unlike(ABSOLUTE, times, (key) => once[key] * factor, 1e-9)).toEqual([])
        expect(near(times.betweenGroupVariance, once.betweenGroupVariance * factor ** 2, 1e-9)).toBe(true)
        expect(RELATIVE.filter((key) => times[key] !== once[key])).toEqual([])
      }),
      { seed: 13 },
    )
  })
})

describe('absolute indices', () => {
  it('do not change when every value moves by as much', () => {
    fc.assert(
      fc.property(groupSets(0.5, 100), fc.double({ min: -50, max: 50, noNaN: true }), ({ population, values }, move) => {
        const still = indicesOf(tableOf(population, values))
        const moved = indicesOf(tableOf(population, values.map((value) => value + move)))
        expect(unlike([...ABSOLUTE, 'betweenGroupVariance', 'kolm'], moved, (key) => still[key], 1e4)).toEqual([])
      }),
      { seed: 14 },
    )
  })

  it('grow with the values', () => {
    fc.assert(
      fc.property(groupSets(0.5, 100), fc.double({ min: 0.1, max: 50, noNaN: true }), ({ population, values }, factor) => {
        const once = indicesOf(tableOf(population, values))
        const scaled = indicesOf(tableOf(population, values.map((value) => value * factor)))
        expect(unlike(ABSOLUTE, scaled, (key) => once[key] * factor, 1e5)).toEqual([])
      }),
      { seed: 15 },
    )
  })
})

describe('relative indices', () => {
  it('do not change when every value is multiplied', () => {
    fc.assert(
      fc.property(groupSets(0.5, 100), fc.double({ min: 0.1, max: 50, noNaN: true }), ({ population, values }, factor) => {
        const once = indicesOf(tableOf(population, values))
        const scaled = indicesOf(tableOf(population, values.map((value) => value * factor)))
        expect(unlike(RELATIVE, scaled, (key) => once[key], 1e3)).toEqual([])
      }),
      { seed: 16 },
    )
  })
})

describe('signed indices', () => {
  it('turn round with the groups and with the sign of the multiplier', () => {
    fc.assert(
      fc.property(groupSets(0.05, 0.95), fc.boolean(), ({ population, values }, transform) => {
        const options = { valueType: 'proportion', transform } as const
        const forward = indicesOf(tableOf(population, values, options))
        const backward = indicesOf(tableOf(population.toReversed(), values.toReversed(), options))
        const worse = indicesOf(tableOf(population, values, { ...options, multiplier: -1 }))
        expect(unlike(SIGNED_SHARES, backward, (key) => -forward[key], 1e2)).toEqual([])
        expect(unlike(SIGNED_SHARES, worse, (key) => -forward[key], 1e-9)).toEqual([])
        const ratios = RATIOS.filter((key) => !Number.isNaN(forward[key]))
        expect(ratios.filter((key) => Math.abs(backward[key] * forward[key] - 1) > 1e-4)).toEqual([])
        expect(ratios.filter((key) => Math.abs(worse[key] * forward[key] - 1) > 1e-9)).toEqual([])
      }),
      { seed: 17 },
    )
  })

  it('rise with affluence: above 0 where each group has more than the one before', () => {
    const indices = indicesOf(tableOf([24, 22, 20, 18, 16], [0.2, 0.3, 0.4, 0.5, 0.6], { valueType: 'proportion' }))
    expect(SIGNED_SHARES.filter((key) => indices[key] <= 0)).toEqual([])
    expect(RATIOS.filter((key) => indices[key] <= 1)).toEqual([])
  })
})

describe('bounds', () => {
  it.each(['continuous', 'rate', 'proportion'] as const)('hold for %s values', (valueType) => {
    fc.assert(
      fc.property(groupSets(0.05, HIGHEST[valueType]), ({ population, values }) => {
        const indices = indicesOf(tableOf(population, values, { valueType }))
        const total = population.reduce((sum, people) => sum + people, 0)
        const widest = Math.max(...values) - Math.min(...values)
        const slack = 1e-9
        expect(Math.abs(indices.relativeConcentrationIndex)).toBeLessThan(1)
        expect(indices.atkinson).toBeGreaterThanOrEqual(-slack)
        expect(indices.atkinson).toBeLessThan(1)
        expect(indices.kolm).toBeGreaterThanOrEqual(-slack)
        expect(indices.kolm).toBeLessThanOrEqual(widest + slack)
        expect(indices.theil).toBeGreaterThanOrEqual(-slack)
        expect(indices.theil).toBeLessThanOrEqual(1000 * Math.log(total / Math.min(...population)) + slack)
        expect(indices.meanLogDeviation).toBeGreaterThanOrEqual(-slack)
        expect(indices.betweenGroupStandardDeviation).toBeLessThanOrEqual(widest / 2 + slack)
        expect(indices.indexOfDisparityWeighted).toBeLessThanOrEqual(200)
        expect(indices.meanDifferenceFromMeanWeighted).toBeLessThanOrEqual(indices.betweenGroupStandardDeviation + slack)
        if (valueType !== 'proportion') return
        expect(Math.abs(indices.erreygers)).toBeLessThanOrEqual(1)
        expect(Math.abs(indices.wagstaff)).toBeLessThanOrEqual(1 + slack)
      }),
      { seed: 18 },
    )
  })
})

describe('other definitions of the same index', () => {
  /** Σ over pairs of people, of a function of their two values. */
  function overPairs(population: readonly number[], values: readonly number[], of: (a: number, b: number) => number): number {
    const total = population.reduce((sum, people) => sum + people, 0)
    return population.reduce(
      (sum, peopleA, a) =>
        sum + population.reduce((s, peopleB, b) => s + (peopleA / total) * (peopleB / total) * of(values[a], values[b]), 0),
      0,
    )
  }

  it('agree: the variance and, for groups ordered by value, the concentration index as means over pairs', () => {
    fc.assert(
      fc.property(groupSets(0.5, 100), ({ population, values }) => {
        const rising = values.toSorted((a, b) => a - b)
        const indices = indicesOf(tableOf(population, rising))
        const variance = overPairs(population, rising, (a, b) => (a - b) ** 2) / 2
        const halfGap = overPairs(population, rising, (a, b) => Math.abs(a - b)) / 2
        expect(near(indices.betweenGroupVariance, variance, 1)).toBe(true)
        expect(near(indices.absoluteConcentrationIndex, halfGap, 1)).toBe(true)
      }),
      { seed: 19 },
    )
  })

  it('agree: a group split in two of the same value leaves every index that counts people', () => {
    const byPeople = [
      'absoluteConcentrationIndex', 'relativeConcentrationIndex', 'betweenGroupVariance', 'theil', 'meanLogDeviation',
      'indexOfDisparityWeighted', 'meanDifferenceFromBestWeighted', 'meanDifferenceFromMeanWeighted',
      'populationAttributableRisk', 'atkinson', 'kolm',
    ] as const
    fc.assert(
      fc.property(groupSets(0.5, 100), fc.double({ min: 0.01, max: 0.99, noNaN: true }), ({ population, values }, part) => {
        const [first, ...others] = population
        const whole = indicesOf(tableOf(population, values))
        const split = indicesOf(tableOf([first * part, first * (1 - part), ...others], [values[0], ...values]))
        expect(unlike(byPeople, split, (key) => whole[key], 1e3)).toEqual([])
      }),
      { seed: 20 },
    )
  })
})
