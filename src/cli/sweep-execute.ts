/**
 * Runs what is missing of a sweep: batches, each on one thread, each stored as soon as it is done.
 */
import type { Task } from '../execution/types.ts'
import type { Until } from '../experiment/sweep/design.ts'
import { watchedValue } from '../experiment/sweep/kept.ts'
import type { SweepPoint, SweepPoints, ValidPoint } from '../experiment/sweep/point-runs.ts'
import { batchCount, batchGroups, chooseBatchSize, groupCount, wholeRound } from '../experiment/sweep/rounds.ts'
import type { Group, Round } from '../experiment/sweep/rounds.ts'
import { checkCounts, createStoppingRule } from '../experiment/sweep/stopping.ts'
import type { StoppingRule } from '../experiment/sweep/stopping.ts'
import type { Study } from '../scenario/study.ts'
import type { StoredRun } from '../results/store/batch-file.ts'
import type { RunStore } from '../results/store/run-store.ts'
import { keepMemorySteady } from './steady-memory.ts'
import type { SweepPlan } from './sweep-plan.ts'
import { planPoints } from './sweep-plan.ts'
import { createSweepThread } from './sweep-threads.ts'
import type { SweepThread } from './sweep-threads.ts'

/** How far a sweep has come, in runs. */
export interface SweepProgress {
  /** Of this call: run now, found in the store, set aside. */
  readonly ran: number
  readonly stored: number
  readonly aside: number
  /** Runs that the sweep has, at most where replications are adaptive. */
  readonly total: number
}

/** How to run. */
export interface ExecuteOptions {
  readonly workers: number
  readonly signal: AbortSignal
  /** Says that no further batch should be begun. */
  readonly isSpent: () => boolean
  readonly onProgress: (progress: SweepProgress) => void
  /** Called when a pilot has settled how large batches are. */
  readonly onBatchSize: (groupsPerBatch: number) => void
  /** Numbers of the groups to run, with a stopping rule of the points; all of them unless given. */
  readonly share?: readonly number[]
  /** Entry module of the threads. */
  readonly threadEntry?: URL
}

/** A sweep under way. */
interface Sweep {
  readonly plan: SweepPlan
  readonly points: SweepPoints
  readonly store: RunStore
  readonly options: ExecuteOptions
  readonly count: { ran: number; stored: number; aside: number; total: number }
  /** Runs under way: points whose factors leave a scenario alone share its runs, and one batch runs them for all. */
  readonly underWay: Set<string>
}

/** Runs what is missing and returns how far it came: to the end, unless the budget of time was spent. */
export async function executeSweep(plan: SweepPlan, store: RunStore, options: ExecuteOptions): Promise<SweepProgress> {
  const points = planPoints(plan)
  const { design, scenarioIds } = plan.source
  const perItem = design.until === null ? 1 : design.replications
  const groups = options.share === undefined ? groupCount(wholeRound(design, points.count)) : options.share.length * perItem
  const total = groups * scenarioIds.length
  const sweep: Sweep = { plan, points, store, options, count: { ran: 0, stored: 0, aside: 0, total }, underWay: new Set() }
  keepMemorySteady()
  const threads = Array.from({ length: options.workers }, () => createSweepThread(options.threadEntry))
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => reject(options.signal.reason)
  options.signal.addEventListener('abort', onAbort)
  try {
    options.signal.throwIfAborted()
    await Promise.race([aborted, runRounds(sweep, threads)])
  } finally {
    options.signal.removeEventListener('abort', onAbort)
    await Promise.all(threads.map((thread) => thread.dismiss()))
  }
  return sweep.count
}

async function runRounds(sweep: Sweep, threads: readonly SweepThread[]): Promise<void> {
  const { design } = sweep.plan.source
  const batchSize = sweep.plan.groupsPerBatch ?? (await pilot(sweep, threads[0]))
  if (design.until === null) {
    await runRound(sweep, threads, wholeRound(design, sweep.points.count), batchSize, sweep.options.share)
    return
  }
  await runUntilPrecise(sweep, threads, batchSize, design.until)
}

