/**
 * The model that Fairwait, SimPy and C are compared on: one specialty of a large integrated care board, by week, for
 * five years.
 *
 *     each week:  clock starts → exits → first appointments (missed: rebooked; attended: stop, or decision to admit)
 *                 → admissions → everybody waiting is counted
 *
 * Five deprivation groups × three priority levels are fifteen strata; level varies fastest, 0 is the least urgent.
 * Slots go in turn (by level, then by clock start, ties at random), or by weighted chance. Somebody missed is back in
 * their place the next week. All numbers are made up, of the size that such a specialty has.
 */
import { BANDS } from '../../src/baseline/types.ts'
import { EXIT_CAUSES } from '../../src/scenario/study.ts'

export const GROUPS = 5
export const PRIORITIES = 3
export const STRATA = GROUPS * PRIORITIES

/** Orders of service: strictly by level and clock start, or by weighted chance. */
export const ORDERS = ['in-turn', 'by-chance'] as const
export type Order = (typeof ORDERS)[number]

/** The model as numbers. Arrays by stratum; those by band are indexed stratum, then whole weeks waited. */
export interface PeerModel {
  readonly order: Order
  readonly steps: number
  /** Mean clock starts a week. */
  readonly clockStarts: readonly number[]
  /** Weeks of head start; in turn they exceed any wait, so that levels are classes. */
  readonly headStartWeeks: readonly number[]
  readonly dnaRate: readonly number[]
  readonly admittedShare: readonly number[]
  /** Hazard a week of each exit cause, in the order of `EXIT_CAUSES`. */
  readonly hazards: readonly (readonly (readonly number[])[])[]
  /** Relative chance of being next by weeks waited (and of head start). */
  readonly chanceWeight: readonly number[]
  readonly waitingFirst: readonly (readonly number[])[]
  readonly waitingAdmission: readonly (readonly number[])[]
  /** Slots a week. */
  readonly firstSlots: number
  readonly admissionSlots: number
}

/** What is compared between the programs, in the order in which each of them prints it. */
export const MEASURES = [
  'waiting for a first appointment, mean of weeks',
  'waiting for admission, mean of weeks',
  ...Array.from({ length: PRIORITIES }, (_, level) => `waiting at the end, level ${level}`),
  ...Array.from({ length: GROUPS }, (_, group) => `waiting at the end, group ${group + 1}`),
  'share within 18 weeks at the end',
  'clock stops without admission',
  'admissions',
  ...EXIT_CAUSES.map((cause) => `left: ${cause}`),
  'appointments missed',
  'weeks waited at stops without admission, mean',
  'weeks waited at admissions, mean',
] as const

const LEVEL_SHARE = [0.55, 0.3, 0.15]
const GROUP_SHARE = [0.24, 0.217, 0.194, 0.181, 0.168]
const GROUP_DNA = [0.076, 0.07, 0.064, 0.058, 0.052]
const LEVEL_ADMITTED = [0.15, 0.25, 0.4]

/**
 * The model at a size.
 * @param size 1 is about 2,000 clock starts a week and 26,000 waiting
 */
export function peerModel(order: Order, size = 1): PeerModel {
  const strata = Array.from({ length: STRATA }, (_, stratum) => ({ group: Math.floor(stratum / PRIORITIES), level: stratum % PRIORITIES }))
  const shareOf = ({ group, level }: { group: number; level: number }): number => GROUP_SHARE[group] * LEVEL_SHARE[level]
  const inTurn = order === 'in-turn'
  return {
    order,
    steps: 260,
    clockStarts: strata.map((stratum) => 2000 * size * shareOf(stratum)),
    headStartWeeks: strata.map(({ level }) => level * (inTurn ? 400 : 8)),
    dnaRate: strata.map(({ group }) => GROUP_DNA[group]),
    admittedShare: strata.map(({ level }) => LEVEL_ADMITTED[level]),
    hazards: EXIT_CAUSES.map((_, cause) => strata.map(({ group }) => bands((week) => hazard(cause, group, week)))),
    chanceWeight: bands((week) => (week < 2 ? 2 : week < 35 ? 1 : 1 + (week - 35) / 5)),
    waitingFirst: strata.map((stratum) => bands((week) => (week < 40 ? Math.round(500 * size * shareOf(stratum)) : 0))),
    waitingAdmission: strata.map((stratum) => bands((week) => (week < 40 ? Math.round(150 * size * shareOf(stratum)) : 0))),
    firstSlots: Math.round(1850 * size),
    admissionSlots: Math.round(360 * size),
  }
}

/** Hazards a week: removals and withdrawals rise after three months, the rest differ by group alone. */
function hazard(cause: number, group: number, week: number): number {
  switch (EXIT_CAUSES[cause]) {
    case 'removed':
      return week < 12 ? 0.002 : 0.01
    case 'withdrew':
      return week < 12 ? 0.001 : 0.004
    case 'private':
      return 0.0004 + 0.0002 * group
    case 'emergency':
      return 0.0006 - 0.00008 * group
    default:
      return 0.0003 - 0.00003 * group
  }
}

function bands(of: (week: number) => number): number[] {
  return Array.from({ length: BANDS }, (_, week) => of(week))
}

/** The model as the C program reads it: numbers in a fixed order, then a key for each replication. */
export function parametersForC(model: PeerModel, keys: readonly (readonly [number, number])[]): string {
  const numbers = [
    model.order === 'by-chance' ? 1 : 0,
    model.steps,
    ...model.clockStarts,
    ...model.headStartWeeks,
    ...model.dnaRate,
    ...model.admittedShare,
    ...model.hazards.flat(2),
    ...model.chanceWeight,
    ...model.waitingFirst.flat(),
    ...model.waitingAdmission.flat(),
    model.firstSlots,
    model.admissionSlots,
    keys.length,
    ...keys.flat(),
  ]
  return `${numbers.join('\n')}\n`
}
