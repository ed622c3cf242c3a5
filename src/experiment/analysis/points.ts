/**
 * Runs of one study at many points of its parameters, on any backend.
 *
 *     study + points → tasks (draw = number of the point) → backend → the wanted values, point by point
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
import { createTaskRunner } from '../run-task.ts'
import type { TaskRunner } from '../run-task.ts'

/** A change to a resolved study: what stands at `path` instead. Plain JSON. */
export interface Substitution {
  readonly path: DocumentPath
  readonly value: unknown
}

/** A study as threads of an analysis get it. */
export interface PointsStudy extends Study {
  readonly analysis: {
    /** Changes by point. */
    readonly points: readonly (readonly Substitution[])[]
    /** Positions in a run's block of values of what is handed back. */
    readonly wanted: readonly number[]
  }
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
export function studyAt(study: Study, changes: readonly Substitution[]): Study {
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
 * Runs tasks of a {@link PointsStudy}: a task's draw is the number of its point. Holds one point at a time.
 * @param now milliseconds of a monotonic clock
 */
export function createPointRunner(study: Study, now: () => number): TaskRunner {
  const { analysis, ...plain } = study as PointsStudy
  let runner: TaskRunner | null = null
  let point = -1
  return (task) => {
    if (runner === null || task.draw !== point) {
      runner = createTaskRunner(studyAt(plain, analysis.points[task.draw]), now)
      point = task.draw
    }
    const outcome = runner({ ...task, draw: 0 })
    return { ...outcome, values: Float64Array.from(analysis.wanted, (position) => outcome.values[position]) }
  }
}

/**
 * Runs every point.
 * @param backend one whose threads run {@link createPointRunner}
 * @throws InputError where a point cannot be compiled; the signal's reason when it is aborted
 */
export async function runPoints(plan: PointsPlan, backend: Backend, options: PointsOptions = {}): Promise<PointValues> {
  const tasks = pointTasks(plan)
  const study: PointsStudy = { ...plan.study, analysis: { points: plan.points, wanted: plan.wanted } }
  const values = plan.points.map(() => plan.scenarios.map(() => plan.wanted.map((): number[] => [])))
  await backend.run(
    study,
    tasks,
    (index, outcome) => {
      const { draw, scenario } = tasks[index]
      const cells = values[draw][plan.scenarios.indexOf(scenario)]
      for (const [position, cell] of cells.entries()) cell.push(outcome.values[position])
      options.onProgress?.(index + 1, tasks.length)
    },
    options.signal,
  )
  return values
}

/** Points one after the other, so that a thread compiles each once. */
function pointTasks({ points, scenarios, replications, firstReplication = 0 }: PointsPlan): Task[] {
  return points.flatMap((_, draw) =>
    scenarios.flatMap((scenario) =>
      Array.from({ length: replications }, (__, k) => ({ scenario, draw, replication: firstReplication + k })),
    ),
  )
}
