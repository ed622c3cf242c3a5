/** One unit (everybody, or a group) of one specialty: counts → its series. */
import { FLOWS } from '../model/census.ts'
import type { CompiledScenario } from '../model/tables.ts'
import { FLOW_MEASURES, LOST_SLOT_POUNDS, TARGET_TIME_MEASURES, TO_DATE_MEASURES, VALIDATION_MEASURES, type FlowMeasure } from './definitions.ts'
import type { Counts } from './gather.ts'
import { HEALTH_MEASURES } from './health/loss.ts'
import { RESIDENT_MEASURES, WAIT_MEASURES } from './layout.ts'
import type { Unit, UnitPlan } from './layout.ts'
import { createTargetTimeMeasurer } from './target-times.ts'
import { countBetween, meanWaitWeeks, percentileWaitWeeks, shareOver, shareWithinStandard } from './waits.ts'

/** Weeks over which rates look back. */
const RATE_WEEKS = 52

/** Writes all series of a unit into its specialty's block; `pence` is the unit's spend by step, null for none. */
export type UnitMeasurer = (unit: Unit, counts: Counts, pence: Float64Array | null, block: Float64Array) => void

const ADMITTED = FLOWS.indexOf('admitted')
const NON_ADMITTED = FLOWS.indexOf('nonAdmitted')
const NEED_ARISING = FLOWS.indexOf('needArising')
const DIVERTED = FLOWS.indexOf('diverted')

/** Kernel flows that each measure of flows adds up. */
const FLOW_POSITIONS = positionsOf(FLOW_MEASURES)
const TO_DATE_POSITIONS = positionsOf(TO_DATE_MEASURES)

function positionsOf(measures: readonly FlowMeasure[]): ReadonlyMap<string, readonly number[]> {
  return new Map(measures.map(({ measure, flows }) => [measure, flows.map((flow) => FLOWS.indexOf(flow))]))
}

/** Measures that do not count people, events or pounds, or are reckoned from what is scaled already: a sample leaves them as they are. */
const NOT_SCALED: ReadonlySet<string> = new Set<string>([
  ...WAIT_MEASURES.filter((measure) => measure !== 'over-52-weeks-count'),
  ...TARGET_TIME_MEASURES,
  ...HEALTH_MEASURES,
  ...VALIDATION_MEASURES,
  'treated-per-need',
  'spend',
  'spend-to-date',
])

/** @param stepsPerWeek 1 for weekly steps */
export function createUnitMeasurer(compiled: CompiledScenario, rows: number, stepsPerWeek: number): UnitMeasurer {
  const rateSteps = RATE_WEEKS * stepsPerWeek
  const measureTargetTimes = createTargetTimeMeasurer(compiled, rows, rateSteps)
  const toDate = { stops: new Float64Array(rows), answered: new Float64Array(rows), need: new Float64Array(rows) }
  let byBand = new Int32Array(0)
  return (unit, counts, pence, block) => {
    if (byBand.length !== counts.bands) byBand = new Int32Array(counts.bands)
    const series = block.subarray(unit.offset * rows, (unit.offset + unit.plan.series.length) * rows)
    for (let row = 0; row < rows; row += 1) writeWaits(series, rows, row, unit, counts, byBand)
    writeFlows(series, rows, unit, counts)
    writeToDate(series, rows, unit, counts)
    measureTargetTimes(unit, counts, series)
    accumulate(toDate, unit, counts)
    writeNeed(series, toDate, rateSteps, unit, counts)
    if (unit.moneyGroup !== null) writeSpend(series.subarray(unit.plan.at('spend') * rows), rows, pence)
    if (compiled.sample !== 1) scaleUp(unit.plan, series, rows, 1 / compiled.sample)
  }
}

/** A sample of pathways stands for all of them. */
function scaleUp({ series: names }: UnitPlan, series: Float64Array, rows: number, factor: number): void {
  names.forEach(({ measure }, position) => {
    if (NOT_SCALED.has(measure)) return
    for (let cell = position * rows; cell < (position + 1) * rows; cell += 1) series[cell] *= factor
  })
}

/** Waiting by stage, and the distribution of all who wait, at the end of one row. */
function writeWaits(series: Float64Array, rows: number, row: number, { strata, plan }: Unit, counts: Counts, byBand: Int32Array): void {
  byBand.fill(0)
  const first = addStage(byBand, counts, row, 0, strata)
  const admission = addStage(byBand, counts, row, 1, strata)
  const total = first + admission
  const waiting = plan.at('waiting') * rows + row
  series[waiting] = total
  series[waiting + rows] = first
  series[waiting + 2 * rows] = admission
  const waits = plan.at(WAIT_MEASURES[0]) * rows + row
  series[waits] = shareWithinStandard(byBand, total)
  series[waits + rows] = shareOver(byBand, total, 52)
  series[waits + 2 * rows] = shareOver(byBand, total, 65)
  series[waits + 3 * rows] = countBetween(byBand, 52, byBand.length)
  series[waits + 4 * rows] = meanWaitWeeks(byBand, total)
  series[waits + 5 * rows] = percentileWaitWeeks(byBand, total, 0.5)
  series[waits + 6 * rows] = percentileWaitWeeks(byBand, total, 0.92)
}

