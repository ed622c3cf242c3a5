/**
 * The shape that every lever has: what it buys, which kind of money it takes, how it shares money among specialties, and
 * how a step's money becomes doses. Parameters with defaults and sources are in the registry under `lever.<id>.*`.
 */
import type { MoneyKind } from '../../model/tables.ts'
import type { Programme, Series } from '../../scenario/study.ts'
import { initialList, type Act, type Channel, type DraftService, type Exposure } from '../draft.ts'
import { arrivalStep, parameterAt } from './timing.ts'

/** A programme's money for one specialty in one step. Arrays by group. */
export interface LeverMoment {
  readonly programme: Programme<Series>
  readonly step: number
  /** Whole pence to spend at most. */
  readonly pence: readonly number[]
  /** Steps in a week. */
  readonly stepsPerWeek: number
  /** The money's share of each group ÷ the group's share of residents. */
  readonly tilt: readonly number[]
}

/** One lever. */
export interface Lever {
  /** What a unit is, for people who choose among levers. */
  readonly buys: string
  /**
   * Kind of money. Of a capital lever's money the share `runningCostShare` is revenue: it runs what has been built
   * while the programme lasts, and builds nothing.
   */
  readonly kind: MoneyKind
  /** What it can act on. */
  readonly actsOn: readonly Channel[]
  /** Relative share of a specialty in a group's money. */
  readonly specialtyWeight: (service: DraftService, group: number) => number
  /** Adds doses to the draft; returns whole pence spent by group, each at most `moment.pence`. */
  readonly act: (service: DraftService, moment: LeverMoment) => readonly number[]
}

/** What a dose is of. */
export interface DosePlan {
  readonly sharing: string
  readonly acts: readonly Act[]
  readonly exposure: Exposure | null
  readonly limit: string
}

/** Adds units by group, bought in this step, to the programme's dose of a plan. */
export function addDose(service: DraftService, moment: LeverMoment, plan: DosePlan, units: readonly number[]): void {
  const { programme, step, stepsPerWeek, tilt } = moment
  const total = units.reduce((sum, each) => sum + each, 0)
  const arrival = arrivalStep(programme, step, stepsPerWeek)
  if (total === 0 || arrival >= service.steps) return
  const { arriving, aimed } = doseOf(service, programme, plan)
  units.forEach((each, group) => {
    arriving[arrival * service.groups + group] += each
    aimed[arrival * service.groups + group] += total * (tilt[group] - 1)
  })
}

function doseOf(service: DraftService, programme: Programme<Series>, plan: DosePlan): { arriving: Float64Array; aimed: Float64Array } {
  const known = service.doses.find((dose) => dose.programme === programme && dose.sharing === plan.sharing)
  if (known !== undefined) return known
  const cells = service.steps * service.groups
  const dose = { programme, ...plan, arriving: new Float64Array(cells), aimed: new Float64Array(cells) }
  service.doses.push(dose)
  return dose
}

/** Pounds of a step that buy units: all but what runs those that stand already. */
export function poundsForUnits(programme: Programme<Series>, pence: number, step: number): number {
  return (pence / 100) * capitalShare(programme, step)
}

/** Share of a programme's money that builds rather than runs: 1 for levers without running costs of their own. */
export function capitalShare(programme: Programme<Series>, step: number): number {
  return programme.parameters['runningCostShare'] === undefined ? 1 : 1 - parameterAt(programme, 'runningCostShare', step)
}

/** People waiting, in a specialty that has slots to add to: money elsewhere would buy nothing. */
export function listWhereSlotsAre(service: DraftService, group: number): number {
  return service.firstSlotsPerWeek + service.admissionSlotsPerWeek > 0 ? initialList(service, group) : 0
}

/** Clock starts a week, in a specialty that holds first appointments. */
export function clockStartsWhereSlotsAre(service: DraftService, group: number): number {
  return service.baseline.clockStartsPerWeek[group] * (service.firstSlotsPerWeek > 0 ? 1 : 0)
}
