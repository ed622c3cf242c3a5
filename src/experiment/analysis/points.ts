/**
 * Runs of one study at many points of its parameters, on any backend.
 *
 *     study + points → each point a study of its own → whichever backend is free → the wanted values, point by point
 *
 * Every point meets the same luck in the same replication (common random numbers): what differs between points is
 * what was changed, and nothing else.
 */
import type { Backend, Task } from '../../execution/types.ts'
import { buildCatalogue } from '../../measures/catalogue.ts'
import type { SeriesCatalogue } from '../../measures/types.ts'
import { compileScenario } from '../../model/compile/index.ts'
import { concreteStudy } from '../../scenario/resolve.ts'
import type { DocumentPath } from '../../scenario/positions.ts'
import type { Study } from '../../scenario/study.ts'
import { createRunMemory, createTaskRunner } from '../run-task.ts'
import type { RunMemory, TaskRunner } from '../run-task.ts'

/** A change to a resolved study: what stands at `path` instead. Plain JSON. */
export interface Substitution {
  readonly path: DocumentPath
  readonly value: unknown
}

/** One point of a study as a thread of an analysis gets it. */
export interface PointStudy extends Study {
  /** Positions in a run's block of values of what is handed back. */
  readonly wanted: readonly number[]
}

/** What to run. */
export interface PointsPlan {
  readonly study: Study
  readonly points: readonly (readonly Substitution[])[]
  /** Indices of scenarios, after the changes. */
  readonly scenarios: readonly number[]
  /** Positions in a run's block of values: series × dates + date. */
  readonly wanted: readonly number[]
  /** Replications of each point and scenario, counted from `firstReplication`. */
  readonly replications: number
  readonly firstReplication?: number
}

/** How a long analysis is watched and stopped. */
export interface PointsOptions {
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

/** Values by point, then scenario (as listed), then wanted value, then replication. */
export type PointValues = readonly (readonly (readonly (readonly number[])[])[])[]

/** The study with its changes; parameters that are not changed take their means. */
function studyAt(study: Study, changes: readonly Substitution[]): Study {
  const changed = changes.reduce<unknown>((whole, { path, value }) => withValue(whole, path, value), study)
  return { ...(changed as Study), draws: 0 }
}

function withValue(whole: unknown, path: DocumentPath, value: unknown): unknown {
  if (path.length === 0) return value
  const [key, ...rest] = path
  const part = (whole as Record<string | number, unknown>)[key]
  const changed = withValue(part, rest, value)
  return Array.isArray(whole) ? whole.with(Number(key), changed) : { ...(whole as object), [key]: changed }
}

/** Names of the values that a run of the study reports. */
export function catalogueOf(study: Study): SeriesCatalogue {
  return buildCatalogue(compileScenario(concreteStudy({ ...study, draws: 0 }, 0), 0))
}

/**
 * Runs tasks of a {@link PointStudy}.
 * @param now milliseconds of a monotonic clock
 * @param memory that no other runner uses at the same time
 */
export function createPointRunner(study: Study, now: () => number, memory: RunMemory = createRunMemory()): TaskRunner {
  const { wanted, ...plain } = study as PointStudy
  const runner = createTaskRunner(plain, now, memory)
  return (task) => {
    const outcome = runner(task)
    return { ...outcome, values: Float64Array.from(wanted, (position) => outcome.values[position]) }
  }
}

/**
 * Runs every point. Which backend runs which point changes nothing but the time.
 * @param lanes backends that run {@link createPointRunner}, each one point at a time
 * @throws InputError where a point cannot be compiled; the signal's reason when it is aborted
 */
export async function runPoints(plan: PointsPlan, lanes: readonly Backend[], options: PointsOptions = {}): Promise<PointValues> {
  const values: (readonly (readonly (readonly number[])[])[])[] = Array.from({ length: plan.points.length })
  const total = plan.points.length * plan.scenarios.length * plan.replications
  let [next, done] = [0, 0]
  const takePoints = async (lane: Backend): Promise<void> => {
    for (let point = next++; point < plan.points.length; point = next++) {
      values[point] = await runPoint(plan, point, lane, options.signal, () => {
        done += 1
        options.onProgress?.(done, total)
      })
    }
  }
  try {
    await Promise.all(lanes.map(takePoints))
  } finally {
    // After a failure the other lanes finish the point at hand and take no more.
    next = plan.points.length
  }
  return values
}

async function runPoint(
  { study, points, scenarios, wanted, replications, firstReplication = 0 }: PointsPlan,
  point: number,
  lane: Backend,
  signal: AbortSignal | undefined,
  onRun: () => void,
): Promise<number[][][]> {
  const tasks = scenarios.flatMap((scenario): Task[] =>
    Array.from({ length: replications }, (_, k) => ({ scenario, draw: 0, replication: firstReplication + k })),
  )
  const values = scenarios.map(() => wanted.map((): number[] => []))
  const changed: PointStudy = { ...studyAt(study, points[point]), wanted }
  await lane.run(
    changed,
    tasks,
    (index, outcome) => {
      const cells = values[scenarios.indexOf(tasks[index].scenario)]
      for (const [position, cell] of cells.entries()) cell.push(outcome.values[position])
      onRun()
    },
    signal,
  )
  return values
}
