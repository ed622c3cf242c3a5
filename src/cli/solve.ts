/** `fairwait solve STUDY`: the least money, theta, head start or slots that meet a target with a given probability. */
import { availableParallelism } from 'node:os'
import { InvalidArgumentError, type Command } from 'commander'
import { UserError } from '../errors.ts'
import type { Solution } from '../experiment/solve/solve.ts'
import type { Study, Target } from '../scenario/study.ts'
import { POSITIVE_RULE } from './analysis-messages.ts'
import { withProgress } from './interrupt.ts'
import { aboveZero, fraction, notEmpty, storeOption, wholeNumber } from './option-readers.ts'
import { BOUNDS_RULE, missingOption, NUMBER_RULE, SHARE_RULE, SOLVE, cannotBeMetLine, solveProgress } from './solve-messages.ts'
import type { TakenValues } from './solve-runs.ts'
import { jsonLine, styleFor, type ProgressLine } from './terminal.ts'

const EXIT_WRONG_USAGE = 2
const EXIT_NOT_MET = 4
/** Half-width of the interval where the user does not say, as a share of the bounds. */
const DEFAULT_PRECISION = 0.025

/** Options as commander reads them. */
interface SolveOptions {
  readonly vary: readonly string[]
  readonly target: string
  readonly scenario?: string
  readonly between?: readonly number[]
  readonly probability: number
  readonly precision?: number
  readonly replicationsCap: number
  readonly out?: string
  readonly store?: string
  readonly seed?: string
  readonly weeks?: number
  readonly sample?: number
  readonly workers?: number
  readonly json?: true
  readonly quiet?: true
}

/** Everything that a call of the command found out. */
export interface SolveResult {
  readonly study: Study
  readonly target: Target
  readonly scenario: string
  readonly vary: readonly string[]
  readonly from: number
  readonly to: number
  readonly isWhole: boolean
  readonly probability: number
  readonly precision: number
  /** Census date that is judged. */
  readonly date: string
  readonly solution: Solution
  /** What was taken of each run, by value, then replication. */
  readonly taken: ReadonlyMap<number, readonly TakenValues[]>
  readonly runs: { readonly ran: number; readonly stored: number }
  readonly seconds: number
}

/** Adds `solve` to the program. */
export function register(program: Command): void {
  program
    .command('solve')
    .summary(SOLVE.summary)
    .description(SOLVE.description)
    .argument('<study>', SOLVE.study)
    .option('--vary <path>', SOLVE.vary, collected)
    .option('--target <target>', SOLVE.target, notEmpty)
    .option('--scenario <id>', SOLVE.scenario, notEmpty)
    .option('--between <numbers...>', SOLVE.between, bounds)
    .option('--probability <share>', SOLVE.probability, properShare, 0.8)
    .option('--precision <n>', SOLVE.precision, aboveZero(POSITIVE_RULE))
    .option('--replications-cap <n>', SOLVE.replicationsCap, wholeNumber(2, 10_000), 64)
    .option('--out <dir>', SOLVE.out, notEmpty)
    .addOption(storeOption(SOLVE.store))
    .option('--seed <text>', SOLVE.seed, notEmpty)
    .option('--weeks <n>', SOLVE.weeks, wholeNumber(1, 1040))
    .option('--sample <fraction>', SOLVE.sample, fraction)
    .option('--workers <n>', SOLVE.workers, wholeNumber(1, 1024))
    .option('--json', SOLVE.json)
    .option('--quiet', SOLVE.quiet)
    // Checked here, so that an option misspelt is told as that rather than as one that is missing.
    .action((path: string, options: Partial<SolveOptions>, command: Command) => {
      for (const name of ['vary', 'target'] as const) {
        if (options[name] === undefined) command.error(missingOption(name), { exitCode: EXIT_WRONG_USAGE })
      }
      if (options.between?.length === 1) command.error(`error: --between: ${BOUNDS_RULE}`, { exitCode: EXIT_WRONG_USAGE })
      return solveCommand(path, options as SolveOptions)
    })
}

