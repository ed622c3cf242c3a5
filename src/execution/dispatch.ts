/**
 * Shares tasks among runners and hands outcomes over in task order, whichever finished first. Runners may
 * only get so far ahead of the oldest unfinished task, so that outcomes held back stay bounded in memory.
 */
import type { Task, TaskOutcome, Unit } from './types.ts'

/** Runs tasks somewhere, together; one call at a time. Outcomes in the order of the tasks. */
export type Lane = (tasks: readonly Task[]) => Promise<readonly TaskOutcome[]>

type Settled = { readonly outcome: TaskOutcome } | { readonly error: unknown }

/** A dispatch under way. */
export interface Dispatch {
  /** Fulfilled when every outcome was handed over; rejects with the error of the first task, in task order, that failed. */
  readonly finished: Promise<void>
  /** Hands over nothing more and claims nothing more; `finished` may then stay pending. */
  close(): void
}

/** @param ahead how many units may be claimed from the oldest one not handed over, at least the number of lanes */
export function dispatchTasks(
  lanes: readonly Lane[],
  tasks: readonly Task[],
  units: readonly Unit[],
  onOutcome: (index: number, outcome: TaskOutcome) => void,
  ahead: number,
): Dispatch {
  const heldBack = new Map<number, Settled>()
  const unitOf = new Map(units.flatMap((unit, index) => unit.map((task) => [task, index] as const)))
  let claimed = 0
  let handedOver = 0
  let claimable = true
  let closed = false
  let wakeAll: (() => void)[] = []

  const wake = (): void => {
    const sleepers = wakeAll
    wakeAll = []
    for (const resume of sleepers) resume()
  }

  const stopClaims = (): void => {
    claimable = false
    wake()
  }

  const anyLeft = (): boolean => claimable && claimed < units.length
  const mustWait = (): boolean => anyLeft() && claimed - (unitOf.get(handedOver) ?? claimed) >= ahead

  /** The next unit's index, once it is near enough to the oldest unfinished one; null when there is none. */
  const claim = async (): Promise<number | null> => {
    while (mustWait()) await new Promise<void>((resume) => wakeAll.push(resume))
    return anyLeft() ? claimed++ : null
  }

  const handOver = (): void => {
    for (let settled = heldBack.get(handedOver); settled !== undefined; settled = heldBack.get(handedOver)) {
      if ('error' in settled) throw settled.error
      heldBack.delete(handedOver)
      onOutcome(handedOver, settled.outcome)
      handedOver += 1
    }
  }

  // After a failure no later task starts, but earlier ones finish: the error reported is the first in task
  // order, so that it does not depend on the number of lanes.
  const settle = (unit: Unit, result: { readonly outcomes: readonly TaskOutcome[] } | { readonly error: unknown }): void => {
    if (closed) return
    unit.forEach((task, k) => heldBack.set(task, 'error' in result ? result : { outcome: result.outcomes[k] }))
    if ('error' in result) stopClaims()
    handOver()
    wake()
  }

  const work = async (lane: Lane): Promise<void> => {
    for (let index = await claim(); index !== null; index = await claim()) {
      const unit = units[index]
      const result = await lane(unit.map((task) => tasks[task])).then(
        (outcomes) => ({ outcomes }),
        (error: unknown) => ({ error }),
      )
      settle(unit, result)
    }
  }

  return {
    finished: Promise.all(lanes.map(work)).then(() => undefined),
    close() {
      closed = true
      stopClaims()
    },
  }
}
