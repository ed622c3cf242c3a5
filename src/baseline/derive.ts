/**
 * From a baseline pack to the rates and lists that the model starts from. Pure.
 *
 * Balance, per specialty, in an average week of England's year (`AVERAGE_WEEK` of a standard week of five days):
 *
 *     list growth = clock starts − admitted − non-admitted − unreported removals
 *
 * where unreported removals are DNA discharges, private, emergency and death exits at their assumptions, and
 * `removed` and `withdrew` for what is left. Decisions to admit make up for what leaves the admission list, so
 * that with flows held it neither grows nor shrinks, and the first-appointment list takes the whole difference.
 */
import type { Assumptions } from '../scenario/study.ts'
import { addDays, AVERAGE_WEEK, firstDayOfMonth, nextMonth } from './calendar.ts'
import { stageWeights, type StageTable } from './chance-weights.ts'
import { directShares } from './decisions.ts'
import { driftOf, fittedFirstAppointments, fittedRates, offsetFit } from './fitted.ts'
import { REMOVAL_SHAPE, removalScale, shapedRemovals, unreportedRemovalsPerWeek } from './removal-hazards.ts'
import { padded, waitingByQuintile } from './tilt.ts'
import type { Baseline, BaselinePack, Group, PackFit, PackSpecialty, SpecialtyBaseline } from './types.ts'

/** Rounds in which decisions to admit, DNA discharges and removals settle on each other; each is a small correction. */
const ROUNDS = 30
const BISECTIONS = 60
/** At most this share of a specialty's clocks starts with a decision to admit. */
const MOST_DIRECT_STARTS = 0.95


/** Weekly flows of a specialty that agree with one another; `…PerWeek` in a standard week of five working days. */
interface WeeklyFlows {
  readonly clockStartsPerWeek: number
  readonly admissionsPerWeek: number
  readonly nonAdmittedPerWeek: number
  readonly decisionsPerWeek: number
  readonly removalScale: number
  /** Removals wanted in an average week but below zero, because other exits alone exceed the unreported. */
  readonly shortfallPerWeek: number
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}

/** Mean of a by-group number, weighted by group shares. */
function weighted(values: readonly number[], shares: readonly number[]): number {
  return values.reduce((total, value, group) => total + value * shares[group], 0)
}

/** Hazard of private, emergency and death exits together, for an average person on the list. */
function otherExitsPerPersonWeek(assumptions: Assumptions<number>, listShare: readonly number[]): number {
  return (
    weighted(assumptions.privatePerWeek, listShare) +
    weighted(assumptions.emergencyPerWeek, listShare) +
    weighted(assumptions.deathPerWeek, listShare)
  )
}

/** DNA discharges for each attended first appointment: bookings = attended ÷ (1 − DNA rate). */
function dnaDischargesPerAttended(assumptions: Assumptions<number>, startShare: readonly number[]): number {
  const perGroup = assumptions.dnaRate.map((rate, group) => (rate / (1 - rate)) * assumptions.dischargeAfterDna[group])
  return weighted(perGroup, startShare)
}