/** The first groups, one by one, to learn how long a group takes. They are stored like any others. */
async function pilot(sweep: Sweep, thread: SweepThread): Promise<number> {
  const { design, scenarioIds } = sweep.plan.source
  const round = wholeRound(design, sweep.points.count)
  const groups = groupCount(round)
  let seconds = Number.POSITIVE_INFINITY
  let cells = 1
  // The first group also pays for starting the thread and for code that is not yet optimised.
  for (let batch = 0; batch < Math.min(PILOT_GROUPS, groups); batch += 1) {
    const start = performance.now()
    const finished = await runBatch(sweep, thread, batchGroups(round, 1, batch))
    if (finished.length > 0) {
      seconds = (performance.now() - start) / 1000
      cells = finished[0].values.length * scenarioIds.length
    }
  }
  const size = chooseBatchSize(groups, seconds, cells)
  sweep.options.onBatchSize(size)
  // The round will meet all of them again: those that the pilot ran must not be counted as found, too.
  sweep.count.stored = -sweep.count.ran
  sweep.count.aside = 0
  return size
}

const PILOT_GROUPS = 3

async function runRound(
  sweep: Sweep,
  threads: readonly SweepThread[],
  round: Round,
  batchSize: number,
  only?: readonly number[],
): Promise<void> {
  const batches = batchCount(round, batchSize, only)
  let next = 0
  const work = async (thread: SweepThread): Promise<void> => {
    while (next < batches && !sweep.options.isSpent()) {
      const batch = next
      next += 1
      await runBatch(sweep, thread, batchGroups(round, batchSize, batch, only))
    }
  }
  // One that cannot store what it ran stops the others from running more.
  await Promise.all(
    threads.map((thread) =>
      work(thread).catch((error: unknown) => {
        next = batches
        throw error
      }),
    ),
  )
}

/** A run that is not stored. */
interface MissingRun {
  readonly id: string
  readonly scenario: number
  readonly group: Group
}

/**
 * Runs what is missing of a batch, and stores it. This is all that a process elsewhere needs to do: the batch follows
 * from the plan, the round and the batch's number.
 */
async function runBatch(sweep: Sweep, thread: SweepThread, byPoint: Map<number, Group[]>): Promise<StoredRun[]> {
  const ids: string[] = []
  const finished: StoredRun[] = []
  let batch: string | null = null
  // Point by point: a batch may have hundreds, and what is held of one is its study.
  for (const [number, groups] of byPoint) {
    const point = await sweep.points.at(number)
    const missing = missingRuns(sweep, point, groups)
    if (missing.length === 0) continue
    const missingIds = missing.map(({ id }) => id)
    ids.push(...missingIds)
    batch ??= sweep.store.begin(missingIds)
    for (const runs of byGroup(missing)) finished.push(...(await runGroup(sweep, thread, point, runs)))
  }
  sweep.options.signal.throwIfAborted()
  if (batch !== null) sweep.store.write(batch, finished)
  for (const id of ids) sweep.underWay.delete(id)
  sweep.count.ran += finished.length
  sweep.options.onProgress(sweep.count)
  return finished
}

/** Runs that nobody has run or is running; they are under way from here on. */
function missingRuns({ plan, store, count, underWay }: Sweep, point: SweepPoint, groups: readonly Group[]): MissingRun[] {
  return groups.flatMap((group) =>
    plan.source.scenarioIds.flatMap((_, scenario) => {
      const id = point.idOf({ scenario, draw: group.draw, replication: group.replication })
      if (store.aside.has(id)) count.aside += 1
      else if (store.has(id) || underWay.has(id)) count.stored += 1
      else {
        underWay.add(id)
        return [{ id, scenario, group }]
      }
      return []
    }),
  )
}

/** Runs that share their random numbers and follow one another. */
function byGroup(missing: readonly MissingRun[]): MissingRun[][] {
  const groups = new Map<Group, MissingRun[]>()
  for (const run of missing) groups.set(run.group, [...(groups.get(run.group) ?? []), run])
  return [...groups.values()]
}

/**
 * Runs a group together. If one of its runs fails, each is tried once more by itself, and what fails again is set
 * aside: the sweep goes on.
 */
