/**
 * What the command line says: help, tables, progress, errors of its own. Problems with a study or a file are
 * worded where they are found; this module words the rest, so that it can be read and changed in one place.
 */
import type { TargetOutcome } from '../measures/targets.ts'
import type { MeasureInfo } from '../measures/types.ts'
import { chanceText, dateWords, measuredText } from '../measures/value-text.ts'
import type { StudyResults } from '../results/types.ts'

/** Help of the program itself. */
export const PROGRAM = {
  name: 'fairwait',
  description: `Simulate the recovery of NHS elective waiting lists, person by person: what
each way to invest does to the list, the targets, the money, and the gap
between the most and the least deprived.

Examples:
  fairwait run scenarios/recovery.yaml
  fairwait validate my-study.yaml
  fairwait import rtt january.zip --icb QYG --out packs
  fairwait assumptions my-study.yaml`,
  versionOption: 'print the version',
  helpOption: 'print help; also for a command: fairwait run --help',
  helpCommand: 'print help for a command',
} as const

/** Examples of commands whose help is no more than their options, by the words that call them. */
export const EXAMPLES_OF: Readonly<Record<string, readonly string[]>> = {
  'fairwait status': ['fairwait status output/theta-sweep'],
  'fairwait collect': ['fairwait collect output/theta-sweep'],
  'fairwait replay': ['fairwait replay output/theta-sweep 5f0c2a91d3b64e7788aa01c2f4d5e6b7'],
  'fairwait expand': ['fairwait expand output/theta-sweep --replications 40'],
  'fairwait validate': ['fairwait validate my-study.yaml', 'fairwait validate scenarios/*.yaml'],
  'fairwait assumptions': ['fairwait assumptions', 'fairwait assumptions my-study.yaml --json'],
  'fairwait systems': ['fairwait systems', 'fairwait systems --json'],
  'fairwait schema': ['fairwait schema', 'fairwait schema --draft 7 > study.schema.json'],
  'fairwait import': ['fairwait import rtt january.zip --icb QYG --out packs', 'fairwait import extract list.csv --map map.yaml --as-at 2026-01-31 --out own'],
}

/** Help of `fairwait run`. */
export const RUN = {
  summary: 'simulate a study; write results and a report',
  description: `Simulate every scenario of a study, print what they come to, and write results
and a report.

Examples:
  fairwait run scenarios/recovery.yaml
  fairwait run study.yaml --scenario no-investment strikes --replications 20
  fairwait run study.yaml --weeks 104 --out short --json
  fairwait run plan.yaml --check
  fairwait run scenarios/recovery.yaml --baseline QE1`,
  study: 'study file, YAML or JSON',
  out: 'folder for the results (default: output/<study name>)',
  scenario: 'only these scenarios, and the reference they are compared with',
  baseline: "a system's code (fairwait systems) or a pack, in place of the study's baseline",
  seed: "seed for the random numbers, in place of the study's",
  replications: "random runs of each scenario, in place of the study's",
  weeks: "weeks to project, in place of the study's",
  sample: "fraction of pathways to simulate, in place of the study's; counts are scaled up",
  workers: 'threads (default: as many as the machine runs in parallel); results do not depend on it',
  check: 'exit with 4 where a required target is missed',
  json: 'print one JSON object in place of the tables',
  quiet: 'no progress, and no table: only the path of the report',
} as const

/** A numeric option that is not what it must be. */
export function wholeNumberRule(least: number, most: number): string {
  return `It must be a whole number from ${least.toLocaleString('en-GB')} to ${most.toLocaleString('en-GB')}.`
}

export const FRACTION_RULE = 'It must be a number above 0 and at most 1, such as 0.1.'

export const DAY_RULE = 'It must be a date like 2029-03-31.'

export const EMPTY_VALUE_RULE = 'It must not be empty.'

export const INTERRUPTED = 'Interrupted: the run was stopped, and no unfinished results were left.'

/** A defect: what the user can do about it. `FAIRWAIT_DEBUG` shows where it happened. */
export function unexpectedFailure(reason: string): string {
  return `fairwait failed unexpectedly: ${reason}; please report it, with the command and the study file.
Set FAIRWAIT_DEBUG=1 to see where it happened.`
}

/** Progress, on one line of a terminal. */
export function progressLine(done: number, total: number, secondsLeft: number | null): string {
  const left = secondsLeft === null ? '' : `, about ${duration(secondsLeft)} left`
  return `simulating: ${done} of ${total} runs${left}`
}

export const WRITING_LINE = 'writing results and report'

/** Heading over the table. */
export function tableHeading(results: StudyResults): readonly string[] {
  const { study, catalogue } = results
  const date = new Date(`${catalogue.dates.at(-1) ?? study.time.start}T00:00:00Z`)
  const day = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  const runs = study.replications * Math.max(1, study.draws)
  return [study.title, `At ${day}; means of ${runs === 1 ? 'one run' : `${runs.toLocaleString('en-GB')} runs`}.`]
}

/** Column heads of the table, two lines each. */
export const COLUMNS = {
  scenario: ['', 'Scenario'],
  list: ['List at', 'end'],
  difference: ['against', 'ref.'],
  within18: ['under', '18 wk'],
  over52: ['over', '52 wk'],
  gap: ['Gap at', '18 wk'],
  unmetGap: ['Unmet', 'gap'],
  spend: ['Spend', '£m'],
} as const

