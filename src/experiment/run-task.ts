/**
 * One run: study and task in, measured values out. Every backend calls this and nothing else of the model.
 *
 *     draw → concrete study → compiled scenario → for each service: kernel → census → measures
 */
import seedrandom from 'seedrandom'
import type { Task, TaskOutcome } from '../execution/types.ts'
import { buildCatalogue } from '../measures/catalogue.ts'
import { createMeasurer, type Measurer } from '../measures/measure-run.ts'
import { clearCensus, createCensus } from '../model/census.ts'
import { compileScenario } from '../model/compile/index.ts'
import { stratumKeys, type Key } from '../model/identity.ts'
import { createKernelMemory, simulateService } from '../model/simulate.ts'
import type { CompiledScenario, ServiceTables } from '../model/tables.ts'
import { concreteStudy } from '../scenario/concrete.ts'
import type { ConcreteStudy, Study } from '../scenario/study.ts'
import { simulateTogether, type Workplace } from './run-together.ts'

/** Runs tasks of one study; keeps compiled tables and kernel memory between tasks. */
export interface TaskRunner {
  (task: Task): TaskOutcome
  /** Runs tasks of one draw and replication, sharing what they have in common; outcomes as one by one, in their order. */
  readonly together?: (tasks: readonly Task[]) => TaskOutcome[]
}

interface Prepared {
  readonly compiled: CompiledScenario
  readonly measurer: Measurer
}

/** The two words that every key of a study derives from, made of its text seed. */
export function seedWords(seed: string): Key {
  const generator = seedrandom(seed)
  return [generator.int32(), generator.int32()]
}

/** Where runs are worked on. A thread that meets one study after another keeps one, as allocating it anew takes long. */
export interface RunMemory {
  readonly trunk: WorkplaceFor
  readonly branch: WorkplaceFor
}

/** Memory for the runners of a thread, one at a time; nothing that it holds is ever read by a later run. */
export function createRunMemory(): RunMemory {
  return { trunk: createWorkplaces(), branch: createWorkplaces() }
}

/**
 * @param study the resolved study
 * @param now milliseconds of a monotonic clock, for `kernelSeconds` only
 * @param memory that no other runner uses at the same time
 */
export function createTaskRunner(study: Study, now: () => number, memory: RunMemory = createRunMemory()): TaskRunner {
  const seed = seedWords(study.seed)
  const prepare = preparer(study)
  const { trunk: workplaceFor, branch: branchWorkplaceFor } = memory
  const runOne = (task: Task): TaskOutcome => {
    const { compiled, measurer } = prepare(task)
    let pathways = 0
    let kernelMilliseconds = 0
    for (const [index, tables] of compiled.services.entries()) {
      const started = now()
      const place = workplaceFor(tables)
      const { census } = place
      clearCensus(census)
      pathways += simulateService(tables, stratumKeys(seed, task.replication, tables, task.draw), place.memory, census)
      kernelMilliseconds += now() - started
      measurer.addService(index, census)
    }
    return { values: measurer.finish(), pathways, kernelSeconds: kernelMilliseconds / 1000 }
  }
  const together = (tasks: readonly Task[]): TaskOutcome[] => {
    const prepared = tasks.map(prepare)
    const [{ draw, replication }] = tasks
    const pathways = tasks.map(() => 0)
    let kernelMilliseconds = 0
    for (const [index, tables] of prepared[0].compiled.services.entries()) {
      const keys = stratumKeys(seed, replication, tables, draw)
      const variants = prepared.map(({ compiled }) => compiled.services[index])
      let started = now()
      const counts = simulateTogether(variants, keys, workplaceFor(tables), branchWorkplaceFor(tables), (scenario, census) => {
        kernelMilliseconds += now() - started
        prepared[scenario].measurer.addService(index, census)
        started = now()
      })
      counts.forEach((count, scenario) => {
        pathways[scenario] += count
      })
    }
    // The kernel's time was spent for all of them; it is put down to the first.
    return prepared.map(({ measurer }, scenario) => ({
      values: measurer.finish(),
      pathways: pathways[scenario],
      kernelSeconds: scenario === 0 ? kernelMilliseconds / 1000 : 0,
    }))
  }
  return Object.assign(runOne, { together })
}

type WorkplaceFor = (tables: ServiceTables) => Workplace

/**
 * A workplace for each number of strata: services that systems share have more than others. Those of another calendar
 * are given up, so that a sweep over horizons holds those of one.
 */
function createWorkplaces(): WorkplaceFor {
  const byStrata = new Map<number, Workplace>()
  let calendar = ''
  return ({ steps, strata, stepsPerWeek }) => {
    if (calendar !== `${steps} ${stepsPerWeek}`) {
      calendar = `${steps} ${stepsPerWeek}`
      byStrata.clear()
    }
    const known = byStrata.get(strata)
    if (known !== undefined) return known
    const made = { memory: createKernelMemory(steps, strata, stepsPerWeek), census: createCensus(steps, strata) }
    byStrata.set(strata, made)
    return made
  }
}

/** Compiles each scenario of the draw at hand once. */
function preparer(study: Study): (task: Task) => Prepared {
  let concrete: ConcreteStudy | null = null
  const prepared = new Map<number, Prepared>()
  return ({ draw, scenario }) => {
    if (concrete?.draw !== draw) {
      concrete = concreteStudy(study, draw)
      prepared.clear()
    }
    const known = prepared.get(scenario)
    if (known !== undefined) return known
    const compiled = compileScenario(concrete, scenario)
    const made = { compiled, measurer: createMeasurer(compiled, buildCatalogue(compiled), study.health) }
    prepared.set(scenario, made)
    return made
  }
}
