/**
 * The kernel's law in expected values, by deprivation group: one specialty's two lists by stratum and weeks waited, from
 * the tables that the kernel reads. Nobody is drawn, so that two years of England take half a second and a
 * small change of a gradient shows as a small change of the gap. Pure.
 *
 * Service thresholds are unit-exponential, so that a cohort needs no memory: of people with weight w and access a, the
 * share 1 − Math.exp(−κ w a) is served, and κ is such that a pool's slots are used. Whoever misses an appointment and is not
 * discharged stands in the queue again next week. Slots offered again in the same week are those of the week before's share.
 */
import type { Attendance, ServiceTables, SlotPool, StageTables } from '../../model/tables.ts'
import { BANDS } from '../types.ts'

/** People waiting at each stage: index stratum × {@link BANDS} + whole weeks waited. */
export interface GroupedLists {
  readonly first: Float64Array
  readonly admission: Float64Array
}

/** What a stage keeps from week to week. */
interface StageState {
  readonly tables: StageTables
  readonly people: Float64Array
  /** Those seen in the week. */
  readonly seen: Float64Array
  /** By pool: κ of the week before, and the share of its slots that were offered again. */
  readonly kappa: Float64Array
  readonly offeredAgain: Float64Array
  /** Weight × access of the pool at hand. */
  readonly weight: Float64Array
}

const ITERATIONS = 40
const TOLERANCE = 1e-7
/** Slots for more than this share of those who may have them serve them all. */
const EVERYBODY = 1 - 1e-9

/**
 * Follows one specialty week by week.
 *
 * @param tables weekly steps, one priority level, slots by chance, outcomes at once: a pack's at default mechanisms
 * @param census called at the end of each step with the lists, which are used again
 * @throws Error where the tables hold a mechanism that expected values do not follow: a defect of the caller
 */
export function followExpected(tables: ServiceTables, census: (step: number, lists: GroupedLists) => void): void {
  refuseOthers(tables)
  const first = stageState(tables.first)
  const admission = stageState(tables.admission)
  const staying = stayingPerStep(tables)
  for (let step = 0; step < tables.steps; step++) {
    grow(first.people, tables.clockStarts, tables, step)
    grow(admission.people, tables.directStarts, tables, step)
    for (const { people } of [first, admission]) for (let cell = 0; cell < people.length; cell++) people[cell] *= staying[cell]
    serve(first, tables, step)
    decide(first, admission, tables, step)
    serve(admission, tables, step)
    putBack(admission, tables, step)
    census(step, { first: first.people, admission: admission.people })
  }
}

function refuseOthers({ stepsPerWeek, levels, pathway, frailty, exits, first, admission }: ServiceTables): void {
  const staged = [first, admission].some(
    ({ headStart, longWait, groupWeight, pools }) => headStart !== null || longWait !== null || groupWeight !== null || pools.some(({ inTurn }) => inTurn.some((slots) => slots > 0)),
  )
  const later = pathway.furtherShare !== null || pathway.testShare !== null || pathway.minimumSteps > 0 || pathway.followUps > 0
  const moving = exits.some(({ added, factor }) => added !== null || factor !== null)
  if (stepsPerWeek !== 1 || levels !== 1 || frailty !== null || staged || later || moving) {
    throw new Error('expected values follow weekly steps by chance without priority, head starts, tests and changing hazards only')
  }
}

function stageState(tables: StageTables): StageState {
  const people = Float64Array.from(tables.initial)
  const pools = tables.pools.length
  return {
    tables,
    people,
    seen: new Float64Array(people.length),
    kappa: new Float64Array(pools),
    offeredAgain: new Float64Array(pools),
    weight: new Float64Array(people.length),
  }
}

/** Probability of not leaving untreated in a step, by stratum and weeks waited. */
function stayingPerStep({ exits, strata }: ServiceTables): Float64Array {
  return Float64Array.from({ length: strata * BANDS }, (_, cell) => Math.exp(-exits.reduce((sum, { byBand }) => sum + byBand[cell], 0)))
}

/** Everybody a week older; the step's clocks start. */
function grow(people: Float64Array, starts: Float64Array | null, { strata }: ServiceTables, step: number): void {
  for (let stratum = 0; stratum < strata; stratum++) {
    const from = stratum * BANDS
    const oldest = from + BANDS - 1
    const beyond = people[oldest] + people[oldest - 1]
    people.copyWithin(from + 1, from, oldest)
    people[oldest] = beyond
    people[from] = starts === null ? 0 : starts[step * strata + stratum]
  }
}

