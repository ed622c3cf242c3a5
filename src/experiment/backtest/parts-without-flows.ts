/**
 * Parts of the service of which the list alone is published, by treatment function: backtested with what is known of the
 * whole.
 *
 *     list, over 18, over 52 → bands reconstructed ┐
 *     England's totals → its law, flows a person   ┴→ month by month, clock starts as the list's damped trend asks for
 *
 * So the size of a list is a line, and who is on it is projected: by England's law at England's rate of stops. Pure.
 */
import { dampedMonths, lawAt, noDrift, slopeOf } from '../../baseline/calibrate/drift.ts'
import { advanceMonth, expectedList, listsAt, type MonthFlows } from '../../baseline/calibrate/expected-month.ts'
import { fitFlows, forecastFlows, monthEffects } from '../../baseline/calibrate/forecast-flows.ts'
import { fitService, type ServiceFit } from '../../baseline/calibrate/fit-service.ts'
import type { MonthlyTotals } from '../../baseline/series/read-monthly.ts'
import type { PartMonth, PartTotals } from '../../baseline/series/read-part-totals.ts'
import { bandsThrough, reconstructedSeries, wholeMonths } from '../../baseline/series/reconstruct.ts'
import { KnownSeries, listOf, totalOf } from '../../baseline/series/types.ts'
import { NO_GROWTH, type ErrorGrowth } from './error-growth.ts'
import { intervalsOf, lastValue, lastYearsChange, straightTrend } from './lines.ts'
import { lawInOrder, type SlotOrder } from './project.ts'
import { errorsOf, valuesOf } from './score.ts'
import { HORIZONS, type BacktestMethod, type BacktestRow, type BacktestValues } from './types.ts'

/** Months of a list that an origin needs: a year's changes. */
const LEAST_MONTHS = 13
/** Months whose trend goes on, and months whose changes say how a forecast errs. */
const TREND_MONTHS = 12
const INTERVAL_MONTHS = 24
/** Tries at the clock starts that a list's trend asks for; each leaves a small part of the error before. */
const TRIES = 3

/** What to backtest. */
export interface PartsPlan {
  /** Name of the part in rows. */
  readonly area: string
  readonly parts: readonly PartTotals[]
  /** England's overview. */
  readonly totals: readonly MonthlyTotals[]
  /** Last months known, `YYYY-MM`. */
  readonly origins: readonly string[]
  readonly growthAt?: ErrorGrowth
}

/** England at an origin. */
interface Whole {
  readonly fit: ServiceFit
  readonly flows: readonly MonthFlows[]
  readonly list: number
}

/** Scores every part from every origin at which a year of it was known. */
export function partsWithoutFlows(plan: PartsPlan): BacktestRow[] {
  const [series] = reconstructedSeries(wholeMonths(plan.totals)).specialties
  return plan.origins.flatMap((origin) => {
    const known = new KnownSeries(series, origin)
    const flows = forecastFlows(fitFlows(known, monthEffects(plan.totals, origin)), HORIZONS[HORIZONS.length - 1])
    const whole: Whole = { fit: fitService(known), flows, list: totalOf(listOf(known.last)) }
    return plan.parts.flatMap((part) => rowsOf(plan, part, origin, whole))
  })
}

function rowsOf(plan: PartsPlan, { code, months }: PartTotals, origin: string, whole: Whole): BacktestRow[] {
  const known = months.filter(({ month }) => month <= origin)
  const later = months.filter(({ month }) => month > origin)
  if (known.length < LEAST_MONTHS || known[known.length - 1].month !== origin) return []
  const history = known.map(valuesOfMonth)
  const methods: readonly (readonly [BacktestMethod, readonly BacktestValues[] | ((ahead: number) => BacktestValues | null)])[] = [
    ['fairwait', projected(known, whole, 'fitted')],
    ['held-level', projected(known, { ...whole, fit: { ...whole.fit, drift: noDrift() } }, 'fitted')],
    ['first-come-first-served', projected(known, whole, 'in-turn')],
    ['random-order', projected(known, whole, 'random')],
    ['last-value', () => lastValue(history)],
    ['last-year', (ahead) => lastYearsChange(history, ahead)],
    ['trend', (ahead) => straightTrend(history, ahead)],
  ]
  return HORIZONS.filter((ahead) => ahead <= later.length).flatMap((ahead) => {
    const { month } = later[ahead - 1]
    const published = valuesOfMonth(later[ahead - 1])
    return methods.flatMap(([method, of]): BacktestRow[] => {
      const values = typeof of === 'function' ? of(ahead) : of[ahead - 1]
      if (values === null) return []
      const intervals = method === 'fairwait' ? intervalsOf(values, history.slice(-INTERVAL_MONTHS), ahead, plan.growthAt?.(origin, ahead) ?? NO_GROWTH) : null
      return [{ area: plan.area, specialty: code, origin, month, monthsAhead: ahead, mode: 'forecast', method, projected: values, published, error: errorsOf(values, published), distance: null, bands: null, intervals }]
    })
  })
}

/** Values by months ahead, from 1. */
function projected(known: readonly PartMonth[], { fit, flows, list }: Whole, order: SlotOrder): BacktestValues[] {
  const last = known[known.length - 1]
  const slope = trendOf(known)
  const empty = new Float64Array(fit.law.chanceWeightFirst.length)
  const lists = listsAt({ month: last.month, clockStarts: 0, nonAdmitted: empty, admitted: empty, waitingFirst: bandsOf(last), waitingAdmission: empty }, fit.law)
  const scale = last.list / list
  return flows.map(({ month, clockStarts, nonAdmitted }, index) => {
    const law = lawInOrder(lawAt(fit.law, fit.drift, dampedMonths(index + 1)), order)
    const wanted = Math.max(0, last.list + slope * dampedMonths(index + 1))
    let starts = clockStarts * scale
    for (let turn = 0; turn < TRIES; turn++) {
      const trial = advanceMonth({ first: lists.first.slice(), admission: lists.admission.slice() }, law, { month, clockStarts: starts, nonAdmitted: nonAdmitted * scale, admitted: 0 })
      starts = Math.max(0, starts + wanted - totalOf(expectedList(trial)))
    }
    return valuesOf(expectedList(advanceMonth(lists, law, { month, clockStarts: starts, nonAdmitted: nonAdmitted * scale, admitted: 0 })))
  })
}

function trendOf(known: readonly PartMonth[]): number {
  const recent = known.slice(-TREND_MONTHS)
  return slopeOf(recent.map((_, index) => index), recent.map(({ list }) => list), recent.map(() => 1)).slope
}

function bandsOf({ list, over18, over52 }: PartMonth): Float64Array {
  return bandsThrough(list, list > 0 ? [{ weeks: 18, beyond: over18 / list }, { weeks: 52, beyond: over52 / list }] : [])
}

function valuesOfMonth(month: PartMonth): BacktestValues {
  const { list, over18, over52 } = month
  return list > 0 ? { list, within18: 100 * (1 - over18 / list), over52: (100 * over52) / list } : { list, within18: 0, over52: 0 }
}
