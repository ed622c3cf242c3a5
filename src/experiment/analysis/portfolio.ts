/**
 * How an envelope of money may be split: a point of the unit cube ↔ the programmes of a scenario.
 *
 *     parts: each lever over all specialties, and levers that buy slots over each group of specialties besides
 *     variables: a weight for each part; by lever, who it is for and when it starts; with `spendLess`, how much of the
 *     envelope
 */
import { addDays } from '../../baseline/calendar.ts'
import type { LeverId } from '../../scenario/study.ts'

/** Levers that buy slots, which can be aimed at specialties. */
const SLOT_LEVERS: readonly LeverId[] = ['capacity', 'independent-sector', 'surgical-hub', 'workforce']

/** What may be bought. */
export interface PortfolioSettings {
  readonly levers: readonly LeverId[]
  /** Groups of specialty codes that slots may be aimed at. */
  readonly specialtyGroups: readonly (readonly string[])[]
  /** £ a year, whole pounds. */
  readonly envelope: number
  /** When the money flows, where no lever waits. */
  readonly timing: Timing
  /** Deprivation groups of the baseline. */
  readonly groups: number
  /** Whether less than the envelope may be spent. */
  readonly spendLess: boolean
}

/** As a study file writes a budget. */
export interface Timing {
  /** ISO date. */
  readonly from: string
  readonly years: number
  readonly rampWeeks: number
}

/** A programme as a study file writes it. */
export interface PortfolioProgramme {
  readonly id: string
  readonly lever: LeverId
  readonly specialties?: readonly string[]
  readonly budget: { readonly perYear: number } & Timing
  readonly allocate: PortfolioAllocation
}

type PortfolioAllocation =
  | { readonly rule: 'universal' }
  | { readonly rule: 'proportionate'; readonly theta: number }
  | { readonly rule: 'targeted'; readonly groups: readonly number[] }

/** Part of the envelope: a lever, over all specialties or over a group of them. */
interface Part {
  readonly lever: LeverId
  /** Index of the group of specialties; null for all. */
  readonly specialties: number | null
}

/** Variables below this buy nothing, so that a part can be left out altogether. */
const NOTHING_BELOW = 0.2
/** Variable of who a lever is for: below, θ rises evenly from 0; above, the two most deprived groups, then one. */
const TARGETED_FROM = 0.8
const MOST_DEPRIVED_ONLY_FROM = 0.9
const MOST_THETA = 5

/** Variable of when a lever starts: below, at once; above, one to four quarters later. */
const AT_ONCE_BELOW = 0.5
const MOST_QUARTERS = 4
const DAYS_PER_QUARTER = 91
/** A study file counts part years in days. */
const DAYS_PER_YEAR = 365.25
/** Least time that is left to a lever that waits, as a share of the years of the money. */
const LEAST_TIME_LEFT = 0.5

function partsOf({ levers, specialtyGroups }: PortfolioSettings): Part[] {
  return levers.flatMap((lever) => [
    { lever, specialties: null },
    ...(SLOT_LEVERS.includes(lever) ? specialtyGroups.map((_, group) => ({ lever, specialties: group })) : []),
  ])
}

/** Number of decision variables. */
export function variablesOf(settings: PortfolioSettings): number {
  return partsOf(settings).length + 2 * settings.levers.length + (settings.spendLess ? 1 : 0)
}

/**
 * The programmes of a point. Budgets are whole pounds a year and add up to the envelope, or the part of it that is
 * spent, where every lever starts at once. One that waits gets the same money in the time that is left.
 * @param variables each in 0 to 1, as many as {@link variablesOf} says
 */
export function programmesOf(settings: PortfolioSettings, variables: readonly number[]): PortfolioProgramme[] {
  const parts = partsOf(settings)
  const weights = parts.map((_, index) => Math.max(0, variables[index] - NOTHING_BELOW))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const spent = Math.round(settings.envelope * (settings.spendLess ? variables[variables.length - 1] : 1))
  if (total === 0 || spent === 0) return []
  const budgets = weights.map((weight) => Math.floor((spent * weight) / total))
  // What rounding leaves goes to the largest part.
  budgets[budgets.indexOf(Math.max(...budgets))] += spent - budgets.reduce((sum, each) => sum + each, 0)
  return parts.flatMap((part, index) =>
    budgets[index] === 0 ? [] : [programmeOf(settings, part, budgets[index], variables)],
  )
}

function programmeOf(
  settings: PortfolioSettings,
  { lever, specialties }: Part,
  perYear: number,
  variables: readonly number[],
): PortfolioProgramme {
  const [whom, when] = choicesAt(settings, lever)
  return {
    id: specialties === null ? lever : `${lever}-aimed-${specialties + 1}`,
    lever,
    ...(specialties === null ? {} : { specialties: settings.specialtyGroups[specialties] }),
    budget: budgetOf(settings.timing, perYear, variables[when]),
    allocate: allocationOf(variables[whom], settings.groups),
  }
}

/** Where among the variables stands who a lever is for, and when it starts. */
function choicesAt(settings: PortfolioSettings, lever: LeverId): readonly [whom: number, when: number] {
  const whom = partsOf(settings).length + settings.levers.indexOf(lever)
  return [whom, whom + settings.levers.length]
}

