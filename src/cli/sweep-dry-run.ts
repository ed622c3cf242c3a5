/** `fairwait sweep DESIGN --dry-run`: what a sweep would take, from a short pilot that leaves nothing behind. */
import { availableParallelism } from 'node:os'
import { drawCount, groupCount, wholeRound } from '../experiment/sweep/rounds.ts'
import { batchBytes } from '../results/store/batch-file.ts'
import type { StoredRun } from '../results/store/batch-file.ts'
import { sweepText } from './sweep-messages.ts'
import { engineName, runCount, sha256 } from './sweep-plan.ts'
import type { LoadedDesign } from './sweep-plan.ts'
import type { SweepOptions } from './sweep.ts'
import { sweepPoints } from '../experiment/sweep/point-runs.ts'

/** Points that the pilot tries: the first, the middle and the last, since cost may change along a design. */
const PILOT_POINTS = [0, 0.5, 1]
/** Bytes of a row of runs.csv and runs.parquet together, beside names that compress to little. */
const RESULT_BYTES_PER_VALUE = 120
/** Memory that a thread takes with a run's block of values, by block; measured in docs/scale.md. */
const BLOCKS_PER_THREAD = 3

/** Prints runs, time, disk and memory. */
export async function dryRun({ source }: LoadedDesign, options: SweepOptions): Promise<void> {
  const { createTaskRunner } = await import('../experiment/run-task.ts')
  const points = sweepPoints(source, await engineName(), sha256)
  const runs: StoredRun[] = []
  let seconds = 0
  let block = 0
  for (const number of new Set(PILOT_POINTS.map((share) => Math.round(share * (points.count - 1))))) {
    const point = await points.at(number)
    if (point.fault !== null) throw point.fault
    const { study, kept, idOf } = point
    const runTask = createTaskRunner(study, () => performance.now())
    for (const [scenario, { id }] of study.scenarios.entries()) {
      const task = { scenario, draw: 0, replication: 0 }
      const start = performance.now()
      const { values } = runTask(task)
      seconds += (performance.now() - start) / 1000
      block = Math.max(block, values.byteLength)
      runs.push({ id: idOf(task), point: number, scenario: id, draw: 0, replication: 0, keys: kept.keys, dates: kept.dates, values: kept.select(values) })
    }
  }
  const total = runCount(source)
  const workers = Math.min(options.workers ?? availableParallelism(), groupCount(wholeRound(source.design, points.count)))
  const values = runs[0].values.length
  const estimate = {
    points: points.count,
    runs: total,
    adaptive: source.design.until !== null,
    draws: drawCount(source.design),
    pilot: runs.length,
    secondsPerRun: seconds / runs.length,
    seconds: ((seconds / runs.length) * total) / workers,
    workers,
    disk: Math.round((batchBytes(runs).length / runs.length + values * RESULT_BYTES_PER_VALUE) * total),
    memory: process.memoryUsage.rss() + workers * BLOCKS_PER_THREAD * block,
  }
  if (options.json === true) process.stdout.write(`${JSON.stringify({ format: 'fairwait-sweep-estimate', version: 1, ...estimate })}\n`)
  else process.stdout.write(`${sweepText.estimate(estimate).join('\n')}\n`)
}
