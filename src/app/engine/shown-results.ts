/** Runs kept for the screen → results of all specialties together, by the aggregation of every other result. */
import { createAggregator } from '../../experiment/aggregate.ts'
import { reportedMeasures } from '../../measures/catalogue.ts'
import { reportingDateIndices } from '../../measures/reporting-dates.ts'
import { createTargetTally } from '../../measures/targets.ts'
import type { StudyResults } from '../../results/types.ts'
import type { Study } from '../../scenario/study.ts'
import type { StudyFacts } from './run-memory.ts'
import { isNested, referenceFirst, type RunPlace } from './run-order.ts'
import type { ShownSeries } from './shown-series.ts'

/** Nothing is timed here: the screen does not show it. */
const UNTIMED = { pathways: 0, kernelSeconds: 0, wallSeconds: 0, workers: 0 }

/**
 * @param runs by scenario in the study's order, then by place
 * @param places of the runs, in canonical order
 */
export function shownResults(
  study: Study,
  { budgets }: StudyFacts,
  { catalogue }: ShownSeries,
  runs: readonly (readonly Float64Array[])[],
  places: readonly RunPlace[],
): StudyResults {
  const scenarioIds = study.scenarios.map(({ id }) => id)
  const order = referenceFirst(study)
  const byDraw = isNested(study) && places.length > 1
  const tally = createTargetTally({ targets: study.targets, catalogue, scenarioIds, runsPerDraw: byDraw ? study.replications : 1 })
  const aggregator = createAggregator({
    scenarioIds,
    reference: order[0],
    series: catalogue.keys.length,
    dates: catalogue.dates.length,
    dateIndices: reportingDateIndices(catalogue.dates),
    unit: byDraw ? 'draw' : 'run',
  })
  places.forEach((place, index) => {
    for (const scenario of order) {
      aggregator.add({ scenario, ...place }, runs[scenario][index])
      tally.add(scenario, runs[scenario][index])
    }
  })
  const { scenarios, runRows } = aggregator.finish()
  return {
    study,
    catalogue,
    measures: reportedMeasures(catalogue),
    scenarios: study.scenarios.map(({ id, title }, index) => ({ ...scenarios[index], id, title, budgets: budgets[index] })),
    runRows,
    targets: tally.outcomes(),
    performance: UNTIMED,
  }
}
