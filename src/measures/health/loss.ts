/**
 * Health lost while waiting, from counts that a unit already has.
 *
 *     person-weeks on the list, by stage                        × weight of the stage            = QALYs lost on the list
 *     person-weeks of unmet need, and after leaving untreated   × weight of a first appointment  ┐
 *     person-weeks after removal by a validation programme      × weight of the stage            ┴ QALYs lost off the list
 *
 * All are needed. By the first alone, a person removed by validation or discharged after a missed appointment would count
 * as a gain, and one found by outreach as a loss.
 */
import { exp } from '../../model/elementary.ts'
import type { HealthSetting, HealthWeight } from './assumptions.ts'
import type { RemovedPeople } from './removed.ts'

/** Health series of a unit, in storage order. */
export const HEALTH_MEASURES = [
  'qalys-lost',
  'qalys-lost-to-date',
  'qalys-lost-off-list-to-date',
  'deaths-to-date',
  'emergencies-to-date',
] as const

/** People whose waiting costs health, by row, row 0 the start. */
export interface PeopleWaiting {
  readonly first: Float64Array
  readonly admission: Float64Array
  readonly unmetNeed: Float64Array
  readonly withdrew: Float64Array
  readonly dischargedAfterDna: Float64Array
}

/** What the losses are reckoned from. */
export interface LossSource extends PeopleWaiting {
  readonly died: Float64Array
  readonly emergency: Float64Array
  /** Who was removed by a validation programme, by row, as {@link RemovedPeople} counts them; null where nobody was. */
  readonly removed: RemovedPeople | null
}

/** The part of a study's setting that a loss rests on. */
export type LossRules = Pick<HealthSetting, 'weeksInNeedAfterLeaving' | 'qalysPerDeath' | 'qalysPerEmergency'>

/**
 * Writes {@link HEALTH_MEASURES} one after another, each with as many rows as the source. A row counts the step that
 * ends with it: people at its middle, taken as the mean of its two ends. Not discounted.
 * @param out room for all the series; row 0 of each is 0
 * @param stepsPerWeek 1 for weekly steps
 */
export function writeHealth(
  source: LossSource,
  out: Float64Array,
  weight: Pick<HealthWeight, 'firstAppointment' | 'admission'>,
  rules: LossRules,
  stepsPerWeek: number,
): void {
  const { first, admission, unmetNeed, withdrew, dischargedAfterDna, died, emergency, removed } = source
  const rows = first.length
  const perStep = weight.firstAppointment / stepsPerWeek
  const perAdmissionStep = weight.admission / stepsPerWeek
  const stillInNeed = exp(-1 / (rules.weeksInNeedAfterLeaving * stepsPerWeek))
  let untreated = 0
  let onList = 0
  let offList = 0
  for (let row = 0; row < rows; row += 1) {
    const before = Math.max(0, row - 1)
    const untreatedBefore = untreated
    untreated = untreated * stillInNeed + withdrew[row] + dischargedAfterDna[row] + (removed?.withdrew[row] ?? 0)
    const waiting = between(first, row) * perStep + between(admission, row) * perAdmissionStep
    const events = eventLoss(source, row, rules)
    const inStep = row === 0 ? 0 : waiting + events
    const elsewhere = (unmetNeed[before] + unmetNeed[row] + untreatedBefore + untreated) / 2
    onList += inStep
    offList += row === 0 ? 0 : elsewhere * perStep
    if (row > 0 && removed !== null) {
      offList += between(removed.first, row) * perStep + between(removed.admission, row) * perAdmissionStep + eventLoss(removed, row, rules)
    }
    out[row] = inStep
    out[rows + row] = onList
    out[2 * rows + row] = offList
  }
  writeRunningSum(died, out.subarray(3 * rows))
  writeRunningSum(emergency, out.subarray(4 * rows))
}

/** People at the middle of a step: the mean of its two ends. */
function between(people: Float64Array, row: number): number {
  return (people[Math.max(0, row - 1)] + people[row]) / 2
}

function eventLoss({ died, emergency }: Pick<LossSource, 'died' | 'emergency'>, row: number, { qalysPerDeath, qalysPerEmergency }: LossRules): number {
  return died[row] * qalysPerDeath + emergency[row] * qalysPerEmergency
}

function writeRunningSum(flow: Float64Array, out: Float64Array): void {
  let sum = 0
  for (let row = 0; row < flow.length; row += 1) {
    sum += flow[row]
    out[row] = sum
  }
}
