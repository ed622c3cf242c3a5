/**
 * The levers: what each buys, at which unit cost, with which diminishing return, and where it acts in the
 * tables. Parameters and their sources are in the assumption registry under `lever.<id>.*`.
 */
import { exp, ln } from '../model/elementary.ts'
import { valueAt } from '../model/steps.ts'
import type { LeverId, Programme, Series } from '../scenario/study.ts'
import { initialList, type DraftService, type Purchase } from './draft.ts'

/** A programme's money for one specialty in one step. Arrays by group. */
export interface LeverMoment {
  readonly programme: Programme<Series>
  readonly step: number
  /** Whole pence to spend at most. */
  readonly pence: readonly number[]
  /** Steps in a week. */
  readonly stepsPerWeek: number
  /** The money's share of each group ÷ the group's share of residents. */
  readonly tilt: readonly number[]
}

/** How a lever shares a group's money among specialties, and what it does with each part. */
export interface Lever {
  /** Relative share of a specialty in a group's money. */
  readonly specialtyWeight: (service: DraftService, group: number) => number
  /** Acts on the draft; returns whole pence spent by group, each at most `moment.pence`. */
  readonly act: (service: DraftService, moment: LeverMoment) => readonly number[]
}

/** Weeks waited from which validation acts: NHS England asks providers to validate those waiting over 12 weeks. */
export const VALIDATION_FROM_WEEK = 12

function parameter(moment: LeverMoment, name: string): number {
  return valueAt(moment.programme.parameters[name], moment.step)
}

/** Diminishing return with marginal return 1 at nothing and ½ at `half`: half × ln(1 + x / half). */
export function diminishing(x: number, half: number): number {
  return half * ln(1 + x / half)
}

/** Return that saturates at `cap`, one for one at first: cap × (1 − e^(−x / cap)). */
export function saturating(x: number, cap: number): number {
  return cap > 0 ? cap * (1 - exp(-x / cap)) : 0
}

/**
 * Buys slots of one kind with a step's money, in pounds by group, and returns how many more each group has of them
 * after the purchase. The return diminishes with the extra share of the specialty's own slots, whoever they are for
 * and whichever programme pays: a theatre session costs the same for every group.
 */
function buy(purchase: Purchase, moment: LeverMoment, pounds: readonly number[], unitCost: number, slotsPerWeek: number): number[] {
  const base = slotsPerWeek / moment.stepsPerWeek
  if (base <= 0) return pounds.map(() => 0)
  const { atUnitCost, halfWeighted } = purchase
  const from = moment.step * pounds.length
  const before = slotsOf(purchase, moment.step, pounds.length, base)
  pounds.forEach((money, group) => {
    atUnitCost[from + group] += money / unitCost
    halfWeighted[moment.step] += (money / unitCost) * parameter(moment, 'doseHalfSaturation')
  })
  return slotsOf(purchase, moment.step, pounds.length, base).map((slots, group) => slots - before[group])
}

/** Slots by group after diminishing returns, shared as the money; half-saturations of programmes by what they bought. */
function slotsOf({ atUnitCost, halfWeighted }: Purchase, step: number, groups: number, base: number): number[] {
  const own = Array.from(atUnitCost.subarray(step * groups, (step + 1) * groups))
  const all = own.reduce((sum, slots) => sum + slots, 0)
  if (all === 0) return own
  const effective = base * diminishing(all / base, halfWeighted[step] / all)
  return own.map((slots) => (slots / all) * effective)
}

/** What a step's money buys at both stages, by group. */
function buySlots(service: DraftService, moment: LeverMoment, first: Purchase, admission: Purchase): { first: number[]; admission: number[] } {
  const firstCost = parameter(moment, 'costPerFirstAppointment')
  const admissionCost = parameter(moment, 'costPerAdmission')
  const toAdmission = shareOfMoneyOnAdmissions(service, firstCost, admissionCost, parameter(moment, 'admissionEmphasis'))
  const pounds = (share: number): number[] => moment.pence.map((pence) => (pence / 100) * share)
  return {
    first: buy(first, moment, pounds(1 - toAdmission), firstCost, service.firstSlotsPerWeek),
    admission: buy(admission, moment, pounds(toAdmission), admissionCost, service.admissionSlotsPerWeek),
  }
}

