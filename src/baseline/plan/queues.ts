/**
 * A baseline as planners' queues. Pure.
 *
 * Demand is clock starts less those who leave the list without treatment at today's list and hazards (planners'
 * "removals other than treatment"); capacity is clock stops with treatment. What a group gets of a specialty's slots is
 * what it gets today: slots are shared by who waits, and how long, weighed by the chance of being next.
 */
import type { Assumptions } from '../../scenario/study.ts'
import { AVERAGE_WEEK } from '../calendar.ts'
import type { Baseline, SpecialtyBaseline } from '../types.ts'
import type { Queue } from './plan.ts'

/** The coefficient of variation of the time between people who come independently of each other. */
export const INDEPENDENT_CV = 1

/** What the queues of a baseline need of a study's assumptions: exits that the baseline does not hold itself. */
export type ExitAssumptions = Pick<Assumptions<number>, 'privatePerWeek' | 'emergencyPerWeek' | 'deathPerWeek' | 'dnaRate' | 'dischargeAfterDna'>

/** Somebody in band w has waited w to w + 1 weeks; the last, open band counts as one week wide. */
const MIDDLE = 0.5

/** One queue for each specialty and deprivation group of a baseline. */
export function queuesOf(baseline: Baseline, assumptions: ExitAssumptions): Queue[] {
  return baseline.specialties.flatMap((specialty) => {
    const first = slotShares(specialty.waitingFirst, specialty.chanceWeightFirst)
    const admission = slotShares(specialty.waitingAdmission, specialty.chanceWeightAdmission)
    return baseline.groups.map(({ id, label }, group): Queue => {
      const appointments = specialty.firstAppointmentsPerWeek * first[group]
      const stops = appointments * (1 - specialty.admittedShare[group]) + specialty.admissionsPerWeek * admission[group]
      const list = sumOfLists(specialty, group)
      const waiting = total(list)
      return {
        specialty: specialty.code,
        name: specialty.name,
        group: id,
        groupLabel: label,
        demandPerWeek: Math.max(0, specialty.clockStartsPerWeek[group] * AVERAGE_WEEK - otherExits(specialty, list, appointments * AVERAGE_WEEK, group, assumptions)),
        capacityPerWeek: stops * AVERAGE_WEEK,
        waiting,
        meanWaitWeeks: waiting === 0 ? Number.NaN : list.reduce((sum, people, week) => sum + people * (week + MIDDLE), 0) / waiting,
        cvDemand: INDEPENDENT_CV,
        cvCapacity: INDEPENDENT_CV,
      }
    })
  })
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

/** The entry of a table by weeks waited, whose last holds beyond. */
const at = (table: readonly number[], week: number): number => table[Math.min(week, table.length - 1)]

/** People of a group waiting at either stage, by whole weeks waited. */
function sumOfLists(specialty: SpecialtyBaseline, group: number): number[] {
  const first = specialty.waitingFirst[group]
  const admission = specialty.waitingAdmission[group]
  return Array.from({ length: Math.max(first.length, admission.length) }, (_, week) => (first[week] ?? 0) + (admission[week] ?? 0))
}

/** Share of a stage's slots that each group gets; even where nobody waits. */
function slotShares(waiting: readonly (readonly number[])[], chanceWeight: readonly number[]): number[] {
  const weights = waiting.map((list) => list.reduce((sum, people, week) => sum + people * at(chanceWeight, week), 0))
  const all = total(weights)
  return weights.map((weight) => (all === 0 ? 1 / weights.length : weight / all))
}

/** People a week who leave the list without treatment, today. */
function otherExits(specialty: SpecialtyBaseline, list: readonly number[], appointments: number, group: number, assumptions: ExitAssumptions): number {
  const alike = assumptions.privatePerWeek[group] + assumptions.emergencyPerWeek[group] + assumptions.deathPerWeek[group]
  const hazards = list.map((people, week) => people * (at(specialty.removedPerWeek, week) + at(specialty.withdrewPerWeek, week) + alike))
  const missed = assumptions.dnaRate[group] / (1 - assumptions.dnaRate[group])
  return total(hazards) + appointments * missed * assumptions.dischargeAfterDna[group]
}
