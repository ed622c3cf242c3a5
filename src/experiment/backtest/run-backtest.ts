/**
 * Backtests: from each origin, fit to what was known, project, and only then read what followed.
 *
 *     KnownSeries(origin) → fitService, fitFlows → project → score against the series
 *
 * Pure: series in, rows out.
 */
import { noDrift } from '../../baseline/calibrate/drift.ts'
import { fitFlows, forecastFlows, type MonthEffects } from '../../baseline/calibrate/forecast-flows.ts'
import { fitService, HALF_LIFE_MONTHS, type ServiceFit } from '../../baseline/calibrate/fit-service.ts'
import { comparableMonths, steadyMonths, steadyPairs } from '../../baseline/series/comparable.ts'
import { distanceOf } from '../../baseline/series/distance.ts'
import { together } from '../../baseline/series/read-week-bands.ts'
import { ALL_SPECIALTIES, KnownSeries, listOf, totalOf, unreportedRemovals, type AreaSeries, type SpecialtySeries } from '../../baseline/series/types.ts'
import { NO_GROWTH, type ErrorGrowth } from './error-growth.ts'
import { historyOf, intervalsOf, lastValue, lastYearsChange, straightTrend } from './lines.ts'
import { flowsAfter, listsOf, project, removalsAfter, type RemovalsOf } from './project.ts'
import { errorsOf, valuesOf } from './score.ts'
import { HORIZONS, type BacktestMethod, type BacktestMode, type BacktestRow, type BacktestValues } from './types.ts'

/** What to backtest. */
export interface BacktestPlan {
  readonly area: AreaSeries
  /** Last months known, `YYYY-MM`. */
  readonly origins: readonly string[]
  /** Whether each treatment function is scored too. */
  readonly bySpecialty: boolean
  /** The whole that small parts lean on, e.g. England for a board; null where the area stands alone. */
  readonly whole: AreaSeries | null
  /** Month effects known at an origin. */
  readonly effectsAt: (origin: string) => MonthEffects
  /** By how much forecasts made before have missed by more than a walk does; none where left out. */
  readonly growthAt?: ErrorGrowth
  /**
   * Whether as large a part of the list leaves unreported as in the year known, whatever the hazards say: for bands that
   * are reconstructed, whose kinks a fit takes for people who leave. False where left out.
   */
  readonly tieRemovals?: boolean
}

/** Months from which the rate of unreported removals is taken, at most. */
const REMOVAL_MONTHS = 12

/** Months whose changes say how a forecast errs, at most. */
const INTERVAL_MONTHS = 24

/** Runs a plan; told each origin before it begins. */
export function runBacktest(plan: BacktestPlan, onOrigin?: (origin: string) => void): BacktestRow[] {
  const all = together(plan.area.specialties)
  const wholeAll = plan.whole === null ? null : together(plan.whole.specialties)
  return plan.origins.flatMap((origin) => {
    onOrigin?.(origin)
    const comparable = comparableMonths(new KnownSeries(all, origin))
    const fitTo = (series: SpecialtySeries, leanOn: ServiceFit | null): ServiceFit => {
      const known = new KnownSeries(series, origin)
      const pairWeights = steadyPairs(known, comparable).map(Number)
      return fitService(known, leanOn === null ? { pairWeights } : { pairWeights, leanOn })
    }
    const wholeFit = wholeAll === null ? null : fitService(new KnownSeries(wholeAll, origin))
    const fit = fitTo(all, wholeFit)
    const score = (series: SpecialtySeries, own: ServiceFit): BacktestRow[] => scoreSeries(plan, series, origin, own, comparable)
    const rows = score(all, fit)
    if (!plan.bySpecialty) return rows
    return [...rows, ...plan.area.specialties.flatMap((series) => score(series, fitTo(series, fit)))]
  })
}

/** A projection: values, and bands where the method has them. */
interface Projection {
  readonly mode: BacktestMode
  readonly method: BacktestMethod
  readonly bands: readonly Float64Array[] | null
  /** Values by months ahead, from 1; null where the method has none. */
  readonly values: (ahead: number) => BacktestValues | null
}

