/** Everything about one specialty of one system that its tables are made of. */
import type { Baseline, SpecialtyBaseline } from '../../baseline/types.ts'
import type { ConcreteStudy, Scenario, Series } from '../../scenario/study.ts'
import { readValues, type GroupKey, type Values } from './adjustments.ts'
import type { RunCalendar } from './calendar.ts'
import { caseMixShare } from './case-mix.ts'
import type { MoneyCells } from './money-cells.ts'
import type { OwnStratum, Strata } from './strata.ts'

/** One specialty of one system in one scenario. */
export interface ServiceContext {
  readonly study: ConcreteStudy
  readonly run: RunCalendar
  readonly strata: Strata
  /** Whom the scenario's money can tell apart. */
  readonly money: MoneyCells
  readonly system: Baseline
  readonly specialty: SpecialtyBaseline
  readonly values: Values
  /** Share of its deprivation group's clock starts, and list, in a stratum's further groups and case mix; levels share it on. */
  readonly clockStartsShare: Float64Array
  readonly listShare: Float64Array
  /** Level in which unmet need stands, and with which it joins the list. */
  readonly unmetLevel: number
}

/** Gathers what one specialty of one system is compiled from. */
export function createContext(
  study: ConcreteStudy,
  scenario: Scenario<Series>,
  run: RunCalendar,
  strata: Strata,
  money: MoneyCells,
  system: Baseline,
  specialty: SpecialtyBaseline,
): ServiceContext {
  const values = readValues(study, scenario, run, strata, { specialty: specialty.code, system: system.system.code })
  const classShare = (stratum: OwnStratum, own: number): number => caseMixShare(stratum.caseMix, strata.limited.map((source) => values.today(source, own)))
  const shares = (of: (stratum: OwnStratum) => number): Float64Array => Float64Array.from(strata.own, (stratum, own) => of(stratum) * classShare(stratum, own))
  return {
    study,
    run,
    strata,
    money,
    system,
    specialty,
    values,
    clockStartsShare: shares((stratum) => stratum.clockStartsShare),
    listShare: shares((stratum) => stratum.listShare),
    unmetLevel: presentsLate(study) ? Math.min(strata.levels - 1, Math.round(values.fixedOfService('latePresentationLevel'))) : 0,
  }
}

/** Whether anybody presents late in any scenario: unmet need stands where it does in all of them, so that they share it. */
function presentsLate({ assumptions, adjustments, scenarios }: ConcreteStudy): boolean {
  const key: GroupKey = 'latePresentationPerWeek'
  const some = (series: Series): boolean => (typeof series === 'number' ? series > 0 : series.some((value) => value > 0))
  return assumptions[key].some(some) || [adjustments, ...scenarios.map((scenario) => scenario.adjustments)].some((list) => list.some(({ assumption }) => assumption === key))
}

/** Numbers by cell, index step × strata + own stratum. */
export function byCell({ run, strata }: ServiceContext, value: (step: number, own: number) => number): Float64Array {
  const { length } = strata.own
  const cells = new Float64Array(run.count * length)
  for (let own = 0; own < length; own++) {
    for (let step = 0; step < run.count; step++) cells[step * length + own] = value(step, own)
  }
  return cells
}

/** Numbers by step of the run. */
export function byStep({ count }: RunCalendar, value: (step: number) => number): Float64Array {
  const numbers = new Float64Array(count)
  for (let step = 0; step < count; step++) numbers[step] = value(step)
  return numbers
}

/** The numbers, or null where all are the given one. */
export function unlessAll(cells: Float64Array, neutral: number): Float64Array | null {
  return cells.some((value) => value !== neutral) ? cells : null
}