async function solveCommand(path: string, options: SolveOptions): Promise<void> {
  const result = await withProgress(options.quiet === true, (progress, signal) => solveStudy(path, options, progress, signal))
  const { solveFiles, solveJson, solveLines, valueText } = await import('./solve-output.ts')
  const files = solveFiles(result)
  if (options.out !== undefined) {
    const { writeFiles } = await import('./write-files.ts')
    await writeFiles(options.out, files)
  }
  const written = options.out === undefined ? null : { folder: options.out, files: Object.keys(files) }
  process.stdout.write(
    options.json === true
      ? `${jsonLine(solveJson(result))}\n`
      : `${solveLines(result, written, styleFor(process.stdout, process.env)).join('\n')}\n`,
  )
  if (result.solution.status !== 'cannot-be-met') return
  const text = valueText(result)
  throw new UserError(cannotBeMetLine(result.target.title, text(result.from), text(result.to)), EXIT_NOT_MET)
}

async function solveStudy(path: string, options: SolveOptions, progress: ProgressLine, signal: AbortSignal): Promise<SolveResult> {
  const start = performance.now()
  const [{ loadStudy }, { readStudyDocument }, { prepareFolder }, { targetAsked }, { variedStudy }, { withSolveRuns }, { fewestValues }, { solve }, { marginOf }] =
    await Promise.all([
      import('./load-study.ts'),
      import('./analysis-setup.ts'),
      import('./write-files.ts'),
      import('../experiment/solve/target-expression.ts'),
      import('../experiment/solve/varied-study.ts'),
      import('./solve-runs.ts'),
      import('../experiment/solve/order-limits.ts'),
      import('../experiment/solve/solve.ts'),
      import('../experiment/solve/margin.ts'),
    ])
  const { study } = await loadStudy(path, {
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.weeks !== undefined && { weeks: options.weeks }),
    ...(options.sample !== undefined && { sample: options.sample }),
  })
  const document = await readStudyDocument(path)
  const file = { ...document, seed: study.seed, sample: study.sample, time: { ...(document['time'] as object), weeks: study.time.weeks } }
  const target = await targetAsked(options.target, file, study)
  const mostReplications = options.replicationsCap
  const between = options.between === undefined ? undefined : ([options.between[0], options.between[1]] as const)
  const varied = await variedStudy({ study, file, paths: options.vary, scenario: options.scenario, between, mostReplications })
  if (options.out !== undefined) await prepareFolder(options.out)
  const precision = options.precision ?? DEFAULT_PRECISION * (varied.to - varied.from)
  const firstReplications = Math.min(mostReplications, Math.max(2, fewestValues(options.probability)))
  const taken = new Map<number, TakenValues[]>()
  const asked = { workers: options.workers ?? availableParallelism(), store: options.store, signal }
  return withSolveRuns(target, asked, async (runs) => {
    const solution = await solve({
      ...varied,
      probability: options.probability,
      precision,
      firstReplications,
      mostReplications,
      async margins(value, fromReplication, toReplication) {
        progress.show(solveProgress(taken.size + 1, runs.count.ran + runs.count.stored))
        const { study: changed, scenario } = await varied.at(value)
        const values = await runs.values(changed, scenario, fromReplication, toReplication)
        taken.set(value, [...(taken.get(value) ?? []), ...values])
        return values.map(([first]) => marginOf(target, first))
      },
    })
    return {
      study,
      target,
      scenario: varied.scenario,
      vary: options.vary,
      from: varied.from,
      to: varied.to,
      isWhole: varied.isWhole,
      probability: options.probability,
      precision,
      date: runs.date,
      solution,
      taken,
      runs: { ...runs.count },
      seconds: (performance.now() - start) / 1000,
    }
  })
}

function collected(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), notEmpty(value)]
}

function bounds(value: string, before: readonly number[] | undefined): number[] {
  const number = value.trim() === '' ? Number.NaN : Number(value)
  if (!Number.isFinite(number)) throw new InvalidArgumentError(NUMBER_RULE)
  const all = [...(before ?? []), number]
  if (all.length > 2) throw new InvalidArgumentError(BOUNDS_RULE)
  return all
}

function properShare(value: string): number {
  const number = value.trim() === '' ? Number.NaN : Number(value)
  if (!(number > 0 && number < 1)) throw new InvalidArgumentError(SHARE_RULE)
  return number
}