function scoreSeries(plan: BacktestPlan, series: SpecialtySeries, origin: string, fit: ServiceFit, comparable: readonly boolean[]): BacktestRow[] {
  const known = new KnownSeries(series, origin)
  const projections = projectionsFrom(plan, series, known, fit, comparable)
  const later = series.months.filter(({ month }) => month > origin)
  const history = historyOf(known).slice(-INTERVAL_MONTHS)
  return HORIZONS.filter((ahead) => ahead <= later.length).flatMap((ahead) => {
    const published = listOf(later[ahead - 1])
    return projections.flatMap(({ mode, method, bands, values }): BacktestRow[] => {
      const projected = values(ahead)
      if (projected === null) return []
      const of = { area: plan.area.area, specialty: series.code, origin, month: later[ahead - 1].month, monthsAhead: ahead, mode, method }
      return [
        {
          ...of,
          projected,
          published: valuesOf(published),
          error: errorsOf(projected, valuesOf(published)),
          distance: bands === null ? null : distanceOf(bands[ahead - 1], published),
          bands: bands === null || series.code !== ALL_SPECIALTIES ? null : { projected: bands[ahead - 1], published },
          intervals: mode === 'forecast' && method === 'fairwait' ? intervalsOf(projected, history, ahead, plan.growthAt?.(origin, ahead) ?? NO_GROWTH) : null,
        },
      ]
    })
  })
}

/** Everything that is projected from an origin. Only `flowsAfter` and `removalsAfter` look beyond it, and they give totals. */
function projectionsFrom(plan: BacktestPlan, series: SpecialtySeries, known: KnownSeries, fit: ServiceFit, comparable: readonly boolean[]): Projection[] {
  const given = flowsAfter(series, known.origin)
  const removals = removalsAfter(series, known.origin)
  const forecast = forecastFlows(fitFlows(known, plan.effectsAt(known.origin), steadyMonths(known, comparable)), given.length)
  const banded = (mode: BacktestMode, method: BacktestMethod, bands: readonly Float64Array[]): Projection => ({
    mode,
    method,
    bands,
    values: (ahead) => valuesOf(bands[ahead - 1]),
  })
  const tied = plan.tieRemovals === true ? asInTheYear(known) : undefined
  const held = { ...fit, drift: noDrift() }
  const history = historyOf(known)
  const atOrigin = listOf(known.last)
  const line = (method: BacktestMethod, values: (ahead: number) => BacktestValues | null): Projection => ({ mode: 'forecast', method, bands: null, values })
  return [
    banded('given-flows', 'fairwait', listsOf(project(known, fit, given, 'fitted', tied))),
    banded('given-flows', 'held-level', listsOf(project(known, held, given, 'fitted', tied))),
    banded('given-flows', 'first-come-first-served', listsOf(project(known, fit, given, 'in-turn', tied))),
    banded('given-flows', 'random-order', listsOf(project(known, fit, given, 'random', tied))),
    banded('given-removals', 'fairwait', listsOf(project(known, fit, given, 'fitted', (index) => removals[index]))),
    banded('forecast', 'fairwait', listsOf(project(known, fit, forecast, 'fitted', tied))),
    banded('forecast', 'held-level', listsOf(project(known, held, forecast, 'fitted', tied))),
    banded('forecast', 'first-come-first-served', listsOf(project(known, fit, forecast, 'in-turn', tied))),
    banded('forecast', 'random-order', listsOf(project(known, fit, forecast, 'random', tied))),
    { ...banded('forecast', 'last-value', given.map(() => atOrigin)), values: () => lastValue(history) },
    line('last-year', (ahead) => lastYearsChange(history, ahead)),
    line('trend', (ahead) => straightTrend(history, ahead)),
  ]
}

/** Unreported removals as the part of the list before that they have been, later months counting for more. */
function asInTheYear({ months }: KnownSeries): RemovalsOf {
  let removed = 0
  let people = 0
  for (let index = Math.max(1, months.length - REMOVAL_MONTHS); index < months.length; index++) {
    const weight = 0.5 ** ((months.length - 1 - index) / HALF_LIFE_MONTHS)
    removed += weight * unreportedRemovals(months[index - 1], months[index])
    people += weight * totalOf(listOf(months[index - 1]))
  }
  return (_, listBefore) => (removed / people) * listBefore
}
