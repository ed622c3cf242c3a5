/** Small compiled scenarios and censuses with numbers of our own choosing. */
import { createCensus, FLOWS } from '../../src/model/census.ts'
import type { Flow, ServiceCensus } from '../../src/model/census.ts'
import type { CompiledScenario, Dimension, ServiceTables, SpendLine, StageSlots } from '../../src/model/tables.ts'
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

const emptyTables = (code: string, steps: number, strata: number, stepsPerWeek: number): ServiceTables => {
  const slots: StageSlots = {
    open: new Int32Array(steps),
    openInTurn: new Int32Array(steps),
    reserved: null,
    reservedInTurn: null,
    independent: null,
  }
  return {
    code,
    name: code,
    steps,
    strata,
    stepsPerWeek,
    initialFirst: new Int32Array(0),
    initialAdmission: new Int32Array(0),
    clockStarts: new Float64Array(0),
    directStarts: null,
    unreferredNeed: new Float64Array(0),
    additionalStarts: null,
    initialUnmetNeed: new Int32Array(strata),
    unmetResolution: 0,
    firstSlots: slots,
    admissionSlots: slots,
    chanceWeightFirst: new Float64Array(0),
    chanceWeightAdmission: new Float64Array(0),
    independentAccess: new Float64Array(strata),
    headStart: null,
    dnaRate: new Float64Array(0),
    dischargeAfterDna: new Float64Array(strata),
    backfillShare: 0,
    admittedShare: new Float64Array(strata),
    exits: [],
  }
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
  return {
    id: 'synthetic',
    systemCode: 'LAB',
    steps: parts.steps,
    strata,
    dates: weeklyDates(parts.steps + 1),
    dimensions: parts.dimensions ?? [deprivation(parts.population)],
    population: Float64Array.from(parts.population),
    services: (parts.services ?? ['C_100']).map((code) => emptyTables(code, parts.steps, strata, parts.stepsPerWeek ?? 1)),
    spend: parts.spend ?? [],
    budgets: [],
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
