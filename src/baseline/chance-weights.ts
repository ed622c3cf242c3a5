/**
 * How the chance of being treated changes with weeks waited, estimated from one pack's own tables: clock stops of
 * the months covered by weeks waited, and the list at their end. Pure.
 *
 * A rate is stops ÷ person-weeks at that wait. The list is known at the end only; people at `w + j` weeks then
 * were at `w` weeks j weeks before, so the person-weeks at `w` are the end-of-month lists at `w`, `w + 1`, … over
 * the weeks of the period. Counting so also keeps a short holiday week, whose starts are few, from being divided
 * into the stops of ordinary weeks. Those of them who left in between are added back from the rates themselves, for
 * first appointments; nobody joins that list part-way, while decisions to admit join the other at any wait.
 */
import { BANDS } from './types.ts'

/** Person-weeks that the pack's own all-specialty curve counts for in each specialty's rate: small ones lean on it. */
const PRIOR_PERSON_WEEKS = 400
/** Person-weeks that a rate of the all-specialty curve stands on; its window widens until it has them. */
const WINDOW_PERSON_WEEKS = 4_000
const WIDEST_HALF_WINDOW = 20
/** The first weeks change fast and are not smoothed; from this wait on every rate is at least of three weeks. */
const SMOOTHED_FROM_WEEKS = 3
/** Rates are kept between these, a week: never zero, and at most nearly everybody. */
const LOWEST_RATE = 1e-4
const HIGHEST_RATE = 1
/** Adding back those who left is held to this rate a week: beyond it few are left to infer them from. */
const HIGHEST_LEAVING = 0.3
/** Rounds of adding back: rates below 52 weeks then move by about 1%, the few far beyond by about a tenth. */
const ROUNDS = 4

/** Stops and person-weeks by whole weeks waited. */
export interface Experience {
  readonly stops: readonly number[]
  readonly personWeeks: readonly number[]
}

/** What is known of one specialty and stage. */
export interface StageTable {
  /** Stops in the period, by whole weeks waited, {@link BANDS} entries. */
  readonly stops: readonly number[]
  /** The list at the period's end, by whole weeks waited, {@link BANDS} entries. */
  readonly list: readonly number[]
}

/**
 * Stops and person-weeks of a stage.
 *
 * @param periodWeeks calendar weeks of the period
 * @param leaving rate of leaving a week by whole weeks waited, to add back those who left; null to add nobody back
 */
function experienceOf(table: StageTable, periodWeeks: number, leaving: readonly number[] | null): Experience {
  const { stops, list } = table
  const personWeeks = list.map((_, band) => {
    let weeks = 0
    let stayed = 1
    for (let back = 0; back < periodWeeks; back++) {
      const now = Math.min(band + back, BANDS - 1)
      weeks += (Math.min(1, periodWeeks - back) * list[now]) / stayed
      stayed *= 1 - Math.min(HIGHEST_LEAVING, leaving?.[now] ?? 0)
    }
    return weeks
  })
  return { stops, personWeeks }
}

/** Specialties together. */
function pooled(tables: readonly StageTable[]): StageTable {
  const over = (pick: (table: StageTable) => readonly number[]): number[] =>
    Array.from({ length: BANDS }, (_, band) => tables.reduce((sum, table) => sum + pick(table)[band], 0))
  return { stops: over((table) => table.stops), list: over((table) => table.list) }
}

/** Stops ÷ person-weeks within a window about each wait that widens until it rests on enough person-weeks. */
function windowedRates({ stops, personWeeks }: Experience): number[] {
  return stops.map((_, band) => {
    let half = band < SMOOTHED_FROM_WEEKS ? 0 : 1
    let sums = windowSums(stops, personWeeks, band, half)
    while (sums.weeks < WINDOW_PERSON_WEEKS && half < WIDEST_HALF_WINDOW) {
      half++
      sums = windowSums(stops, personWeeks, band, half)
    }
    return sums.weeks === 0 ? Number.NaN : sums.stops / sums.weeks
  })
}

function windowSums(
  stops: readonly number[],
  personWeeks: readonly number[],
  band: number,
  half: number,
): { stops: number; weeks: number } {
  const sums = { stops: 0, weeks: 0 }
  for (let near = Math.max(0, band - half); near <= Math.min(BANDS - 1, band + half); near++) {
    sums.stops += stops[near]
    sums.weeks += personWeeks[near]
  }
  return sums
}

/** A pack's weights for one stage: one array of {@link BANDS} per specialty, see {@link chanceWeights}. */
export function stageWeights(tables: readonly StageTable[], periodWeeks: number, addBackLeavers: boolean): number[][] {
  const all = pooled(tables)
  const atFirst = commonRates(experienceOf(all, periodWeeks, null))
  if (!addBackLeavers) return tables.map((table) => chanceWeights(experienceOf(table, periodWeeks, null), atFirst))
  let common = atFirst
  for (let round = 1; round < ROUNDS; round++) common = commonRates(experienceOf(all, periodWeeks, common))
  return tables.map((table) => chanceWeights(experienceOf(table, periodWeeks, common), common))
}

/** Rates of the whole pack by weeks waited; where nobody waits, the rate of the nearest shorter wait. */
function commonRates(all: Experience): number[] {
  const rates = windowedRates(all)
  let last = rates.find((rate) => Number.isFinite(rate)) ?? 1
  return rates.map((rate) => {
    if (Number.isFinite(rate)) last = rate
    return clampRate(last)
  })
}

function clampRate(rate: number): number {
  return Math.min(HIGHEST_RATE, Math.max(LOWEST_RATE, rate))
}

/**
 * Relative chance of being next, by whole weeks waited at the start of a step.
 *
 * The specialty's rate leans on the pack's curve, set to the specialty's own level, as if that had been seen for
 * {@link PRIOR_PERSON_WEEKS} more person-weeks. Somebody who has waited `a` whole weeks when a step ends was in bands
 * `a − 1` and `a` during it, so the weight is the mean of the two rates; a clock that started in the step was at
 * risk for half of it.
 *
 * @param own the specialty's experience
 * @param common the pack's rates, as {@link commonRates} gives them
 * @returns {@link BANDS} weights, each finite and above 0
 */
function chanceWeights(own: Experience, common: readonly number[]): number[] {
  const expected = common.reduce((sum, rate, band) => sum + rate * own.personWeeks[band], 0)
  const seen = own.stops.reduce((a, b) => a + b, 0)
  const level = (seen + 1) / (expected + 1)
  const rates = common.map((rate, band) => {
    const { stops, weeks } = windowSums(own.stops, own.personWeeks, band, band < SMOOTHED_FROM_WEEKS ? 0 : 1)
    return clampRate((stops + PRIOR_PERSON_WEEKS * rate * level) / (weeks + PRIOR_PERSON_WEEKS))
  })
  return rates.map((rate, band) => (band === 0 ? rate : rates[band - 1] + rate) / 2)
}
