/**
 * `--store DIR` of the analyses: lanes that ask a run store first, and keep there what they run.
 *
 *     a point's tasks ──┬─ stored, as these values or whole ──▶ outcome
 *                       └─ not stored ──▶ lane ──▶ outcome ──▶ batch ──▶ store
 */
import { singly, type Backend, type Task, type TaskOutcome } from '../execution/types.ts'
import { runIdentities } from '../experiment/sweep/identity.ts'
import { WHOLE_RUN } from '../experiment/sweep/kept.ts'
import { catalogueMaker } from '../experiment/sweep/point-runs.ts'
import type { SeriesCatalogue, SeriesKey } from '../measures/types.ts'
import type { StoredRun } from '../results/store/batch-file.ts'
import { openRunStore } from '../results/store/run-store.ts'
import type { RunStore } from '../results/store/run-store.ts'
import type { Study } from '../scenario/study.ts'
import { unitsOf } from './store-backend.ts'
import { engineName, sha256 } from './sweep-plan.ts'

/** Runs of an analysis: simulated, and found in the store. */
export interface RunsCount {
  ran: number
  stored: number
}

/** Lanes in front of a store. */
export interface StoredLanes {
  /** They answer as the lanes behind do. */
  readonly lanes: readonly Backend[]
  readonly count: Readonly<RunsCount>
  /** Stores what is not stored yet, and lets go of the store. */
  close(): void
}

/** Runs that are gathered before they are written as one file, and the longest that they wait: what a kill may lose. */
const RUNS_PER_BATCH = 256
const SECONDS_PER_BATCH = 20

/** What an analysis asks of a run. */
export interface AskedOf {
  /** The study alone, without what is asked. */
  readonly study: Study
  /** Positions in a run's block of values; one and the same list for all points of a design. */
  readonly wanted: readonly number[]
  /** Whether lanes hand back the wanted values alone, in their order, or whole blocks. */
  readonly isCut: boolean
}

/**
 * Puts a store in front of lanes. Outcomes are the same as without one; but of whole blocks of runs that were stored only
 * the wanted values stand, and all else is NaN.
 * @param folder of the store; made if missing
 * @throws InputError where another version of the engine made what is there, or another process is writing it
 */
export async function storedLanes(lanes: readonly Backend[], folder: string, asked: (study: Study) => AskedOf): Promise<StoredLanes> {
  const engine = await engineName()
  const store = openRunStore(folder, engine)
  const batch = createBatch(store)
  const count: RunsCount = { ran: 0, stored: 0 }
  const selectionFor = selectionMaker()
  const read: Read = async (id) => batch.read(id) ?? store.read(id)
  const inFrontOf = (inner: Backend): Backend => ({
    workers: inner.workers,
    async run(study, tasks, onOutcome, signal, units = singly(tasks)) {
      signal?.throwIfAborted()
      const { study: plain, wanted, isCut } = asked(study)
      const selection = selectionFor(plain, wanted)
      const identityOf = runIdentities(engine, plain, sha256)
      const [idOf, wholeIdOf] = [identityOf(selection.signature), identityOf(WHOLE_RUN)]
      const outcomes: (TaskOutcome | null)[] = []
      for (const task of tasks) {
        const values = (await selection.own(read, idOf(task))) ?? (await selection.ofWhole(read, wholeIdOf(task)))
        outcomes.push(values === null ? null : outcomeOf(isCut ? values : blockOf(wanted, values)))
      }
      const missing = [...tasks.keys()].filter((index) => outcomes[index] === null)
      const handOver = inOrder(outcomes, onOutcome)
      handOver()
      await inner.run(
        study,
        missing.map((index) => tasks[index]),
        (position, outcome) => {
          const index = missing[position]
          const run = { task: tasks[index], scenario: plain.scenarios[tasks[index].scenario].id }
          const { values } = outcome
          batch.add(selection.stored(idOf(tasks[index]), run, isCut ? values : wanted.map((at) => values[at])))
          outcomes[index] = outcome
          handOver()
        },
        signal,
        unitsOf(missing, units),
      )
      count.ran += missing.length
      count.stored += tasks.length - missing.length
    },
  })
  return {
    lanes: lanes.map(inFrontOf),
    count,
    close() {
      try {
        batch.flush()
      } finally {
        store.close()
      }
    },
  }
}

