/**
 * Targets held against runs.
 *
 *     study's targets + catalogue → tally; each run in canonical order → tally; tally → outcomes
 *
 * A run is read once and not kept: of each run and target there remain the value on the target's date and two
 * dates. Sums are formed in the order of runs, so that outcomes are the same however many threads there were.
 */
import type { Target } from '../scenario/study.ts'
import { equalityOf } from './definitions.ts'
import { drawMeans, meanInterval, wilsonInterval } from './interval.ts'
import { groupSeries } from './group-series.ts'
import type { RunValues, SeriesCatalogue } from './types.ts'

/** A number with its 95% interval; NaN where undefined. */
export interface TargetEstimate {
  readonly mean: number
  readonly lower: number
  readonly upper: number
}

/** What one scenario makes of one target. */
export interface TargetOutcome {
  /** Scenario id. */
  readonly scenario: string
  readonly target: Target
  /** ISO date of the census that is judged, the first on or after the target's; null where there is none. */
  readonly date: string | null
  /** Runs that are judged: those in which the measure is defined on that date. */
  readonly runs: number
  /** Share of those runs that meet the target on that date, 0 to 1, with its Wilson interval. */
  readonly probability: TargetEstimate
  /** The measure on that date, in its own unit, with Student's t interval. */
  readonly value: TargetEstimate
  /** How far runs fall short on that date, in the unit of the measure; a run that meets the target counts 0. */
  readonly shortfall: TargetEstimate
  /** First census date by which at least half of all runs have met the target once; null where fewer ever do. */
  readonly firstMet: string | null
  /** First census date from which at least half of all runs meet it at every census to the end; null where fewer do. */
  readonly keptFrom: string | null
}

/** A required target counts as met in a scenario where at least this share of runs meets it. */
const REQUIRED_PROBABILITY = 0.5

/** What the tally must know of a study. */
export interface TargetShape {
  readonly targets: readonly Target[]
  readonly catalogue: SeriesCatalogue
  /** Scenario ids in the study's order. */
  readonly scenarioIds: readonly string[]
  /**
   * Consecutive runs of a scenario that share a draw of the uncertain parameters, so that intervals are over means of
   * draws; 1, the default, where every run stands for itself.
   */
  readonly runsPerDraw?: number
}

/** Gathers runs one at a time. */
export interface TargetTally {
  /**
   * Takes a run of a scenario, in canonical order.
   * @param scenario index into `scenarioIds`
   */
  add(scenario: number, values: RunValues): void
  /** Outcomes of the runs so far, by scenario, then by target, each in the study's order. */
  outcomes(): TargetOutcome[]
}

/** @throws Error for a target on a series that the catalogue does not hold, which the study's checks rule out */
export function createTargetTally({ targets, catalogue, scenarioIds, runsPerDraw = 1 }: TargetShape): TargetTally {
  const { dates } = catalogue
  const watched = targets.map((target) => watch(target, catalogue))
  const records = scenarioIds.map(() => watched.map((): RunRecord[] => []))
  return {
    add(scenario, values) {
      for (const [index, each] of watched.entries()) records[scenario][index].push(readRun(each, values, dates.length))
    },
    outcomes() {
      return scenarioIds.flatMap((scenario, index) =>
        watched.map((each, position) => outcomeOf(scenario, each, records[index][position], dates, runsPerDraw)),
      )
    },
  }
}

/** Whether a scenario is more likely to miss the target than to meet it, or cannot be judged at all. */
export function isMissed({ probability }: Pick<TargetOutcome, 'probability'>): boolean {
  return !(probability.mean >= REQUIRED_PROBABILITY)
}

/** Outcomes that a check must complain about: required targets that are missed, in the order of the outcomes. */
export function missedRequired(outcomes: readonly TargetOutcome[]): TargetOutcome[] {
  return outcomes.filter((outcome) => outcome.target.requiredIn.includes(outcome.scenario) && isMissed(outcome))
}

/**
 * How far a value is on the wrong side of a target's limit, in the unit of the measure; 0 where it meets the
 * target, NaN where it is undefined.
 */
