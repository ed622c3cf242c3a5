/**
 * One run's census → its block of numbers.
 *
 *     each service's census ─┬─ gathered by specialty (gather.ts) ── measured once its services are all in
 *                            └─ added, as whole numbers, to the all-specialty counts ── measured at the end
 *
 * The kernel reuses one census for every service, so each is read as soon as it is complete.
 */
import { FLOWS } from '../model/census.ts'
import type { ServiceCensus } from '../model/census.ts'
import type { CompiledScenario } from '../model/tables.ts'
import { FLOW_MEASURES } from './definitions.ts'
import { addCounts, clearCounts, emptyCounts, isAsReported } from './gather.ts'
import type { Counts } from './gather.ts'
import { createGapCalculator, GAP_INDICES } from './gaps.ts'
import { qalyWeightOf } from './health/assumptions.ts'
import { HEALTH_MEASURES, writeHealth } from './health/loss.ts'
import { GAP_MEASURE_OFFSETS, seriesLayout, UNIT_OFFSETS, UNIT_SERIES } from './layout.ts'
import type { GapBlock, Unit } from './layout.ts'
import { spendByUnit } from './spend.ts'
import type { RunValues, SeriesCatalogue } from './types.ts'
import { countBetween, meanWaitWeeks, percentileWaitWeeks, shareOver, shareWithinStandard } from './waits.ts'

/** Weeks over which treatment rates look back. */
const RATE_WEEKS = 52

/** Measures runs of one compiled scenario, one after another. */
export interface Measurer {
  /**
   * Reads the census of the service at `index` of `compiled.services`. Call once for each service of a run, in
   * any order; the census may be overwritten afterwards.
   */
  addService(index: number, census: ServiceCensus): void
  /**
   * Ends the run.
   * @returns a block that belongs to the caller alone, laid out as {@link RunValues} says
   * @throws Error where a service was left out or given twice: a defect of the caller
   */
  finish(): RunValues
}

/** Of the measures after the flows, those that count people, or people per head. */
const COUNTED_MEASURES: readonly string[] = ['over-52-weeks-count', 'unmet-need', 'unmet-need-per-1000', 'treated-per-1000']
const FLOW_POSITIONS = FLOW_MEASURES.map(([, flow]) => FLOWS.indexOf(flow))
const ADMITTED = FLOWS.indexOf('admitted')
const NON_ADMITTED = FLOWS.indexOf('nonAdmitted')
const NEED_ARISING = FLOWS.indexOf('needArising')

/** Position of a flow's series within a unit. */
const flowSeries = (flow: (typeof FLOW_MEASURES)[number][1]): number =>
  UNIT_OFFSETS.flows + FLOW_MEASURES.findIndex(([, each]) => each === flow)
const WITHDREW_SERIES = flowSeries('withdrew')
const DISCHARGED_SERIES = flowSeries('dischargedAfterDna')
const DIED_SERIES = flowSeries('died')
const EMERGENCY_SERIES = flowSeries('emergency')

/**
 * @param compiled the scenario and draw whose runs are measured
 * @param catalogue the study's catalogue, from `buildCatalogue`
 * @throws Error where the catalogue belongs to another study: a defect of the caller
 */
