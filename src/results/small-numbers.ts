/**
 * Small numbers: where few people of a group wait, a share or a mean says more of chance than of the group, and in a
 * trust's own extract it may say who they are. One function hides such cells from every writer.
 */
import { smallLists, type SmallLists } from '../measures/small-lists.ts'
import type { SeriesCatalogue, SeriesKey } from '../measures/types.ts'
import { withGroupsTogether } from './people-money.ts'
import type { ScenarioSummary, StudyResults } from './types.ts'

/** A series that is hidden at some dates. */
interface HiddenSeries {
  readonly series: number
  /** Whether hidden, by date. */
  readonly isHidden: readonly boolean[]
}

/**
 * Hides, by scenario, specialty and date, the groups of further dimensions (and of such a dimension with deprivation) in
 * which fewer people than the study's `smallNumbers` wait in the mean over runs, and the gaps across groups of which one
 * is hidden. A difference from the reference is hidden where either number is: with the other it would give that away.
 * Hidden numbers become undefined (NaN) while the count of runs stays, which marks them: an undefined number of a measure
 * has no runs. Deprivation groups by themselves, systems and priority levels are shown whatever their size.
 * Money for a group that is hidden at any date stands together with that for the other groups of its programme.
 * @returns the results themselves where nothing is hidden
 */
export function withoutSmallNumbers(results: StudyResults): StudyResults {
  const { study, catalogue, scenarios, runRows } = results
  const small = smallLists(catalogue, study)
  const hidden = new Map(scenarios.map((scenario) => [scenario.id, hiddenSeries(scenario, small, catalogue)]))
  if ([...hidden.values()].every((series) => series.length === 0)) return results
  const ofReference = hidden.get(study.reference) ?? []
  return {
    ...results,
    scenarios: scenarios.map((scenario) => {
      const own = hidden.get(scenario.id) ?? []
      return { ...hideSummary(scenario, own, ofReference, catalogue.dates.length), budgets: hideMoney(scenario, own, catalogue.keys) }
    }),
    runRows: {
      ...runRows,
      runs: runRows.runs.map((run) => ({ ...run, values: hideValues(run.values, hidden.get(run.scenario) ?? [], runRows.dateIndices) })),
    },
  }
}

function hiddenSeries({ mean }: ScenarioSummary, small: SmallLists, { keys, dates }: SeriesCatalogue): HiddenSeries[] {
  const told = [...keys.keys()].filter((series) => small.protects(series))
  return told.flatMap((series) => {
    const isHidden = dates.map((_, date) => small.isSmall(series, date, mean))
    return isHidden.includes(true) ? [{ series, isHidden }] : []
  })
}

function hideMoney({ budgets }: ScenarioSummary, hidden: readonly HiddenSeries[], keys: readonly SeriesKey[]): ScenarioSummary['budgets'] {
  const lists = hidden.map(({ series }) => keys[series]).filter(({ specialty, measure }) => specialty === 'all' && measure === 'waiting')
  const groups = new Set(lists.map(groupOf))
  return withGroupsTogether(budgets, (dimension, group) => groups.has(groupOf({ dimension, group })))
}

const groupOf = ({ dimension, group }: Pick<SeriesKey, 'dimension' | 'group'>): string => JSON.stringify([dimension, group])

function hideSummary(
  scenario: ScenarioSummary,
  own: readonly HiddenSeries[],
  ofReference: readonly HiddenSeries[],
  dates: number,
): ScenarioSummary {
  const dateIndices = Array.from({ length: dates }, (_, date) => date)
  const [mean, sd] = [scenario.mean, scenario.sd].map((values) => hideValues(values, own, dateIndices))
  const [difference, differenceSd] = [scenario.difference, scenario.differenceSd].map((values) =>
    hideValues(values, [...own, ...ofReference], dateIndices),
  )
  return { ...scenario, mean, sd, difference, differenceSd }
}

function hideValues(values: Float64Array, hidden: readonly HiddenSeries[], dateIndices: readonly number[]): Float64Array {
  const shown = values.slice()
  for (const { series, isHidden } of hidden) {
    dateIndices.forEach((date, k) => {
      if (isHidden[date]) shown[series * dateIndices.length + k] = Number.NaN
    })
  }
  return shown
}