export const START_ROW = '(at the start)'

/** What the columns mean, under the table. */
export function tableNotes(reference: string, replicated: boolean): readonly string[] {
  const interval = replicated ? ', ± its 95% interval' : ' (one run has no interval)'
  return [
    `ref.: ${reference}, with the same random numbers${replicated ? ', run by run' : ''}.`,
    'Gap at 18 wk: slope index of the share under 18 weeks, most less least deprived,',
    `in points${interval}. Below 0, the most deprived wait longer.`,
    'Unmet gap: slope index of unmet need, people per 1,000 residents.',
  ]
}

/** Under the table, where programmes of validation shorten a list: what they do is no care. */
export function removedNotes(removed: readonly { readonly scenario: string; readonly people: number }[]): readonly string[] {
  if (removed.length === 0) return []
  return [
    'Removed by validation: missing from the list and from the share, not treated.',
    ...removed.map(({ scenario, people }) => `  ${scenario}: ${Math.round(people).toLocaleString('en-GB')}`),
  ]
}

/** Heading over the table of money. */
export const MONEY_HEADING = 'Money: £m spent by financial year, and what one of each outcome costs'
/** Column heads of that table, two lines each; financial years stand after the first. */
export const MONEY_COLUMNS = {
  scenario: ['', 'Scenario'],
  mostDeprived: ['most', 'deprived'],
  clockStop: ['£ a clock', 'stop'],
  qaly: ['£ a', 'QALY'],
  gap: ['£ a point', 'of gap'],
} as const
/** Head of the years that have no column of their own. */
export const LATER_YEARS = 'later'

/** What the columns mean, under the table. */
export function moneyNotes(mostDeprived: string): readonly string[] {
  return [
    `most deprived: share of all that is spent that is for group ${mostDeprived}.`,
    'Prices: extra spend ÷ extra outcome to the end; – where the outcome’s sign is',
    'uncertain or it gets worse. Intervals, years, groups: workbook.xlsx.',
  ]
}

export const TARGETS_HEADING = 'Targets'
/** After the share of runs, where the target is required in the scenario. */
export const REQUIRED_MARK = '*'

const OTHER_GAP_NOTES = {
  waits: 'waits: beside it, the gap within 18 weeks on that date, in points.',
  need: 'need: beside it, the gap in unmet need per 1,000 residents on that date.',
} as const

/** What the table of targets says, under it. */
export function targetNotes(shown: {
  readonly required: boolean
  readonly unjudged: boolean
  readonly otherGaps: readonly (keyof typeof OTHER_GAP_NOTES)[]
}): readonly string[] {
  return [
    'Share of runs that meet the target, and in brackets the mean on its date.',
    ...shown.otherGaps.map((gap) => OTHER_GAP_NOTES[gap]),
    ...(shown.required ? [`${REQUIRED_MARK}: required; "--check" asks for half of the runs.`] : []),
    ...(shown.unjudged ? ['–: not judged; the projection has no value on the date.'] : []),
  ]
}

/** Why `--check` cannot be answered. */
export function nothingRequired(targets: number): string {
  const none = targets === 0 ? 'the study has no targets' : 'no target is required in the scenarios that are run'
  return `--check has nothing to check: ${none}; give a target "required: true", or a list of scenarios`
}

/** Every required target that is missed, a line each. */
export function missedTargets(missed: readonly TargetOutcome[], measures: readonly MeasureInfo[]): string {
  const count = missed.length === 1 ? 'A required target is' : `${missed.length} required targets are`
  return [`${count} not met:`, ...missed.map((outcome) => `  ${missedTarget(outcome, measures)}`)].join('\n')
}

function missedTarget(outcome: TargetOutcome, measures: readonly MeasureInfo[]): string {
  const { scenario, target, date, runs, probability, value } = outcome
  const name = `${scenario}: ${target.id} (${target.title})`
  if (date === null) return `${name}: cannot be judged, since the projection ends before ${dateWords(target.by)}`
  if (runs === 0) return `${name}: cannot be judged, since the measure has no value on ${dateWords(date)}`
  const unit = measures.find(({ id }) => id === target.measure)?.unit ?? ''
  const mean = measuredText(value.mean, unit)
  return `${name}: met in ${chanceText(probability.mean)} of runs; mean ${mean} on ${dateWords(date)}`
}

export const OVER_TIME = 'Over time'

/** What the lowest and the highest block of the course of the list stand for. */
export function listScale(least: string, most: string): string {
  return `List ${least}–${most}`
}

/** The same for the gap at 18 weeks. */
export function gapScale(least: string, most: string): string {
  return `Gap ${least} to ${most} points`
}

/** The last lines: where the results are, and what they took. */
export function closingLines(report: string, results: StudyResults, seconds: number): readonly string[] {
  const { pathways, workers } = results.performance
  const threads = workers === 1 ? 'one thread' : `${workers} threads`
  return [
    `${pathways.toLocaleString('en-GB')} pathways simulated on ${threads} in ${duration(seconds)}.`,
    `Report: ${report}`,
  ]
}

/** A duration in words: `8 s`, `1 min 12 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}
