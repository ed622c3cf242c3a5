import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGapCalculator, GAP_INDICES } from '../../src/measures/gaps.ts'

function indices(population: readonly number[], values: readonly number[]) {
  const out = new Float64Array(GAP_INDICES.length)
  createGapCalculator(population)(Float64Array.from(values), out)
  return { absolute: out[0], relative: out[1], slope: out[2], relativeIndex: out[3] }
}

/** The textbook regression, written out: values on rank, rank 0 at the most deprived end. */
function regression(population: readonly number[], values: readonly number[]) {
  const total = population.reduce((sum, people) => sum + people, 0)
  let below = 0
  const rank = population.map((people) => {
    below += people
    return (below - people / 2) / total
  })
  const weighted = (numbers: readonly number[]): number =>
    numbers.reduce((sum, number, group) => sum + (number * population[group]) / total, 0)
  const meanRank = weighted(rank)
  const meanValue = weighted(values)
  const slope =
    weighted(rank.map((x, group) => (x - meanRank) * (values[group] - meanValue))) /
    weighted(rank.map((x) => (x - meanRank) ** 2))
  const mostDeprivedEnd = meanValue - slope * meanRank
  return { slope, mostDeprivedEnd, leastDeprivedEnd: mostDeprivedEnd + slope }
}

const groupSets = fc
  .integer({ min: 2, max: 10 })
  .chain((groups) =>
    fc.tuple(
      fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: groups, maxLength: groups }),
      fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: groups, maxLength: groups }),
    ),
  )

describe('inequality indices', () => {
  it('reads most deprived against least deprived', () => {
    const even = indices([100, 100, 100, 100, 100], [5, 4, 3, 2, 1])
    expect(even.absolute).toBe(4)
    expect(even.relative).toBe(5)
    expect(even.slope).toBeCloseTo(5, 12)
    expect(even.relativeIndex).toBeCloseTo(5.5 / 0.5, 10)
  })

  it('agrees with the regression written out, for any number of groups and populations', () => {
    fc.assert(
      fc.property(groupSets, ([population, values]) => {
        const expected = regression(population, values)
        const actual = indices(population, values)
        const tolerance = 1e-7 * (1 + Math.abs(expected.slope))
        expect(Math.abs(actual.slope + expected.slope)).toBeLessThan(tolerance)
        if (Math.min(expected.mostDeprivedEnd, expected.leastDeprivedEnd) < 0.001) return
        const ratio = expected.mostDeprivedEnd / expected.leastDeprivedEnd
        expect(Math.abs(actual.relativeIndex / ratio - 1)).toBeLessThan(1e-4)
      }),
      { seed: 4 },
    )
  })

  it('is exactly nought, and exactly one, where groups are equal', () => {
    fc.assert(
      fc.property(groupSets, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), ([population], value) => {
        const equal = indices(population, population.map(() => value))
        expect(equal).toEqual({ absolute: 0, relative: 1, slope: 0, relativeIndex: 1 })
      }),
      { seed: 5 },
    )
  })

  it('keeps differences under translation, ratios under scaling, and reverses with the groups', () => {
    fc.assert(
      fc.property(groupSets, fc.double({ min: 0.1, max: 10, noNaN: true }), ([population, values], factor) => {
        const base = indices(population, values)
        const moved = indices(population, values.map((value) => value + factor))
        const scaled = indices(population, values.map((value) => value * factor))
        const reversed = indices(population.toReversed(), values.toReversed())
        expect(moved.absolute).toBeCloseTo(base.absolute, 8)
        expect(moved.slope).toBeCloseTo(base.slope, 6)
        expect(scaled.relative / base.relative).toBeCloseTo(1, 8)
        expect(scaled.slope).toBeCloseTo(base.slope * factor, 5)
        expect(reversed.absolute).toBe(0 - base.absolute)
        expect(reversed.slope).toBeCloseTo(-base.slope, 6)
      }),
      { seed: 6 },
    )
  })

  it('finds the slope of values on a straight line of rank', () => {
    fc.assert(
      fc.property(groupSets, fc.double({ min: -5, max: 5, noNaN: true }), ([population], steepness) => {
        const total = population.reduce((sum, people) => sum + people, 0)
        let below = 0
        const onLine = population.map((people) => {
          below += people
          return 10 - (steepness * (below - people / 2)) / total
        })
        const found = indices(population, onLine)
        expect(found.slope).toBeCloseTo(steepness, 4)
        expect(found.relativeIndex).toBeCloseTo(10 / (10 - steepness), 4)
      }),
      { seed: 7 },
    )
  })

  it('is undefined where a group is, where a ratio has nothing below it, and with one group', () => {
    expect(indices([1, 1, 1], [1, Number.NaN, 2])).toEqual({
      absolute: Number.NaN,
      relative: Number.NaN,
      slope: Number.NaN,
      relativeIndex: Number.NaN,
    })
    expect(indices([1, 1], [0.5, 0]).relative).toBeNaN()
    expect(indices([1, 1, 1], [1, 0, 0]).relativeIndex).toBeNaN()
    expect(indices([1, 1, 1], [0, 0, 1]).relativeIndex).toBeNaN()
    expect(indices([1], [3]).slope).toBeNaN()
    expect(indices([1], [3]).relativeIndex).toBeNaN()
  })
})

const validationFile = fileURLToPath(new URL('../../../shared/validation/slope-index.json', import.meta.url))
const haveValidation = existsSync(validationFile)
const absent = haveValidation ? '' : ' (skipped: ../shared/validation is not beside the project)'

interface SlopeCase {
  readonly case: string
  readonly population: readonly number[]
  readonly value: readonly number[]
  readonly expected: { readonly sii: number; readonly rii: number }
}

describe.skipIf(!haveValidation)(`against PHEindicatormethods${absent}`, () => {
  const all: SlopeCase[] = haveValidation ? JSON.parse(readFileSync(validationFile, 'utf8')).cases : []
  // Log and logit transforms regress another quantity; multipliers change the unit afterwards.
  const comparable = all.filter(({ case: name }) => !/transform|multiplier/u.test(name))

  it('has cases to compare with', () => {
    expect(comparable.length).toBeGreaterThanOrEqual(9)
  })

  it.each(comparable)('$case: same slope, opposite sign; inverse relative index', ({ population, value, expected }) => {
    const { slope, relativeIndex } = indices(population, value)
    expect(slope).toBeCloseTo(-expected.sii, 10)
    expect(relativeIndex).toBeCloseTo(1 / expected.rii, 10)
  })
})
