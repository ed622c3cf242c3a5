/**
 * The whole of a study: every scenario, draw and replication at its own sample, shown as replications add up.
 *
 *     which scenarios must run → their tasks, and the reference's → aggregation → results as the command line has them
 *
 * A scenario of the last results that has not changed keeps its numbers; they are those that running it again would give.
 */
import { createAggregator } from '../../experiment/aggregate.ts'
import { canonicalJson } from '../../experiment/sweep/identity.ts'
import type { Backend, Task, TaskOutcome } from '../../execution/types.ts'
import { reportedMeasures } from '../../measures/catalogue.ts'
import { reportingDateIndices } from '../../measures/reporting-dates.ts'
import { createTargetTally } from '../../measures/targets.ts'
import type { StudyResults } from '../../results/types.ts'
import type { Study } from '../../scenario/study.ts'
import type { RunKeys } from './run-keys.ts'
import type { FinishedScenario, RunMemory, StudyFacts } from './run-memory.ts'
import { isNested, placesOf, referenceFirst, type RunPlace } from './run-order.ts'
import { shownPart, shownSeries, type ShownSeries } from './shown-series.ts'

/** What a refinement needs. */
export interface Refinement {
  readonly study: Study
  readonly keys: RunKeys
  readonly facts: StudyFacts
  readonly backend: Backend
  readonly memory: RunMemory
  readonly signal: AbortSignal
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number
  /** Told after each run. */
  readonly onProgress: (done: number, total: number) => void
  /** Told when every scenario has come to the end of a replication, or of a draw; not after the last. */
  readonly onRuns: (runs: readonly (readonly Float64Array[])[], places: readonly RunPlace[], series: ShownSeries) => void
}

/** Pathways from which on runs say how fast the machine is: in fewer, what every week costs whoever waits weighs more. */
const TELLING_PATHWAYS = 1_000_000

/** Runs as the screen keeps them: by scenario in the study's order, then by place; null until they are there. */
type ShownRuns = (Float64Array | null)[][]

/**
 * Runs what must be run.
 * @throws InputError where the study cannot be run; the signal's reason when it is aborted
 */
export async function refine(refinement: Refinement): Promise<StudyResults> {
  const { study, keys, facts, memory, backend, signal, now } = refinement
  const startedAt = now()
  const places = placesOf(study)
  const series = shownSeries(study, facts.catalogue)
  const shownKey = (scenario: number, { draw, replication }: RunPlace): string => `${keys.scenarios[scenario]}\n${shownPart(study)}\n${draw} ${replication}`
  const shown: ShownRuns = study.scenarios.map((_, scenario) => places.map((place) => memory.shown.get(shownKey(scenario, place))))
  const kept = keptScenarios(refinement, shown)
  // What will not be used again makes room.
  memory.finished = byFinishedKey(refinement, kept)
  const remembered = rememberedReferences(refinement, kept, places)
  const gathered = gather(refinement, kept, remembered)
  const tasks = tasksToRun(refinement, kept, places, remembered)
  let pathways = 0
  let kernelSeconds = 0
  let shownPlaces = 0
  let done = 0
  const take = (task: Task, { values }: TaskOutcome): void => {
    gathered.add(task, values)
    const place = task.draw * study.replications + task.replication
    const part = series.shrink(values)
    shown[task.scenario][place] = part
    memory.shown.set(shownKey(task.scenario, task), part)
    shownPlaces = showMore(refinement, shown, places, series, shownPlaces)
  }
  await backend.run(
    study,
    tasks,
    (index, outcome) => {
      take(tasks[index], outcome)
      pathways += outcome.pathways
      kernelSeconds += outcome.kernelSeconds
      done += 1
      refinement.onProgress(done, tasks.length)
    },
    signal,
  )
  if (pathways >= TELLING_PATHWAYS) memory.secondsPerPathway = kernelSeconds / pathways
  const scenarios = gathered.finish()
  memory.finished = byFinishedKey(refinement, scenarios)
  return assemble(study, facts, scenarios, { pathways, kernelSeconds, wallSeconds: (now() - startedAt) / 1000, workers: backend.workers })
}

/** Everything that a scenario's part of the results depends on, the reference that it is compared with among it. */
function finishedKey({ study, keys }: Refinement, scenario: number): string {
  const [reference] = referenceFirst(study)
  return [keys.scenarios[reference], keys.scenarios[scenario], study.draws, study.replications, canonicalJson(study.targets)].join('\n')
}

function byFinishedKey(refinement: Refinement, scenarios: ReadonlyMap<number, FinishedScenario>): Map<string, FinishedScenario> {
  return new Map([...scenarios].map(([scenario, finished]) => [finishedKey(refinement, scenario), finished]))
}

/** Scenarios that need not run again: the last results have them, and their runs are there for the screen. */
function keptScenarios(refinement: Refinement, shown: ShownRuns): Map<number, FinishedScenario> {
  const kept = new Map<number, FinishedScenario>()
  for (const scenario of refinement.study.scenarios.keys()) {
    const finished = refinement.memory.finished.get(finishedKey(refinement, scenario))
    if (finished !== undefined && shown[scenario].every((run) => run !== null)) kept.set(scenario, finished)
  }
  return kept
}