export function createMeasurer(compiled: CompiledScenario, catalogue: SeriesCatalogue): Measurer {
  const { services, strata, warmUpSteps } = compiled
  const layout = seriesLayout(compiled)
  const specialties = compiled.specialties.length + 1
  const rows = compiled.dates.length
  if (catalogue.keys.length !== specialties * layout.seriesPerSpecialty || catalogue.dates.length !== rows) {
    throw new Error('the catalogue was built from another study')
  }
  const blockLength = layout.seriesPerSpecialty * rows
  const spend = spendByUnit(compiled, layout.units)
  const { stepsPerWeek } = services[0]
  const measureUnit = createUnitMeasurer(rows - 1, RATE_WEEKS * stepsPerWeek)
  const measureGaps = layout.gapBlocks.map((block) => createGapMeasurer(block, rows - 1))
  const weights = compiled.specialties.map(({ code }) => qalyWeightOf(code).mean)
  const measured = new Uint8Array(services.length)
  /** Counts of specialties whose services have not all come. */
  const gathered = new Map<number, Counts>()
  let total: Counts | null = null
  let values: RunValues | null = null

  const measureSpecialty = (position: number, counts: Counts): Float64Array => {
    values ??= new Float64Array(specialties * blockLength)
    const block = values.subarray(position * blockLength, (position + 1) * blockLength)
    layout.units.forEach((unit, index) => {
      measureUnit(unit, counts, spend[position][index], block)
      if (compiled.sample !== 1) scaleUp(unit, block, rows, 1 / compiled.sample)
    })
    for (const measure of measureGaps) measure(block)
    return block
  }
  /** Counts of a whole specialty once all its services are in; null before. */
  const gather = (index: number, census: ServiceCensus): Counts | null => {
    const tables = services[index]
    const isAlone = services.every((other) => other === tables || other.specialty !== tables.specialty)
    if (isAlone && isAsReported({ tables, warmUpSteps }, census, strata)) return census
    const counts = gathered.get(tables.specialty) ?? emptyCounts(rows - 1, strata, census.bands)
    gathered.set(tables.specialty, counts)
    addCounts(counts, census, { tables, warmUpSteps })
    if (services.some((other, each) => other.specialty === tables.specialty && measured[each] === 0)) return null
    gathered.delete(tables.specialty)
    return counts
  }

  return {
    addService(index, census) {
      if (measured[index] !== 0) throw new Error(`service ${index} was measured twice in a run`)
      measured[index] = 1
      total ??= emptyCounts(rows - 1, strata, census.bands)
      addCounts(total, census, { tables: services[index], warmUpSteps })
      const counts = gather(index, census)
      if (counts === null) return
      const { specialty } = services[index]
      const block = measureSpecialty(specialty + 1, counts)
      for (const unit of layout.units) measureHealth(unit, block, rows, weights[specialty], stepsPerWeek)
    },
    finish() {
      if (total === null || measured.includes(0)) throw new Error('a run ended before all its services were measured')
      measureSpecialty(0, total)
      const finished = values ?? new Float64Array(0)
      for (const unit of layout.units) addUpHealth(unit, finished, rows, blockLength)
      values = null
      measured.fill(0)
      clearCounts(total)
      return finished
    },
  }
}

/** Series that count people or events, in one unit; the others are shares, waits or ratios of counts. */
const COUNTED_SERIES = UNIT_SERIES.flatMap(({ measure }, position) =>
  position < UNIT_OFFSETS.waits || COUNTED_MEASURES.includes(measure) ? [position] : [],
)

/** A sample of pathways stands for all of them. */
function scaleUp({ offset }: Unit, block: Float64Array, rows: number, factor: number): void {
  for (const position of COUNTED_SERIES) {
    const first = (offset + position) * rows
    for (let cell = first; cell < first + rows; cell += 1) block[cell] *= factor
  }
}

/** Writes all series of a unit into its specialty's block; `pence` is the unit's spend by step, null for none. */
type UnitMeasurer = (unit: Unit, counts: Counts, pence: Float64Array | null, block: Float64Array) => void

function createUnitMeasurer(steps: number, rateSteps: number): UnitMeasurer {
  const rows = steps + 1
  const toDate = { stops: new Float64Array(rows), need: new Float64Array(rows) }
  let byBand = new Int32Array(0)
  return (unit, counts, pence, block) => {
    if (byBand.length !== counts.bands) byBand = new Int32Array(counts.bands)
    const series = block.subarray(unit.offset * rows)
    for (let row = 0; row < rows; row += 1) {
      writeWaits(series, rows, row, unit, counts, byBand)
      writeFlows(series, rows, row, unit, counts)
    }
    accumulate(toDate, unit, counts)
    writeNeed(series, toDate, rateSteps, unit, counts)
    if (unit.moneyGroup !== null) writeSpend(series, rows, pence)
  }
}

/** Waiting by stage, and the distribution of all who wait, at the end of one row. */
function writeWaits(
  series: Float64Array,
  rows: number,
  row: number,
  { strata }: Unit,
  counts: Counts,
  byBand: Int32Array,
): void {
  byBand.fill(0)
  const first = addStage(byBand, counts, row, 0, strata)
  const admission = addStage(byBand, counts, row, 1, strata)
  const total = first + admission
  const waiting = UNIT_OFFSETS.waiting * rows + row
  series[waiting] = total
  series[waiting + rows] = first
  series[waiting + 2 * rows] = admission
  const waits = UNIT_OFFSETS.waits * rows + row
  series[waits] = shareWithinStandard(byBand, total)
  series[waits + rows] = shareOver(byBand, total, 52)
  series[waits + 2 * rows] = shareOver(byBand, total, 65)
  series[waits + 3 * rows] = countBetween(byBand, 52, byBand.length)
  series[waits + 4 * rows] = meanWaitWeeks(byBand, total)
  series[waits + 5 * rows] = percentileWaitWeeks(byBand, total, 0.5)
  series[waits + 6 * rows] = percentileWaitWeeks(byBand, total, 0.92)
}

