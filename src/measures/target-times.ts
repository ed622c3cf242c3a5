/**
 * How those who wait, and those who were admitted, stand against the target times of their clinical priority.
 *
 * The target of a first appointment counts from the clock start, as weeks waited do. That of an admission counts from
 * the decision to admit, but lists are counted by weeks since the clock start: taken from there, more people are beyond
 * their target than are. Levels without a target are left out.
 */
import type { CompiledScenario } from '../model/tables.ts'
import type { Counts } from './gather.ts'
import { TARGET_TIME_MEASURES } from './definitions.ts'
import type { Unit } from './layout.ts'

/** A stratum with a target, and the first whole week waited that is beyond it. */
interface TargetStratum {
  readonly stratum: number
  readonly beyondFrom: number
}

/**
 * Writes {@link TARGET_TIME_MEASURES} of a unit; NaN where nobody with a target is there.
 * @param series the unit's own, `rows` numbers each
 */
export type TargetTimeMeasurer = (unit: Unit, counts: Counts, series: Float64Array) => void

/**
 * @param rows rows of a series
 * @param rateSteps steps over which admissions look back
 */
export function createTargetTimeMeasurer(
  { targetWeeksFirst, targetWeeksAdmission }: Pick<CompiledScenario, 'targetWeeksFirst' | 'targetWeeksAdmission'>,
  rows: number,
  rateSteps: number,
): TargetTimeMeasurer {
  const within = new Float64Array(rows)
  const admitted = new Float64Array(rows)
  return (unit, counts, series) => {
    const start = unit.plan.at(TARGET_TIME_MEASURES[0])
    if (start < 0) return
    const first = withTarget(unit, targetWeeksFirst)
    const admission = withTarget(unit, targetWeeksAdmission)
    for (let row = 0; row < rows; row += 1) {
      series[start * rows + row] = shareBeyond(first, counts, row, 0)
      series[(start + 1) * rows + row] = shareBeyond(admission, counts, row, 1)
      addAdmissions(admission, counts, row, within, admitted)
      const before = Math.max(0, row - rateSteps)
      series[(start + 2) * rows + row] = share(within[row] - within[before], admitted[row] - admitted[before])
    }
  }
}

function withTarget({ strata }: Unit, weeks: Float64Array): TargetStratum[] {
  return strata.filter((stratum) => !Number.isNaN(weeks[stratum])).map((stratum) => ({ stratum, beyondFrom: Math.ceil(weeks[stratum]) }))
}

function shareBeyond(strata: readonly TargetStratum[], { waiting, bands, strata: width }: Counts, row: number, stage: 0 | 1): number {
  let beyond = 0
  let all = 0
  for (const { stratum, beyondFrom } of strata) {
    const start = ((row * 2 + stage) * width + stratum) * bands
    for (let band = 0; band < bands; band += 1) {
      all += waiting[start + band]
      if (band >= beyondFrom) beyond += waiting[start + band]
    }
  }
  return share(beyond, all)
}

/** Adds a row's admissions to the running totals. */
function addAdmissions(
  strata: readonly TargetStratum[],
  { admittedByBand, bands, strata: width }: Counts,
  row: number,
  within: Float64Array,
  admitted: Float64Array,
): void {
  within[row] = row === 0 ? 0 : within[row - 1]
  admitted[row] = row === 0 ? 0 : admitted[row - 1]
  for (const { stratum, beyondFrom } of strata) {
    const start = (row * width + stratum) * bands
    for (let band = 0; band < bands; band += 1) {
      admitted[row] += admittedByBand[start + band]
      if (band < beyondFrom) within[row] += admittedByBand[start + band]
    }
  }
}

/** Undefined, not nought, where there is nobody. */
function share(part: number, whole: number): number {
  return whole === 0 ? Number.NaN : part / whole
}