function budgetOf(timing: Timing, perYear: number, when: number): PortfolioProgramme['budget'] {
  const days = quartersLate(when) * DAYS_PER_QUARTER
  const years = timing.years - days / DAYS_PER_YEAR
  if (days === 0 || years < timing.years * LEAST_TIME_LEFT) return { perYear, ...timing }
  return { perYear: Math.round((perYear * timing.years) / years), from: addDays(timing.from, days), years, rampWeeks: timing.rampWeeks }
}

function quartersLate(when: number): number {
  return Math.ceil(Math.max(0, (when - AT_ONCE_BELOW) / (1 - AT_ONCE_BELOW)) * MOST_QUARTERS)
}

function allocationOf(whom: number, groups: number): PortfolioAllocation {
  if (groups > 1 && whom >= TARGETED_FROM) {
    return { rule: 'targeted', groups: groups > 2 && whom < MOST_DEPRIVED_ONLY_FROM ? [1, 2] : [1] }
  }
  const theta = Math.round((Math.min(whom, TARGETED_FROM) / TARGETED_FROM) * MOST_THETA * 100) / 100
  return theta === 0 ? { rule: 'universal' } : { rule: 'proportionate', theta }
}

function whomOf(allocate: PortfolioAllocation): number {
  switch (allocate.rule) {
    case 'universal':
      return 0
    case 'proportionate':
      return Math.min(1, allocate.theta / MOST_THETA) * TARGETED_FROM * 0.9999
    case 'targeted':
      return allocate.groups.length === 1 ? 1 : (TARGETED_FROM + MOST_DEPRIVED_ONLY_FROM) / 2
  }
}

/**
 * Numbers of which what a split comes to is a smooth function, however the variables that say it jump: the share of the
 * envelope on each part, and for each lever its share times θ, times each kind of target, and times the quarters it waits.
 */
export function featuresOf(settings: PortfolioSettings, variables: readonly number[]): number[] {
  const parts = partsOf(settings)
  const weights = parts.map((_, index) => Math.max(0, variables[index] - NOTHING_BELOW))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const spent = settings.spendLess ? variables[variables.length - 1] : 1
  const shares = weights.map((weight) => (total === 0 ? 0 : (spent * weight) / total))
  return [
    ...shares,
    ...settings.levers.flatMap((lever) => {
      const share = shares.reduce((sum, each, index) => sum + (parts[index].lever === lever ? each : 0), 0)
      const [whom, when] = choicesAt(settings, lever)
      const allocate = allocationOf(variables[whom], settings.groups)
      const theta = allocate.rule === 'proportionate' ? allocate.theta / MOST_THETA : 0
      const targeted = allocate.rule === 'targeted' ? allocate.groups.length : 0
      return [share * theta, targeted === 1 ? share : 0, targeted === 2 ? share : 0, (share * quartersLate(variables[when])) / MOST_QUARTERS]
    }),
  ]
}

/**
 * The point that stands for a hand-made split over all specialties, or the nearest that there is.
 * @param programmes budgets in £ a year
 * @returns null where it uses another lever, or aims at specialties
 */
export function pointOf(
  settings: PortfolioSettings,
  programmes: readonly { lever: LeverId; specialties: readonly string[]; perYear: number; allocate: PortfolioAllocation }[],
): number[] | null {
  const total = programmes.reduce((sum, { perYear }) => sum + perYear, 0)
  if (!(total > 0) || programmes.some(({ lever, specialties }) => !settings.levers.includes(lever) || specialties.length > 0)) return null
  const parts = partsOf(settings)
  const point = Array.from({ length: variablesOf(settings) }, () => 0)
  for (const { lever, perYear, allocate } of programmes) {
    const part = parts.findIndex((each) => each.lever === lever && each.specialties === null)
    point[part] = Math.max(point[part], NOTHING_BELOW) + (perYear / total) * (1 - NOTHING_BELOW)
    point[choicesAt(settings, lever)[0]] = whomOf(allocate)
  }
  if (settings.spendLess) point[point.length - 1] = Math.min(1, total / settings.envelope)
  return point
}

/**
 * The split between two: of each part the money is mixed, which the variables do not say in proportion, and so is who a
 * lever is for, and when.
 * @param share of `a`, 0 to 1
 */
export function mixedPoint(settings: PortfolioSettings, a: readonly number[], b: readonly number[], share: number): number[] {
  const parts = partsOf(settings).length
  const shares = [a, b].map((point) => {
    const weights = point.slice(0, parts).map((each) => Math.max(0, each - NOTHING_BELOW))
    const total = weights.reduce((sum, each) => sum + each, 0)
    return weights.map((weight) => (total === 0 ? 0 : weight / total))
  })
  return a.map((each, k) => {
    if (k >= parts) return each * share + b[k] * (1 - share)
    const money = shares[0][k] * share + shares[1][k] * (1 - share)
    return money === 0 ? 0 : NOTHING_BELOW + money * (1 - NOTHING_BELOW)
  })
}

/** Simple splits to start from: everything on one lever, per head, by need, and for the most deprived. */
export function simplePoints(settings: PortfolioSettings): number[][] {
  const rules: readonly PortfolioAllocation[] = [
    { rule: 'universal' },
    { rule: 'proportionate', theta: 1.5 },
    { rule: 'targeted', groups: [1] },
  ]
  return settings.levers.flatMap((lever) =>
    rules.flatMap((allocate) => {
      const point = pointOf(settings, [{ lever, specialties: [], perYear: settings.envelope, allocate }])
      return point === null ? [] : [point]
    }),
  )
}
