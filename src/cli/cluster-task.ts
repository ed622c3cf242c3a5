/** `fairwait sweep-task DIR`: what one task of a job array runs, on whatever node it was put. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { InputError, UserError } from '../errors.ts'
import { shareOf } from '../execution/cluster/share.ts'
import { openRunStore } from '../results/store/run-store.ts'
import { clusterText } from './cluster-messages.ts'
import { numbersOf } from './cluster-missing.ts'
import { readSubmission, SUBMISSION_FILE, sweepDigest, writerPrefix } from './cluster-submission.ts'
import { executeSweep } from './sweep-execute.ts'
import type { SweepProgress } from './sweep-execute.ts'
import { readPlan, storeFolder } from './sweep-plan.ts'

/** Options of `fairwait sweep-task`, as commander reads them. */
export interface TaskOptions {
  readonly submission: number
  readonly task?: number
  readonly workers?: number
  readonly stopAfter?: number
}

const EXIT_INTERRUPTED = 130
/** Where engines tell a task its number. */
const TASK_VARIABLES = ['SLURM_ARRAY_TASK_ID', 'JOB_COMPLETION_INDEX'] as const

/**
 * Runs a task's share, or what is left of it. Ends early at its time, with success, and when told to by a signal,
 * with exit code 130; either way what was finished is stored and a batch under way is finished first.
 * @throws InputError where the submission is of another design
 */
export async function sweepTask(out: string, options: TaskOptions): Promise<void> {
  const { submission, folder } = await readSubmission(out, options.submission)
  const plan = await readPlan(out)
  if (sweepDigest(plan) !== submission.sweep) throw new InputError({ message: clusterText.sweepChanged(options.submission) })
  const { tasks, groupsPerBatch, ranges } = submission
  if (ranges[ranges.length - 1][1] > numbersOf(plan)) throw new InputError({ file: join(folder, SUBMISSION_FILE), message: clusterText.damaged })
  const task = taskOf(options, tasks)
  const share = shareOf(ranges, task, tasks)
  // A name that no other attempt at this task has: its journal is this process's alone, wherever the last one ended.
  const store = openRunStore(storeFolder(out, plan), plan.engine, `${writerPrefix(submission)}${task}-${randomBytes(4).toString('hex')}`)
  const stop = stopWatch(options.stopAfter)
  try {
    const reached = await executeSweep({ ...plan, groupsPerBatch }, store, {
      workers: options.workers ?? 1,
      signal: stop.signal,
      share,
      isSpent: () => stop.isTime(),
      onProgress: () => undefined,
      onBatchSize: () => undefined,
    })
    tell(task, tasks, reached, stop)
  } finally {
    stop.end()
    store.close()
  }
}

function taskOf({ task }: TaskOptions, tasks: number): number {
  const told = TASK_VARIABLES.map((name) => process.env[name]).find((value) => value !== undefined)
  const number = task ?? (told !== undefined && /^\d{1,9}$/.test(told) ? Number(told) : null)
  if (number === null) throw new InputError({ message: clusterText.noTask })
  if (number >= tasks) throw new InputError({ message: clusterText.taskOutside(number, tasks) })
  return number
}

/** Says when to begin no more batches. */
interface StopWatch {
  isTime(): boolean
  /** Whether a signal said so. */
  readonly signalled: boolean
  /** Whether a batch was not begun for it. */
  readonly stopped: boolean
  /** Aborted by a second signal: it does not wait for the batch under way. */
  readonly signal: AbortSignal
  end(): void
}

function stopWatch(seconds = Number.POSITIVE_INFINITY): StopWatch {
  const started = performance.now()
  const controller = new AbortController()
  let signalled = false
  let stopped = false
  const onSignal = (): void => {
    if (signalled) controller.abort(new UserError(clusterText.taskEnded, EXIT_INTERRUPTED))
    signalled = true
  }
  const names = ['SIGTERM', 'SIGINT'] as const
  for (const name of names) process.on(name, onSignal)
  return {
    isTime() {
      const isTime = signalled || performance.now() - started >= seconds * 1000
      stopped ||= isTime
      return isTime
    },
    get signalled() {
      return signalled
    },
    get stopped() {
      return stopped
    },
    signal: controller.signal,
    end() {
      for (const name of names) process.off(name, onSignal)
    },
  }
}

function tell(task: number, tasks: number, { ran, stored, aside, total }: SweepProgress, { stopped, signalled }: StopWatch): void {
  process.stdout.write(`${clusterText.taskDone(task, tasks, ran, stored, aside)}\n`)
  if (!stopped) return
  const left = total - ran - stored - aside
  if (signalled) throw new UserError(clusterText.taskSignalled(left), EXIT_INTERRUPTED)
  process.stdout.write(`${clusterText.taskStopped(left)}\n`)
}
