/** `fairwait replay DIR RUN`: one run alone, from its exact inputs, in this process. */
import { InputError, UserError } from '../errors.ts'
import type { SweepPlan } from './sweep-plan.ts'
import type { Task } from '../execution/types.ts'
import { drawCount } from '../experiment/sweep/rounds.ts'
import type { SweepPoint, ValidPoint } from '../experiment/sweep/point-runs.ts'
import { openRunStore } from '../results/store/run-store.ts'
import type { RunStore } from '../results/store/run-store.ts'
import { sweepText } from './sweep-messages.ts'
import { planPoints, readPlan, storeFolder } from './sweep-plan.ts'
import type { SweepOptions } from './sweep.ts'

interface Found {
  readonly id: string
  readonly point: SweepPoint
  readonly task: Task
}

/**
 * Runs a run again and compares it with what is stored. One that was set aside and works now is stored.
 * @throws InputError where the sweep has no such run; UserError where it fails again or comes out otherwise
 */
export async function replay(out: string, run: string, options: SweepOptions): Promise<void> {
  const plan = await readPlan(out)
  const found = await findRun(out, plan, run)
  const store = openRunStore(storeFolder(out, plan), plan.engine)
  try {
    const { same, values } = await rerun(store, found)
    if (options.json === true) {
      process.stdout.write(`${JSON.stringify({ format: 'fairwait-replay', version: 1, run: found.id, sameAsStored: same, values })}\n`)
    } else process.stdout.write(`${sweepText.replayed(found.id, same, values)}\n`)
    if (same === false) throw new UserError(sweepText.replayed(found.id, same, values))
  } finally {
    store.close()
  }
}

async function rerun(store: RunStore, found: Found): Promise<{ same: boolean | null; values: number }> {
  const { id, point, task } = found
  if (point.fault !== null) throw new UserError(sweepText.replayFailed(id, point.fault.message))
  const values = await runAlone(found, point)
  const stored = await store.read(id)
  if (stored !== null) return { same: isSame(stored, values), values: values.length }
  const { study, kept } = point
  const scenario = study.scenarios[task.scenario].id
  const { draw, replication } = task
  const batch = store.begin([id])
  store.write(batch, [{ id, point: point.point, scenario, draw, replication, keys: kept.keys, dates: kept.dates, values }])
  return { same: null, values: values.length }
}

async function runAlone({ id, task }: Found, { study, kept }: ValidPoint): Promise<Float64Array> {
  const { createTaskRunner } = await import('../experiment/run-task.ts')
  try {
    return kept.select(createTaskRunner(study, () => performance.now())(task).values)
  } catch (error) {
    throw new UserError(sweepText.replayFailed(id, error instanceof Error ? error.message : String(error)))
  }
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, index) => Object.is(value, b[index]))
}

async function findRun(out: string, plan: SweepPlan, wanted: string): Promise<Found> {
  const matches: Found[] = []
  const points = planPoints(plan)
  for (let number = 0; number < points.count && matches.length < 2; number += 1) {
    const point = await points.at(number)
    for (const task of tasksOf(plan)) {
      const id = point.idOf(task)
      if (id.startsWith(wanted) && matches.every((each) => each.id !== id)) matches.push({ id, point, task })
    }
  }
  if (matches.length === 0) throw new InputError({ message: sweepText.noSuchRun(wanted, out) })
  if (matches.length > 1) throw new InputError({ message: sweepText.manyRuns(wanted) })
  return matches[0]
}

function* tasksOf({ source: { design, scenarioIds } }: SweepPlan): Generator<Task> {
  for (let draw = 0; draw < drawCount(design); draw += 1) {
    for (let replication = 0; replication < design.replications; replication += 1) {
      for (let scenario = 0; scenario < scenarioIds.length; scenario += 1) yield { scenario, draw, replication }
    }
  }
}
