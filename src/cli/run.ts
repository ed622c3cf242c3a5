/** `fairwait run STUDY`: simulate every scenario, print what they come to, write results and a report. */
import { availableParallelism } from 'node:os'
import { join, relative, resolve } from 'node:path'
import type { Command } from 'commander'
import type { StudyResults } from '../results/types.ts'
import type { Study } from '../scenario/study.ts'
import { checkRequiredMet, checkSomethingRequired } from './check-targets.ts'
import { withProgress } from './interrupt.ts'
import { closingLines, progressLine, RUN, WRITING_LINE } from './messages.ts'
import { fraction, notEmpty, storeOption, wholeNumber } from './option-readers.ts'
import { sweepText } from './sweep-messages.ts'
import { jsonLine, styleFor, type ProgressLine } from './terminal.ts'

/** Options as commander reads them. */
interface RunOptions {
  readonly out?: string
  readonly scenario?: readonly string[]
  readonly baseline?: string
  readonly seed?: string
  readonly replications?: number
  readonly weeks?: number
  readonly sample?: number
  readonly workers?: number
  readonly store?: string
  readonly check?: true
  readonly json?: true
  readonly quiet?: true
}

/** A finished run and where it was written. */
interface Finished {
  readonly results: StudyResults
  readonly out: string
  readonly files: readonly string[]
  /** Runs that the store does not keep. */
  readonly notKept: number
  readonly seconds: number
}

/** Adds `run` to the program. */
export function register(program: Command): void {
  program
    .command('run')
    .summary(RUN.summary)
    .description(RUN.description)
    .argument('<study>', RUN.study)
    .option('--out <dir>', RUN.out, notEmpty)
    .option('--scenario <id...>', RUN.scenario)
    .option('--baseline <code|path>', RUN.baseline, notEmpty)
    .option('--seed <text>', RUN.seed, notEmpty)
    .option('--replications <n>', RUN.replications, wholeNumber(1, 10_000))
    .option('--weeks <n>', RUN.weeks, wholeNumber(1, 1040))
    .option('--sample <fraction>', RUN.sample, fraction)
    .option('--workers <n>', RUN.workers, wholeNumber(1, 1024))
    .addOption(storeOption(sweepText.runStore))
    .option('--check', RUN.check)
    .option('--json', RUN.json)
    .option('--quiet', RUN.quiet)
    .action(run)
}

async function run(path: string, options: RunOptions): Promise<void> {
  const finished = await withProgress(options.quiet === true, (progress, signal) => simulateAndWrite(path, options, progress, signal))
  await report(finished, options)
  if (options.check === true) checkRequiredMet(finished.results)
}

async function simulateAndWrite(
  path: string,
  options: RunOptions,
  progress: ProgressLine,
  signal: AbortSignal,
): Promise<Finished> {
  const start = performance.now()
  const [{ loadStudy }, { checkSize }, { studySize }] = await Promise.all([
    import('./load-study.ts'),
    import('./check-size.ts'),
    import('../scenario/size.ts'),
  ])
  const { study, inputs } = await loadStudy(path, {
    ...(options.baseline !== undefined && { baseline: options.baseline }),
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.replications !== undefined && { replications: options.replications }),
    ...(options.weeks !== undefined && { weeks: options.weeks }),
    ...(options.sample !== undefined && { sample: options.sample }),
    ...(options.scenario !== undefined && { scenarios: [...options.scenario] }),
  })
  if (options.check === true) checkSomethingRequired(study, path)
  const workers = Math.min(options.workers ?? availableParallelism(), studySize(study).runs)
  const takesLong = checkSize(study, path, { workers, availableBytes: process.availableMemory() })
  if (takesLong !== null && options.quiet !== true) process.stderr.write(`${takesLong}\n`)
  const out = options.out ?? join('output', study.name)
  const { abandonResults, prepareResultsFolder } = await import('../results/results-folder.ts')
  await prepareResultsFolder(out)

  let notKept = 0
  const results = await simulate(study, { workers, store: options.store }, progress, signal, (runs) => {
    notKept = runs
  })

  progress.show(WRITING_LINE)
  const { writeResults } = await import('../results/write-results.ts')
  // Writing makes its files aside and puts them in place at the end. An interrupt does not wait for it: what it
  // has made so far is swept up here, and the process ends.
  const written = await unlessAborted(writeResults(results, out, inputs), signal, () => abandonResults(out))
  return { results, out, notKept, files: written.files, seconds: (performance.now() - start) / 1000 }
}

async function simulate(
  study: Study,
  { workers, store }: { readonly workers: number; readonly store: string | undefined },
  progress: ProgressLine,
  signal: AbortSignal,
  onNotKept: (runs: number) => void,
): Promise<StudyResults> {
  const { runStudy, studyTasks } = await import('../experiment/run-study.ts')
  const { createThreadsBackend } = await import('../execution/threads.ts')
  const total = studyTasks(study).length
  const threads = createThreadsBackend({ workers })
  const backend = store === undefined ? threads : (await import('./store-backend.ts')).storedBackend(threads, store, onNotKept)
  const start = performance.now()
  progress.show(progressLine(0, total, null))
  return runStudy(study, backend, {
    onProgress(done) {
      const secondsEach = (performance.now() - start) / 1000 / done
      progress.show(progressLine(done, total, secondsEach * (total - done)))
    },
    signal,
    now: () => performance.now(),
  })
}

/** What the work gives, unless the signal is aborted first: then what is left of it is tidied up. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal, tidyUp: () => Promise<void>): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => reject(signal.reason)
  signal.addEventListener('abort', onAbort)
  try {
    signal.throwIfAborted()
    return await Promise.race([work, aborted])
  } catch (error) {
    if (signal.aborted) await tidyUp()
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

async function report(finished: Finished, options: RunOptions): Promise<void> {
  const { results, out, notKept, seconds } = finished
  if (notKept > 0 && options.quiet !== true) process.stderr.write(`${sweepText.notKept(notKept, results.study.smallNumbers)}\n`)
  const reportPath = shortest(join(out, 'report.html'))
  if (options.json === true) {
    const { runSummary } = await import('./run-summary.ts')
    process.stdout.write(`${jsonLine(runSummary(results, out, finished.files))}\n`)
  } else if (options.quiet === true) {
    process.stdout.write(`${reportPath}\n`)
  } else {
    const { summaryLines } = await import('./summary-table.ts')
    const { moneyLines } = await import('./money-table.ts')
    const { targetLines } = await import('./targets-table.ts')
    const style = styleFor(process.stdout, process.env)
    const spaced = [moneyLines(results, style), targetLines(results, style)].flatMap((table) => (table.length === 0 ? [] : ['', ...table]))
    const lines = [...summaryLines(results, style), ...spaced, '', ...closingLines(reportPath, results, seconds)]
    process.stdout.write(`${lines.join('\n')}\n`)
  }
}

/** A path as seen from the current folder, where that is shorter than the whole of it. */
function shortest(path: string): string {
  const whole = resolve(path)
  const fromHere = relative(process.cwd(), whole)
  return fromHere.length < whole.length ? fromHere : whole
}
