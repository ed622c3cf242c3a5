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
import { addCounts, clearCounts, emptyCounts, isAsReported } from './gather.ts'
import type { Counts } from './gather.ts'
import type { HealthSetting } from './health/assumptions.ts'
import { HEALTH_MEASURES } from './health/loss.ts'
import { createHealthMeasurer } from './health/measure-health.ts'
import { emptyRemoved, followRemoved, isValidated, type RemovedPeople } from './health/removed.ts'
import { summedMeasures, type Unit } from './layout.ts'
import { createBlockMeasurer } from './measure-block.ts'
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
  const blocks = createBlockMeasurer(compiled)
  const { layout, measureUnit } = blocks
  const specialties = compiled.specialties.length
  const rows = compiled.dates.length
  const places = { all: blocks.length(0), specialty: blocks.length(1) }
  const length = places.all + specialties * places.specialty
  if (catalogue.keys.length * rows !== length || catalogue.dates.length !== rows) {
    throw new Error('the catalogue was built from another study')
  }
  const measureHealth = layout.all.units.map(({ plan }) => createHealthMeasurer(compiled, health, plan.series))
  /** Units that specialties do not report: measured for each all the same, as health of all is the sum of the specialties. */
  const onlyOfAll = layout.all.units.slice(layout.specialty.units.length)
  const summed = summedMeasures(compiled).length
  const aside = createHealthAside(onlyOfAll, specialties, summed * rows, rows)
  const scratch = new Float64Array(onlyOfAll.length === 0 ? 0 : places.all)
  const measured = new Uint8Array(services.length)
  /** Counts of specialties whose services have not all come. */
  const gathered = new Map<number, Counts>()
  /** Those whom validation programmes removed of each specialty whose services have not all come. */
  const removed = new Map<number, RemovedPeople>()
  let total: Counts | null = null
  let values: RunValues | null = null

  const measureBlock = (position: number, counts: Counts): Float64Array => {
    values ??= new Float64Array(length)
    const block = values.subarray(blocks.start(position), blocks.start(position) + blocks.length(position))
    blocks.measure(position, counts, block)
    return block
  }
  const measureSpecialty = (specialty: number, counts: Counts): void => {
    const removedHere = removed.get(specialty) ?? null
    removed.delete(specialty)
    const block = measureBlock(specialty + 1, counts)
    layout.specialty.units.forEach((unit, position) => measureHealth[position](specialty, unit, counts, removedHere, block))
    onlyOfAll.forEach((unit, index) => {
      measureUnit(unit, counts, null, scratch)
      measureHealth[layout.specialty.units.length + index](specialty, unit, counts, removedHere, scratch)
      aside.keep(specialty, index, scratch)
    })
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
      const tables = services[index]
      addCounts(total, census, { tables, warmUpSteps })
      if (isValidated(tables)) {
        const people = removed.get(tables.specialty) ?? emptyRemoved(compiled)
        removed.set(tables.specialty, people)
        followRemoved(people, tables, census, warmUpSteps, strata)
      }
      const counts = gather(index, census)
      if (counts === null) return
      measureSpecialty(tables.specialty, counts)
    },
    finish() {
      if (total === null || measured.includes(0)) throw new Error('a run ended before all its services were measured')
      measureBlock(0, total)
      const finished = values ?? new Float64Array(0)
      for (const unit of layout.specialty.units) addUpHealth(unit, finished, summed, rows, places)
      aside.addUp(finished)
      values = null
      measured.fill(0)
      clearCounts(total)
      return finished
    },
  }
}

/** Weights differ by specialty, so that health of all is the sum of the specialties, in their fixed order; so is who is removed. */
function addUpHealth(
  { offset, plan }: Unit,
  values: RunValues,
  summed: number,
  rows: number,
  places: { readonly all: number; readonly specialty: number },
): void {
  const first = (offset + plan.at(HEALTH_MEASURES[0])) * rows
  for (let cell = first; cell < first + summed * rows; cell += 1) {
    for (let at = places.all + cell; at < values.length; at += places.specialty) values[cell] += values[at]
  }
}

/** Health by specialty of units that only the block of `all` reports. */
interface HealthAside {
  /** Keeps the health of a unit of one specialty, which stands at the unit's place of `block`. */
  keep(specialty: number, unit: number, block: Float64Array): void
  /** Adds all specialties up, in their fixed order, into the block of `all`. */
  addUp(values: RunValues): void
}

/** @param size numbers of health of a unit: those of its measures in every row */
function createHealthAside(units: readonly Unit[], specialties: number, size: number, rows: number): HealthAside {
  const kept = new Float64Array(specialties * units.length * size)
  const first = ({ offset, plan }: Unit): number => (offset + plan.at(HEALTH_MEASURES[0])) * rows
  return {
    keep(specialty, unit, block) {
      const start = first(units[unit])
      kept.set(block.subarray(start, start + size), (specialty * units.length + unit) * size)
    },
    addUp(values) {
      units.forEach((unit, index) => {
        const start = first(unit)
        for (let specialty = 0; specialty < specialties; specialty += 1) {
          const from = (specialty * units.length + index) * size
          for (let cell = 0; cell < size; cell += 1) values[start + cell] += kept[from + cell]
        }
      })
    },
  }
}
