/** Kernel time per pathway of a system, and of a tenth of it, in turns. */
import { benchMessages, say } from '../messages.ts'
import { child, runLines } from '../process.ts'
import type { TaskAnswer, TasksRequest } from '../children/run-tasks.ts'
import type { SizeRecord, SizesRecord } from '../record.ts'
import { timingOf } from '../statistics.ts'

/** A system to run. */
export interface System {
  readonly name: string
  /** Study file, from the root. */
  readonly study: string
  readonly weeks: number
  /** Runs of a process to warm up and to be timed, and how many processes. */
  readonly warmUps: number
  readonly repeats: number
  readonly rounds: number
}

/** One integrated care board, every specialty, five years. */
export const ICB: System = { name: 'one ICB', study: 'scenarios/recovery.yaml', weeks: 260, warmUps: 1, repeats: 2, rounds: 5 }

/** Every pathway in England, five years: a run long enough to warm itself up. */
export const ENGLAND: System = { name: 'England', study: 'scenarios/england.yaml', weeks: 260, warmUps: 0, repeats: 1, rounds: 2 }

/** The same with every mechanism at once: as a check on what the kernel costs where it does all that it can. */
export const MECHANISMS: System = { name: 'England, every mechanism', study: 'bench/every-mechanism.yaml', weeks: 260, warmUps: 0, repeats: 1, rounds: 1 }

/** @throws Error where repeats of the same run differ in any value */
export async function benchSizes(root: string, system: System): Promise<SizesRecord> {
  say(benchMessages.running(system.name))
  const sizes = [1, 0.1].map((size) => ({ size, answers: [] as TaskAnswer[] }))
  for (let round = 0; round < system.rounds; round++) {
    for (const { size, answers } of sizes) answers.push(...(await runSystem(root, system, size)))
  }
  const [whole, tenth] = sizes.map(({ size, answers }) => sizeRecord(system, size, answers))
  return { whole, tenth }
}

/** One process that runs a system of a checkout. */
export function runSystem(root: string, { study, weeks, warmUps, repeats }: System, size: number): Promise<TaskAnswer[]> {
  const request: TasksRequest = { root, study, weeks, size, warmUps, repeats }
  return runLines<TaskAnswer>(child('run-tasks', request))
}

function sizeRecord({ name, study, weeks }: System, size: number, answers: readonly TaskAnswer[]): SizeRecord {
  if (new Set(answers.map(({ sha256 }) => sha256)).size > 1) throw new Error(benchMessages.repeatsDiffer(name))
  const each = (time: (answer: TaskAnswer) => number) => timingOf(answers.map((answer) => time(answer) / answer.pathways))
  return {
    name,
    study,
    weeks,
    size,
    pathways: answers[0].pathways,
    kernel: each(({ nanoseconds }) => nanoseconds),
    task: each(({ taskNanoseconds }) => taskNanoseconds),
    peakResidentBytes: Math.max(...answers.map(({ peakResidentBytes }) => peakResidentBytes)),
  }
}
