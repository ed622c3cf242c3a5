/**
 * Fits a treatment function's service law to consecutive month-ends. Pure.
 *
 * Every pair of month-ends is run one month ahead from the first, with the flows that happened, and compared with what was
 * published: clock stops by band, the two lists by band. What differs moves the parameters, and the months are run again:
 *
 *     stops by band        → chance weights (ratio of published to expected stops)
 *     list by band         → removals, and late listing in the first weeks (people too many or too few)
 *     total list           → level of removals: their known total is kept
 *     admission list       → share admitted after a first appointment, share listed directly
 *     trends of the above  → drift (see drift.ts)
 *
 * A small specialty leans on a larger whole's fit, as if that had been seen in a stated number of stops and person-weeks.
 */
import { listOf, totalOf, type KnownSeries, type MonthCounts } from '../series/types.ts'
import { BANDS } from '../types.ts'
import { DRIFT_GROUPS } from '../wait-groups.ts'
import { anchored, GROUPS, lawAt, MOST_REMOVED, noDrift, slopeOf, type Drift } from './drift.ts'
import { advanceMonth, expectedList, flowsOf, listsAt, type ExpectedMonth } from './expected-month.ts'
import type { ServiceLaw } from './expected-list.ts'
import { correctedHazards } from './fit-removals.ts'
import { widened } from './smooth.ts'

/** A fitted law at the origin, and how it drifts. */
export interface ServiceFit {
  readonly code: string
  /** The last month used; the law holds at its end. */
  readonly origin: string
  /** Pairs of month-ends used. */
  readonly pairs: number
  readonly law: ServiceLaw
  readonly drift: Drift
}

/** Months before the origin that count, at most; older ones say more of another regime than of this one. */
const MOST_PAIRS = 12
/** Weights of months past halve every so many: as near to now as a dozen noisy months allow. */
export const HALF_LIFE_MONTHS = 6
const ROUNDS = 25
/** A fit that leans on another starts from it. */
const ROUNDS_LEANING = 16
/** Rounds after which drift is fitted too, once levels have settled. */
const DRIFT_FROM_ROUND = 7
/** Part of each correction that is made at once: cohorts cross bands in a month, so corrections overlap. */
const STEP = 0.7
/** Bands a cohort crosses in a month. */
const CROSSED = 5
/** Bands in which a month-end may lack people, and how many at most. */
const UNLISTED_BANDS = 2
const MOST_UNLISTED = 0.4
/** Bands in which more people may join the list than leave it, and at what rate at most. */
const JOINING_BANDS = 8
const MOST_JOINING = 0.05
const WEIGHT_RANGE = [0.02, 60] as const
/** Band at which weights are 1. */
const UNIT_BAND = 20
/** Expected stops on which a band's correction rests, its window widening until it has them. */
const WINDOW_STOPS = 2_000
/** Of fewer stops in all, a window needs no more than one of so many parts. */
const WINDOWS = 100
/** Stops, person-weeks and decisions for which the fit that is leant on counts. */
const LEAN_STOPS = 30
/** Stops of a drift group for which the drift leant on counts. */
const LEAN_DRIFT_STOPS = 3_000
/**
 * Spread of the drift of removals per month, against which a slope's own error is held: of England about none, from the
 * share of removals that went unreported in 2022, 2023 and 2024 (12.8, 13.9, 13.9%); of parts about the whole, an assumption.
 */
const REMOVAL_DRIFT_SPREAD = 0.005
const REMOVAL_DRIFT_SPREAD_WITHIN = 0.01
const MOST_DRIFT = 0.2
/** A prior's removals are scaled by at most this. */
const MOST_SCALED = 5

/** Sums over pairs. */
interface Sums {
  readonly stopsFirst: Float64Array
  readonly expectedFirst: Float64Array
  readonly stopsAdmission: Float64Array
  readonly expectedAdmission: Float64Array
  /** Published list; expected less published list; published less expected admission list. */
  readonly list: Float64Array
  readonly listExcess: Float64Array
  readonly admissionShort: Float64Array
  readonly personWeeks: Float64Array
  readonly removed: Float64Array
  decisions: number
  clockStarts: number
}

/** A pair of months run ahead by a law. */
export interface PairRun {
  /** Months from the pair to the last, 0 or less. */
  readonly ago: number
  readonly published: MonthCounts
  readonly expected: ExpectedMonth
}

/** What a fit may be told besides the series. */
export interface FitOptions {
  /** Fit that this one leans on; none where it stands alone. */
  readonly leanOn?: ServiceFit
  /** Factor on the weight of each pair of months known, the latest last; 1 for all where left out. */
  readonly pairWeights?: readonly number[]
}

/** Number of pairs that a fit uses. */
export function pairsOf(known: KnownSeries): number {
  return Math.min(MOST_PAIRS, known.months.length - 1)
}

/** Months that a fit uses: one more than pairs. */
export function monthsOf(known: KnownSeries): readonly MonthCounts[] {
  return known.months.slice(-pairsOf(known) - 1)
}

