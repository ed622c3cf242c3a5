/** Results → what the screen shows of them: all specialties together, by deprivation group. */
import { confidenceInterval } from '../../measures/interval.ts'
import type { SeriesKey } from '../../measures/types.ts'
import { equityOf } from '../../results/equity-json.ts'
import { moneyRows } from '../../results/money.ts'
import { withoutSmallNumbers } from '../../results/small-numbers.ts'
import type { ScenarioSummary, StudyResults } from '../../results/types.ts'
import type { Precision, ScreenResults, ScreenSeries } from '../contract.ts'

/** Measures that the screen does not draw: they stand in the files. Every other one of the study is sent. */
const LEFT_OUT: ReadonlySet<string> = new Set(['relative-gap', 'relative-index'])
const DIMENSIONS: readonly string[] = ['all', 'deprivation']

/**
 * @param results of a study, whole or of all specialties together
 * @param precision how much of it has been run; equity is worked out once all has
 */
export function screenResults(results: StudyResults, precision: Precision): ScreenResults {
  const shown = withoutSmallNumbers(results)
  const { study, catalogue, measures, scenarios, targets } = shown
  return {
    study,
    precision,
    dates: catalogue.dates,
    dimensions: catalogue.dimensions,
    measures,
    scenarios: scenarios.map(({ id, title }) => ({ id, title })),
    series: scenarios.flatMap((scenario) =>
      catalogue.keys.flatMap((key, index) => (isShown(key) ? [screenSeries(scenario, key, index, catalogue.dates.length)] : [])),
    ),
    targets,
    money: moneyRows(shown),
    equity: precision.phase === 'done' ? equityOf(shown) : null,
  }
}

function isShown({ specialty, stage, dimension, measure }: SeriesKey): boolean {
  return specialty === 'all' && stage === 'all' && DIMENSIONS.includes(dimension) && !LEFT_OUT.has(measure.split(':')[0])
}

function screenSeries(scenario: ScenarioSummary, { dimension, group, measure }: SeriesKey, series: number, dates: number): ScreenSeries {
  const from = series * dates
  const part = (values: Float64Array): Float64Array => values.slice(from, from + dates)
  const own = limits(scenario.mean, scenario.sd, scenario.n, from, dates)
  const against = limits(scenario.difference, scenario.differenceSd, scenario.differenceN, from, dates)
  return {
    scenario: scenario.id,
    dimension,
    group,
    measure,
    mean: part(scenario.mean),
    lower: own.lower,
    upper: own.upper,
    difference: part(scenario.difference),
    differenceLower: against.lower,
    differenceUpper: against.upper,
  }
}

function limits(mean: Float64Array, sd: Float64Array, n: Int32Array, from: number, dates: number): { lower: Float64Array; upper: Float64Array } {
  const lower = new Float64Array(dates)
  const upper = new Float64Array(dates)
  for (let date = 0; date < dates; date += 1) {
    const interval = confidenceInterval(mean[from + date], sd[from + date], n[from + date])
    lower[date] = interval.lower
    upper[date] = interval.upper
  }
  return { lower, upper }
}
