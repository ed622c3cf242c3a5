/**
 * People whom a validation programme takes off the list. It treats nobody: the slots of every week are given either way,
 * so that what it takes off the list is missing from it until the horizon, and would read as health that nobody gained.
 * So whoever is removed goes on being counted, at the stage where they were, as long as the list would have been
 * longer by them: they leave by the causes that need no slot, at the rates of those who have waited as long, and by slots
 * that nobody else can use. Decision 0006 says why.
 *
 * Removals that happen without a programme are none of this: they are the same people's in every scenario.
 */
import { FLOWS, type ServiceCensus } from '../../model/census.ts'
import type { CompiledScenario, ExitHazard, ServiceTables } from '../../model/tables.ts'
import { EXIT_CAUSES } from '../../scenario/study.ts'

/** Removed by a programme and still counted, in simulated people: index row × strata of the study + stratum. */
export interface RemovedPeople {
  /** At the end of the row, by the stage where they were. */
  readonly first: Float64Array
  readonly admission: Float64Array
  /** Of them, in the row: those who would have withdrawn, died, or been admitted as an emergency. */
  readonly withdrew: Float64Array
  readonly died: Float64Array
  readonly emergency: Float64Array
}

const STAGES = ['first', 'admission'] as const
const EVENTS = ['withdrew', 'died', 'emergency'] as const
const REMOVED_FLOW = FLOWS.indexOf('removed')
const REMOVED = EXIT_CAUSES.indexOf('removed')

/** Whether a validation programme removes anybody of a service. */
export function isValidated({ exits }: ServiceTables): boolean {
  return exits.at(REMOVED)?.added?.some((hazard) => hazard > 0) ?? false
}

/** Room for the people of one specialty, zeroed. */
export function emptyRemoved({ dates, strata }: CompiledScenario): RemovedPeople {
  const series = (): Float64Array => new Float64Array(dates.length * strata)
  return { first: series(), admission: series(), withdrew: series(), died: series(), emergency: series() }
}

/** Adds the people whom a programme removed of one service, in rows after the first `warmUpSteps`: programmes start then. */
export function followRemoved(into: RemovedPeople, tables: ServiceTables, census: ServiceCensus, warmUpSteps: number, strata: number): void {
  const counted = STAGES.map(() => new Float64Array(tables.strata))
  for (let row = warmUpSteps + 1; row <= census.steps; row += 1) {
    for (let own = 0; own < tables.strata; own += 1) {
      const cell = (row - warmUpSteps) * strata + tables.studyIndex[own]
      const before = counted[0][own] + counted[1][own]
      const rates = EXIT_CAUSES.map((_, cause) => ratePerStep(tables, census, row, own, cause))
      const leaving = Math.min(1, rates.reduce((sum, rate) => sum + rate, 0))
      for (const event of EVENTS) into[event][cell] += before * rates[EXIT_CAUSES.indexOf(event)]
      STAGES.forEach((_, stage) => (counted[stage][own] = counted[stage][own] * (1 - leaving) + removedByProgramme(tables, census, row, own, stage)))
    }
    STAGES.forEach((name, stage) => {
      giveUnusedSlots(counted[stage], census.unusedSlots[row * 2 + stage])
      for (let own = 0; own < tables.strata; own += 1) into[name][(row - warmUpSteps) * strata + tables.studyIndex[own]] += counted[stage][own]
    })
  }
}

/** Share of those who have waited long enough for validation that one cause takes off the list in a row, without a programme. */
function ratePerStep({ exits, steps }: ServiceTables, census: ServiceCensus, row: number, own: number, cause: number): number {
  const { byBand, factor } = exits[cause]
  const { addedFromBand } = exits[REMOVED]
  const [people, hazards] = [0, 1].reduce(
    ([all, sum], stage) => {
      const here = sumOfBands(census, row - 1, stage, own, addedFromBand, null)
      return [all + here, sum + sumOfBands(census, row - 1, stage, own, addedFromBand, byBand)]
    },
    [0, 0],
  )
  return people === 0 ? 0 : (hazards / people) * factorAt(factor, own * steps + row - 1)
}

/** Removals of a row that a programme brought about at a stage: its part of the hazards that those waiting met. */
function removedByProgramme({ exits, steps }: ServiceTables, census: ServiceCensus, row: number, own: number, stage: number): number {
  const { byBand, added, addedFromBand, factor }: ExitHazard = exits[REMOVED]
  const further = added === null ? 0 : added[own * steps + row - 1]
  if (further === 0) return 0
  const long = [0, 1].map((each) => further * sumOfBands(census, row - 1, each, own, addedFromBand, null))
  const anyway = [0, 1].reduce((sum, each) => sum + sumOfBands(census, row - 1, each, own, 0, byBand), 0)
  const all = long[0] + long[1] + anyway
  const counted = census.flows[(row * census.strata + own) * FLOWS.length + REMOVED_FLOW]
  return all === 0 || factorAt(factor, own * steps + row - 1) === 0 ? 0 : (counted * long[stage]) / all
}

/** People waiting at a stage for `fromBand` weeks or more, each times the hazard of their stratum and band; null for 1. */
function sumOfBands(census: ServiceCensus, row: number, stage: number, own: number, fromBand: number, byBand: Float64Array | null): number {
  const start = ((row * 2 + stage) * census.strata + own) * census.bands
  let sum = 0
  for (let band = fromBand; band < census.bands; band += 1) {
    sum += census.waiting[start + band] * (byBand === null ? 1 : byBand[own * census.bands + band])
  }
  return sum
}

function factorAt(factor: Float64Array | null, index: number): number {
  return factor === null ? 1 : factor[index]
}

/** Slots that nobody else can use would have been given to those removed: the list is as short as it would have been. */
function giveUnusedSlots(people: Float64Array, unusedSlots: number): void {
  const all = people.reduce((sum, each) => sum + each, 0)
  if (all === 0 || unusedSlots === 0) return
  const left = Math.max(0, 1 - unusedSlots / all)
  for (let own = 0; own < people.length; own += 1) people[own] *= left
}
