/**
 * The kernel: one specialty, one run, person by person.
 *
 *     for each step:  1 clock starts → 2 exits → 3 slots → 4 who is next → 5 attendance → 6 outcome
 *                     (4–6 for first appointments, then 4 and 6 for admissions) → census
 *
 * 1 is in arrivals.ts, 2 in leaving.ts, 3, 5 and 6 in appointments.ts, 4 in next-in-line.ts. Pathways are entries
 * of typed arrays (see pathway-queue.ts); nothing is allocated per pathway once the arrays have grown to the
 * longest list. Specialties share no queue, so each is simulated to the horizon before the next: the working set
 * is one specialty's list.
 */
import { BANDS } from '../baseline/types.ts'
import { admit, seeFirstAppointments } from './appointments.ts'
import { placeInitialList, startClocks } from './arrivals.ts'
import type { ServiceCensus } from './census.ts'
import type { Key } from './identity.ts'
import { resetKernelMemory, type KernelMemory } from './kernel-memory.ts'
import { takeExits } from './leaving.ts'
import type { PathwayQueue } from './pathway-queue.ts'
import type { ServiceTables } from './tables.ts'

export { createKernelMemory, type KernelMemory } from './kernel-memory.ts'

/**
 * Simulates one specialty to the horizon.
 * @param key of this specialty, system and replication (`serviceKey`)
 * @param census cleared, of the tables' shape; receives every count
 * @returns pathways simulated: those on the initial list and all clock starts
 */
export function simulateService(tables: ServiceTables, key: Key, memory: KernelMemory, census: ServiceCensus): number {
  const { steps, strata } = tables
  resetKernelMemory(memory, tables, key)
  let pathways = placeInitialList(tables, memory)
  takeCensus(tables, memory, census, -1)
  const kappaFirst = new Float64Array(strata).fill(1)
  const kappaAdmission = new Float64Array(strata).fill(1)
  for (let step = 0; step < steps; step++) {
    setMoment(tables, memory, step)
    pathways += startClocks(tables, memory, census, step)
    takeExits(tables, memory.first, memory, census, step)
    takeExits(tables, memory.admission, memory, census, step)
    memory.selection.kappaGuess.set(kappaFirst)
    seeFirstAppointments(tables, memory, census, step)
    kappaFirst.set(memory.selection.kappaGuess)
    memory.selection.kappaGuess.set(kappaAdmission)
    admit(tables, memory, census, step)
    kappaAdmission.set(memory.selection.kappaGuess)
    takeCensus(tables, memory, census, step)
  }
  return pathways
}

function setMoment(tables: ServiceTables, memory: KernelMemory, step: number): void {
  const { moment } = memory
  moment.nowStart = step + BANDS * tables.stepsPerWeek
  for (let stratum = 0; stratum < tables.strata; stratum++) {
    memory.selection.access[stratum] = tables.independentAccess[step * tables.strata + stratum]
    moment.headStartWeeks[stratum] = tables.headStart === null ? 0 : tables.headStart[step * tables.strata + stratum]
  }
}

/** Counts the lists by weeks waited, from the cohorts' counts. Row 0 is the start (step −1). */
function takeCensus(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number): void {
  const { strata, stepsPerWeek } = tables
  if (step < 0) census.unmetNeed.set(tables.initialUnmetNeed, 0)
  const nowStart = step + BANDS * stepsPerWeek
  countStage(memory.first, memory, census, (step + 1) * 2, nowStart, strata)
  countStage(memory.admission, memory, census, (step + 1) * 2 + 1, nowStart, strata)
}

function countStage(queue: PathwayQueue, memory: KernelMemory, census: ServiceCensus, row: number, nowStart: number, strata: number): void {
  const { live } = queue
  const { bandOfAge } = memory.moment
  const { waiting, bands } = census
  for (let start = queue.oldestStart; start <= nowStart; start++) {
    const band = bandOfAge[nowStart - start]
    for (let stratum = 0; stratum < strata; stratum++) {
      waiting[(row * strata + stratum) * bands + band] += live[start * strata + stratum]
    }
  }
}

