/**
 * What the screen and the engine of the app say to each other. The screen (`src/app/screen/`) draws and asks; the
 * engine (`src/app/engine/`) reads studies, runs them in browser workers and keeps the results. Nothing that crosses is
 * larger than the screen needs: series of all specialties together, tables at the reporting dates. Whole results stay
 * in the engine's own worker, and leave it as files.
 */
import type { Problem } from '../errors.ts'
import type { Decomposition } from '../experiment/decompose/types.ts'
import type { Equity } from '../measures/distribution/equity-types.ts'
import type { TargetOutcome } from '../measures/targets.ts'
import type { DimensionInfo, MeasureInfo } from '../measures/types.ts'
import type { MoneyRow } from '../results/money.ts'
import type { StudyFile } from '../scenario/schema.ts'
import type { Study } from '../scenario/study.ts'

export type { StudyFile } from '../scenario/schema.ts'

/** A baseline pack that a study can start from. */
export interface PackEntry {
  /** Path as a study file names it, e.g. `baselines/QYG-2026-01.json`. */
  readonly path: string
  /** System code, e.g. `QYG`; `ENG` for England. */
  readonly code: string
  readonly name: string
  readonly region: string
  /** ISO date on which its list was counted. */
  readonly listDate: string
  /** Whether the user gave it in this session. */
  readonly own: boolean
}

/** A study that comes with Fairwait. */
export interface ShippedStudy {
  /** File name without its ending, e.g. `recovery`. */
  readonly name: string
  readonly title: string
  readonly description: string
  /** The study file, YAML. */
  readonly text: string
}

/** A study as the engine understood it. */
export interface CheckedStudy {
  /** The file's own data: what the screen edits and saves. */
  readonly file: StudyFile
  readonly study: Study
}

/** How much of a study has been run: what is on the screen now, and whether more is coming. */
export interface Precision {
  readonly phase: 'preview' | 'refining' | 'done'
  /** Fraction of pathways simulated in what is shown; 1 for all. */
  readonly sample: number
  /** Replications in what is shown, and how many there will be. */
  readonly replications: number
  readonly of: number
  /** 0 to 1: of all the work that this run means. */
  readonly progress: number
}

/** One series of all specialties together, by week. Arrays have an entry for each of `dates`; NaN where undefined. */
export interface ScreenSeries {
  readonly scenario: string
  /** `all`, or a dimension's id. */
  readonly dimension: string
  /** `all`, a group's id, or `gap`. */
  readonly group: string
  readonly measure: string
  readonly mean: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** Paired difference from the reference, with its 95% limits. */
  readonly difference: Float64Array
  readonly differenceLower: Float64Array
  readonly differenceUpper: Float64Array
}

/** What the screen shows of a run. */
export interface ScreenResults {
  readonly study: Study
  readonly precision: Precision
  readonly dates: readonly string[]
  readonly dimensions: readonly DimensionInfo[]
  readonly measures: readonly MeasureInfo[]
  readonly scenarios: readonly { readonly id: string; readonly title: string }[]
  /** Everybody, every deprivation group and the gap among them, for the headline measures. */
  readonly series: readonly ScreenSeries[]
  readonly targets: readonly TargetOutcome[]
  readonly money: readonly MoneyRow[]
  /** Null until everything has run, and where there is nothing to compare. */
  readonly equity: Equity | null
}

/** What a run tells the screen. After `done`, `failed` or `cancelled` nothing more comes. */
export type RunUpdate =
  | { readonly kind: 'results'; readonly results: ScreenResults }
  | { readonly kind: 'progress'; readonly precision: Precision }
  | { readonly kind: 'failed'; readonly problems: readonly Problem[] }
  | { readonly kind: 'cancelled' }

/**
 * What makes a gap is worked out from so many replications of each coalition of mechanisms, and at most so many
 * coalitions: hardly more than two pairs of orders of all eleven mechanisms need (53), below which nothing can be said.
 */
export const EXPLAINING = { replications: 3, mostCoalitions: 54 } as const

/** Asks what makes the visible gap: the slope index of the share within 18 weeks. */
export interface GapQuestion {
  /** Scenario id; where it is not the reference, the change from that is explained, too. */
  readonly scenario: string
  /** ISO date of a census of the study. */
  readonly date: string
}

/** What makes the gap, and how precisely that is known. */
export interface GapExplanation {
  readonly decomposition: Decomposition
  /** The gap that was explained. */
  readonly measure: MeasureInfo
  /** Fraction of pathways simulated in each run. */
  readonly sample: number
  /** Most runs that were allowed, as `fairwait decompose --max-runs` takes it. */
  readonly maxRuns: number
}

/** What an explanation under way tells the screen. After all but `progress` nothing more comes. */
export type ExplainUpdate =
  | { readonly kind: 'progress'; readonly runs: number; readonly of: number; readonly secondsLeft: number }
  | { readonly kind: 'explained'; readonly explanation: GapExplanation }
  | { readonly kind: 'failed'; readonly problems: readonly Problem[] }
  | { readonly kind: 'cancelled' }

/** Files that the engine can make. The first six need a finished run at full precision. */
export const EXPORT_KINDS = ['series.csv', 'runs.csv', 'summary.json', 'workbook.xlsx', 'report.html', 'results.zip', 'study.yaml'] as const
export type ExportKind = (typeof EXPORT_KINDS)[number]

/** A file to save. */
export interface ExportedFile {
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

/** A file that the user gave. */
export interface GivenFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Problems with what the user gave, worded as on the command line. */
export class GivenProblems extends Error {
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join('\n'))
    this.name = 'GivenProblems'
    this.problems = problems
  }
}

/** What the screen may ask of the engine. Every promise rejects with {@link GivenProblems} for bad input, and nothing that was there is lost. */
export interface Engine {
  packs(): Promise<readonly PackEntry[]>
  studies(): Promise<readonly ShippedStudy[]>
  /** Takes a baseline pack (JSON) or a published RTT file (CSV or ZIP, with the code of an ICB or `ENG`). */
  addPack(file: GivenFile, icb?: string): Promise<PackEntry>
  /** Reads YAML or JSON text. */
  check(text: string): Promise<CheckedStudy>
  /** The file as YAML, in the order of the schema. */
  write(file: StudyFile): Promise<string>
  /**
   * Runs a study: a sampled preview first, then the whole. A later call ends an earlier one, whose last update is
   * `cancelled`.
   * @param only scenarios to run, with the reference; all by default
   */
  run(file: StudyFile, onUpdate: (update: RunUpdate) => void, only?: readonly string[]): void
  /** Ends the run under way; what has been shown stays. */
  cancel(): void
  /**
   * Says what makes the gap, from sampled runs. A later call ends an earlier one, and so does a run; the last update of
   * what was ended is `cancelled`.
   */
  explain(file: StudyFile, question: GapQuestion, onUpdate: (update: ExplainUpdate) => void): void
  /** Ends the explanation under way. */
  stopExplaining(): void
  /** A file of the last run that came to its end, whatever is running now; or the latest study itself. */
  exportFile(kind: ExportKind): Promise<ExportedFile>
  /** Opens the files of a results folder that the command line made, in the place of what was run here: what `readResults` (`src/results/read-folder.ts`) asks for. */
  openResults(files: readonly GivenFile[]): Promise<ScreenResults>
  /** Ends every worker. */
  close(): void
}