/** The split of money at which both stages grow by the same share, times the emphasis on admissions. */
function shareOfMoneyOnAdmissions(service: DraftService, firstCost: number, admissionCost: number, emphasis: number): number {
  const first = service.firstSlotsPerWeek * firstCost
  const admission = service.admissionSlotsPerWeek * admissionCost * emphasis
  return first + admission > 0 ? admission / (first + admission) : 0
}

/** People waiting, in a specialty that has slots to add to: money elsewhere would buy nothing. */
function listWhereSlotsAre(service: DraftService, group: number): number {
  return service.firstSlotsPerWeek + service.admissionSlotsPerWeek > 0 ? initialList(service, group) : 0
}

const capacity: Lever = {
  specialtyWeight: listWhereSlotsAre,
  act(service, moment) {
    const { first, admission } = buySlots(service, moment, service.purchases.first, service.purchases.admission)
    moment.pence.forEach((_, group) => {
      service.firstReserved[moment.step * service.groups + group] += first[group]
      service.admissionReserved[moment.step * service.groups + group] += admission[group]
    })
    return moment.pence
  },
}

const independentSector: Lever = {
  specialtyWeight: listWhereSlotsAre,
  act(service, moment) {
    const { firstIndependent, admissionIndependent } = service.purchases
    const bought = buySlots(service, moment, firstIndependent, admissionIndependent)
    const first = bought.first.reduce((sum, slots) => sum + slots, 0)
    const admission = bought.admission.reduce((sum, slots) => sum + slots, 0)
    service.firstIndependent[moment.step] += first
    service.admissionIndependent[moment.step] += admission
    moment.tilt.forEach((tilt, group) => {
      service.independentTilt[moment.step * service.groups + group] += (first + admission) * (tilt - 1)
    })
    return moment.pence
  },
}

/** Contacts beyond this many for one appointment reach nobody new; the money is not spent. */
const CONTACTS_PER_APPOINTMENT = 2

const attendanceSupport: Lever = {
  specialtyWeight: (service, group) => service.baseline.clockStartsPerWeek[group] * (service.firstSlotsPerWeek > 0 ? 1 : 0),
  act(service, moment) {
    const pencePerContact = parameter(moment, 'costPerContact') * 100
    return moment.pence.map((pence, group) => {
      const index = moment.step * service.groups + group
      const appointments = service.appointmentsOffered[index]
      const contacts = Math.min(pence / pencePerContact, appointments * CONTACTS_PER_APPOINTMENT)
      if (!(contacts > 0)) return 0
      const reach = parameter(moment, 'maxReach') * (1 - exp(-contacts / appointments))
      service.dnaFactor[index] *= 1 - reach * parameter(moment, 'dnaReduction')
      return Math.min(pence, Math.round(contacts * pencePerContact))
    })
  },
}

const outreach: Lever = {
  specialtyWeight: (service, group) => service.unmetNeed[group],
  act(service, moment) {
    return moment.pence.map((pence, group) => {
      const cap = (service.unmetNeed[group] * parameter(moment, 'maxShareOfUnmetPerWeek')) / moment.stepsPerWeek
      if (cap <= 0) return 0
      const people = pence / 100 / parameter(moment, 'costPerPersonFound')
      service.additionalStarts[moment.step * service.groups + group] += saturating(people, cap)
      return pence
    })
  },
}

const validation: Lever = {
  specialtyWeight: (service, group) => initialList(service, group, VALIDATION_FROM_WEEK),
  act(service, moment) {
    return moment.pence.map((pence, group) => {
      const list = initialList(service, group, VALIDATION_FROM_WEEK)
      const cap = (list * parameter(moment, 'maxShareOfListPerWeek')) / moment.stepsPerWeek
      if (cap <= 0) return 0
      const removals = pence / 100 / parameter(moment, 'costPerRemoval')
      service.furtherRemovals[moment.step * service.groups + group] += saturating(removals, cap)
      return pence
    })
  },
}

/** Every lever by its name in a study file. */
export const LEVER: Readonly<Record<LeverId, Lever>> = {
  capacity,
  'independent-sector': independentSector,
  'attendance-support': attendanceSupport,
  outreach,
  validation,
}