export function shortfallOf(target: Pick<Target, 'measure' | 'limitKind' | 'limit'>, value: number): number {
  const { measure, limitKind, limit } = target
  switch (limitKind) {
    case 'atLeast':
      return Math.max(0, limit - value)
    case 'atMost':
      return Math.max(0, value - limit)
    case 'within':
      return Math.max(0, Math.abs(value - (equalityOf(measure) ?? 0)) - limit)
  }
}

/** A target and where its numbers stand. */
interface Watched {
  readonly target: Target
  readonly series: number
  /** Index of the date that is judged; −1 where the projection ends before. */
  readonly dateIndex: number
}

/** What is kept of a run for one target. */
interface RunRecord {
  /** Value on the target's date; NaN where undefined. */
  readonly value: number
  /** Index of the first date at which it is met; infinite where it never is. */
  readonly firstMet: number
  /** Index of the first date from which it is met at every date; infinite where it is missed on the last. */
  readonly keptFrom: number
}

function watch(target: Target, catalogue: SeriesCatalogue): Watched {
  const series = groupSeries(catalogue, target)
  if (series < 0) throw new Error(`the runs report no series for the target ${target.id}`)
  // ISO dates of four-digit years compare as text.
  return { target, series, dateIndex: catalogue.dates.findIndex((date) => date >= target.by) }
}

function readRun({ target, series, dateIndex }: Watched, values: RunValues, dates: number): RunRecord {
  let firstMet = Number.POSITIVE_INFINITY
  let keptFrom = Number.POSITIVE_INFINITY
  for (let date = 0; date < dates; date += 1) {
    // An undefined value has no shortfall of 0 and so meets nothing.
    const isMet = shortfallOf(target, values[series * dates + date]) === 0
    if (!isMet) keptFrom = Number.POSITIVE_INFINITY
    else keptFrom = Math.min(keptFrom, date)
    if (isMet) firstMet = Math.min(firstMet, date)
  }
  return { value: dateIndex < 0 ? Number.NaN : values[series * dates + dateIndex], firstMet, keptFrom }
}

function outcomeOf(
  scenario: string,
  { target, dateIndex }: Watched,
  records: readonly RunRecord[],
  dates: readonly string[],
  runsPerDraw: number,
): TargetOutcome {
  const all = records.map(({ value }) => value)
  const values = all.filter((value) => !Number.isNaN(value))
  const shortfalls = values.map((value) => shortfallOf(target, value))
  const met = shortfalls.filter((shortfall) => shortfall === 0).length
  const shortfall = meanOf(drawMeans(all.map((value) => shortfallOf(target, value)), runsPerDraw))
  const runs = values.length
  const share = runs === 0 ? Number.NaN : met / runs
  // Were all runs of a draw alike, there would be as many answers as draws; there are never fewer.
  const draws = drawMeans(all, runsPerDraw).length
  return {
    scenario,
    target,
    date: dateIndex < 0 ? null : dates[dateIndex],
    runs,
    probability: { mean: share, ...(runsPerDraw === 1 ? wilsonInterval(met, runs) : wilsonInterval(share * draws, draws)) },
    value: meanOf(drawMeans(all, runsPerDraw)),
    // Student's t may reach below 0, where no shortfall is.
    shortfall: { ...shortfall, lower: Math.max(0, shortfall.lower) },
    firstMet: dateOfHalf(records.map((record) => record.firstMet), dates),
    keptFrom: dateOfHalf(records.map((record) => record.keptFrom), dates),
  }
}

function meanOf(values: readonly number[]): TargetEstimate {
  const { mean, lower, upper } = meanInterval(values)
  return { mean, lower, upper }
}

/** The first date that at least half of the runs have reached; null where fewer do. */
function dateOfHalf(indices: readonly number[], dates: readonly string[]): string | null {
  const middle = indices.toSorted((a, b) => a - b)[Math.ceil(indices.length / 2) - 1]
  return dates[middle] ?? null
}