/** Adds a stage's people to `byBand`, and returns how many they are. */
function addStage(
  byBand: Int32Array,
  counts: Counts,
  row: number,
  stage: number,
  strata: readonly number[],
): number {
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

function writeFlows(series: Float64Array, rows: number, row: number, { strata }: Unit, counts: Counts): void {
  let cell = UNIT_OFFSETS.flows * rows + row
  for (const flow of FLOW_POSITIONS) {
    series[cell] = sumFlow(counts, row, flow, strata)
    cell += rows
  }
}

function sumFlow({ flows, strata: width }: Counts, row: number, flow: number, strata: readonly number[]): number {
  let events = 0
  for (const stratum of strata) events += flows[(row * width + stratum) * FLOWS.length + flow]
  return events
}

/** Running totals by row of clock stops for care and of need, so that a window is one subtraction. */
interface ToDate {
  readonly stops: Float64Array
  readonly need: Float64Array
}

function accumulate(toDate: ToDate, { strata }: Unit, counts: Counts): void {
  let stops = 0
  let need = 0
  for (let row = 0; row < toDate.stops.length; row += 1) {
    stops += sumFlow(counts, row, ADMITTED, strata) + sumFlow(counts, row, NON_ADMITTED, strata)
    need += sumFlow(counts, row, NEED_ARISING, strata)
    toDate.stops[row] = stops
    toDate.need[row] = need
  }
}

/** Unmet need, and treatment over the trailing `rateSteps`, or all steps while fewer have passed. */
function writeNeed(
  series: Float64Array,
  toDate: ToDate,
  rateSteps: number,
  { strata, population }: Unit,
  counts: Counts,
): void {
  const rows = toDate.stops.length
  const offset = UNIT_OFFSETS.need * rows
  for (let row = 0; row < rows; row += 1) {
    const window = Math.min(row, rateSteps)
    const stops = toDate.stops[row] - toDate.stops[row - window]
    const need = toDate.need[row] - toDate.need[row - window]
    let unmet = 0
    for (const stratum of strata) unmet += counts.unmetNeed[row * counts.strata + stratum]
    series[offset + row] = unmet
    series[offset + rows + row] = ratio(unmet * 1000, population)
    series[offset + 2 * rows + row] = ratio(stops * rateSteps * 1000, window * population)
    series[offset + 3 * rows + row] = ratio(stops, need)
  }
}

/** NaN, not infinity, where there is nothing to divide by. */
function ratio(numerator: number, denominator: number): number {
  return denominator === 0 ? Number.NaN : numerator / denominator
}

/** Health lost by a unit of one specialty, from the unit's own series. */
function measureHealth(
  { offset }: Unit,
  block: Float64Array,
  rows: number,
  qalysPerWeek: number,
  stepsPerWeek: number,
): void {
  const series = (position: number): Float64Array =>
    block.subarray((offset + position) * rows, (offset + position + 1) * rows)
  const source = {
    waiting: series(UNIT_OFFSETS.waiting),
    unmetNeed: series(UNIT_OFFSETS.need),
    withdrew: series(WITHDREW_SERIES),
    dischargedAfterDna: series(DISCHARGED_SERIES),
    died: series(DIED_SERIES),
    emergency: series(EMERGENCY_SERIES),
  }
  writeHealth(source, block.subarray((offset + UNIT_OFFSETS.health) * rows), qalysPerWeek, stepsPerWeek)
}

/** Weights differ by specialty, so that health of all is the sum of the specialties, in their fixed order. */
function addUpHealth({ offset }: Unit, values: RunValues, rows: number, blockLength: number): void {
  const first = (offset + UNIT_OFFSETS.health) * rows
  for (let cell = first; cell < first + HEALTH_MEASURES.length * rows; cell += 1) {
    for (let at = cell + blockLength; at < values.length; at += blockLength) values[cell] += values[at]
  }
}

function writeSpend(series: Float64Array, rows: number, pence: Float64Array | null): void {
  const offset = UNIT_OFFSETS.money * rows
  let toDate = 0
  for (let row = 0; row < rows; row += 1) {
    const inStep = row === 0 || pence === null ? 0 : pence[row - 1]
    toDate += inStep
    series[offset + row] = inStep / 100
    series[offset + rows + row] = toDate / 100
  }
}

/** Writes a dimension's gap rows from the series of its groups in the same block. */
function createGapMeasurer({ units, offset }: GapBlock, steps: number): (block: Float64Array) => void {
  const rows = steps + 1
  const calculate = createGapCalculator(units.map(({ population }) => population))
  const byGroup = new Float64Array(units.length)
  const indices = new Float64Array(GAP_INDICES.length)
  return (block) => {
    let first = offset * rows
    for (const measure of GAP_MEASURE_OFFSETS) {
      for (let row = 0; row < rows; row += 1) {
        for (let group = 0; group < units.length; group += 1) {
          byGroup[group] = block[(units[group].offset + measure) * rows + row]
        }
        calculate(byGroup, indices)
        for (let index = 0; index < indices.length; index += 1) block[first + index * rows + row] = indices[index]
      }
      first += indices.length * rows
    }
  }
}
