/** What `fairwait decompose` says. */
import { dateWords } from '../measures/value-text.ts'
import { duration } from './messages.ts'

/** Help of the command. */
export const DECOMPOSE = {
  summary: 'say which mechanism makes the gap, and which changes it',
  description: `Say which mechanism makes the gap under a scenario, and which made it change
against the reference: each mechanism's difference between deprivation groups is
taken out, alone and with others, on the same random numbers.

Up to eight mechanisms take all their 2^n coalitions, each as many runs as the
study has replications: take a shorter horizon and few replications first.

Examples:
  fairwait decompose study.yaml --weeks 52 --replications 3
  fairwait decompose study.yaml --scenario core20-targeted --date 2029-03-31
  fairwait decompose study.yaml --measure over-52-weeks --max-runs 500 --out why`,
  study: 'study file, YAML or JSON',
  scenario: 'scenario to explain, and to compare with the reference (default: the reference)',
  measure: 'measure whose gap is explained',
  index: 'index of the gap',
  date: 'day, e.g. 2029-03-31; the first census on or after it counts (default: the end)',
  maxRuns: 'most runs; where all coalitions need more, orders are sampled and the error is shown',
  out: 'folder for decomposition.json, .csv, .svg and .html (default: none are written)',
  store: 'run store: runs in it are not run again, and new ones are kept',
  seed: "seed for the random numbers, in place of the study's",
  replications: "random runs of each coalition, in place of the study's",
  weeks: "weeks to project, in place of the study's",
  workers: 'threads (default: as many as the machine runs in parallel); results do not depend on it',
  json: 'print one JSON object in place of the tables',
  quiet: 'no progress',
} as const

/** A date outside the projection. */
export function dateOutside(date: string, first: string, last: string): string {
  return `${date} is outside the projection; it must be from ${first} to ${last}`
}

/** Progress, on one line of a terminal. */
export function coalitionProgress(done: number, total: number, secondsLeft: number | null): string {
  const left = secondsLeft === null ? '' : `, about ${duration(secondsLeft)} left`
  return `taking differences out: ${done} of ${total} coalitions${left}`
}

/** Over the tables. */
export function decompositionHeading(measureLabel: string, date: string): string {
  return `${measureLabel}, on ${dateWords(date)}`
}

/** Over the table of each question. */
export const QUESTIONS = {
  gap: (scenario: string): string => `What makes the gap under ${scenario}`,
  change: (scenario: string, reference: string): string => `What ${scenario} changes against ${reference}`,
} as const

/** Column heads of a table. */
export const DECOMPOSE_COLUMNS = {
  mechanism: 'Mechanism',
  part: (unit: string): string => (unit === '' ? 'Part' : unit[0].toUpperCase() + unit.slice(1)),
  interval: '95% interval',
  share: 'Share',
  error: 'Error',
  alone: 'Alone',
} as const

/** What the columns mean, under the tables. */
export function decompositionNotes(sampled: boolean, leftOut: number): readonly string[] {
  return [
    'Share: of what the mechanisms make together, where that is clear of zero.',
    'Alone: what would go if that difference alone were taken out.',
    ...(sampled ? ['Error: 95%, from having sampled orders; not in the interval, which is over runs.'] : []),
    ...(leftOut > 0 ? [`Left out: ${leftOut} runs in which some coalition has no value.`] : []),
  ]
}

/** Mechanisms that take no part. */
export function withoutGradientLine(titles: readonly string[]): string {
  return titles.length === 0 ? '' : `No gradient: ${titles.join(', ').toLowerCase()}.`
}

/** The last lines. */
export function decompositionClosing(
  coalitions: number,
  runs: number,
  seconds: number,
  out: string | null,
): readonly string[] {
  const count = (n: number): string => n.toLocaleString('en-GB')
  return [
    `${count(runs)} runs of ${count(coalitions)} coalitions in ${duration(seconds)}.`,
    ...(out === null ? [] : [`Written to ${out}`]),
  ]
}