function balance(
  specialty: PackSpecialty,
  unreportedPerWeek: number,
  directShare: number,
  pack: BaselinePack,
  assumptions: Assumptions<number>,
): WeeklyFlows {
  const { listShare, startShare } = pack.deprivation
  const standardWeeks = pack.workingDays / 5
  const admissionsPerWeek = sum(specialty.admittedStops) / standardWeeks
  const nonAdmittedPerWeek = sum(specialty.nonAdmittedStops) / standardWeeks
  const list = padded(specialty.waitingWithoutDecision).map((people, week) => people + (specialty.waitingWithDecision[week] ?? 0))
  const otherHazard = otherExitsPerPersonWeek(assumptions, listShare)
  const dnaDischarges = dnaDischargesPerAttended(assumptions, startShare)
  const fromAdmissionList = (scale: number): number =>
    (scale * shapedRemovals(specialty.waitingWithDecision) + otherHazard * sum(specialty.waitingWithDecision)) / AVERAGE_WEEK

  let decisionsPerWeek = admissionsPerWeek
  let scale = 0
  let wanted = 0
  for (let round = 0; round < ROUNDS; round++) {
    const dna = dnaDischarges * (nonAdmittedPerWeek + decisionsPerWeek * (1 - directShare))
    wanted = (unreportedPerWeek - dna) * AVERAGE_WEEK - otherHazard * sum(list)
    scale = removalScale(wanted, list)
    decisionsPerWeek = admissionsPerWeek + fromAdmissionList(scale)
  }
  return {
    clockStartsPerWeek: specialty.clockStarts / standardWeeks,
    admissionsPerWeek,
    nonAdmittedPerWeek,
    decisionsPerWeek,
    removalScale: scale,
    shortfallPerWeek: Math.max(0, -wanted),
  }
}

/**
 * Shares by group with given odds ratios against one another and a given weighted mean.
 *
 * @param mean weighted mean, 0 to 1
 * @param odds odds ratio of each group
 * @param weights of the groups, summing to 1
 */
export function sharesWithOdds(mean: number, odds: readonly number[], weights: readonly number[]): number[] {
  if (mean <= 0 || mean >= 1) return odds.map(() => (mean <= 0 ? 0 : 1))
  const at = (position: number): number[] => {
    const base = position / (1 - position)
    return odds.map((ratio) => (base * ratio) / (1 + base * ratio))
  }
  let low = 0
  let high = 1
  for (let turn = 0; turn < BISECTIONS; turn++) {
    const middle = (low + high) / 2
    if (weighted(at(middle), weights) < mean) low = middle
    else high = middle
  }
  return at((low + high) / 2)
}

/** Share of each specialty's decisions to admit that its clocks start with; see `decisions.ts`. */
function directSharesOf(pack: BaselinePack, assumptions: Assumptions<number>, flows: readonly WeeklyFlows[]): number[] {
  const averageWeeks = pack.workingDays / 5 / AVERAGE_WEEK
  const other = otherExitsPerPersonWeek(assumptions, pack.deprivation.listShare)
  return directShares(
    pack.specialties.map((specialty, index) => ({
      waitingWithDecision: padded(specialty.waitingWithDecision),
      admitted: padded(specialty.admittedStops).map((stops) => stops / averageWeeks),
      nonAdmitted: padded(specialty.nonAdmittedStops).map((stops) => stops / averageWeeks),
      leavingWeek0: REMOVAL_SHAPE[0] * flows[index].removalScale + other,
      decisionsPerWeek: flows[index].decisionsPerWeek * AVERAGE_WEEK,
    })),
  )
}

/** Stops and list of both stages: decisions after a first appointment are spread over weeks waited as stops are. */
function stageTables(specialty: PackSpecialty, flow: WeeklyFlows, directShare: number): { first: StageTable; admission: StageTable } {
  const attended = flow.nonAdmittedPerWeek + flow.decisionsPerWeek * (1 - directShare)
  const factor = flow.nonAdmittedPerWeek === 0 ? 1 : attended / flow.nonAdmittedPerWeek
  return {
    first: {
      stops: padded(specialty.nonAdmittedStops).map((stops) => stops * factor),
      list: padded(specialty.waitingWithoutDecision),
    },
    admission: { stops: padded(specialty.admittedStops), list: padded(specialty.waitingWithDecision) },
  }
}

function groups(pack: BaselinePack): Group[] {
  return pack.deprivation.population.map((population, index) => ({
    id: String(index + 1),
    label: groupLabel(index, pack.deprivation.population.length),
    population,
  }))
}

/** `1 most deprived`, `2`, … `5 least deprived`. */
function groupLabel(index: number, count: number): string {
  const end = index === 0 ? ' most deprived' : index === count - 1 ? ' least deprived' : ''
  return `${index + 1}${end}`
}

