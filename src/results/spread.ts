/**
 * Where the spread of a study's runs is from: uncertain parameters, or chance. For studies of several draws with
 * several replications each.
 *
 *     single runs at reporting dates → moments within and between draws → two variances that sum to that of one run
 */
import { NestedMoments } from '../measures/nested-moments.ts'
import type { StudyResults } from './types.ts'

/** Variances of one run; unbiased, so that `parameter` may come out below 0 where it is small. NaN where undefined. */
export interface Variances {
  /** By uncertain parameters. */
  readonly parameter: number
  /** By chance, with the parameters given. */
  readonly random: number
}

/** Of a value and of its paired difference from the reference. */
export interface SpreadByCause {
  readonly value: Variances
  readonly difference: Variances
}

/**
 * Variances by cause at the reporting dates.
 * @returns null for a study that cannot tell them apart; else a look-up by scenario's index, series, and index among the
 *   reporting dates
 */
export function spreadByCause({ study, scenarios, runRows }: StudyResults): ((scenario: number, series: number, date: number) => SpreadByCause) | null {
  if (study.draws < 2 || study.replications < 2) return null
  const dates = runRows.dateIndices.length
  const runsOf = (id: string): Runs => runRows.runs.filter((run) => run.scenario === id)
  const reference = runsOf(study.reference)
  const moments = scenarios.map(({ id }) => {
    const runs = runsOf(id)
    return { value: momentsOf(runs), difference: momentsOf(runs, reference) }
  })
  const at = (each: NestedMoments, cell: number): Variances => {
    const { parameterVariance, randomVariance } = each.spread(cell)
    return { parameter: parameterVariance, random: randomVariance }
  }
  return (scenario, series, date) => {
    const { value, difference } = moments[scenario]
    const cell = series * dates + date
    return { value: at(value, cell), difference: at(difference, cell) }
  }
}

type Runs = StudyResults['runRows']['runs']

/** @param less runs of the same draws and replications that are taken away */
function momentsOf(runs: Runs, less?: Runs): NestedMoments {
  const moments = new NestedMoments(runs[0].values.length)
  for (const [index, { draw, values }] of runs.entries()) {
    const other = less?.[index].values
    for (let cell = 0; cell < values.length; cell += 1) moments.add(cell, other === undefined ? values[cell] : values[cell] - other[cell])
    if (runs[index + 1]?.draw !== draw) moments.endDraw()
  }
  return moments
}
