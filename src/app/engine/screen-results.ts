/** Results → what the screen shows of them: all specialties together, by deprivation group. */
import { confidenceInterval } from '../../measures/interval.ts'
import type { SeriesKey } from '../../measures/types.ts'
import { equityOf } from '../../results/equity-json.ts'
import { moneyRows } from '../../results/money.ts'
import { withoutSmallNumbers } from '../../results/small-numbers.ts'
import type { ScenarioSummary, StudyResults } from '../../results/types.ts'
import type { Precision, ScreenResults, ScreenSeries } from '../contract.ts'
import { isOnScreen } from './shown-series.ts'

/** Mean, difference, and the limits of each. */
const ARRAYS_OF_A_SERIES = 6

/**
 * @param results of a study, whole or of all specialties together
 * @param precision how much of it has been run; equity is worked out once all has
 */
export function screenResults(results: StudyResults, precision: Precision): ScreenResults {
  const shown = withoutSmallNumbers(results)
  const { study, catalogue, measures, scenarios, targets } = shown
  const onScreen = catalogue.keys.flatMap((key, index) => (isOnScreen(key) ? [{ key, index }] : []))
  const dates = catalogue.dates.length
  // One block of memory: what crosses to the page costs by the piece.
  const block = new Float64Array(scenarios.length * onScreen.length * ARRAYS_OF_A_SERIES * dates)
  let used = 0
  const room = (): Float64Array => {
    used += dates
    return block.subarray(used - dates, used)
  }
  return {
    study,
    precision,
    dates: catalogue.dates,
    dimensions: catalogue.dimensions,
    measures,
    scenarios: scenarios.map(({ id, title }) => ({ id, title })),
    series: scenarios.flatMap((scenario) => onScreen.map(({ key, index }) => screenSeries(scenario, key, index * dates, room))),
    targets,
    money: moneyRows(shown),
    equity: precision.phase === 'done' ? equityOf(shown) : null,
  }
}

/** @param from place of the series' first number  @param room gives memory for an array */
function screenSeries(scenario: ScenarioSummary, { dimension, group, measure }: SeriesKey, from: number, room: () => Float64Array): ScreenSeries {
  const part = (values: Float64Array): Float64Array => {
    const own = room()
    own.set(values.subarray(from, from + own.length))
    return own
  }
  const own = limits(scenario.mean, scenario.sd, scenario.n, from, room)
  const against = limits(scenario.difference, scenario.differenceSd, scenario.differenceN, from, room)
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

function limits(mean: Float64Array, sd: Float64Array, n: Int32Array, from: number, room: () => Float64Array): { lower: Float64Array; upper: Float64Array } {
  const [lower, upper] = [room(), room()]
  for (let date = 0; date < lower.length; date += 1) {
    const interval = confidenceInterval(mean[from + date], sd[from + date], n[from + date])
    lower[date] = interval.lower
    upper[date] = interval.upper
  }
  return { lower, upper }
}
