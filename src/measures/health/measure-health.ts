/** Health lost by the units of a run, from their own series; by deprivation group where groups lose differently. */
import { FLOWS, type Flow } from '../../model/census.ts'
import type { CompiledScenario } from '../../model/tables.ts'
import { VALIDATION_MEASURES } from '../definitions.ts'
import type { Counts } from '../gather.ts'
import type { Unit, UnitSeries } from '../layout.ts'
import { weightOf, type HealthSetting } from './assumptions.ts'
import { HEALTH_MEASURES, writeHealth, type PeopleWaiting } from './loss.ts'
import type { RemovedPeople } from './removed.ts'

/**
 * Writes the health series of a unit of one specialty into its block, whose other series stand there already.
 * `removed` are those whom a validation programme took off the specialty's list; null where there is none.
 */
export type HealthMeasurer = (specialty: number, unit: Unit, counts: Counts, removed: RemovedPeople | null, block: Float64Array) => void

/**
 * @param compiled whose runs are measured
 * @param unitSeries series of a unit, in storage order
 */
export function createHealthMeasurer(compiled: CompiledScenario, health: HealthSetting, unitSeries: readonly UnitSeries[]): HealthMeasurer {
  const position = (measure: string, stage = 'all'): number =>
    unitSeries.findIndex((series) => series.measure === measure && series.stage === stage)
  const weights = compiled.specialties.map(({ code }) => weightOf(health, code))
  const relative = relativeLosses(compiled, health)
  const rows = compiled.dates.length
  const [{ stepsPerWeek }] = compiled.services
  const first = position('waiting', 'first-appointment')
  const admission = position('waiting', 'admission')
  const [unmetNeed, withdrew, dischargedAfterDna, died, emergency, losses] = [
    'unmet-need',
    'withdrew',
    'discharged-after-dna',
    'died',
    'emergency',
    HEALTH_MEASURES[0],
  ].map((measure) => position(measure))
  const removedToDate = position(VALIDATION_MEASURES[0])
  return (specialty, unit, counts, removed, block) => {
    const series = (index: number): Float64Array => block.subarray((unit.offset + index) * rows, (unit.offset + index + 1) * rows)
    const people: PeopleWaiting =
      relative === null
        ? {
            first: series(first),
            admission: series(admission),
            unmetNeed: series(unmetNeed),
            withdrew: series(withdrew),
            dischargedAfterDna: series(dischargedAfterDna),
          }
        : weightedPeople(unit.strata, counts, relative, 1 / compiled.sample)
    const ofUnit = removed === null ? null : removedOf(removed, unit.strata, compiled, relative)
    const source = { ...people, died: series(died), emergency: series(emergency), removed: ofUnit }
    const out = block.subarray((unit.offset + losses) * rows, (unit.offset + losses + HEALTH_MEASURES.length) * rows)
    writeHealth(source, out, weights[specialty], health, stepsPerWeek)
    if (removedToDate >= 0) writeRemoved(ofUnit, block.subarray((unit.offset + removedToDate) * rows, (unit.offset + removedToDate + VALIDATION_MEASURES.length) * rows))
  }
}

/** {@link VALIDATION_MEASURES} one after another; nought where nobody was removed. */
function writeRemoved(removed: RemovedPeople | null, out: Float64Array): void {
  out.fill(0)
  if (removed === null) return
  let toDate = 0
  removed.removed.forEach((people, row) => {
    toDate += people
    out[row] = toDate
  })
  out.set(removed.beyond18Weeks, removed.removed.length)
}

/** Relative loss by stratum; null where all lose alike. */
function relativeLosses({ dimensions, strata }: CompiledScenario, { deprivationGradient }: HealthSetting): Float64Array | null {
  if (deprivationGradient.every((relative) => relative === 1)) return null
  const deprivation = dimensions.find(({ id }) => id === 'deprivation')
  return Float64Array.from({ length: strata }, (_, stratum) => deprivationGradient[deprivation?.groupOfStratum[stratum] ?? 0])
}

/** Those removed of some strata, by row, scaled to everybody; events and people count alike in all groups, as those of the list do. */
function removedOf(removed: RemovedPeople, strata: readonly number[], compiled: CompiledScenario, relative: Float64Array | null): RemovedPeople {
  const byRow = (people: Float64Array, weights: Float64Array | null): Float64Array =>
    Float64Array.from(compiled.dates, (_, row) =>
      strata.reduce((sum, stratum) => sum + people[row * compiled.strata + stratum] * (weights?.[stratum] ?? 1), 0) / compiled.sample,
    )
  return {
    first: byRow(removed.first, relative),
    admission: byRow(removed.admission, relative),
    withdrew: byRow(removed.withdrew, relative),
    died: byRow(removed.died, null),
    emergency: byRow(removed.emergency, null),
    removed: byRow(removed.removed, null),
    beyond18Weeks: byRow(removed.beyond18Weeks, null),
  }
}

/** People of some strata, each counted as often as the stratum's relative loss. A loss is linear in people, so that this is exact. */
function weightedPeople(strata: readonly number[], counts: Counts, relative: Float64Array, scale: number): PeopleWaiting {
  const rows = counts.steps + 1
  const byRow = (of: (row: number, stratum: number) => number): Float64Array =>
    Float64Array.from({ length: rows }, (_, row) =>
      strata.reduce((sum, stratum) => sum + of(row, stratum) * relative[stratum], 0) * scale,
    )
  const waiting = (stage: number) => (row: number, stratum: number): number => {
    const start = ((row * 2 + stage) * counts.strata + stratum) * counts.bands
    let people = 0
    for (let band = 0; band < counts.bands; band += 1) people += counts.waiting[start + band]
    return people
  }
  const flow = (name: Flow) => (row: number, stratum: number): number =>
    counts.flows[(row * counts.strata + stratum) * FLOWS.length + FLOWS.indexOf(name)]
  return {
    first: byRow(waiting(0)),
    admission: byRow(waiting(1)),
    unmetNeed: byRow((row, stratum) => counts.unmetNeed[row * counts.strata + stratum]),
    withdrew: byRow(flow('withdrew')),
    dischargedAfterDna: byRow(flow('dischargedAfterDna')),
  }
}
