/**
 * The tables while investments act on them: real numbers, by specialty. Compile rounds them to whole slots
 * afterwards. A lever is a pure function of a draft and its money: it returns what it spends and adds to the
 * draft's `extra` parts, which combine by addition (slots, people, removals) or by multiplication (attendance),
 * so the order of programmes does not matter.
 */
import type { SpecialtyBaseline } from '../baseline/types.ts'

/**
 * Slots bought of one kind before diminishing returns, so that programmes which buy the same thing share one curve:
 * two of £5m buy what one of £10m buys.
 */
export interface Purchase {
  /** Slots at unit cost: index step × groups + group. */
  readonly atUnitCost: Float64Array
  /** Sum over programmes of slots at unit cost × their half-saturation, index step. */
  readonly halfWeighted: Float64Array
}

/** What programmes have bought of a specialty. */
export interface Purchases {
  readonly first: Purchase
  readonly admission: Purchase
  readonly firstIndependent: Purchase
  readonly admissionIndependent: Purchase
}

/** Nothing bought yet. */
export function createPurchases(steps: number, groups: number): Purchases {
  const nothing = (): Purchase => ({ atUnitCost: new Float64Array(steps * groups), halfWeighted: new Float64Array(steps) })
  return { first: nothing(), admission: nothing(), firstIndependent: nothing(), admissionIndependent: nothing() }
}

/** One specialty in the making. Arrays by step and group: index step × groups + group. */
export interface DraftService {
  readonly baseline: SpecialtyBaseline
  /** Code of the system that it is of. */
  readonly system: string
  readonly steps: number
  readonly groups: number
  /** Slots of a standard week, first appointments (DNAs included) and admissions. */
  readonly firstSlotsPerWeek: number
  readonly admissionSlotsPerWeek: number
  /** Expected unmet need at the start, by group. */
  readonly unmetNeed: readonly number[]
  /** Expected first appointments offered to a group in a step: slots × the group's share of clock starts. */
  readonly appointmentsOffered: Float64Array
  /** Slots reserved for a group. */
  readonly firstReserved: Float64Array
  readonly admissionReserved: Float64Array
  /** Independent-sector slots, today's and bought, index step. */
  readonly firstIndependent: Float64Array
  readonly admissionIndependent: Float64Array
  readonly purchases: Purchases
  /** Sum over slots bought of (the money's share of the group ÷ its share of residents − 1): how far they are aimed; index step × groups + group. */
  readonly independentTilt: Float64Array
  /** Factor on the probability of a DNA, 1 where nothing acts; levers multiply it. */
  readonly dnaFactor: Float64Array
  /** People found by outreach. */
  readonly additionalStarts: Float64Array
  /** Further removals by validation of those waiting 12 weeks or more, people. */
  readonly furtherRemovals: Float64Array
}

/** People of a group waiting at the start, both stages. */
export function initialList(service: DraftService, group: number, fromWeek = 0): number {
  const count = (bands: readonly number[]): number => bands.slice(fromWeek).reduce((sum, people) => sum + people, 0)
  return count(service.baseline.waitingFirst[group]) + count(service.baseline.waitingAdmission[group])
}
