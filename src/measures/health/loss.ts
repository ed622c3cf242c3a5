/**
 * Health lost while waiting, from series that a unit already reports.
 *
 *     person-weeks on the list                                  × weight of the specialty = QALYs lost on the list
 *     person-weeks of unmet need, and after leaving untreated   × weight                  = QALYs lost off the list
 *
 * Both are needed. By the first alone, a person discharged after a missed appointment would count as a gain, and one
 * found by outreach as a loss.
 */
import { exp } from '../../model/elementary.ts'
import { WEEKS_IN_NEED_AFTER_LEAVING } from './assumptions.ts'

/** Health series of a unit, in storage order. */
export const HEALTH_MEASURES = [
  'qalys-lost',
  'qalys-lost-to-date',
  'qalys-lost-off-list-to-date',
  'deaths-to-date',
  'emergencies-to-date',
] as const

/** What the losses are reckoned from: counts by row, row 0 the start. */
export interface LossSource {
  readonly waiting: Float64Array
  readonly unmetNeed: Float64Array
  readonly withdrew: Float64Array
  readonly dischargedAfterDna: Float64Array
  readonly died: Float64Array
  readonly emergency: Float64Array
}

/**
 * Writes {@link HEALTH_MEASURES} one after another, each with as many rows as the source. A row counts the step that
 * ends with it: people at its middle, taken as the mean of its two ends. Not discounted.
 * @param out room for all the series; row 0 of each is 0
 * @param qalysPerWeek weight of the specialty, QALYs per person and week
 * @param stepsPerWeek 1 for weekly steps
 */
export function writeHealth(source: LossSource, out: Float64Array, qalysPerWeek: number, stepsPerWeek: number): void {
  const { waiting, unmetNeed, withdrew, dischargedAfterDna } = source
  const rows = waiting.length
  const perStep = qalysPerWeek / stepsPerWeek
  const stillInNeed = exp(-1 / (WEEKS_IN_NEED_AFTER_LEAVING * stepsPerWeek))
  let untreated = 0
  let onList = 0
  let offList = 0
  for (let row = 0; row < rows; row += 1) {
    const before = Math.max(0, row - 1)
    const untreatedBefore = untreated
    untreated = untreated * stillInNeed + withdrew[row] + dischargedAfterDna[row]
    const inStep = row === 0 ? 0 : ((waiting[before] + waiting[row]) / 2) * perStep
    const elsewhere = (unmetNeed[before] + unmetNeed[row] + untreatedBefore + untreated) / 2
    onList += inStep
    offList += row === 0 ? 0 : elsewhere * perStep
    out[row] = inStep
    out[rows + row] = onList
    out[2 * rows + row] = offList
  }
  writeRunningSum(source.died, out.subarray(3 * rows))
  writeRunningSum(source.emergency, out.subarray(4 * rows))
}

function writeRunningSum(flow: Float64Array, out: Float64Array): void {
  let sum = 0
  for (let row = 0; row < flow.length; row += 1) {
    sum += flow[row]
    out[row] = sum
  }
}
