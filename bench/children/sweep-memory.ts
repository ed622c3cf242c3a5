/** One sweep of small runs, watched: what the process holds and the processor time that it has taken, by runs done. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { collectSweep } from '../../src/cli/sweep-collect.ts'
import { executeSweep } from '../../src/cli/sweep-execute.ts'
import { loadDesign, makePlan, storeFolder } from '../../src/cli/sweep-plan.ts'
import { createTaskRunner } from '../../src/experiment/run-task.ts'
import { sweepStudy } from '../../src/experiment/sweep/sweep-study.ts'
import { openRunStore } from '../../src/results/store/run-store.ts'
import { slotsDesign, writeDesign } from '../../test/cli/sweep-fixture.ts'
import { processorMilliseconds } from './processor-time.ts'
import { answer, request } from './request.ts'

/** What to run. */
export interface SweepMemoryRequest {
  /** Design points of ten runs each. */
  readonly points: number
  readonly workers: number
  /** Runs between two looks. */
  readonly every: number
  /**
   * `watch` looks at the process as it is; `collect` collects garbage at each look, to see what is alive; `bare` runs
   * the same tasks in a loop and keeps nothing.
   */
  readonly kind: 'watch' | 'collect' | 'bare'
}

/** One look. */
export interface SweepMemoryAnswer {
  readonly runs: number
  /** Of the whole process, threads included, as the system counts it. */
  readonly residentBytes: number
  /** Of the main thread: JavaScript's heap, and buffers outside it. */
  readonly heapBytes: number
  readonly bufferBytes: number
  /** User and system time of all threads since the start of the process, seconds; of `bare`, of the runs alone. */
  readonly processorSeconds: number
}

const { points, workers, every, kind } = request() as SweepMemoryRequest
/** Seconds of the runs of a bare loop, its studies made before the clock starts. */
let bareSeconds: number | null = null

function look(runs: number): SweepMemoryAnswer {
  if (kind === 'collect') collectGarbage()
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  return { runs, residentBytes: rss, heapBytes: heapUsed, bufferBytes: arrayBuffers, processorSeconds: bareSeconds ?? (user + system) / 1e6 }
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
}

const folder = mkdtempSync(join(tmpdir(), 'fairwait-bench-'))
try {
  const out = join(folder, 'out')
  const plan = await makePlan(out, await loadDesign(writeDesign(folder, slotsDesign(points))))
  let next = 0
  const lookWhenDue = (ran: number): void => {
    if (ran < next) return
    next = (Math.floor(ran / every) + 1) * every
    answer(look(ran))
  }
  if (kind === 'bare') await runBare(plan, lookWhenDue)
  else await runSweep(out, plan, lookWhenDue)
  answer(look(points * 10))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

type Plan = Awaited<ReturnType<typeof makePlan>>

async function runSweep(out: string, plan: Plan, onRuns: (ran: number) => void): Promise<void> {
  const store = openRunStore(storeFolder(out, plan), plan.engine)
  await executeSweep(plan, store, {
    workers,
    signal: new AbortController().signal,
    isSpent: () => false,
    onProgress: ({ ran }) => onRuns(ran),
    onBatchSize: () => undefined,
  })
  await collectSweep(out, plan, store, () => undefined)
  store.close()
}

/** The same runs in one thread, the scenarios of a group together as a sweep runs them. */
async function runBare({ source }: Plan, onRuns: (ran: number) => void): Promise<void> {
  const studies = sweepStudy(source)
  let [ran, seconds] = [0, 0]
  for (let number = 0; number < studies.points.count; number += 1) {
    const study = await studies.at(number)
    const begun = processorMilliseconds()
    const runner = createTaskRunner(study, () => 0)
    for (let replication = 0; replication < study.replications; replication += 1) {
      const tasks = study.scenarios.map((_, scenario) => ({ scenario, draw: 0, replication }))
      ran += runner.together?.(tasks).length ?? 0
    }
    seconds += (processorMilliseconds() - begun) / 1000
    bareSeconds = seconds
    onRuns(ran)
  }
}