/** Adds a stage's people to `byBand`, and returns how many they are. */
function addStage(byBand: Int32Array, counts: Counts, row: number, stage: number, strata: readonly number[]): number {
  const { waiting, bands } = counts
  let people = 0
  for (const stratum of strata) {
    const start = ((row * 2 + stage) * counts.strata + stratum) * bands
    for (let band = 0; band < bands; band += 1) {
      const count = waiting[start + band]
      byBand[band] += count
      people += count
    }
  }
  return people
}

function writeFlows(series: Float64Array, rows: number, { strata, plan }: Unit, counts: Counts): void {
  for (const [measure, flows] of FLOW_POSITIONS) {
    const position = plan.at(measure)
    if (position < 0) continue
    for (let row = 0; row < rows; row += 1) {
      let events = 0
      for (const flow of flows) events += sumFlow(counts, row, flow, strata)
      series[position * rows + row] = events
    }
  }
  const [lost, cost] = [plan.at('slots-lost'), plan.at('lost-slot-cost')]
  if (cost < 0) return
  for (let row = 0; row < rows; row += 1) series[cost * rows + row] = series[lost * rows + row] * LOST_SLOT_POUNDS
}

function writeToDate(series: Float64Array, rows: number, { strata, plan }: Unit, counts: Counts): void {
  for (const [measure, flows] of TO_DATE_POSITIONS) {
    const position = plan.at(measure)
    if (position < 0) continue
    let events = 0
    for (let row = 0; row < rows; row += 1) {
      for (const flow of flows) events += sumFlow(counts, row, flow, strata)
      series[position * rows + row] = events
    }
  }
}

function sumFlow({ flows, strata: width }: Counts, row: number, flow: number, strata: readonly number[]): number {
  let events = 0
  for (const stratum of strata) events += flows[(row * width + stratum) * FLOWS.length + flow]
  return events
}

/** Running totals by row, so that a window is one subtraction. */
interface ToDate {
  /** Clock stops, admitted and non-admitted. */
  readonly stops: Float64Array
  /** Those, and referrals answered by advice. */
  readonly answered: Float64Array
  /** Need that arose, whether it was referred, answered by advice or neither. */
  readonly need: Float64Array
}

function accumulate(toDate: ToDate, { strata }: Unit, counts: Counts): void {
  let stops = 0
  let advice = 0
  let reached = 0
  for (let row = 0; row < toDate.stops.length; row += 1) {
    stops += sumFlow(counts, row, ADMITTED, strata) + sumFlow(counts, row, NON_ADMITTED, strata)
    advice += sumFlow(counts, row, DIVERTED, strata)
    reached += sumFlow(counts, row, NEED_ARISING, strata)
    toDate.stops[row] = stops
    toDate.answered[row] = stops + advice
    toDate.need[row] = reached + advice
  }
}

/** Unmet need, and treatment over the trailing `rateSteps`, or all steps while fewer have passed. */
function writeNeed(series: Float64Array, toDate: ToDate, rateSteps: number, { strata, population, plan }: Unit, counts: Counts): void {
  const rows = toDate.stops.length
  const unmetNeed = plan.at('unmet-need') * rows
  const rates = plan.at(RESIDENT_MEASURES[0]) * rows
  for (let row = 0; row < rows; row += 1) {
    let unmet = 0
    for (const stratum of strata) unmet += counts.unmetNeed[row * counts.strata + stratum]
    series[unmetNeed + row] = unmet
    if (rates < 0) continue
    const window = Math.min(row, rateSteps)
    const over = (total: Float64Array): number => total[row] - total[row - window]
    series[rates + row] = ratio(unmet * 1000, population)
    series[rates + rows + row] = ratio(over(toDate.stops) * rateSteps * 1000, window * population)
    series[rates + 2 * rows + row] = ratio(over(toDate.answered), over(toDate.need))
  }
}

/** NaN, not infinity, where there is nothing to divide by. */
function ratio(numerator: number, denominator: number): number {
  return denominator === 0 ? Number.NaN : numerator / denominator
}

function writeSpend(series: Float64Array, rows: number, pence: Float64Array | null): void {
  let toDate = 0
  for (let row = 0; row < rows; row += 1) {
    const inStep = row === 0 || pence === null ? 0 : pence[row - 1]
    toDate += inStep
    series[row] = inStep / 100
    series[rows + row] = toDate / 100
  }
}
