/** Tables for specs: a builder with plain defaults, and arbitrary ones. */
import fc from 'fast-check'
import { createIndexCalculator } from '../../../src/measures/indices/calculate.ts'
import type { IndexTable, IndexValues } from '../../../src/measures/indices/types.ts'

/** Continuous, ordered, higher is better, last group for reference. */
export function tableOf(
  population: readonly number[],
  values: readonly number[],
  changes: Partial<IndexTable> = {},
): IndexTable {
  return {
    valueType: 'continuous',
    transform: false,
    multiplier: 1,
    ordered: true,
    reference: values.length - 1,
    population,
    values,
    ...changes,
  }
}

/** All indices of a table. */
export function indicesOf(table: IndexTable): IndexValues {
  return createIndexCalculator(table)(table.values)
}

/** Two to twelve groups with populations and values of a range. */
export function groupSets(min: number, max: number): fc.Arbitrary<{ population: number[]; values: number[] }> {
  return fc.integer({ min: 2, max: 12 }).chain((groups) =>
    fc.record({
      population: fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: groups, maxLength: groups }),
      values: fc.array(fc.double({ min, max, noNaN: true }), { minLength: groups, maxLength: groups }),
    }),
  )
}