/** A stored run took no pathways and no time. */
const outcomeOf = (values: Float64Array): TaskOutcome => ({ values, pathways: 0, kernelSeconds: 0 })

/** A block in which values stand in their places. */
function blockOf(positions: readonly number[], values: Float64Array): Float64Array {
  const block = new Float64Array(Math.max(...positions) + 1).fill(Number.NaN)
  positions.forEach((position, index) => {
    block[position] = values[index]
  })
  return block
}

/** Hands outcomes over as far as there are any without a gap before them. */
function inOrder(outcomes: readonly (TaskOutcome | null)[], onOutcome: (index: number, outcome: TaskOutcome) => void): () => void {
  let next = 0
  return () => {
    for (let outcome = outcomes[next]; outcome !== null && outcome !== undefined; outcome = outcomes[next]) {
      onOutcome(next, outcome)
      next += 1
    }
  }
}

function createBatch(store: RunStore) {
  let runs = new Map<string, StoredRun>()
  let since = performance.now()
  const flush = (): void => {
    since = performance.now()
    if (runs.size === 0) return
    const gathered = [...runs.values()]
    runs = new Map()
    store.write(store.begin(gathered.map(({ id }) => id)), gathered)
  }
  return {
    /** Points may coincide: a run is stored once. */
    add(run: StoredRun): void {
      if (store.has(run.id)) return
      runs.set(run.id, run)
      if (runs.size >= RUNS_PER_BATCH || performance.now() - since > SECONDS_PER_BATCH * 1000) flush()
    },
    /** Values of a run that waits to be written; null where it does not. */
    read: (id: string): Float64Array | null => runs.get(id)?.values ?? null,
    flush,
  }
}

/** Values of a run by identity, as they were kept; null where it is not. */
type Read = (id: string) => Promise<Float64Array | null>

/** What an analysis takes of a run, as a store keeps it: series × dates, NaN where a series is not wanted at a date. */
interface Selection {
  readonly signature: string
  /** The wanted values of a run that is stored so; null where it is not. */
  own(read: Read, id: string): Promise<Float64Array | null>
  /** The same of a run that is stored whole, as `fairwait run --store` does. */
  ofWhole(read: Read, id: string): Promise<Float64Array | null>
  stored(id: string, run: { readonly task: Task; readonly scenario: string }, values: ArrayLike<number>): StoredRun
}

/** The selection of a list of positions, made once for all points that want the same list. */
function selectionMaker(): (study: Study, wanted: readonly number[]) => Selection {
  const known = new WeakMap<readonly number[], Selection>()
  const catalogueOf = catalogueMaker()
  return (study, wanted) => {
    const selection = known.get(wanted) ?? selectionOf(catalogueOf(study), wanted)
    known.set(wanted, selection)
    return selection
  }
}

function selectionOf({ keys, dates }: SeriesCatalogue, wanted: readonly number[]): Selection {
  const seriesOf = (position: number): number => Math.floor(position / dates.length)
  const dateOf = (position: number): number => position % dates.length
  const series = [...new Set(wanted.map(seriesOf))]
  const days = [...new Set(wanted.map(dateOf))].toSorted((a, b) => a - b)
  const cells = wanted.map((position) => series.indexOf(seriesOf(position)) * days.length + days.indexOf(dateOf(position)))
  const keptKeys: SeriesKey[] = series.map((index) => keys[index])
  const keptDates = days.map((index) => dates[index])
  const pick = (values: Float64Array | null, positions: readonly number[]): Float64Array | null =>
    values === null ? null : Float64Array.from(positions, (position) => values[position])
  return {
    signature: JSON.stringify(['values', wanted.map((position) => [keys[seriesOf(position)], dates[dateOf(position)]])]),
    own: async (read, id) => pick(await read(id), cells),
    ofWhole: async (read, id) => pick(await read(id), wanted),
    stored(id, { task, scenario }, values) {
      const kept = new Float64Array(series.length * days.length).fill(Number.NaN)
      cells.forEach((cell, index) => {
        kept[cell] = values[index]
      })
      return { id, point: 0, scenario, draw: task.draw, replication: task.replication, keys: keptKeys, dates: keptDates, values: kept }
    },
  }
}