/** First day after a pack's lists were counted, ISO date. */
export function packStart(pack: Pick<BaselinePack, 'months' | 'listAsAt'>): string {
  if (pack.listAsAt !== undefined) return addDays(pack.listAsAt, 1)
  return firstDayOfMonth(nextMonth(pack.months[pack.months.length - 1]))
}

function notes(pack: BaselinePack, assumptions: Assumptions<number>, flows: readonly WeeklyFlows[]): string[] {
  const floored = pack.specialties.filter((_, index) => flows[index].shortfallPerWeek > 0).map((specialty) => specialty.name)
  const share = pack.unreportedRemovalShare
  const sources = [
    pack.provenance.licence,
    ...pack.provenance.sources.map(({ title, publisher, file }) => `${title}. ${publisher} (${file}).`),
    ...pack.provenance.modelled,
  ]
  const fit = pack.specialties.find(({ fitted }) => fitted !== undefined)?.fitted
  if (fit !== undefined) return [...sources, ...fittedNotes(fit)]
  const lines = [
    ...sources,
    share === null
      ? `Unreported removals of each specialty are a mixture: a quarter ${percent(assumptions.unreportedRemovalShare)} of its removals (an assumption; one month cannot show it), three quarters what balances its clock starts and stops.`
      : `Unreported removals were ${percent(share)} of all removals over the months, from stock and flow; specialties share them by what balances their clock starts and stops.`,
    'Removals and withdrawals rise with weeks waited as month-ends of England show, at the level that balances each specialty.',
    'The chance of being next by weeks waited is estimated from clock stops and the list of these months; small specialties lean on the whole.',
    'Decisions to admit are not published: how many is taken as admissions and what else leaves the admission list, and at which waits from that list: a share of clocks starts with a decision, and a constant share of first appointments leads to one.',
  ]
  if (floored.length > 0) {
    lines.push(`Other exits alone exceed the unreported removals of ${floored.join(', ')}: removed and withdrew are 0 there.`)
  }
  return lines
}