async function runGroup(sweep: Sweep, thread: SweepThread, point: SweepPoint, runs: readonly MissingRun[]): Promise<StoredRun[]> {
  const { fault } = point
  if (fault !== null) {
    for (const run of runs) giveUp(sweep, point, run, fault)
    return []
  }
  const whole = await wholeRuns(sweep, point, runs)
  if (whole !== null) return whole
  try {
    const outcomes = await thread.run(point.study, runs.map(taskOf))
    return runs.map((run, index) => storedRun(point, run, outcomes[index].values))
  } catch (error) {
    sweep.options.signal.throwIfAborted()
    for (const { id } of runs) sweep.store.failed(id, reasonOf(error))
  }
  const finished: StoredRun[] = []
  for (const run of runs) {
    const stored = await runAgain(sweep, thread, point, run)
    if (stored !== null) finished.push(stored)
  }
  return finished
}

/** The group's runs taken from runs of which everything was kept; null where one of them was not run so. */
async function wholeRuns({ store }: Sweep, point: ValidPoint, runs: readonly MissingRun[]): Promise<StoredRun[] | null> {
  const found: StoredRun[] = []
  for (const run of runs) {
    const values = await store.read(point.wholeIdOf(taskOf(run)))
    if (values === null) return null
    found.push(storedRun(point, run, values))
  }
  return found
}

async function runAgain(sweep: Sweep, thread: SweepThread, point: ValidPoint, run: MissingRun): Promise<StoredRun | null> {
  try {
    const [outcome] = await thread.run(point.study, [taskOf(run)])
    sweep.store.retried(run.id)
    return storedRun(point, run, outcome.values)
  } catch (error) {
    sweep.options.signal.throwIfAborted()
    return giveUp(sweep, point, run, error)
  }
}

function taskOf({ scenario, group }: MissingRun): Task {
  return { scenario, draw: group.draw, replication: group.replication }
}

function storedRun({ point, study, kept }: ValidPoint, { id, scenario, group }: MissingRun, values: Float64Array): StoredRun {
  return {
    id,
    point,
    scenario: study.scenarios[scenario].id,
    draw: group.draw,
    replication: group.replication,
    keys: kept.keys,
    dates: kept.dates,
    values: kept.select(values),
  }
}

function giveUp(sweep: Sweep, point: SweepPoint, run: MissingRun, error: unknown): null {
  const { factors } = sweep.plan.source.design
  const inputs: AsideInputs = {
    factors: Object.fromEntries(factors.map(({ path }, index) => [path, point.values[index]])),
    task: taskOf(run),
    study: point.fault === null ? point.study : null,
  }
  sweep.store.setAside(run.id, reasonOf(error), inputs)
  sweep.count.aside += 1
  return null
}

/** What a set-aside file holds of a run. */
export interface AsideInputs {
  readonly factors: Readonly<Record<string, unknown>>
  readonly task: Task
  /** The resolved study; null where the factors' values make none. */
  readonly study: Study | null
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Rounds between checks: points that are precise enough drop out. */
async function runUntilPrecise(sweep: Sweep, threads: readonly SweepThread[], batchSize: number, until: Until): Promise<void> {
  const rules = new Map<number, StoppingRule>()
  let open = Int32Array.from(sweep.options.share ?? Array.from({ length: sweep.points.count }).keys())
  let from = 0
  for (const to of checkCounts(until)) {
    if (open.length === 0) return
    const round: Round = { points: open, draws: 1, from, to }
    await runRound(sweep, threads, round, batchSize)
    if (sweep.options.isSpent()) return
    const stillOpen: number[] = []
    for (const point of open) {
      const rule = rules.get(point) ?? createStoppingRule(until)
      rules.set(point, rule)
      if (await staysOpen(sweep, point, rule, round, until)) stillOpen.push(point)
      else rules.delete(point)
    }
    open = Int32Array.from(stillOpen)
    from = to
  }
}

async function staysOpen(
  { plan, points, store }: Sweep,
  number: number,
  rule: StoppingRule,
  { from, to }: Round,
  until: Until,
): Promise<boolean> {
  const point = await points.at(number)
  if (point.fault !== null) return false
  const cell = watchedValue(point.kept, until)
  const scenario = plan.source.scenarioIds.indexOf(until.scenario)
  const value = async (which: number, replication: number): Promise<number> =>
    (await store.read(point.idOf({ scenario: which, draw: 0, replication })))?.[cell] ?? Number.NaN
  for (let replication = from; replication < to; replication += 1) {
    rule.add((await value(scenario, replication)) - (await value(0, replication)))
  }
  return rule.verdict() === null
}
