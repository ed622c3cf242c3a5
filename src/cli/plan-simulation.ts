/**
 * What the simulation says of a plan. Two scenarios of one study:
 *
 *     as-it-is   today's capacity throughout
 *     relief     each specialty's relief capacity for the relief weeks, then its target capacity for 26 weeks
 *
 * Each quantity is read off every run, and its mean and interval are over runs.
 */
import { addDays } from '../baseline/calendar.ts'
import { factorFromCompliance } from '../baseline/plan/formulas.ts'
import { ALL, type PlanRow, type PlanTarget, type Queue } from '../baseline/plan/plan.ts'
import { queuesOf } from '../baseline/plan/queues.ts'
import { largestRemainder } from '../baseline/whole-people.ts'
import { BANDS } from '../baseline/types.ts'
import { UserError } from '../errors.ts'
import { createThreadsBackend } from '../execution/threads.ts'
import { studyTasks, studyUnits } from '../experiment/run-study.ts'
import { buildCatalogue } from '../measures/catalogue.ts'
import { meanInterval, type MeanInterval } from '../measures/interval.ts'
import type { SeriesCatalogue } from '../measures/types.ts'
import { compileScenario } from '../model/compile/index.ts'
import { listDate, type PackBaseline } from '../scenario/baselines.ts'
import { checkStudyData } from '../scenario/parse.ts'
import { NO_POSITIONS } from '../scenario/positions.ts'
import { concreteStudy, inlineStudyBaseline, resolveStudy } from '../scenario/resolve.ts'
import type { Study } from '../scenario/study.ts'
import { PROBLEMS, type SIMULATED } from './plan-messages.ts'

/** What is said by formula and by simulation. */
export type Quantity = keyof typeof SIMULATED.quantities

/** A quantity both ways; `null` where a formula has no value, or where the simulation has none. */
export interface BothWays {
  readonly formula: number | null
  readonly simulated: MeanInterval | null
}

/** What the simulation says of each row of a plan. */
export interface SimulatedPlan {
  readonly runs: number
  /** Fraction of pathways simulated. */
  readonly sample: number
  /** In the order of the plan's rows; null for rows that were not simulated by themselves. */
  readonly rows: readonly (Readonly<Record<Quantity, BothWays>> | null)[]
}

/** How the work is watched and stopped. */
export interface SimulationWatch {
  readonly signal: AbortSignal
  readonly onProgress: (done: number, total: number) => void
}

const RUNS = 5
/** Weeks for which the target capacity should hold the list. */
const HOLD_WEEKS = 26
/** Longer lists are sampled: specialties of thousands then vary by a few per cent a run. */
const MOST_WAITING = 1_000_000
/** Most that a study lets capacity be multiplied by, and most specialties that one study of ours can change. */
const MOST_CAPACITY_FACTOR = 10
const MOST_SPECIALTIES = 100
/** A day on which no working day follows a holiday; the calendar of a file is not simulated. */
const FILE_START = '2026-04-06'

/** Measures that say who waits under or over a number of weeks. */
const SHARE_UNDER: Readonly<Partial<Record<number, readonly [measure: string, isUnder: boolean]>>> = {
  18: ['within-18-weeks', true],
  52: ['over-52-weeks', false],
  65: ['over-65-weeks', false],
}

/** The queues of a pack, with the default assumptions. */
export async function packQueues(pack: PackBaseline): Promise<Queue[]> {
  const data = { schemaVersion: 1, name: 'plan', baseline: pack.path, time: { weeks: 1 }, scenarios: { 'as-it-is': {} } }
  const concrete = concreteStudy(resolveStudy(await checkStudyData(data, NO_POSITIONS), pack, NO_POSITIONS), 0)
  const { assumptions } = concrete
  const numbers = (values: readonly (number | readonly number[])[]): number[] => values.map((value) => (typeof value === 'number' ? value : value[0]))
  return queuesOf(concrete.baselines[0], {
    privatePerWeek: numbers(assumptions.privatePerWeek),
    emergencyPerWeek: numbers(assumptions.emergencyPerWeek),
    deathPerWeek: numbers(assumptions.deathPerWeek),
    dnaRate: numbers(assumptions.dnaRate),
    dischargeAfterDna: numbers(assumptions.dischargeAfterDna),
  })
}

/**
 * Simulates a plan.
 *
 * @param pack where the queues came from; null for a planner's own file, which is then written out as a baseline
 */
