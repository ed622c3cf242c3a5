/**
 * The value of an assumption where it is used: its own value by deprivation group, then the study's adjustments, then
 * the scenario's, in order. Where no adjustment acts, the assumption's own value is handed through untouched.
 */
import { InputError } from '../../errors.ts'
import { assumptionEntry } from '../../scenario/assumptions.ts'
import type { Adjustment, Assumptions, ConcreteStudy, Scenario, Series, Where } from '../../scenario/study.ts'
import { valueInRun, type RunCalendar } from './calendar.ts'
import { text } from './messages.ts'
import type { OwnStratum, Strata } from './strata.ts'

/** A number for a whole run, or one per step of it, the warm-up's among them. */
export type Curve = number | Float64Array

/** Assumptions that hold one number, and those with one per deprivation group. */
export type ServiceKey = { [K in keyof Assumptions<Series>]: Assumptions<Series>[K] extends Series ? K : never }[keyof Assumptions]
export type GroupKey = Exclude<keyof Assumptions, ServiceKey>

/** Values of the assumptions for one specialty of one system. */
export interface Values {
  /** By own stratum. */
  readonly ofStratum: (key: GroupKey, own: number) => Curve
  readonly ofService: (key: ServiceKey) => Curve
  /**
   * The same for what is one number for a whole run.
   * @throws InputError where it changes in the run
   */
  readonly fixedOfStratum: (key: GroupKey, own: number) => number
  readonly fixedOfService: (key: ServiceKey) => number
  /** At the projection's first step by the study's own adjustments, whichever scenario: what today looks like. */
  readonly today: (key: GroupKey, own: number) => number
  readonly todayOfService: (key: ServiceKey) => number
}

/** Value of a curve in a step of the run. */
export function at(curve: Curve, step: number): number {
  return typeof curve === 'number' ? curve : curve[step]
}

/** The specialty and system that values are read for, codes. */
export interface Place {
  readonly specialty: string
  readonly system: string
}

interface Acting {
  readonly adjustment: Adjustment<Series>
  /** Whether it is the scenario's, which the warm-up does not know. */
  readonly ofScenario: boolean
}

/** Reads assumptions for one place. */
export function readValues(study: ConcreteStudy, scenario: Scenario<Series>, run: RunCalendar, strata: Strata, place: Place): Values {
  const { assumptions } = study
  const own = actingAt(study, scenario, place)
  const todays = own.filter(({ ofScenario }) => !ofScenario)
  const ofStratum = (acting: readonly Acting[], key: GroupKey, index: number): Curve => {
    const stratum = strata.own[index]
    const mine = acting.filter(({ adjustment }) => adjustment.assumption === key && holdsFor(adjustment.where, stratum, study))
    return adjusted(assumptions[key][stratum.group], mine, run)
  }
  const ofService = (acting: readonly Acting[], key: ServiceKey): Curve => {
    const mine = acting.filter(({ adjustment }) => adjustment.assumption === key)
    const partial = mine.find(({ adjustment: { where } }) => where.deprivation.length + where.priority.length + where.dimensions.length > 0)
    if (partial !== undefined) throw new InputError({ path: `assumptions.${key}`, message: text.wholeServiceOnly(key) })
    return adjusted(assumptions[key], mine, run)
  }
  const fixed = (curve: Curve, key: keyof Assumptions): number => {
    if (typeof curve !== 'number' && curve.some((value) => value !== curve[0])) {
      throw new InputError({ path: `assumptions.${key}`, message: text.changesWithTime(key, place.specialty) })
    }
    return at(curve, 0)
  }
  return {
    ofStratum: (key, index) => ofStratum(own, key, index),
    ofService: (key) => ofService(own, key),
    fixedOfStratum: (key, index) => fixed(ofStratum(own, key, index), key),
    fixedOfService: (key) => fixed(ofService(own, key), key),
    today: (key, index) => at(ofStratum(todays, key, index), run.warmUp),
    todayOfService: (key) => at(ofService(todays, key), run.warmUp),
  }
}

/** Adjustments that act on a specialty of a system, the study's first. */
function actingAt(study: ConcreteStudy, scenario: Scenario<Series>, { specialty, system }: Place): Acting[] {
  const all = [
    ...study.adjustments.map((adjustment): Acting => ({ adjustment, ofScenario: false })),
    ...scenario.adjustments.map((adjustment): Acting => ({ adjustment, ofScenario: true })),
  ]
  return all.filter(({ adjustment: { where } }) => named(where.specialties, specialty) && named(where.systems, system))
}

/** Whether an id is among those named; an empty list names all. */
const named = (ids: readonly string[], id: string): boolean => ids.length === 0 || ids.includes(id)

function holdsFor(where: Where, stratum: OwnStratum, study: ConcreteStudy): boolean {
  if (!named(where.deprivation, study.baselines[0].groups[stratum.group].id)) return false
  if (!named(where.priority, study.priority.levels[stratum.level].id)) return false
  return where.dimensions.every(({ dimension, groups }) => {
    const index = study.dimensions.findIndex(({ id }) => id === dimension)
    return index >= 0 && named(groups, study.dimensions[index].groups[stratum.further[index]].id)
  })
}

/** A value with adjustments, as one number where nothing about it changes in the run. */
function adjusted(base: Series, acting: readonly Acting[], run: RunCalendar): Curve {
  const level = typeof base === 'number' && acting.every((one) => actsAlways(one, run))
  if (level) return acting.reduce((value, { adjustment }) => change(value, adjustment, valueInRun(adjustment.value, run, 0)), base)
  return Float64Array.from({ length: run.count }, (_, step) =>
    acting.reduce(
      (value, { adjustment, ofScenario }) => (holdsIn(adjustment.where, ofScenario, step, run) ? change(value, adjustment, valueInRun(adjustment.value, run, step)) : value),
      valueInRun(base, run, step),
    ),
  )
}

function actsAlways({ adjustment: { value, where }, ofScenario }: Acting, run: RunCalendar): boolean {
  return typeof value === 'number' && where.from === null && where.to === null && (!ofScenario || run.warmUp === 0)
}

function holdsIn({ from, to }: Where, ofScenario: boolean, step: number, { firstDays, warmUp }: RunCalendar): boolean {
  return (!ofScenario || step >= warmUp) && (from === null || firstDays[step] >= from) && (to === null || firstDays[step] <= to)
}

/** One adjustment, kept in the assumption's range. */
function change(current: number, { assumption, change: kind }: Adjustment<Series>, value: number): number {
  const [least, most] = assumptionEntry(assumption).range
  const changed = { set: value, multiply: current * value, add: current + value, odds: withOdds(current, value) }[kind]
  return Math.min(most, Math.max(least, changed))
}

/** A probability with its odds multiplied. */
export function withOdds(probability: number, ratio: number): number {
  if (ratio === 1) return probability
  return (probability * ratio) / (1 - probability + probability * ratio)
}
