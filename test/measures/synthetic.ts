/** Small compiled scenarios and censuses with numbers of our own choosing. */
import { createCensus, FLOWS } from '../../src/model/census.ts'
import type { Flow, ServiceCensus } from '../../src/model/census.ts'
import { OPTIONAL_COUNTS } from '../../src/scenario/study.ts'
import type { CompiledScenario, Dimension, ServiceTables, SpendLine } from '../../src/model/tables.ts'
import type { RunValues, SeriesCatalogue, SeriesKey } from '../../src/measures/types.ts'

export const deprivation = (populations: readonly number[]): Dimension => ({
  id: 'deprivation',
  ordered: true,
  ofResidents: true,
  groups: populations.map((population, index) => ({ id: String(index + 1), label: `Quintile ${index + 1}`, population })),
  groupOfStratum: populations.map((_, index) => index),
})

/** Weekly dates from the day before 1 February 2026. */
export function weeklyDates(rows: number): string[] {
  return Array.from({ length: rows }, (_, row) => new Date(Date.UTC(2026, 0, 31 + 7 * row)).toISOString().slice(0, 10))
}

/** What measuring reads of a service; nothing simulates these. */
export function serviceTables(
  parts: Pick<ServiceTables, 'code' | 'specialty' | 'strata' | 'stepsPerWeek'> & { readonly studyIndex?: readonly number[] },
): ServiceTables {
  const studyIndex = Int32Array.from(parts.studyIndex ?? Array.from({ length: parts.strata }, (_, stratum) => stratum))
  return { ...parts, name: parts.code, studyIndex, exits: [] } as unknown as ServiceTables
}

export function compiledScenario(parts: {
  steps: number
  population: readonly number[]
  dimensions?: readonly Dimension[]
  services?: readonly string[]
  spend?: readonly SpendLine[]
  stepsPerWeek?: number
}): CompiledScenario {
  const strata = parts.population.length
  const codes = parts.services ?? ['C_100']
  const empty = new Float64Array(strata).fill(Number.NaN)
  return {
    id: 'synthetic',
    steps: parts.steps,
    warmUpSteps: 0,
    strata,
    targetWeeksFirst: empty,
    targetWeeksAdmission: empty,
    specialties: codes.map((code) => ({ code, name: code })),
    counted: OPTIONAL_COUNTS,
    sample: 1,
    dates: weeklyDates(parts.steps + 1),
    dimensions: parts.dimensions ?? [deprivation(parts.population)],
    population: Float64Array.from(parts.population),
    services: codes.map((code, specialty) =>
      serviceTables({ code, specialty, strata, stepsPerWeek: parts.stepsPerWeek ?? 1 }),
    ),
    spend: parts.spend ?? [],
    budgets: [],
    envelopes: [],
    transfers: [],
  }
}

export function setWaiting(
  census: ServiceCensus,
  at: { row: number; stage: 0 | 1; stratum: number; band: number },
  people: number,
): void {
  const { row, stage, stratum, band } = at
  census.waiting[((row * 2 + stage) * census.strata + stratum) * census.bands + band] = people
}

export function setFlow(census: ServiceCensus, row: number, stratum: number, flow: Flow, events: number): void {
  census.flows[(row * census.strata + stratum) * FLOWS.length + FLOWS.indexOf(flow)] = events
}

/** A census filled from a seed, sparse, with no flows in row 0. */
export function filledCensus(steps: number, strata: number, seed: number): ServiceCensus {
  const census = createCensus(steps, strata)
  let state = seed >>> 0
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state >>> 16
  }
  const fill = (cells: Int32Array, from: number): void => {
    for (let cell = from; cell < cells.length; cell += 1) cells[cell] = next() % 3 === 0 ? next() % 40 : 0
  }
  fill(census.waiting, 0)
  fill(census.flows, strata * FLOWS.length)
  fill(census.unmetNeed, 0)
  return census
}

/** One series of a run, found by name. */
export function seriesOf(catalogue: SeriesCatalogue, values: RunValues, key: Partial<SeriesKey>): number[] {
  const wanted = { specialty: 'all', stage: 'all', dimension: 'all', group: 'all', ...key }
  const index = catalogue.keys.findIndex((candidate) =>
    Object.entries(wanted).every(([name, value]) => candidate[name as keyof SeriesKey] === value),
  )
  if (index < 0) throw new Error(`no series ${JSON.stringify(wanted)}`)
  const rows = catalogue.dates.length
  return [...values.subarray(index * rows, (index + 1) * rows)]
}