/** Weights of so many pairs, the latest last: 1 for it, halving every six months before. */
export function halfLifeWeights(pairs: number): number[] {
  return Array.from({ length: pairs }, (_, index) => 0.5 ** ((pairs - 1 - index) / HALF_LIFE_MONTHS))
}

/** Fits one treatment function, or all of them together. */
export function fitService(known: KnownSeries, { leanOn, pairWeights }: FitOptions = {}): ServiceFit {
  const months = monthsOf(known)
  const weights = halfLifeWeights(months.length - 1).map((weight, index) => (pairWeights?.at(index + 1 - months.length) ?? 1) * weight)
  let law = leanOn?.law ?? startingLaw()
  let drift = leanOn?.drift ?? noDrift()
  for (let round = 0; round < (leanOn === undefined ? ROUNDS : ROUNDS_LEANING); round++) {
    const runs = runPairs(months, law, drift)
    const sums = addUp(runs, weights)
    if (round >= DRIFT_FROM_ROUND) drift = correctedDrift(drift, runs, weights, leanOn)
    law = correctedLaw(law, sums, leanOn?.law)
  }
  return { code: known.code, origin: known.origin, pairs: months.length - 1, law, drift }
}

function startingLaw(): ServiceLaw {
  const flat = (value: number): Float64Array => new Float64Array(BANDS).fill(value)
  return {
    chanceWeightFirst: flat(1),
    chanceWeightAdmission: flat(1),
    removedPerWeek: flat(0.01),
    unlisted: flat(0),
    admittedShare: 0.15,
    directShare: 0.06,
    inTurnShare: 0,
  }
}

/** Runs every pair of months one month ahead, from the first of the two. */
export function runPairs(months: readonly MonthCounts[], law: ServiceLaw, drift: Drift): PairRun[] {
  return months.slice(1).map((published, index) => {
    const ago = index + 2 - months.length
    return { ago, published, expected: advanceMonth(listsAt(months[index], law), lawAt(law, drift, ago), flowsOf(published)) }
  })
}

function addUp(runs: readonly PairRun[], weights: readonly number[]): Sums {
  const make = (): Float64Array => new Float64Array(BANDS)
  const sums: Sums = {
    stopsFirst: make(),
    expectedFirst: make(),
    stopsAdmission: make(),
    expectedAdmission: make(),
    list: make(),
    listExcess: make(),
    admissionShort: make(),
    personWeeks: make(),
    removed: make(),
    decisions: 0,
    clockStarts: 0,
  }
  for (const [index, { published, expected }] of runs.entries()) {
    const weight = weights[index]
    const list = listOf(published)
    const expectedAll = expectedList(expected)
    for (let band = 0; band < BANDS; band++) {
      sums.stopsFirst[band] += weight * published.nonAdmitted[band]
      sums.expectedFirst[band] += weight * expected.exits.nonAdmitted[band]
      sums.stopsAdmission[band] += weight * published.admitted[band]
      sums.expectedAdmission[band] += weight * expected.exits.admitted[band]
      sums.list[band] += weight * list[band]
      sums.listExcess[band] += weight * (expectedAll[band] - list[band])
      sums.admissionShort[band] += weight * (published.waitingAdmission[band] - expected.waitingAdmission[band])
      sums.personWeeks[band] += weight * expected.exits.personWeeks[band]
      sums.removed[band] += weight * expected.exits.removed[band]
      sums.decisions += weight * expected.exits.decisions[band]
    }
    sums.clockStarts += weight * published.clockStarts
  }
  return sums
}

function correctedLaw(law: ServiceLaw, sums: Sums, leanOn: ServiceLaw | undefined): ServiceLaw {
  return {
    chanceWeightFirst: correctedWeights(law.chanceWeightFirst, sums.stopsFirst, sums.expectedFirst, leanOn?.chanceWeightFirst),
    chanceWeightAdmission: correctedWeights(law.chanceWeightAdmission, sums.stopsAdmission, sums.expectedAdmission, leanOn?.chanceWeightAdmission),
    removedPerWeek: correctedRemovals(law, sums, leanOn),
    unlisted: correctedUnlisted(law.unlisted, sums),
    ...correctedDecisions(law, sums),
    inTurnShare: law.inTurnShare,
  }
}

/** Weights × published ÷ expected stops; where a fit is leant on, as if its weights had been seen in {@link LEAN_STOPS} more stops. */
function correctedWeights(weights: Float64Array, stops: Float64Array, expected: Float64Array, leanOn: Float64Array | undefined): Float64Array {
  const ratio =
    leanOn === undefined
      ? widened(stops, expected, Math.min(WINDOW_STOPS, totalOf(stops) / WINDOWS))
      : stops.map((count, band) => (count + (LEAN_STOPS * leanOn[band]) / weights[band]) / (expected[band] + LEAN_STOPS))
  const moved = weights.map((weight, band) => weight * Math.min(2, Math.max(0.5, ratio[band])))
  const unit = moved[UNIT_BAND]
  return moved.map((weight) => Math.min(WEIGHT_RANGE[1], Math.max(WEIGHT_RANGE[0], weight / unit)))
}

