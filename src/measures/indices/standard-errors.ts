/**
 * Standard errors of groups' values from what is published about them. They are on the scale on which values of
 * the type vary (`scales.ts`): logarithmic for rates, logit for proportions, the values' own otherwise.
 */
import { exponential } from '../../model/powers.ts'
import { normalQuantile } from './normal-quantile.ts'
import { scaleOf } from './scales.ts'
import type { ValueType } from './types.ts'

/** What is published beside the values, each by group; the first that is not null is used. */
export interface Precision {
  /** 95% limits, in the unit of the values. */
  readonly limits: { readonly lower: readonly number[]; readonly upper: readonly number[] } | null
  /** Standard errors, already on the scale of the value type. */
  readonly standardErrors: readonly number[] | null
  /** Events behind rates or proportions, whole numbers of 0 or more. Nothing follows from counts otherwise. */
  readonly counts: readonly number[] | null
}

/** What standard errors were taken from. */
export type PrecisionSource = 'limits' | 'standard-errors' | 'counts'

/** Published limits are 95% limits, whatever the level of the index's own. */
const LIMIT_Z = normalQuantile(0.975)

/** Below this many events Byar's approximation gives way to exact limits. */
const BYAR_FROM = 10

/**
 * Standard errors by group, and where they are from; null where nothing gives them, or where a value has no
 * place on its scale (a rate of 0, a proportion of 0 or 1).
 */
export function standardErrorsOf(
  valueType: ValueType,
  population: readonly number[],
  values: readonly number[],
  precision: Precision,
): { readonly errors: readonly number[]; readonly source: PrecisionSource } | null {
  const scale = scaleOf(valueType)
  if (!values.every((value) => Number.isFinite(scale.to(value)))) return null
  const width = (lower: number, upper: number): number => (scale.to(upper) - scale.to(lower)) / (2 * LIMIT_Z)
  const { limits, standardErrors, counts } = precision
  if (limits !== null) {
    return { errors: limits.lower.map((lower, group) => width(lower, limits.upper[group])), source: 'limits' }
  }
  if (standardErrors !== null) return { errors: standardErrors, source: 'standard-errors' }
  if (counts === null || valueType === 'continuous') return null
  const countLimits = counts.map((count, group) =>
    valueType === 'rate' ? poissonLimits(count) : wilsonLimits(count, population[group]),
  )
  const errors = countLimits.map(({ lower, upper }) => width(lower, upper))
  return errors.every((error) => Number.isFinite(error)) ? { errors, source: 'counts' } : null
}

/** Lower and upper limit. */
interface Limits {
  readonly lower: number
  readonly upper: number
}

/**
 * 95% limits of a proportion (Wilson, Journal of the American Statistical Association, 1927), as published with
 * proportions by the Office for Health Improvement and Disparities.
 * @param count people with the attribute, 0 to `people`
 */
export function wilsonLimits(count: number, people: number): Limits {
  const square = LIMIT_Z ** 2
  const middle = 2 * count + square
  const reach = LIMIT_Z * Math.sqrt(square + 4 * count * (1 - count / people))
  const base = 2 * (people + square)
  return { lower: (middle - reach) / base, upper: (middle + reach) / base }
}

/**
 * 95% limits of a Poisson count: Byar's approximation (Breslow and Day, Statistical Methods in Cancer Research,
 * vol. II, 1987) from 10 events, exact below, as published with rates.
 * @param count 0 or more
 */
export function poissonLimits(count: number): Limits {
  return count >= BYAR_FROM
    ? { lower: byar(count, -LIMIT_Z), upper: byar(count + 1, LIMIT_Z) }
    : { lower: count === 0 ? 0 : exactPoisson(count - 1, 0.975), upper: exactPoisson(count, 0.025) }
}

function byar(events: number, z: number): number {
  return events * (1 - 1 / (9 * events) + z / (3 * Math.sqrt(events))) ** 3
}

/** The mean under which `most` events or fewer have this probability: bisection to the last bit. */
function exactPoisson(most: number, probability: number): number {
  let low = 0
  let high = 64
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return middle
    if (poissonUpTo(most, middle) > probability) low = middle
    else high = middle
  }
}

function poissonUpTo(most: number, mean: number): number {
  let term = exponential(-mean)
  let sum = term
  for (let events = 1; events <= most; events += 1) {
    term *= mean / events
    sum += term
  }
  return sum
}
