/** Sweeps of 10,000 small runs: what they hold as they go on, and what they cost beside the simulation. */
import type { SweepMemoryAnswer, SweepMemoryRequest } from '../children/sweep-memory.ts'
import { studentTQuantile } from '../../src/measures/interval.ts'
import { benchMessages, say } from '../messages.ts'
import { child, runLines } from '../process.ts'
import type { SlopeEstimate, SweepMemory, SweepsRecord } from '../record.ts'
import { mean, slopeOf, timingOf, variance } from '../statistics.ts'

const POINTS = 1000
const RUNS = 10_000
const ROUNDS = 3
const EVERY = 500
/** Runs before the slope: code is compiled, and the pilot is over. */
const WARM_UP_RUNS = 2000
/** Of the series that is shown. */
const SHOWN_RUNS = [2000, 4000, 6000, 8000, 10_000]

/** In turns, so that what else the machine does falls on all of them. */
export async function benchSweeps(): Promise<SweepsRecord> {
  const series: SweepMemoryAnswer[][][] = [[], []]
  const bare: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, workers] of [1, 2].entries()) series[index].push(await watched({ points: POINTS, workers, every: EVERY, kind: 'watch' }))
    bare.push(secondsOf(await watched({ points: POINTS, workers: 1, every: RUNS, kind: 'bare' })))
  }
  const alive = await watched({ points: POINTS, workers: 1, every: EVERY, kind: 'collect' })
  return {
    runs: RUNS,
    warmUpRuns: WARM_UP_RUNS,
    memory: series.map((each, index) => memoryOf(index + 1, each)),
    alive: SHOWN_RUNS.map((runs) => ({ runs, heapBytes: at(alive, runs).heapBytes, bufferBytes: at(alive, runs).bufferBytes })),
    bareSeconds: timingOf(bare),
    sweepSeconds: timingOf(series[0].map(secondsOf)),
  }
}

async function watched(asked: SweepMemoryRequest): Promise<SweepMemoryAnswer[]> {
  say(benchMessages.running(`sweep, ${asked.kind}, workers ${asked.workers}`))
  return runLines<SweepMemoryAnswer>(child('sweep-memory', asked))
}

const secondsOf = (looks: readonly SweepMemoryAnswer[]): number => looks[looks.length - 1].processorSeconds

/** The first look at or after so many runs. */
function at(looks: readonly SweepMemoryAnswer[], runs: number): SweepMemoryAnswer {
  return looks.find((look) => look.runs >= runs) ?? looks[looks.length - 1]
}

function memoryOf(workers: number, processes: readonly (readonly SweepMemoryAnswer[])[]): SweepMemory {
  return {
    workers,
    resident: SHOWN_RUNS.map((runs) => ({ runs, bytes: timingOf(processes.map((looks) => at(looks, runs).residentBytes)) })),
    bytesPerRun: slopeEstimate(processes.map(slopeOfProcess)),
  }
}

/** Least squares; the last look is after collecting, which is no part of the growth. */
function slopeOfProcess(looks: readonly SweepMemoryAnswer[]): number {
  const judged = looks.slice(0, -1).filter(({ runs }) => runs >= WARM_UP_RUNS)
  return slopeOf(judged.map(({ runs }) => runs), judged.map(({ residentBytes }) => residentBytes))
}

/** Processes are independent of one another; looks of one process are not. */
function slopeEstimate(slopes: readonly number[]): SlopeEstimate {
  const middle = mean(slopes)
  const half = studentTQuantile(0.975, slopes.length - 1) * Math.sqrt(variance(slopes) / slopes.length)
  return { mean: middle, lower: middle - half, upper: middle + half, processes: slopes.length }
}
