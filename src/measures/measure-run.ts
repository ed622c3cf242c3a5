/**
 * One run's census → its block of numbers.
 *
 *     each service's census ─┬─ gathered by specialty (gather.ts) ── measured once its services are all in
 *                            └─ added, as whole numbers, to the all-specialty counts ── measured at the end
 *
 * The kernel reuses one census for every service, so each is read as soon as it is complete.
 */
import type { ServiceCensus } from '../model/census.ts'
import type { CompiledScenario } from '../model/tables.ts'
import { GAP_MEASURES } from './definitions.ts'
import { addCounts, clearCounts, emptyCounts, isAsReported } from './gather.ts'
import type { Counts } from './gather.ts'
import { createGapCalculator, GAP_INDICES } from './gaps.ts'
import type { HealthSetting } from './health/assumptions.ts'
import { HEALTH_MEASURES } from './health/loss.ts'
import { createHealthMeasurer } from './health/measure-health.ts'
import { seriesLayout } from './layout.ts'
import type { GapBlock, Unit } from './layout.ts'
import { createUnitMeasurer } from './measure-unit.ts'
import { spendByUnit } from './spend.ts'
import type { RunValues, SeriesCatalogue } from './types.ts'

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

/**
 * @param compiled the scenario and draw whose runs are measured
 * @param catalogue the study's catalogue, from `buildCatalogue`
 * @param health what waiting costs in health
 * @throws Error where the catalogue belongs to another study: a defect of the caller
 */
export function createMeasurer(compiled: CompiledScenario, catalogue: SeriesCatalogue, health: HealthSetting): Measurer {
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
  const measureUnit = createUnitMeasurer(compiled, rows, stepsPerWeek)
  const measureGaps = layout.gapBlocks.map((block) => createGapMeasurer(block, rows))
  const measureHealth = layout.units.map(({ plan }) => createHealthMeasurer(compiled, health, plan.series))
  const measured = new Uint8Array(services.length)
  /** Counts of specialties whose services have not all come. */
  const gathered = new Map<number, Counts>()
  let total: Counts | null = null
  let values: RunValues | null = null

  const measureSpecialty = (position: number, counts: Counts): Float64Array => {
    values ??= new Float64Array(specialties * blockLength)
    const block = values.subarray(position * blockLength, (position + 1) * blockLength)
    layout.units.forEach((unit, index) => measureUnit(unit, counts, spend[position][index], block))
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
      layout.units.forEach((unit, position) => measureHealth[position](specialty, unit, counts, block))
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

/** Weights differ by specialty, so that health of all is the sum of the specialties, in their fixed order. */
function addUpHealth({ offset, plan }: Unit, values: RunValues, rows: number, blockLength: number): void {
  const first = (offset + plan.at(HEALTH_MEASURES[0])) * rows
  for (let cell = first; cell < first + HEALTH_MEASURES.length * rows; cell += 1) {
    for (let at = cell + blockLength; at < values.length; at += blockLength) values[cell] += values[at]
  }
}

/** Writes a dimension's gap rows from the series of its groups in the same block. */
function createGapMeasurer({ units, offset }: GapBlock, rows: number): (block: Float64Array) => void {
  const calculate = createGapCalculator(units.map(({ population }) => population))
  const positions = GAP_MEASURES.map((measure) => units.map((unit) => unit.offset + unit.plan.at(measure)))
  const byGroup = new Float64Array(units.length)
  const indices = new Float64Array(GAP_INDICES.length)
  return (block) => {
    let first = offset * rows
    for (const ofGroups of positions) {
      for (let row = 0; row < rows; row += 1) {
        for (let group = 0; group < units.length; group += 1) byGroup[group] = block[ofGroups[group] * rows + row]
        calculate(byGroup, indices)
        for (let index = 0; index < indices.length; index += 1) block[first + index * rows + row] = indices[index]
      }
      first += indices.length * rows
    }
  }
}
