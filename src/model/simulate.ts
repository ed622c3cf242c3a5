/**
 * The kernel: one specialty, one run, person by person.
 *
 *     for each step:  0 those held come back → 1 clock starts → 2 exits and deterioration → 3 slots → 4 who is next
 *                     → 5 attendance → 6 outcome (4–6 for first appointments, then for admissions) → census
 *
 * 0, 5 and 6 are in appointments.ts and outcome.ts, 1 in arrivals.ts, 2 in leaving.ts, 3 in step-pools.ts, 4 in
 * next-in-line.ts. Pathways are entries of typed arrays (see pathway-queue.ts); nothing is allocated per pathway once
 * the arrays have grown to the longest list. Specialties share no queue, so each is simulated to the horizon before
 * the next: the working set is one specialty's list.
 */
import { BANDS } from '../baseline/types.ts'
import { giveAdmissions, giveFirstAppointments } from './appointments.ts'
import { placeInitialList, startClocks } from './arrivals.ts'
import type { ServiceCensus } from './census.ts'
import { resetKernelMemory, type KernelMemory } from './kernel-memory.ts'
import { takeExits } from './leaving.ts'
import { bringBack } from './outcome.ts'
import type { PathwayQueue } from './pathway-queue.ts'
import type { ServiceTables } from './tables.ts'

export { createKernelMemory, type KernelMemory } from './kernel-memory.ts'

/**
 * Simulates one specialty to the horizon.
 * @param keys of its strata in this system and replication (`stratumKeys`)
 * @param census cleared, of the tables' shape; receives every count
 * @returns pathways simulated: those on the initial list and all clock starts
 */
export function simulateService(tables: ServiceTables, keys: Int32Array, memory: KernelMemory, census: ServiceCensus): number {
  return beginService(tables, keys, memory, census) + simulateSteps(tables, memory, census, 0, tables.steps)
}

/**
 * Puts the initial list in place and counts it.
 * @returns pathways on it
 */
export function beginService(tables: ServiceTables, keys: Int32Array, memory: KernelMemory, census: ServiceCensus): number {
  resetKernelMemory(memory, tables, keys)
  const placed = placeInitialList(tables, memory)
  takeCensus(tables, memory, census, -1)
  return placed
}

/**
 * Goes on from step `from` up to, but not including, step `to`.
 * @returns clock starts
 */
export function simulateSteps(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, from: number, to: number): number {
  let started = 0
  for (let step = from; step < to; step++) {
    memory.moment.nowStart = step + BANDS * tables.stepsPerWeek
    bringBack(tables, memory, census, step)
    started += startClocks(tables, memory, census, step)
    takeExits(tables, 0, memory, census, step)
    takeExits(tables, 1, memory, census, step)
    giveFirstAppointments(tables, memory, census, step)
    giveAdmissions(tables, memory, census, step)
    takeCensus(tables, memory, census, step)
  }
  return started
}

/** Counts the lists by weeks waited, from the cohorts' counts. Row 0 is the start (step −1). */
function takeCensus(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number): void {
  const { strata, stepsPerWeek } = tables
  if (step < 0) census.unmetNeed.set(tables.unmetNeed.initial, 0)
  const nowStart = step + BANDS * stepsPerWeek
  countStage(memory.first, memory, census, (step + 1) * 2, nowStart, strata)
  countStage(memory.admission, memory, census, (step + 1) * 2 + 1, nowStart, strata)
}

function countStage(queue: PathwayQueue, memory: KernelMemory, census: ServiceCensus, row: number, nowStart: number, strata: number): void {
  const { waiting: people } = queue
  const { bandOfAge } = memory.moment
  const { waiting, bands } = census
  for (let start = queue.oldestStart; start <= nowStart; start++) {
    const first = start * strata
    let cell = row * strata * bands + bandOfAge[nowStart - start]
    for (let cohort = first; cohort < first + strata; cohort++) {
      waiting[cell] += people[cohort]
      cell += bands
    }
  }
}
