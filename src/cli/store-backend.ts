/**
 * `fairwait run --store DIR`: a backend that asks a run store first, and keeps there what it runs.
 */
import type { Backend, Task, TaskOutcome } from '../execution/types.ts'
import { singly } from '../execution/types.ts'
import { runIdentity } from '../experiment/sweep/identity.ts'
import { keepAll } from '../experiment/sweep/kept.ts'
import type { Kept } from '../experiment/sweep/kept.ts'
import { catalogueMaker } from '../experiment/sweep/point-runs.ts'
import { smallLists } from '../measures/small-lists.ts'
import type { StoredRun } from '../results/store/batch-file.ts'
import { openRunStore } from '../results/store/run-store.ts'
import type { RunStore } from '../results/store/run-store.ts'
import type { Study } from '../scenario/study.ts'
import { engineName, sha256 } from './sweep-plan.ts'

/** Numbers that are gathered before they are written as one file: some ten megabytes. */
const VALUES_PER_BATCH = 1_000_000

/**
 * Runs tasks that the store does not hold on another backend. Outcomes are the same with and without a store; those
 * that were stored took no pathways and no time. A run that holds a number too small to be told is not kept.
 * @param inner what runs the others
 * @param folder of the store; made if missing
 * @param onNotKept is told how many runs were not kept, where there are any
 */
export function storedBackend(inner: Backend, folder: string, onNotKept: (runs: number) => void): Backend {
  return {
    workers: inner.workers,
    async run(study, tasks, onOutcome, signal, units = singly(tasks)) {
      const engine = await engineName()
      const store = openRunStore(folder, engine)
      try {
        const catalogue = catalogueMaker()(study)
        const kept = keepAll(catalogue)
        const small = smallLists(catalogue, study)
        const ids = tasks.map(runIdentity(engine, study, kept.signature, sha256))
        const missing = [...tasks.keys()].filter((index) => !store.has(ids[index]))
        const isNew = missing.length === tasks.length
        const batch = createBatch(store, study, kept)
        const notKept = new Map<number, TaskOutcome>()
        await inner.run(
          study,
          missing.map((index) => tasks[index]),
          (position, outcome) => {
            const index = missing[position]
            if (small.areIn(outcome.values)) notKept.set(index, outcome)
            else batch.add(ids[index], tasks[index], outcome)
            if (isNew) onOutcome(index, outcome)
          },
          signal,
          unitsOf(missing, units),
        )
        batch.flush()
        if (!isNew) await handOver(store, ids, notKept, onOutcome, signal)
        if (notKept.size > 0) onNotKept(notKept.size)
      } finally {
        store.close()
      }
    },
  }
}

/**
 * Units of the tasks that are left, in their new numbers.
 * @param missing indices of those tasks, rising
 */
export function unitsOf(missing: readonly number[], units: readonly (readonly number[])[]): number[][] {
  const positions = new Map(missing.map((index, position) => [index, position]))
  return units
    .map((unit) => unit.flatMap((index) => positions.get(index) ?? []))
    .filter((unit) => unit.length > 0)
    .toSorted((a, b) => a[0] - b[0])
}

function createBatch(store: RunStore, study: Study, { keys, dates }: Kept) {
  let runs: StoredRun[] = []
  let values = 0
  const flush = (): void => {
    if (runs.length === 0) return
    store.write(store.begin(runs.map(({ id }) => id)), runs)
    runs = []
    values = 0
  }
  return {
    add(id: string, { scenario, draw, replication }: Task, outcome: TaskOutcome): void {
      const name = study.scenarios[scenario].id
      runs.push({ id, point: 0, scenario: name, draw, replication, keys, dates, values: outcome.values })
      values += outcome.values.length
      if (values >= VALUES_PER_BATCH) flush()
    },
    flush,
  }
}

/** Every outcome in task order, from the store but for those not kept: some were there before, and the others are by now. */
async function handOver(
  store: RunStore,
  ids: readonly string[],
  notKept: ReadonlyMap<number, TaskOutcome>,
  onOutcome: (index: number, outcome: TaskOutcome) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const [index, id] of ids.entries()) {
    signal?.throwIfAborted()
    const outcome = notKept.get(index)
    if (outcome !== undefined) {
      onOutcome(index, outcome)
      continue
    }
    const values = await store.read(id)
    if (values === null) throw new Error(`run ${id} was stored and is gone`)
    onOutcome(index, { values: values.slice(), pathways: 0, kernelSeconds: 0 })
  }
}