/** Hazards of removal, or, below 0 in the first weeks, of being listed late. */
function correctedRemovals(law: ServiceLaw, sums: Sums, leanOn: ServiceLaw | undefined): Float64Array {
  const { personWeeks, listExcess, list, removed } = sums
  const prior = leanOn === undefined ? null : scaledPrior(leanOn.removedPerWeek, personWeeks, totalOf(removed) + totalOf(listExcess))
  return correctedHazards(law.removedPerWeek, { excess: listExcess, list }, prior).map((hazard, band) =>
    Math.min(MOST_REMOVED, Math.max(band < JOINING_BANDS ? -MOST_JOINING : 0, hazard)),
  )
}

/** Those missing from the youngest bands, so that the rest of the list agrees with what started. */
function correctedUnlisted(unlisted: Float64Array, { list, listExcess }: Sums): Float64Array {
  return unlisted.map((share, band) => {
    if (band >= UNLISTED_BANDS || list[band] === 0) return 0
    const shown = ((1 - share) * list[band]) / (list[band] + listExcess[band])
    return Math.min(MOST_UNLISTED, Math.max(0, share + STEP * (1 - shown - share)))
  })
}

/**
 * A prior's hazards at this specialty's own level: those who leave are scaled, within limits; those who join late are not,
 * since where both nearly cancel a small total would else blow either up.
 */
function scaledPrior(prior: Float64Array, personWeeks: Float64Array, total: number): Float64Array {
  let leaving = 0
  let joining = 0
  for (let band = 0; band < BANDS; band++) {
    if (prior[band] > 0) leaving += prior[band] * personWeeks[band]
    else joining -= prior[band] * personWeeks[band]
  }
  const scale = leaving > 0 ? Math.min(MOST_SCALED, Math.max(0, (total + joining) / leaving)) : 1
  return prior.map((hazard) => (hazard > 0 ? hazard * scale : hazard))
}

/** The first weeks of the admission list say how many are listed directly; the rest of it how many are decided later. */
function correctedDecisions(law: ServiceLaw, { admissionShort, decisions, clockStarts }: Sums): Pick<ServiceLaw, 'admittedShare' | 'directShare'> {
  let early = 0
  let later = 0
  for (let band = 0; band < BANDS; band++) {
    if (band < CROSSED - 1) early += admissionShort[band]
    else later += admissionShort[band]
  }
  const directShare = clockStarts > 0 ? Math.min(0.9, Math.max(0, law.directShare + (STEP * early) / clockStarts)) : 0
  const odds = (law.admittedShare / (1 - law.admittedShare)) * (decisions > 0 ? Math.min(2, Math.max(0.5, 1 + (STEP * later) / decisions)) : 1)
  return { directShare, admittedShare: Math.min(0.95, odds / (1 + odds)) }
}

function correctedDrift(drift: Drift, runs: readonly PairRun[], weights: readonly number[], leanOn: ServiceFit | undefined): Drift {
  const positions = runs.map(({ ago }) => ago)
  const ofStage = (slopes: readonly number[], published: 'nonAdmitted' | 'admitted', prior: readonly number[] | undefined): number[] =>
    anchored(
      Array.from({ length: GROUPS }, (_, group) => {
        const counts = runs.map((run) => ({ seen: inGroup(run.published[published], group), expected: inGroup(run.expected.exits[published], group) }))
        const trend = slopeOf(positions, counts.map(({ seen, expected }) => Math.log((seen + 5) / (expected + 5))), weights).slope
        const own = Math.min(MOST_DRIFT, Math.max(-MOST_DRIFT, slopes[group] + STEP * trend))
        if (prior === undefined) return own
        const stops = counts.reduce((sum, { seen }) => sum + seen, 0)
        return (own * stops + prior[group] * LEAN_DRIFT_STOPS) / (stops + LEAN_DRIFT_STOPS)
      }),
    )
  const removed = slopeOf(positions, runs.map(removalRatio), weights)
  const prior = leanOn?.drift.removed ?? 0
  const trust = 1 / (1 + (removed.error / (leanOn === undefined ? REMOVAL_DRIFT_SPREAD : REMOVAL_DRIFT_SPREAD_WITHIN)) ** 2)
  return {
    first: ofStage(drift.first, 'nonAdmitted', leanOn?.drift.first),
    admission: ofStage(drift.admission, 'admitted', leanOn?.drift.admission),
    removed: drift.removed + STEP * (trust * (drift.removed + removed.slope) + (1 - trust) * prior - drift.removed),
  }
}

function inGroup(values: Float64Array, group: number): number {
  return totalOf(values.subarray(DRIFT_GROUPS[group], DRIFT_GROUPS[group + 1]))
}

/** Logarithm of removals by the balance of flows over those expected, within e. */
function removalRatio({ published, expected }: PairRun): number {
  const run = totalOf(expected.exits.removed)
  const balance = run + totalOf(expectedList(expected)) - totalOf(listOf(published))
  return run > 0 && balance > 0 ? Math.min(1, Math.max(-1, Math.log(balance / run))) : 0
}