/** Gives a stage's slots; those seen leave `people` for `seen`. */
function serve(state: StageState, { strata }: ServiceTables, step: number): void {
  const { tables, people, seen, kappa, offeredAgain } = state
  seen.fill(0)
  for (const [index, pool] of tables.pools.entries()) {
    const slots = pool.slots[step] / (1 - offeredAgain[index])
    if (slots <= 0) continue
    weigh(state, pool, strata, step)
    kappa[index] = solveKappa(people, state.weight, slots, kappa[index])
    offeredAgain[index] = take(state, kappa[index], strata, step)
  }
}

function weigh({ tables, weight }: StageState, { access }: SlotPool, strata: number, step: number): void {
  const { chanceWeight } = tables
  for (let stratum = 0; stratum < strata; stratum++) {
    const own = access === null ? 1 : access[step * strata + stratum]
    for (let band = 0; band < BANDS; band++) weight[stratum * BANDS + band] = chanceWeight[band] * own
  }
}

/** Takes those served at κ off the list; returns the share of the slots that are offered again at once. */
function take({ tables, people, seen, weight }: StageState, kappa: number, strata: number, step: number): number {
  const { attendance } = tables
  let served = 0
  let again = 0
  for (let stratum = 0; stratum < strata; stratum++) {
    let ofStratum = 0
    for (let cell = stratum * BANDS; cell < (stratum + 1) * BANDS; cell++) {
      const given = people[cell] * (1 - Math.exp(-kappa * weight[cell]))
      people[cell] -= given
      seen[cell] += given
      ofStratum += given
    }
    served += ofStratum
    again += ofStratum * filledAgain(attendance, step * strata + stratum)
  }
  return served > 0 ? again / served : 0
}

const rate = (rates: Float64Array | null, cell: number): number => (rates === null ? 0 : rates[cell])

/** Of slots given, the share that somebody else is offered at once. */
function filledAgain({ dnaRate, patientCancellation, backfillAfterDna, backfillAfterCancellation }: Attendance, cell: number): number {
  return rate(dnaRate, cell) * backfillAfterDna + rate(patientCancellation, cell) * backfillAfterCancellation
}

/** κ at which `slots` people are served. What is served rises with κ and bends down, so that Newton steps come from below. */
function solveKappa(people: Float64Array, weight: Float64Array, slots: number, guess: number): number {
  let able = 0
  for (let cell = 0; cell < people.length; cell++) if (weight[cell] > 0) able += people[cell]
  if (slots >= able * EVERYBODY) return Infinity
  let kappa = Number.isFinite(guess) ? guess : 0
  for (let turn = 0; turn < ITERATIONS; turn++) {
    let served = 0
    let slope = 0
    for (let cell = 0; cell < people.length; cell++) {
      if (people[cell] <= 0 || weight[cell] <= 0) continue
      const left = people[cell] * Math.exp(-kappa * weight[cell])
      served += people[cell] - left
      slope += left * weight[cell]
    }
    if (Math.abs(served - slots) <= TOLERANCE * slots) return kappa
    kappa = Math.max(0, kappa + (slots - served) / slope)
  }
  return kappa
}

/** First appointments: who misses one goes back or is discharged; the others stop the clock, or join the admission list. */
function decide(first: StageState, admission: StageState, tables: ServiceTables, step: number): void {
  const attendance = absences(tables.first.attendance, tables, step)
  for (let cell = 0; cell < first.seen.length; cell++) {
    const stratum = Math.floor(cell / BANDS)
    first.people[cell] += first.seen[cell] * attendance.back[stratum]
    admission.people[cell] += first.seen[cell] * attendance.attends[stratum] * tables.admittedShare[stratum]
  }
}

/** Admissions that do not take place. */
function putBack({ people, seen, tables: { attendance } }: StageState, tables: ServiceTables, step: number): void {
  const { back } = absences(attendance, tables, step)
  for (let cell = 0; cell < seen.length; cell++) people[cell] += seen[cell] * back[Math.floor(cell / BANDS)]
}

/** Shares of those given a slot who attend, and who are rebooked, by stratum. */
function absences(attendance: Attendance, { strata }: ServiceTables, step: number): { attends: Float64Array; back: Float64Array } {
  const attends = new Float64Array(strata)
  const back = new Float64Array(strata)
  for (let stratum = 0; stratum < strata; stratum++) {
    const cell = step * strata + stratum
    const missed = rate(attendance.dnaRate, cell)
    const cancelled = rate(attendance.patientCancellation, cell) + rate(attendance.hospitalCancellation, cell)
    attends[stratum] = 1 - missed - cancelled
    back[stratum] = cancelled + missed * (1 - attendance.dischargeAfterDna[stratum])
  }
  return { attends, back }
}