export async function simulatePlan(pack: PackBaseline | null, rows: readonly PlanRow[], target: PlanTarget, watch: SimulationWatch): Promise<SimulatedPlan> {
  const specialties = rows.filter(({ queue }) => queue.specialty !== ALL && isWhole(queue, rows))
  if (specialties.length > MOST_SPECIALTIES) throw new UserError(PROBLEMS.tooManySimulated(MOST_SPECIALTIES), 3)
  const codes = new Map(specialties.map(({ queue }, index) => [queue.specialty, pack === null ? `S${index + 1}` : queue.specialty]))
  const study = await studyOf(pack, specialties, codes, target)
  const { catalogue, runs } = await valuesOf(study, watch)
  const groups = new Set(pack === null ? [ALL] : [ALL, ...rows.map(({ queue }) => queue.group)])
  return {
    runs: study.replications,
    sample: study.sample,
    rows: rows.map((row) => {
      const specialty = row.queue.specialty === ALL ? ALL : codes.get(row.queue.specialty)
      if (specialty === undefined || !groups.has(row.queue.group)) return null
      return bothWays(row, target, runs.map(([asItIs, relief]) => readerOf(catalogue, specialty, row.queue.group, asItIs, relief)))
    }),
  }
}

/** Whether a queue is all of its specialty. */
const isWhole = (queue: Queue, rows: readonly PlanRow[]): boolean =>
  queue.group === ALL || !rows.some((other) => other.queue.specialty === queue.specialty && other.queue.group === ALL)

/** The study of a plan. */
async function studyOf(pack: PackBaseline | null, specialties: readonly PlanRow[], codes: ReadonlyMap<string, string>, target: PlanTarget): Promise<Study> {
  const start = pack === null ? FILE_START : listDate(pack)
  const waiting = specialties.reduce((sum, { queue }) => sum + queue.waiting, 0)
  const data = {
    schemaVersion: 1,
    name: 'plan',
    baseline: pack === null ? inlineBaseline(specialties, codes) : pack.path,
    time: { start, weeks: target.reliefWeeks + HOLD_WEEKS },
    replications: RUNS,
    sample: waiting > MOST_WAITING ? MOST_WAITING / waiting : 1,
    ...(pack === null && { assumptions: { inTurnShareFirst: 0 } }),
    scenarios: { 'as-it-is': {}, relief: { adjust: capacities(specialties, codes, target, start) } },
  }
  const file = await checkStudyData(data, NO_POSITIONS)
  if (pack !== null) return resolveStudy(file, pack, NO_POSITIONS)
  if (typeof file.baseline === 'string') throw new Error('the baseline of a file is written out')
  return resolveStudy(file, inlineStudyBaseline(file, file.baseline), NO_POSITIONS)
}

/** Each specialty's capacity: relief, then target; as it is where there is none to multiply or the factor is too large. */
function capacities(specialties: readonly PlanRow[], codes: ReadonlyMap<string, string>, target: PlanTarget, start: string): object[] {
  const until = addDays(start, target.reliefWeeks * 7)
  return specialties.filter(canBeRelieved).flatMap(({ queue, figures }) => {
    const change = { assumption: 'capacityFactor', specialties: [codes.get(queue.specialty)] }
    return [
      { ...change, multiply: figures.reliefCapacityPerWeek / queue.capacityPerWeek, to: addDays(until, -1) },
      { ...change, multiply: Math.min(MOST_CAPACITY_FACTOR, figures.targetCapacityPerWeek / queue.capacityPerWeek), from: until },
    ]
  })
}

const canBeRelieved = ({ queue, figures }: PlanRow): boolean =>
  queue.capacityPerWeek > 0 && Math.max(figures.reliefCapacityPerWeek, figures.targetCapacityPerWeek) <= MOST_CAPACITY_FACTOR * queue.capacityPerWeek

/** A planner's file as a baseline of one group: waits are exponential with the mean given. */
function inlineBaseline(specialties: readonly PlanRow[], codes: ReadonlyMap<string, string>): object {
  return {
    groups: [1],
    specialties: specialties.map(({ queue }) => ({
      code: codes.get(queue.specialty),
      name: queue.name,
      clockStartsPerWeek: queue.demandPerWeek,
      waiting: exponentialList(Math.round(queue.waiting), queue.meanWaitWeeks),
      firstAppointmentsPerWeek: queue.capacityPerWeek,
    })),
  }
}

/** People by whole weeks waited, in whole people, whose waits are exponential with a mean. */
function exponentialList(waiting: number, meanWaitWeeks: number): number[] {
  // Everybody in band w counts as w + ½ weeks, so that the bands are geometric with mean − ½.
  const stays = meanWaitWeeks > 0.5 ? (meanWaitWeeks - 0.5) / (meanWaitWeeks + 0.5) : 0
  return largestRemainder(Array.from({ length: BANDS }, (_, week) => stays ** week), waiting)
}

type RunPair = readonly [asItIs: Float64Array, relief: Float64Array]

