/** Planning figures of queues: today's flows and list in, closed forms out. Pure. */
import { factorFromCompliance, load, pressure, reliefCapacityPerWeek, targetCapacityPerWeek, targetListSize, weeksToClear } from './formulas.ts'

/** A queue as planners describe it: a specialty, or one group of its people. Weeks are calendar weeks of an average year. */
export interface Queue {
  /** Specialty code, or `all`. */
  readonly specialty: string
  readonly name: string
  /** Group of people, or `all`. */
  readonly group: string
  readonly groupLabel: string
  /** Clock starts a week that will need treatment: those who leave the list otherwise are left out. */
  readonly demandPerWeek: number
  /** Clock stops a week with treatment, admitted or not. */
  readonly capacityPerWeek: number
  /** People waiting. */
  readonly waiting: number
  /** Mean weeks that they have waited so far; NaN where nobody waits. */
  readonly meanWaitWeeks: number
  /** Coefficients of variation of the time between clock starts, and between treatments. */
  readonly cvDemand: number
  readonly cvCapacity: number
}

/** What the list should come to, and by when. */
export interface PlanTarget {
  /** Weeks under which people should be seen, above 0. */
  readonly weeks: number
  /** Share of those waiting who should be under it, above 0 and below 1. */
  readonly compliance: number
  /** Weeks in which the list should come down to its target, above 0. */
  readonly reliefWeeks: number
}

/** The planning figures of a queue; `null` where a figure does not exist. */
export interface PlanFigures {
  readonly load: number | null
  readonly targetListSize: number
  readonly reliefCapacityPerWeek: number
  readonly targetCapacityPerWeek: number
  readonly pressure: number | null
  readonly weeksToClear: number | null
}

/** A queue and its figures. */
export interface PlanRow {
  readonly queue: Queue
  readonly figures: PlanFigures
}

/** The id of everybody, and of all specialties together. */
export const ALL = 'all'

/** The planning figures of one queue. */
export function planFigures(queue: Queue, target: PlanTarget): PlanFigures {
  const { demandPerWeek, capacityPerWeek, waiting, meanWaitWeeks, cvDemand, cvCapacity } = queue
  const factor = factorFromCompliance(target.compliance)
  const targetWaiting = targetListSize(demandPerWeek, target.weeks, factor)
  return {
    load: load(demandPerWeek, capacityPerWeek),
    targetListSize: targetWaiting,
    reliefCapacityPerWeek: reliefCapacityPerWeek(demandPerWeek, waiting, targetWaiting, target.reliefWeeks),
    targetCapacityPerWeek: targetCapacityPerWeek(demandPerWeek, target.weeks, factor, cvDemand, cvCapacity),
    pressure: Number.isNaN(meanWaitWeeks) ? null : pressure(meanWaitWeeks, target.weeks),
    weeksToClear: weeksToClear(demandPerWeek, capacityPerWeek, waiting, targetWaiting),
  }
}

/** The planning figures of every queue, in their order. */
export function planOf(queues: readonly Queue[], target: PlanTarget): PlanRow[] {
  return queues.map((queue) => ({ queue, figures: planFigures(queue, target) }))
}

/**
 * Queues taken together: flows and lists add up, mean waits by people, coefficients of variation by flow.
 *
 * @param parts at least one
 */
export function together(parts: readonly Queue[], identity: Pick<Queue, 'specialty' | 'name' | 'group' | 'groupLabel'>): Queue {
  const sum = (valueOf: (queue: Queue) => number): number => parts.reduce((total, queue) => total + valueOf(queue), 0)
  const demandPerWeek = sum((queue) => queue.demandPerWeek)
  const capacityPerWeek = sum((queue) => queue.capacityPerWeek)
  const waiting = sum((queue) => queue.waiting)
  const mean = (valueOf: (queue: Queue) => number, weightOf: (queue: Queue) => number, total: number): number =>
    total === 0 ? valueOf(parts[0]) : sum((queue) => (weightOf(queue) === 0 ? 0 : valueOf(queue) * weightOf(queue))) / total
  return {
    ...identity,
    demandPerWeek,
    capacityPerWeek,
    waiting,
    meanWaitWeeks: mean((queue) => queue.meanWaitWeeks, (queue) => queue.waiting, waiting),
    cvDemand: mean((queue) => queue.cvDemand, (queue) => queue.demandPerWeek, demandPerWeek),
    cvCapacity: mean((queue) => queue.cvCapacity, (queue) => queue.capacityPerWeek, capacityPerWeek),
  }
}

/**
 * Queues by specialty and group with their totals: all specialties together first, each specialty's people together
 * before its groups.
 *
 * @param queues one for each specialty and group; specialties in the order of their first queue
 */
export function withTotals(queues: readonly Queue[], allSpecialties: string, allGroups: string): Queue[] {
  const bySpecialty = [...Map.groupBy(queues, ({ specialty }) => specialty).values()]
  const byGroup = [...Map.groupBy(queues, ({ group }) => group).values()]
  const everybody = { group: ALL, groupLabel: allGroups }
  const every = { specialty: ALL, name: allSpecialties }
  const grouped = queues.some(({ group }) => group !== ALL)
  const blocks = bySpecialty.flatMap((parts) => {
    const [{ specialty, name }] = parts
    return grouped ? [together(parts, { specialty, name, ...everybody }), ...parts] : parts
  })
  if (bySpecialty.length === 1) return blocks
  const groupTotals = grouped ? byGroup.map((parts) => together(parts, { ...every, group: parts[0].group, groupLabel: parts[0].groupLabel })) : []
  return [together(queues, { ...every, ...everybody }), ...groupTotals, ...blocks]
}
