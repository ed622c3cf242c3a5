/**
 * A study, run: tasks in canonical order → backend → aggregated results.
 */
import type { Backend, Task, Unit } from '../execution/types.ts'
import { buildCatalogue, reportedMeasures } from '../measures/catalogue.ts'
import { reportingDateIndices } from '../measures/reporting-dates.ts'
import { createTargetTally } from '../measures/targets.ts'
import type { TargetTally } from '../measures/targets.ts'
import type { SeriesCatalogue } from '../measures/types.ts'
import { compileScenario } from '../model/compile/index.ts'
import type { BudgetLine } from '../model/tables.ts'
import type { ScenarioSummary, StudyResults } from '../results/types.ts'
import { concreteStudy } from '../scenario/resolve.ts'
import type { Study } from '../scenario/study.ts'
import { createAggregator } from './aggregate.ts'
import type { Aggregator } from './aggregate.ts'
import { shareInCommon } from './run-together.ts'

/** How a run is watched and stopped. */
export interface RunStudyOptions {
  /** Called after each run, in task order. */
  readonly onProgress?: (done: number, total: number) => void
  /** Aborting it rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Milliseconds of a monotonic clock, for `performance` only; the platform's own by default. */
  readonly now?: () => number
}

/**
 * Every run of a study in canonical order: for draw, for replication, for scenario with the reference first and
 * the others as the study lists them. A study without draws has draw 0 alone.
 */
export function studyTasks(study: Study): Task[] {
  const reference = referenceIndex(study)
  const scenarios = [reference, ...[...study.scenarios.keys()].filter((index) => index !== reference)]
  const draws = Math.max(1, study.draws)
  const tasks: Task[] = []
  for (let draw = 0; draw < draws; draw += 1) {
    for (let replication = 0; replication < study.replications; replication += 1) {
      for (const scenario of scenarios) tasks.push({ scenario, draw, replication })
    }
  }
  return tasks
}

/**
 * Runs a study on a backend. The results depend on the study alone: not on the backend, the number of workers,
 * or the order in which runs finish.
 * @throws InputError where the study cannot be compiled
 * @throws the signal's reason when it is aborted
 */
export async function runStudy(study: Study, backend: Backend, options: RunStudyOptions = {}): Promise<StudyResults> {
  const now = options.now ?? (() => performance.now())
  const startedAt = now()
  options.signal?.throwIfAborted()
  const reference = referenceIndex(study)
  const { catalogue, budgets, common } = compileFirstDraw(study, reference)
  const scenarioIds = study.scenarios.map(({ id }) => id)
  const isNested = study.draws > 1 && study.replications > 1
  const tally = createTargetTally({ targets: study.targets, catalogue, scenarioIds, runsPerDraw: isNested ? study.replications : 1 })
  const aggregator = createAggregator({
    scenarioIds,
    reference,
    series: catalogue.keys.length,
    dates: catalogue.dates.length,
    dateIndices: reportingDateIndices(catalogue.dates),
    unit: isNested ? 'draw' : 'run',
  })
  const effort = await runTasks(study, backend, options, aggregator, tally, common)
  const { scenarios, runRows } = aggregator.finish()
  return {
    study,
    catalogue,
    measures: reportedMeasures(catalogue),
    scenarios: study.scenarios.map(({ id, title }, index): ScenarioSummary =>
      Object.assign(scenarios[index], { id, title, budgets: budgets[index] }),
    ),
    runRows,
    targets: tally.outcomes(),
    performance: { ...effort, wallSeconds: (now() - startedAt) / 1000, workers: backend.workers },
  }
}

/** Least share of its work that a scenario must have in common with the reference to be run with it: copying states costs, too. */
const WORTH_SHARING = 0.1

/**
 * What is known before any run: names of series; budgets, which are reported as in the first draw; and which scenarios
 * have enough in common with the reference to be run with it.
 */
function compileFirstDraw(
  study: Study,
  reference: number,
): { catalogue: SeriesCatalogue; budgets: (readonly BudgetLine[])[]; common: ReadonlySet<number> } {
  const concrete = concreteStudy(study, 0)
  const trunk = compileScenario(concrete, reference)
  const common = new Set<number>()
  const budgets = study.scenarios.map((_, index) => {
    const compiled = index === reference ? trunk : compileScenario(concrete, index)
    if (index === reference || shareInCommon(trunk.services, compiled.services) >= WORTH_SHARING) common.add(index)
    return compiled.budgets
  })
  return { catalogue: buildCatalogue(trunk), budgets, common }
}

/**
 * Tasks that are run together: of each draw and replication, the scenarios in `common`. Runners that would have
 * nothing to do are worth more than work shared, so every task stays by itself where there are few replications.
 */
export function studyUnits(tasks: readonly Task[], common: ReadonlySet<number>, workers: number): Unit[] {
  const byRun = Map.groupBy(tasks.keys(), (index) => `${tasks[index].draw}/${tasks[index].replication}`)
  if (byRun.size < workers) return tasks.map((_, index) => [index])
  const units = [...byRun.values()].flatMap((indices) => {
    const shared = indices.filter((index) => common.has(tasks[index].scenario))
    return [shared, ...indices.filter((index) => !common.has(tasks[index].scenario)).map((index) => [index])]
  })
  return units.filter((unit) => unit.length > 0).toSorted((a, b) => a[0] - b[0])
}

async function runTasks(
  study: Study,
  backend: Backend,
  { onProgress, signal }: RunStudyOptions,
  aggregator: Aggregator,
  tally: TargetTally,
  common: ReadonlySet<number>,
): Promise<{ pathways: number; kernelSeconds: number }> {
  const tasks = studyTasks(study)
  let pathways = 0
  let kernelSeconds = 0
  let done = 0
  await backend.run(
    study,
    tasks,
    (index, outcome) => {
      if (index !== done) throw new Error(`run ${index} was handed over in place of run ${done}`)
      aggregator.add(tasks[index], outcome.values)
      tally.add(tasks[index].scenario, outcome.values)
      pathways += outcome.pathways
      kernelSeconds += outcome.kernelSeconds
      done += 1
      onProgress?.(done, tasks.length)
    },
    signal,
    studyUnits(tasks, common, backend.workers),
  )
  if (done !== tasks.length) throw new Error(`${done} of ${tasks.length} runs were handed over`)
  return { pathways, kernelSeconds }
}

function referenceIndex(study: Study): number {
  const index = study.scenarios.findIndex(({ id }) => id === study.reference)
  if (index < 0) throw new Error(`the reference ${study.reference} is not a scenario of the study`)
  return index
}
