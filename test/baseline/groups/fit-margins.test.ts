import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellAt, fitToMargins, indicesOf, MARGIN_TOLERANCE, type Margin, type MarginFit } from '../../../src/baseline/groups/fit-margins.ts'

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

function fitted(fit: MarginFit): readonly number[] {
  if ('noFit' in fit) throw new Error(JSON.stringify(fit.noFit))
  return fit.cells
}
function reason(fit: MarginFit): unknown {
  return 'noFit' in fit ? fit.noFit : 'a fit'
}

/** Sums of a table over all axes but those named. */
function marginOf(cells: readonly number[], sizes: readonly number[], axes: readonly number[]): number[] {
  const own = axes.map((axis) => sizes[axis])
  const sums = Array.from({ length: own.reduce((a, b) => a * b, 1) }, () => 0)
  for (const [cell, people] of cells.entries()) {
    const indices = indicesOf(cell, sizes)
    sums[cellAt(axes.map((axis) => indices[axis]), own)] += people
  }
  return sums
}

const positive = fc.double({ min: 0.1, max: 20, noNaN: true })
const table = (sizes: readonly number[]): fc.Arbitrary<number[]> => {
  const length = sizes.reduce((a, b) => a * b, 1)
  return fc.array(positive, { minLength: length, maxLength: length })
}
const sizesOfThree = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 4 }))

describe('iterative proportional fitting', () => {
  it('meets every margin that some table has, from any seed without zeros', () => {
    const cases = sizesOfThree.chain((sizes) => fc.tuple(fc.constant(sizes), table(sizes), table(sizes)))
    fc.assert(fc.property(cases, ([sizes, seed, truth]) => {
      const margins = [[0, 1], [0, 2], [1, 2]].map((axes): Margin => ({ name: axes.join(), axes, people: marginOf(truth, sizes, axes) }))
      const cells = fitted(fitToMargins(seed, sizes, margins))
      for (const { axes, people } of margins) {
        for (const [cell, found] of marginOf(cells, sizes, axes).entries()) expect(Math.abs(found - people[cell])).toBeLessThanOrEqual(MARGIN_TOLERANCE * sum(truth) * 1.01)
      }
    }), { numRuns: 60, seed: 1 })
  })

  it('leaves a table alone that meets its margins already', () => {
    fc.assert(fc.property(table([3, 4]), (seed) => {
      const cells = fitted(fitToMargins(seed, [3, 4], [0, 1].map((axis) => ({ name: String(axis), axes: [axis], people: marginOf(seed, [3, 4], [axis]) }))))
      for (const [cell, people] of cells.entries()) expect(people / seed[cell]).toBeCloseTo(1, 9)
    }), { seed: 2 })
  })

  it("keeps the seed's odds ratio", () => {
    const cells = fitted(fitToMargins([8, 2, 3, 7], [2, 2], [{ name: 'rows', axes: [0], people: [300, 700] }, { name: 'columns', axes: [1], people: [550, 450] }]))
    expect((cells[0] * cells[3]) / (cells[1] * cells[2])).toBeCloseTo((8 * 7) / (2 * 3), 7)
  })

  it('takes groupings as independent from a seed of ones', () => {
    const cells = fitted(fitToMargins([1, 1, 1, 1, 1, 1], [2, 3], [{ name: 'rows', axes: [0], people: [0.4, 0.6] }, { name: 'columns', axes: [1], people: [0.2, 0.3, 0.5] }]))
    expect(cells.map((cell) => Number(cell.toFixed(12)))).toEqual([0.08, 0.12, 0.2, 0.12, 0.18, 0.3])
  })

  it('keeps zeros, and meets margins around them', () => {
    const cells = fitted(fitToMargins([1, 0, 1, 1], [2, 2], [{ name: 'rows', axes: [0], people: [30, 70] }, { name: 'columns', axes: [1], people: [60, 40] }]))
    expect(cells[1]).toBe(0)
    expect(cells[0]).toBeCloseTo(30, 6)
    expect(cells[3]).toBeCloseTo(40, 6)
  })

  it('allows a margin with nobody in a group', () => {
    const cells = fitted(fitToMargins([1, 1, 1, 1], [2, 2], [{ name: 'rows', axes: [0], people: [0, 10] }, { name: 'columns', axes: [1], people: [4, 6] }]))
    expect(cells.map((cell) => Number(cell.toFixed(9)))).toEqual([0, 0, 4, 6])
  })
})

describe('margins that cannot be met are told apart', () => {
  it('by different numbers of people', () => {
    const fit = fitToMargins([1, 1, 1, 1], [2, 2], [{ name: 'rows', axes: [0], people: [5, 5] }, { name: 'columns', axes: [1], people: [5, 6] }])
    expect(reason(fit)).toEqual({ kind: 'totals', margin: 'columns', people: 11, other: 'rows', otherPeople: 10 })
  })

  it('by people where the seed has nobody', () => {
    const fit = fitToMargins([1, 0, 1, 0], [2, 2], [{ name: 'rows', axes: [0], people: [5, 5] }, { name: 'columns', axes: [1], people: [9, 1] }])
    expect(reason(fit)).toEqual({ kind: 'empty', margin: 'columns', cell: [1], people: 1 })
  })

  it('by zeros that keep them apart, with the largest misfit', () => {
    // Only the diagonal can be filled, and its two ends are asked to differ.
    const fit = fitToMargins([1, 0, 0, 1], [2, 2], [{ name: 'rows', axes: [0], people: [6, 4] }, { name: 'columns', axes: [1], people: [5, 5] }])
    expect(reason(fit)).toEqual({ kind: 'misfit', margin: 'rows', cell: [0], people: 6, fitted: 5 })
  })

  it('by margins of two groupings that share a third and contradict each other on it', () => {
    const margins: Margin[] = [
      { name: 'a and b', axes: [0, 1], people: [3, 3, 2, 2] },
      { name: 'a and c', axes: [0, 2], people: [2, 2, 3, 3] },
    ]
    expect(reason(fitToMargins([1, 1, 1, 1, 1, 1, 1, 1], [2, 2, 2], margins))).toMatchObject({ kind: 'misfit', margin: 'a and b' })
  })
})