/** Every run's values, by replication: both scenarios. */
async function valuesOf(study: Study, { signal, onProgress }: SimulationWatch): Promise<{ catalogue: SeriesCatalogue; runs: RunPair[] }> {
  const catalogue = buildCatalogue(compileScenario(concreteStudy(study, 0), 0))
  const backend = createThreadsBackend()
  const tasks = studyTasks(study)
  const runs: [Float64Array, Float64Array][] = []
  let done = 0
  await backend.run(
    study,
    tasks,
    (index, { values }) => {
      const { replication, scenario } = tasks[index]
      const pair = (runs[replication] ??= [values, values])
      pair[scenario] = values
      onProgress(++done, tasks.length)
    },
    signal,
    studyUnits(tasks, new Set(study.scenarios.keys()), backend.workers),
  )
  return { catalogue, runs }
}

/** Numbers of one row in one run: by measure, week and scenario. */
type Reader = (scenario: 'asItIs' | 'relief', measure: string, week: number) => number

function readerOf(catalogue: SeriesCatalogue, specialty: string, group: string, asItIs: Float64Array, relief: Float64Array): Reader {
  const dimension = group === ALL ? ALL : 'deprivation'
  const rowOf = new Map(
    catalogue.keys.flatMap((key, row): [string, number][] =>
      key.specialty === specialty && key.dimension === dimension && key.group === group && key.stage === ALL ? [[key.measure, row]] : [],
    ),
  )
  return (scenario, measure, week) => {
    const row = rowOf.get(measure)
    if (row === undefined) throw new Error(`no series ${measure} of ${specialty}`)
    return (scenario === 'asItIs' ? asItIs : relief)[row * catalogue.dates.length + week]
  }
}

function bothWays(row: PlanRow, target: PlanTarget, runs: readonly Reader[]): Record<Quantity, BothWays> {
  const { queue, figures } = row
  const { reliefWeeks } = target
  const end = reliefWeeks + HOLD_WEEKS
  const growth = (queue.demandPerWeek - queue.capacityPerWeek) * reliefWeeks
  const over = (read: (run: Reader) => number): MeanInterval | null => {
    const found = meanInterval(runs.map(read))
    return Number.isNaN(found.mean) ? null : found
  }
  const inRelief = (read: (run: Reader) => number): MeanInterval | null => (canBeRelieved(row) ? over(read) : null)
  const relieved = (run: Reader): number => run('relief', 'waiting', reliefWeeks)
  return {
    load: { formula: figures.load, simulated: over((run) => simulatedLoad(run, reliefWeeks)) },
    waitingAsItIs: { formula: Math.max(0, queue.waiting + growth), simulated: over((run) => run('asItIs', 'waiting', reliefWeeks)) },
    weeksToClear: { formula: figures.weeksToClear, simulated: everyRun(runs.map((run) => weeksUntil(run, figures.targetListSize, end))) },
    targetListSize: { formula: figures.targetListSize, simulated: inRelief(relieved) },
    shareUnderTarget: { formula: target.compliance, simulated: shareUnder(target.weeks, reliefWeeks, inRelief) },
    pressureAtTarget: {
      formula: 2 / factorFromCompliance(target.compliance),
      simulated: inRelief((run) => (2 * run('relief', 'mean-wait', reliefWeeks)) / target.weeks),
    },
    reliefCapacityPerWeek: {
      formula: figures.reliefCapacityPerWeek,
      simulated: inRelief((run) => figures.reliefCapacityPerWeek + (relieved(run) - figures.targetListSize) / reliefWeeks),
    },
    targetCapacityPerWeek: {
      formula: figures.targetCapacityPerWeek,
      simulated: inRelief((run) => figures.targetCapacityPerWeek + (run('relief', 'waiting', end) - relieved(run)) / HOLD_WEEKS),
    },
  }
}

/** People who need a place, over places: treated and what the list grew by, over treated. NaN where nobody is treated. */
function simulatedLoad(run: Reader, weeks: number): number {
  let treated = 0
  for (let week = 1; week <= weeks; week++) treated += run('asItIs', 'clock-stops-admitted', week) + run('asItIs', 'clock-stops-non-admitted', week)
  const grown = run('asItIs', 'waiting', weeks) - run('asItIs', 'waiting', 0)
  return treated === 0 ? Number.NaN : (treated + grown) / treated
}

/** First week at whose end the list is at its target; NaN where it is not by the last. */
function weeksUntil(run: Reader, targetWaiting: number, last: number): number {
  for (let week = 0; week <= last; week++) if (run('asItIs', 'waiting', week) <= targetWaiting) return week
  return Number.NaN
}

/** The mean over runs where every one of them has a value: those that come late would be missing from it. */
const everyRun = (values: readonly number[]): MeanInterval | null => (values.some(Number.isNaN) ? null : meanInterval(values))

function shareUnder(weeks: number, at: number, inRelief: (read: (run: Reader) => number) => MeanInterval | null): MeanInterval | null {
  const known = SHARE_UNDER[weeks]
  if (known === undefined) return null
  const [measure, isUnder] = known
  return inRelief((run) => isUnder ? run('relief', measure, at) : 1 - run('relief', measure, at))
}
