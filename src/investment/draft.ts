/**
 * The tables while investments act on them: real numbers, by specialty. Compile rounds them to whole slots
 * afterwards. A lever turns money into *doses*, which the draft collects; once every programme has spent, `takeEffect`
 * turns all doses of a specialty into effects together, so that the order of programmes does not matter and
 * programmes which buy the same thing share one curve.
 */
import type { SpecialtyBaseline } from '../baseline/types.ts'
import type { Programme, Series } from '../scenario/study.ts'

/** Weeks waited from which validation acts: NHS England asks providers to validate those waiting over 12 weeks. */
export const VALIDATION_FROM_WEEK = 12

/**
 * What a dose can act on: slots (the NHS's own, reserved for a group; the independent sector's; hubs'), shares (factors
 * on a probability, a hazard or a time), and people (who join or leave the list, or never come).
 */
export const CHANNELS = [
  'slots-first',
  'slots-admission',
  'independent-first',
  'independent-admission',
  'hub-admission',
  'dna',
  'hospital-cancellation',
  'emergency',
  'deterioration',
  'tests',
  'unmet-need',
  'removals',
  'clock-starts',
  'need',
] as const
export type Channel = (typeof CHANNELS)[number]

/** What of a specialty a lever can reach, per step: first appointments offered, or people waiting. */
export type Exposure = 'appointments' | 'waiting'

/** One effect of a dose. */
export interface Act {
  readonly on: Channel
  /** Parameter of the lever with the effect of one unit, or on one person reached; null for 1. */
  readonly by: string | null
}

/** What one programme has bought of one thing for a specialty. */
export interface Dose {
  readonly programme: Programme<Series>
  /** Doses of the same key share one curve of reach. */
  readonly sharing: string
  readonly acts: readonly Act[]
  /** What the dose reaches a share of; null where every unit counts. */
  readonly exposure: Exposure | null
  /** Parameter that bends the shared curve of slots (half-saturation) or people (largest share). */
  readonly limit: string
  /** Units by the step in which they come into effect: index step × groups + group. */
  readonly arriving: Float64Array
  /** Units × (the money's share of the group ÷ its share of residents − 1): how far they are aimed; same index. */
  readonly aimed: Float64Array
}

/**
 * One specialty in the making. A *group* here is whoever money can tell apart: a deprivation group, or a class of its
 * people where a programme is for people of further groups; then group = deprivation group × classes + class, and the
 * baseline's own numbers by group are of these. Arrays by step and group: index step × groups + group.
 */
export interface DraftService {
  readonly baseline: SpecialtyBaseline
  /** Code of the system that it is of. */
  readonly system: string
  readonly steps: number
  readonly groups: number
  /** Classes of people in each deprivation group: 1 where money does not tell them apart. */
  readonly classes: number
  /** Steps in a week: 1 for weekly steps, 7 for daily. */
  readonly stepsPerWeek: number
  /** Slots of a standard week, first appointments (DNAs included) and admissions. */
  readonly firstSlotsPerWeek: number
  readonly admissionSlotsPerWeek: number
  /** Expected unmet need at the start, by group. */
  readonly unmetNeed: readonly number[]
  /** Expected first appointments offered to a group in a step: slots × the group's share of clock starts. */
  readonly appointmentsOffered: Float64Array
  /** Expected referrals of a group in a step, as the baseline and the calendar have them. */
  readonly referralsExpected: Float64Array
  /** What programmes have bought; filled while money is spent. */
  readonly doses: Dose[]
  /** Slots reserved for a deprivation group, whatever their class: those of its classes are one. */
  readonly firstReserved: Float64Array
  readonly admissionReserved: Float64Array
  /** Slots reserved for one class of a deprivation group. */
  readonly firstReservedForClass: Float64Array
  readonly admissionReservedForClass: Float64Array
  /** Independent-sector and hub slots, today's and bought, index step. */
  readonly firstIndependent: Float64Array
  readonly admissionIndependent: Float64Array
  readonly admissionHub: Float64Array
  /** Sum over slots bought of (the money's share of the group ÷ its share of residents − 1): how far they are aimed. */
  readonly independentTilt: Float64Array
  readonly hubTilt: Float64Array
  /** Factors, 1 where nothing acts: on the probability of a DNA and of the hospital cancelling, and on hazards while waiting. */
  readonly dnaFactor: Float64Array
  readonly hospitalCancellationFactor: Float64Array
  readonly emergencyFactor: Float64Array
  readonly deteriorationFactor: Float64Array
  /** Factor on need as it arises, referred or not. */
  readonly needFactor: Float64Array
  /** Factor on the weeks that tests take. */
  readonly testFactor: Float64Array
  /** Share of referrals answered by advice and guidance that money pays for. */
  readonly divertedShare: Float64Array
  /** People found by outreach. */
  readonly additionalStarts: Float64Array
  /** Further removals by validation of those waiting {@link VALIDATION_FROM_WEEK} weeks or more, people. */
  readonly furtherRemovals: Float64Array
}

/** What is known of a specialty before money acts on it. */
export type DraftBasis = Pick<
  DraftService,
  | 'baseline'
  | 'system'
  | 'steps'
  | 'groups'
  | 'classes'
  | 'stepsPerWeek'
  | 'firstSlotsPerWeek'
  | 'admissionSlotsPerWeek'
  | 'unmetNeed'
  | 'appointmentsOffered'
  | 'referralsExpected'
  | 'firstIndependent'
  | 'admissionIndependent'
  | 'admissionHub'
>

/** A draft on which no money has acted. */
export function createDraft(basis: DraftBasis): DraftService {
  const { steps, groups } = basis
  const none = (): Float64Array => new Float64Array(steps * groups)
  const one = (): Float64Array => new Float64Array(steps * groups).fill(1)
  return {
    ...basis,
    doses: [],
    firstReserved: none(),
    admissionReserved: none(),
    firstReservedForClass: none(),
    admissionReservedForClass: none(),
    independentTilt: none(),
    hubTilt: none(),
    dnaFactor: one(),
    hospitalCancellationFactor: one(),
    emergencyFactor: one(),
    deteriorationFactor: one(),
    needFactor: one(),
    testFactor: one(),
    divertedShare: none(),
    additionalStarts: none(),
    furtherRemovals: none(),
  }
}

/** People of a group waiting at the start, both stages. */
export function initialList(service: DraftService, group: number, fromWeek = 0): number {
  const count = (bands: readonly number[]): number => bands.slice(fromWeek).reduce((sum, people) => sum + people, 0)
  return count(service.baseline.waitingFirst[group]) + count(service.baseline.waitingAdmission[group])
}
