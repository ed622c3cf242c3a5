/** `fairwait sweep` and `fairwait collect`: run what is missing, then write the results. */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { UserError } from '../errors.ts'
import type { RunStore } from '../results/store/run-store.ts'
import { openRunStore, readRunStore } from '../results/store/run-store.ts'
import { interruptible } from './interrupt.ts'
import { collectSweep } from './sweep-collect.ts'
import type { Collected } from './sweep-collect.ts'
import { executeSweep } from './sweep-execute.ts'
import type { SweepProgress } from './sweep-execute.ts'
import { sweepText } from './sweep-messages.ts'
import { loadDesign, makePlan, readPlan, savePlan, storeFolder } from './sweep-plan.ts'
import type { SweepPlan } from './sweep-plan.ts'
import type { SweepOptions } from './sweep.ts'
import { collectingOn, shownOn } from './sweep-progress.ts'
import { progressLineOn } from './terminal.ts'
import type { ProgressLine } from './terminal.ts'

const EXIT_FAILED = 1
const EXIT_INTERRUPTED = 130

/** `fairwait sweep DESIGN`. */
export async function sweep(designPath: string, options: SweepOptions): Promise<void> {
  const loaded = await loadDesign(designPath, options.budgetRuns)
  if (options.dryRun === true) {
    const { dryRun } = await import('./sweep-dry-run.ts')
    await dryRun(loaded, options)
    return
  }
  const out = options.out ?? join('output', loaded.source.design.name)
  const { prepareResultsFolder } = await import('../results/results-folder.ts')
  await prepareResultsFolder(out)
  await runPlan(out, await makePlan(out, loaded, options.store), options)
}

/** Runs what is missing of a plan and collects it. */
export async function runPlan(out: string, plan: SweepPlan, options: SweepOptions): Promise<void> {
  const started = performance.now()
  const progress = progressLineOn(process.stderr, options.quiet !== true)
  const { reached, collected } = await interruptible(async (signal) => {
    const store = openRunStore(storeFolder(out, plan), plan.engine)
    try {
      savePlan(out, plan)
      return await runAndCollect({ out, plan, store, options, progress, signal })
    } catch (error) {
      signal.throwIfAborted()
      throw error
    } finally {
      store.close()
      progress.clear()
    }
  }).catch((error: unknown) => {
    const isInterrupt = error instanceof UserError && error.exitCode === EXIT_INTERRUPTED
    throw isInterrupt ? new UserError(sweepText.interrupted, EXIT_INTERRUPTED) : error
  })
  report(out, { reached, collected, seconds: (performance.now() - started) / 1000 }, options)
}

interface Running {
  readonly out: string
  readonly plan: SweepPlan
  readonly store: RunStore
  readonly options: SweepOptions
  readonly progress: ProgressLine
  readonly signal: AbortSignal
}

interface Finished {
  readonly reached: SweepProgress
  /** Null where the budget of time was spent before the end. */
  readonly collected: Collected | null
}

async function runAndCollect({ out, plan, store, options, progress, signal }: Running): Promise<Finished> {
  const started = performance.now()
  const minutes = options.budgetMinutes ?? plan.source.design.budget.minutes
  let spent = false
  const reached = await executeSweep(plan, store, {
    workers: options.workers ?? availableParallelism(),
    signal,
    isSpent() {
      spent ||= minutes !== null && performance.now() - started >= minutes * 60_000
      return spent
    },
    onProgress: shownOn(progress),
    onBatchSize: (groupsPerBatch) => savePlan(out, { ...plan, groupsPerBatch }),
  })
  if (spent) return { reached, collected: null }
  return { reached, collected: await collectSweep(out, plan, store, collectingOn(progress, signal)) }
}

/** `fairwait collect DIR`: also while a sweep is at work. */
export async function collect(out: string, options: SweepOptions): Promise<void> {
  const started = performance.now()
  const plan = await readPlan(out)
  const store = readRunStore(storeFolder(out, plan), plan.engine)
  const progress = progressLineOn(process.stderr, options.quiet !== true)
  try {
    const collected = await collectSweep(out, plan, store, collectingOn(progress))
    const { runs, missing, aside } = collected
    const reached = { ran: 0, stored: runs, aside, total: runs + missing + aside }
    report(out, { reached, collected, seconds: (performance.now() - started) / 1000 }, options)
  } finally {
    progress.clear()
  }
}

function report(
  out: string,
  { reached, collected, seconds }: Finished & { readonly seconds: number },
  options: SweepOptions,
): void {
  const { ran, stored, aside, total } = reached
  if (options.json === true) {
    const { files = [], missing = total - ran - stored - aside, stopped = null } = collected ?? {}
    const summary = { format: 'fairwait-sweep', version: 1, out, runs: { total, ran, stored, setAside: aside, missing }, stopped, files }
    process.stdout.write(`${JSON.stringify(summary)}\n`)
  } else {
    process.stdout.write(`${reportLines(out, reached, collected, seconds).join('\n')}\n`)
  }
  if (aside > 0) throw new UserError(sweepText.asideLeft(aside, out), EXIT_FAILED)
}

function reportLines(out: string, { ran, stored, total }: SweepProgress, collected: Collected | null, seconds: number): string[] {
  if (collected === null) return [sweepText.spent(ran + stored, total, out)]
  const { stopped } = collected
  return [
    sweepText.finished(ran, stored, seconds),
    ...(stopped === null ? [] : [sweepText.untilSummary(stopped.precise, stopped.cap)]),
    sweepText.collected(out),
  ]
}
