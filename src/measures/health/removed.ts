/**
 * People whom a validation programme takes off the list. It treats nobody: the slots of every week are given either way,
 * so that what it takes off the list is missing from it until the horizon, and would read as health that nobody gained.
 * So whoever is removed goes on being counted, at the stage where they were, as long as the list would have been
 * longer by them: they leave by the causes that need no slot, at the rates of those who have waited as long, and by slots
 * that nobody else can use. Decision 0006 says why.
 *
 * Removals that happen without a programme are none of this: they are the same people's in every scenario.
 *
 * Who has waited 18 weeks or more among them is known too, so that taking a long waiter off the count is not taken for
 * bringing somebody within 18 weeks.
 */
import { FLOWS, type ServiceCensus } from '../../model/census.ts'
import type { CompiledScenario, ExitHazard, ServiceTables } from '../../model/tables.ts'
import { EXIT_CAUSES } from '../../scenario/study.ts'
import { STANDARD_WEEKS } from '../waits.ts'

/** Removed by a programme and still counted, in simulated people: index row × strata of the study + stratum. */
export interface RemovedPeople {
  /** At the end of the row, by the stage where they were. */
  readonly first: Float64Array
  readonly admission: Float64Array
  /** Of them, in the row: those who would have withdrawn, died, or been admitted as an emergency. */
  readonly withdrew: Float64Array
  readonly died: Float64Array
  readonly emergency: Float64Array
  /** Whom the programme removed in the row. */
  readonly removed: Float64Array
  /** At the end of the row, of both stages: those still counted who would have waited 18 weeks or more. */
  readonly beyond18Weeks: Float64Array
}

/** Those of one stage who are still counted. */
interface Counted {
  /** By stratum of the service. */
  readonly people: Float64Array
  /** Of them, those below 18 weeks by whole weeks waited: index stratum × 18 + weeks. */
  readonly short: Float64Array
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
  return { first: series(), admission: series(), withdrew: series(), died: series(), emergency: series(), removed: series(), beyond18Weeks: series() }
}

/** Adds the people whom a programme removed of one service, in rows after the first `warmUpSteps`: programmes start then. */
export function followRemoved(into: RemovedPeople, tables: ServiceTables, census: ServiceCensus, warmUpSteps: number, strata: number): void {
  const counted = STAGES.map((): Counted => ({ people: new Float64Array(tables.strata), short: new Float64Array(tables.strata * STANDARD_WEEKS) }))
  for (let row = warmUpSteps + 1; row <= census.steps; row += 1) {
    const cellOf = (own: number): number => (row - warmUpSteps) * strata + tables.studyIndex[own]
    for (let own = 0; own < tables.strata; own += 1) {
      const cell = cellOf(own)
      const before = counted[0].people[own] + counted[1].people[own]
      const rates = EXIT_CAUSES.map((_, cause) => ratePerStep(tables, census, row, own, cause))
      const leaving = Math.min(1, rates.reduce((sum, rate) => sum + rate, 0))
      for (const event of EVENTS) into[event][cell] += before * rates[EXIT_CAUSES.indexOf(event)]
      counted.forEach((ofStage, stage) => {
        const removed = removedByProgramme(tables, census, row, own, stage)
        into.removed[cell] += removed
        keepShare(ofStage, own, 1 - leaving)
        join(ofStage, own, removed, weeksOfRemoved(tables, census, row, own, stage))
      })
    }
    counted.forEach((ofStage, stage) => {
      giveUnusedSlots(ofStage, census.unusedSlots[row * 2 + stage])
      if ((row - warmUpSteps) % tables.stepsPerWeek === 0) growOlder(ofStage)
      for (let own = 0; own < tables.strata; own += 1) {
        into[STAGES[stage]][cellOf(own)] += ofStage.people[own]
        into.beyond18Weeks[cellOf(own)] += ofStage.people[own] - shortOf(ofStage, own).reduce((sum, each) => sum + each, 0)
      }
    })
  }
}

/** A stratum's people below 18 weeks, by weeks waited. */
function shortOf({ short }: Counted, own: number): Float64Array {
  return short.subarray(own * STANDARD_WEEKS, (own + 1) * STANDARD_WEEKS)
}

function keepShare(counted: Counted, own: number, share: number): void {
  counted.people[own] *= share
  const short = shortOf(counted, own)
  for (let weeks = 0; weeks < short.length; weeks += 1) short[weeks] *= share
}

/** @param shares of those who join, by weeks waited below 18 */
function join(counted: Counted, own: number, people: number, shares: readonly number[]): void {
  counted.people[own] += people
  shares.forEach((share, weeks) => (shortOf(counted, own)[weeks] += people * share))
}

/** A week goes by: within a week people are spread evenly over its days, as bands count whole weeks alone. */
function growOlder({ people, short }: Counted): void {
  for (let own = 0; own < people.length; own += 1) {
    const start = own * STANDARD_WEEKS
    short.copyWithin(start + 1, start, start + STANDARD_WEEKS - 1)
    short[start] = 0
  }
}

/** Shares of the people whom a programme removes at a stage by weeks waited below 18, as they stood before the row. */
function weeksOfRemoved({ exits }: ServiceTables, census: ServiceCensus, row: number, own: number, stage: number): number[] {
  const { addedFromBand } = exits[REMOVED]
  const all = sumOfBands(census, row - 1, stage, own, addedFromBand, null)
  const start = (((row - 1) * 2 + stage) * census.strata + own) * census.bands
  return Array.from({ length: STANDARD_WEEKS }, (_, weeks) => (all === 0 || weeks < addedFromBand ? 0 : census.waiting[start + weeks] / all))
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
function giveUnusedSlots(counted: Counted, unusedSlots: number): void {
  const all = counted.people.reduce((sum, each) => sum + each, 0)
  if (all === 0 || unusedSlots === 0) return
  const left = Math.max(0, 1 - unusedSlots / all)
  for (let own = 0; own < counted.people.length; own += 1) keepShare(counted, own, left)
}
