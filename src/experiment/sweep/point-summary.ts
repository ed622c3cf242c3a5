/**
 * A point's runs → what stands in the summary: means, intervals, paired differences, and where the spread is from.
 */
import { confidenceInterval } from '../../measures/interval.ts'
import { NestedMoments } from '../../measures/nested-moments.ts'
import type { Spread } from '../../measures/nested-moments.ts'

/** A number of one scenario at one point, over its runs. */
export interface CellSummary {
  readonly value: Spread
  /** Difference from the reference of the same draw and replication; null for the reference. */
  readonly difference: Spread | null
  /** Variance of an unpaired difference ÷ variance of the paired one: what sharing random numbers gains. */
  readonly varianceReduction: number
}

/** Gathers a point's runs, in order of draw and replication. */
export interface PointSummary {
  /** Values of one group's scenarios, the reference first; null for a run that is missing. */
  add(runs: readonly (Float64Array | null)[]): void
  endDraw(): void
  /** @param scenario position, 0 the reference */
  cell(scenario: number, cell: number): CellSummary
}

/** @param cells numbers kept of a run */
export function createPointSummary(scenarios: number, cells: number): PointSummary {
  const values = Array.from({ length: scenarios }, () => new NestedMoments(cells))
  const differences = values.slice(1).map(() => new NestedMoments(cells))
  // Scenario and reference over the runs that have both.
  const paired = values.slice(1).map(() => [new NestedMoments(cells), new NestedMoments(cells)] as const)
  const all = [...values, ...differences, ...paired.flat()]

  const addPair = (k: number, own: Float64Array, reference: Float64Array): void => {
    for (let cell = 0; cell < cells; cell += 1) {
      const difference = own[cell] - reference[cell]
      if (Number.isNaN(difference)) continue
      differences[k].add(cell, difference)
      paired[k][0].add(cell, own[cell])
      paired[k][1].add(cell, reference[cell])
    }
  }
  return {
    add(runs) {
      const [reference] = runs
      for (const [scenario, run] of runs.entries()) {
        if (run === null) continue
        for (let cell = 0; cell < cells; cell += 1) values[scenario].add(cell, run[cell])
        if (scenario > 0 && reference !== null) addPair(scenario - 1, run, reference)
      }
    },
    endDraw() {
      for (const moments of all) moments.endDraw()
    },
    cell(scenario, cell) {
      const value = values[scenario].spread(cell)
      if (scenario === 0) return { value, difference: null, varianceReduction: Number.NaN }
      const difference = differences[scenario - 1].spread(cell)
      const [own, reference] = paired[scenario - 1].map((moments) => moments.spread(cell).sd ** 2)
      return { value, difference, varianceReduction: ratio(own + reference, difference.sd ** 2) }
    },
  }
}

/** NaN where a difference never varies: there is then nothing left to reduce. */
function ratio(unpaired: number, pairedVariance: number): number {
  return pairedVariance > 0 ? unpaired / pairedVariance : Number.NaN
}

/** 95% limits of a mean (Student's t), over draws where there are several. */
export function limitsOf({ mean, standardError, degrees }: Spread): { readonly lower: number; readonly upper: number } {
  const n = degrees + 1
  return confidenceInterval(mean, standardError * Math.sqrt(n), n)
}
