/** What `fairwait solve` says. */
import { dateWords } from '../measures/value-text.ts'
import { NEED_GAP, VISIBLE_GAP, type HeadlineMeasure } from '../measures/headline-measures.ts'

/** Help of `fairwait solve`. */
export const SOLVE = {
  summary: 'find the least money, theta, head start or slots that meet a target',
  description: `Find the least value of a number in a study that meets a target with a given
probability: money, theta, head start, slots, or any other number of the file.
Every value tried meets the same luck; the answer has an interval.

Examples:
  fairwait solve study.yaml --vary scenarios.plan.invest[0].budget.perYear
    --target "within-18-weeks >= 0.92 by 2029-03-31" --between 0 90000000
  fairwait solve study.yaml --vary parameters.money --scenario plan
    --target within-18-weeks-late --probability 0.9
  fairwait solve study.yaml --target "abs(slope-index:within-18-weeks) <= 0.005
    by 2029-03-31" --between 0 52
    --vary scenarios.plan.policy.headStartWeeks.deprivation.1

Exit code: 0 solved, or met already; 4 cannot be met between the bounds.`,
  study: 'study file, YAML or JSON',
  vary: 'place of the number in the study file; give it again for places that take the same number',
  target: 'target to meet: "MEASURE >= NUMBER by DATE", or the id of one of the study',
  scenario: 'scenario that must meet it (default: the one that --vary names)',
  between: 'lowest and highest value (default: 0 and four times the number in the file)',
  probability: 'share of runs that must meet the target, above 0 and below 1',
  precision: 'half-width of the interval at which runs end (default: 2.5% of the bounds)',
  replicationsCap: 'most random runs of each value',
  out: 'folder for solve.json and solve.csv (default: none are written)',
  store: 'run store: runs in it are not run again, and new ones are kept',
  seed: "seed for the random numbers, in place of the study's",
  weeks: "weeks to project, in place of the study's",
  sample: "fraction of pathways to simulate, in place of the study's",
  workers: 'threads (default: as many as the machine runs in parallel); results do not depend on it',
  json: 'print one JSON object in place of the table',
  quiet: 'no progress',
} as const

export const SHARE_RULE = 'It must be above 0 and below 1, such as 0.8.'
export const NUMBER_RULE = 'It must be a number.'
export const missingOption = (name: 'vary' | 'target'): string => `error: --${name} is needed; see fairwait solve --help`
export const BOUNDS_RULE = 'It takes two numbers, such as --between 0 90000000.'

/** Problems, beside those that `experiment/solve/messages.ts` words. */
export const solveMessages = {
  beyond: (by: string, last: string): string => `the target is judged on ${by}, after the projection ends on ${last}`,
  noSeries: (measure: string, specialty: string): string =>
    `the study reports no ${measure} for ${specialty === 'all' ? 'all specialties together' : specialty}`,
} as const

/** Progress, on one line of a terminal. */
export const solveProgress = (values: number, runs: number): string => `solving: ${values} ${values === 1 ? 'value' : 'values'} tried, ${runs} runs`

/** Under the title. */
export const questionLine = (target: string, probability: string, scenario: string): string => `${target}, in at least ${probability} of runs of ${scenario}.`

/** What was found, in sentences; the numbers as text. */
export const answerText = {
  solved: (value: string, interval: string): string => `Answer: ${value} (${interval}).`,
  alreadyMet: (value: string): string => `Already met at ${value}, the lower bound: nothing more is needed.`,
  cannotBeMet: (from: string, to: string): string => `Cannot be met between ${from} and ${to}.`,
  nearest: (value: string, mean: string, date: string, target: string): string =>
    `Nearest at ${value}: the mean on ${dateWords(date)} is ${mean}; the target is ${target}.`,
  share: (value: string, met: number, of: number, lower: string, upper: string): string =>
    `At ${value} it is met in ${met} of ${of} runs (95% interval of the probability ${lower} to ${upper}).`,
  /** The tried value below the answer. */
  missedBelow: (value: string, met: number, of: number): string => `At ${value}, the value tried below it, in ${met} of ${of}.`,
  between: (level: string, lower: string, upper: string): string => `${level} interval ${lower} to ${upper}`,
  belowBound: (bound: string): string => `${bound} or less`,
  aboveBound: (bound: string): string => `beyond ${bound}`,
  notPrecise: (runs: number): string => `Not as precise as asked for after ${runs} runs of each value: raise --replications-cap, or --precision.`,
  notSure: (runs: number): string => `${runs} runs do not settle it: the interval reaches across the bound; raise --replications-cap.`,
  openInterval: (runs: number, needed: number): string => `${runs} runs are too few for an interval with two ends at this probability; it takes ${needed}.`,
  falls: (from: string, to: string): string => `Not one way: from ${from} to ${to} more takes the target further away.`,
  leastFound: 'The answer is the least value found; larger ones may miss the target.',
  chance: (spread: string): string =>
    `The mean meets it there, and single runs do not: from run to run it varies by ${spread} (standard deviation). ` +
    'A larger --sample, where the study takes one, narrows that; a lower --probability asks for less.',
  fallsThroughout: 'More of it takes the target further away, everywhere between the bounds: vary something else, or turn the bounds round.',
  wholeNumbers: 'The study takes whole numbers only here.',
} as const

/** Heads of the table of values. */
export const TRIED_HEADS = ['Value', 'met in', 'of', 'mean'] as const
/** Heads of the table of what stands beside the target. */
export const BESIDE_HEADS = ['', 'at the lower bound', 'at the answer', 'change'] as const
/** Names of what stands beside the target, short enough for a table. */
export const BESIDE_LABELS: Readonly<Record<HeadlineMeasure, string>> = {
  waiting: 'List',
  'within-18-weeks': 'Within 18 weeks',
  'over-52-weeks': 'Over 52 weeks',
  [VISIBLE_GAP]: 'Gap at 18 weeks (points)',
  [NEED_GAP]: 'Gap in unmet need (per 1,000)',
  'spend-to-date': 'Spend to date',
}
/** After a change of a share. */
export const POINTS = ' points'
export const BESIDE_NEAREST = 'at the nearest'
export const besideTitle = (date: string): string => `What else, on ${dateWords(date)} (means)`
export const ANSWER_MARK = '<'

export const effortText = (runs: number, stored: number, replications: number, seconds: string): string =>
  `${runs} runs${stored > 0 ? `, ${stored} more from the store` : ''}, ${replications} of each value, the same luck at every value; ${seconds}.`

export const writtenLine = (folder: string, files: readonly string[]): string => `Written to ${folder}: ${files.join(', ')}`

/** On standard error, with exit code 4. */
export const cannotBeMetLine = (target: string, from: string, to: string): string => `the target cannot be met between ${from} and ${to}: ${target}`
