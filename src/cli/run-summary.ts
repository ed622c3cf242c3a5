/** What `fairwait run --json` prints: the headline table as data. Undefined numbers are null. */
import { moneyHeadlines, type MoneyHeadline } from '../results/money-headlines.ts'
import type { StudyResults } from '../results/types.ts'
import { headlines, startingPoint, type Headline, type Standing } from './headlines.ts'

/** Version 1 of the object. */
export interface RunSummary {
  readonly format: 'fairwait-run'
  readonly version: 1
  /** The study's name. */
  readonly study: string
  /** The scenario that others are compared with. */
  readonly reference: string
  /** Seed of the random numbers. */
  readonly seed: string
  readonly replications: number
  /** Folder of the results, as it was named. */
  readonly out: string
  /** Names of the files written there. */
  readonly files: readonly string[]
  /** The list as every scenario finds it. */
  readonly start: Standing & { readonly date: string }
  /** The end of the projection, by scenario. */
  readonly scenarios: readonly (Omit<Headline, 'waitingOverTime' | 'gapOverTime'> & { readonly date: string })[]
  /** What each scenario spends, buys and costs for one of each outcome, and its trade-off against the reference. */
  readonly money: readonly MoneyHeadline[]
  /** What each scenario makes of each target of the study. */
  readonly targets: StudyResults['targets']
  readonly performance: StudyResults['performance']
}

/** @param out folder of the results, as the user named it */
export function runSummary(results: StudyResults, out: string, files: readonly string[]): RunSummary {
  const { study, catalogue } = results
  const date = catalogue.dates.at(-1) ?? study.time.start
  return {
    format: 'fairwait-run',
    version: 1,
    study: study.name,
    reference: study.reference,
    seed: study.seed,
    replications: study.replications,
    out,
    files,
    start: { date: catalogue.dates[0], ...startingPoint(results) },
    scenarios: headlines(results).map(({ waitingOverTime: _list, gapOverTime: _gap, ...headline }) => ({ date, ...headline })),
    money: moneyHeadlines(results),
    targets: results.targets,
    performance: results.performance,
  }
}