function fittedNotes({ until, pairs }: PackFit): string[] {
  return [
    `Rates are fitted to ${pairs} pairs of consecutive month-ends up to ${until}: the chance of being next and removals by weeks waited, the share admitted, the share listed directly, and the level of clock starts and stops without season; small specialties lean on a larger whole.`,
    'The fit says nothing of deprivation: its gradients are those of the assumptions.',
  ]
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`
}

/** A specialty's baseline from a fit to consecutive month-ends. */
function fittedBaseline(
  specialty: PackSpecialty,
  fitted: PackFit,
  lists: Pick<SpecialtyBaseline, 'waitingFirst' | 'waitingAdmission'>,
  pack: BaselinePack,
  assumptions: Assumptions<number>,
): SpecialtyBaseline {
  const { listShare, startShare } = pack.deprivation
  const list = padded(specialty.waitingWithoutDecision).map((people, week) => people + (specialty.waitingWithDecision[week] ?? 0))
  const fit = offsetFit(fitted, assumptions)
  const drift = driftOf(fit, assumptions.fittedDrift)
  const rates = fittedRates(fit, list, {
    hazardPerWeek: otherExitsPerPersonWeek(assumptions, listShare),
    dnaDischargesPerWeek: dnaDischargesPerAttended(assumptions, startShare) * fittedFirstAppointments(fit) * AVERAGE_WEEK,
  })
  const withdrawn = assumptions.withdrawalShareOfRemovals
  return {
    code: specialty.code,
    name: specialty.name,
    clockStartsPerWeek: startShare.map((share) => rates.clockStartsPerWeek * share),
    waitingFirst: lists.waitingFirst,
    waitingAdmission: lists.waitingAdmission,
    firstAppointmentsPerWeek: rates.firstAppointmentsPerWeek,
    admissionsPerWeek: rates.admissionsPerWeek,
    directShare: sharesWithOdds(Math.min(MOST_DIRECT_STARTS, rates.directShare), assumptions.admissionOdds, startShare),
    admittedShare: sharesWithOdds(rates.admittedShare, assumptions.admissionOdds, startShare),
    chanceWeightFirst: rates.chanceWeightFirst,
    chanceWeightAdmission: rates.chanceWeightAdmission,
    removedPerWeek: rates.leavingPerWeek.map((hazard) => hazard * (1 - withdrawn)),
    withdrewPerWeek: rates.leavingPerWeek.map((hazard) => hazard * withdrawn),
    ...(drift !== undefined && { drift }),
  }
}

/**
 * Derives the model's baseline.
 *
 * @param pack a validated pack
 * @param assumptions one draw; used are DNA rates and discharges, the unreported removal share (where the pack has
 *   none), the withdrawal share, private, emergency and death hazards, admission odds, and what is made of a fit
 */
export function deriveBaseline(pack: BaselinePack, assumptions: Assumptions<number>): Baseline {
  const unreported = unreportedRemovalsPerWeek(pack, assumptions.unreportedRemovalShare)
  const balanced = (directOf: readonly number[]): WeeklyFlows[] =>
    pack.specialties.map((specialty, index) => balance(specialty, unreported[index], directOf[index], pack, assumptions))
  // Direct listing needs no first appointment, so it has no DNAs, and the removals left to explain grow by as much.
  const directOf = directSharesOf(pack, assumptions, balanced(pack.specialties.map(() => 0)))
  const flows = balanced(directOf)
  const tables = pack.specialties.map((specialty, index) => stageTables(specialty, flows[index], directOf[index]))
  const weeks = pack.days / 7
  const weights = {
    first: stageWeights(tables.map((table) => table.first), weeks, true),
    admission: stageWeights(tables.map((table) => table.admission), weeks, false),
  }
  const lists = waitingByQuintile(pack)
  const { startShare } = pack.deprivation
  const withdrawn = assumptions.withdrawalShareOfRemovals
  const specialties = pack.specialties.map((specialty, index): SpecialtyBaseline => {
    if (specialty.fitted !== undefined) return fittedBaseline(specialty, specialty.fitted, lists[index], pack, assumptions)
    const flow = flows[index]
    const direct = flow.decisionsPerWeek * directOf[index]
    const decided = flow.decisionsPerWeek - direct
    const firstAppointmentsPerWeek = flow.nonAdmittedPerWeek + decided
    const directMean = flow.clockStartsPerWeek === 0 ? 0 : Math.min(MOST_DIRECT_STARTS, direct / flow.clockStartsPerWeek)
    const admittedMean = firstAppointmentsPerWeek === 0 ? 0 : decided / firstAppointmentsPerWeek
    return {
      code: specialty.code,
      name: specialty.name,
      clockStartsPerWeek: startShare.map((share) => flow.clockStartsPerWeek * share),
      waitingFirst: lists[index].waitingFirst,
      waitingAdmission: lists[index].waitingAdmission,
      firstAppointmentsPerWeek,
      admissionsPerWeek: flow.admissionsPerWeek,
      directShare: sharesWithOdds(directMean, assumptions.admissionOdds, startShare),
      admittedShare: sharesWithOdds(admittedMean, assumptions.admissionOdds, startShare),
      chanceWeightFirst: weights.first[index],
      chanceWeightAdmission: weights.admission[index],
      removedPerWeek: REMOVAL_SHAPE.map((hazard) => hazard * flow.removalScale * (1 - withdrawn)),
      withdrewPerWeek: REMOVAL_SHAPE.map((hazard) => hazard * flow.removalScale * withdrawn),
    }
  })
  return {
    system: pack.system,
    asOf: packStart(pack),
    groups: groups(pack),
    specialties,
    notes: notes(pack, assumptions, flows),
  }
}
