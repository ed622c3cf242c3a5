/**
 * The runs behind `fairwait solve`: on threads that stay, one value of the study after the other; from a store, where
 * there is one, whatever it holds.
 */
import { InputError } from '../errors.ts'
import { createStandingThread } from '../execution/standing-thread.ts'
import type { Backend, Task } from '../execution/types.ts'
import { runIdentity } from '../experiment/sweep/identity.ts'
import { WHOLE_RUN } from '../experiment/sweep/kept.ts'
import { catalogueMaker } from '../experiment/sweep/point-runs.ts'
import { HEADLINE_MEASURES } from '../measures/headline-measures.ts'
import type { SeriesCatalogue, SeriesKey } from '../measures/types.ts'
import { openRunStore, type RunStore } from '../results/store/run-store.ts'
import type { Study, Target } from '../scenario/study.ts'
import { solveMessages } from './solve-messages.ts'
import { engineName, sha256 } from './sweep-plan.ts'

/** What is taken of a run: the target's value, then those of {@link HEADLINE_MEASURES}; NaN where the study has no such series. */
export type TakenValues = Float64Array

/** Runs studies. */
export interface SolveRuns {
  /** Values by replication, from the first to before the last. A study that draws its parameters takes a draw for each. */
  values(study: Study, scenario: number, fromReplication: number, toReplication: number): Promise<TakenValues[]>
  /** Runs simulated, and runs found in the store. */
  readonly count: { ran: number; stored: number }
  /** ISO date of the census that is judged; empty before the first run. */
  date: string
}

/**
 * Does work that runs studies.
 * @param workers threads
 * @param store folder of a run store; null for none
 */
export async function withSolveRuns<T>(
  target: Target,
  { workers, store, signal }: { readonly workers: number; readonly store: string | null; readonly signal: AbortSignal },
  work: (runs: SolveRuns) => Promise<T>,
): Promise<T> {
  const engine = await engineName()
  const lanes = Array.from({ length: workers }, () => createStandingThread())
  const kept = store === null ? null : openRunStore(store, engine)
  const catalogueOf = catalogueMaker()
  const count = { ran: 0, stored: 0 }
  const runs: SolveRuns = {
    count,
    date: '',
    async values(study, scenario, fromReplication, toReplication) {
      const tasks = Array.from({ length: toReplication - fromReplication }, (_, index): Task => {
        const unit = fromReplication + index
        return study.draws > 0 ? { scenario, draw: unit, replication: 0 } : { scenario, draw: 0, replication: unit }
      })
      const taken = takenOf(catalogueOf(study), target)
      runs.date = taken.date
      const found = kept === null ? tasks.map(() => null) : await storedValues(kept, engine, study, tasks, taken)
      const missing = tasks.filter((_, index) => found[index] === null)
      const fresh = await runOn(lanes, study, missing, taken, signal)
      if (kept !== null) keep(kept, engine, study, missing, taken, fresh)
      count.ran += fresh.length
      count.stored += tasks.length - fresh.length
      let next = 0
      return found.map((values) => values ?? fresh[next++])
    },
  }
  try {
    return await work(runs)
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()))
    kept?.close()
  }
}

/** Where the values that are taken stand in a run. */
interface Taken {
  /** −1 for a series that the study does not report. */
  readonly positions: readonly number[]
  readonly keys: readonly SeriesKey[]
  /** ISO date of the census that is judged. */
  readonly date: string
  readonly signature: string
}

function takenOf({ keys, dates }: SeriesCatalogue, target: Target): Taken {
  const date = dates.findIndex((each) => each >= target.by)
  if (date < 0) throw new InputError({ path: '--target', message: solveMessages.beyond(target.by, dates[dates.length - 1]) })
  const wanted = [target, ...HEADLINE_MEASURES.map((measure) => ({ measure, specialty: 'all', group: measure.includes(':') ? 'gap' : 'all' }))]
  const series = wanted.map(({ measure, specialty, group }) =>
    keys.findIndex(
      (key) =>
        key.measure === measure &&
        key.specialty === specialty &&
        key.stage === 'all' &&
        key.group === group &&
        key.dimension === (group === 'all' ? 'all' : 'deprivation'),
    ),
  )
  if (series[0] < 0) throw new InputError({ path: '--target', message: solveMessages.noSeries(target.measure, target.specialty) })
  const named = series.map((index) => keys[Math.max(0, index)])
  return {
    positions: series.map((index) => (index < 0 ? -1 : index * dates.length + date)),
    keys: named,
    date: dates[date],
    signature: JSON.stringify(['solve', named, series.map((index) => index < 0), dates[date]]),
  }
}

const take = (values: Float64Array, { positions }: Taken): TakenValues =>
  Float64Array.from(positions, (position) => (position < 0 ? Number.NaN : values[position]))

/** Runs tasks on threads, a share for each; outcomes in the order of tasks. */
async function runOn(lanes: readonly Backend[], study: Study, tasks: readonly Task[], taken: Taken, signal: AbortSignal): Promise<TakenValues[]> {
  const values: TakenValues[] = tasks.map(() => new Float64Array())
  await Promise.all(
    lanes.map(async (lane, number) => {
      const own = [...tasks.keys()].filter((index) => index % lanes.length === number)
      if (own.length === 0) return
      const onOutcome = (index: number, outcome: { readonly values: Float64Array }): void => {
        values[own[index]] = take(outcome.values, taken)
      }
      await lane.run(study, own.map((index) => tasks[index]), onOutcome, signal)
    }),
  )
  return values
}

/** Values of runs that the store holds: these values alone, or whole runs as `fairwait run --store` keeps them. */
async function storedValues(store: RunStore, engine: string, study: Study, tasks: readonly Task[], taken: Taken): Promise<(TakenValues | null)[]> {
  const idOf = runIdentity(engine, study, taken.signature, sha256)
  const wholeIdOf = runIdentity(engine, study, WHOLE_RUN, sha256)
  const found: (TakenValues | null)[] = []
  for (const task of tasks) {
    const own = await store.read(idOf(task))
    const whole = own === null ? await store.read(wholeIdOf(task)) : null
    found.push(own === null ? whole && take(whole, taken) : own.slice())
  }
  return found
}

function keep(store: RunStore, engine: string, study: Study, tasks: readonly Task[], taken: Taken, values: readonly TakenValues[]): void {
  if (tasks.length === 0) return
  const idOf = runIdentity(engine, study, taken.signature, sha256)
  const runs = tasks.map((task, index) => ({
    id: idOf(task),
    point: 0,
    scenario: study.scenarios[task.scenario].id,
    draw: task.draw,
    replication: task.replication,
    keys: taken.keys,
    dates: [taken.date],
    values: values[index],
  }))
  store.write(store.begin(runs.map(({ id }) => id)), runs)
}