/** Whole runs of an unchanged reference, by place; held here, whatever the memory lets go of meanwhile. */
function rememberedReferences({ study, keys, memory }: Refinement, kept: ReadonlyMap<number, FinishedScenario>, places: readonly RunPlace[]): Map<string, Float64Array> {
  const [reference] = referenceFirst(study)
  if (!kept.has(reference) || kept.size === study.scenarios.length) return new Map()
  return new Map(
    places.flatMap((place) => {
      const values = memory.references.get(`${keys.scenarios[reference]}\n${placeKey(place)}`)
      return values === null ? [] : [[placeKey(place), values] as const]
    }),
  )
}

const placeKey = ({ draw, replication }: RunPlace): string => `${draw} ${replication}`

/** In canonical order; the reference runs where it is new, or where its run is needed for comparison and is gone. */
function tasksToRun(
  { study }: Refinement,
  kept: ReadonlyMap<number, FinishedScenario>,
  places: readonly RunPlace[],
  remembered: ReadonlyMap<string, Float64Array>,
): Task[] {
  if (kept.size === study.scenarios.length) return []
  const [reference, ...others] = referenceFirst(study)
  const changed = others.filter((scenario) => !kept.has(scenario))
  return places.flatMap((place) => {
    const first = remembered.has(placeKey(place)) ? [] : [reference]
    return [...first, ...changed].map((scenario) => ({ scenario, ...place }))
  })
}

/** Takes whole runs in canonical order. */
interface Gathering {
  add(task: Task, values: Float64Array): void
  /** By scenario. */
  finish(): Map<number, FinishedScenario>
}

function gather(refinement: Refinement, kept: ReadonlyMap<number, FinishedScenario>, remembered: ReadonlyMap<string, Float64Array>): Gathering {
  const { study, keys, facts: { catalogue }, memory } = refinement
  const order = referenceFirst(study)
  const [reference] = order
  // An aggregation needs memory of its own, and there is nothing to aggregate.
  if (kept.size === order.length) return { add: () => undefined, finish: () => new Map(kept) }
  const changed = order.filter((scenario) => scenario === reference || !kept.has(scenario))
  const scenarioIds = changed.map((scenario) => study.scenarios[scenario].id)
  const tally = createTargetTally({ targets: study.targets, catalogue, scenarioIds, runsPerDraw: isNested(study) ? study.replications : 1 })
  const aggregator = createAggregator({
    scenarioIds,
    reference: 0,
    series: catalogue.keys.length,
    dates: catalogue.dates.length,
    dateIndices: reportingDateIndices(catalogue.dates),
    unit: isNested(study) ? 'draw' : 'run',
  })
  const add = (task: Task, values: Float64Array): void => {
    const index = changed.indexOf(task.scenario)
    aggregator.add({ ...task, scenario: index }, values)
    tally.add(index, values)
  }
  let current = ''
  return {
    add(task, values) {
      const place = placeKey(task)
      const ofReference = remembered.get(place)
      if (task.scenario === reference) memory.references.set(`${keys.scenarios[reference]}\n${place}`, values)
      else if (current !== place && ofReference !== undefined) add({ ...task, scenario: reference }, ofReference)
      current = place
      add(task, values)
    },
    finish() {
      const { scenarios, runRows } = aggregator.finish()
      const targets = tally.outcomes()
      const finished = changed.map((scenario, index): [number, FinishedScenario] => {
        const { id } = study.scenarios[scenario]
        return [scenario, {
          moments: scenarios[index],
          runs: runRows.runs.filter((run) => run.scenario === id),
          targets: targets.filter((outcome) => outcome.scenario === id),
        }]
      })
      return new Map([...finished, ...kept])
    },
  }
}

/** Tells of the places that every scenario has come to; a draw of several replications counts once it is whole. */
function showMore({ study, onRuns }: Refinement, shown: ShownRuns, places: readonly RunPlace[], series: ShownSeries, before: number): number {
  const complete = shown.map((runs) => (runs.includes(null) ? runs.indexOf(null) : runs.length))
  const reached = Math.min(...complete)
  const step = isNested(study) ? study.replications : 1
  const whole = reached - (reached % step)
  if (whole <= before || whole === places.length) return before
  onRuns(shown.map((runs) => runs.filter((run) => run !== null).slice(0, whole)), places.slice(0, whole), series)
  return whole
}

function assemble(study: Study, { catalogue, budgets }: StudyFacts, scenarios: ReadonlyMap<number, FinishedScenario>, performance: StudyResults['performance']): StudyResults {
  const finished = study.scenarios.map((_, index) => {
    const found = scenarios.get(index)
    if (found === undefined) throw new Error('a scenario has not been run')
    return found
  })
  return {
    study,
    catalogue,
    measures: reportedMeasures(catalogue),
    scenarios: study.scenarios.map(({ id, title }, index) => ({ ...finished[index].moments, id, title, budgets: budgets[index] })),
    runRows: { dateIndices: reportingDateIndices(catalogue.dates), runs: finished.flatMap(({ runs }) => runs) },
    targets: finished.flatMap(({ targets }) => targets),
    performance,
  }
}
