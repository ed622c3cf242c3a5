/**
 * What is measured, and what each measure means. The catalogue, the tables, the report and the data package
 * all read this list.
 */
import type { Flow } from '../model/census.ts'
import { LEVER_ENTRIES } from '../scenario/lever-parameters.ts'
import type { OptionalCount } from '../scenario/study.ts'
import { GAP_INDICES } from './gaps.ts'
import type { GapIndex } from './gaps.ts'
import type { MeasureInfo } from './types.ts'

type Direction = MeasureInfo['direction']

function info(id: string, label: string, unit: string, direction: Direction, meaning: string): MeasureInfo {
  return { id, label, unit, direction, meaning }
}

const WORSE: Direction = 'higher-is-worse'
const BETTER: Direction = 'higher-is-better'
const NEUTRAL: Direction = 'neutral'

/** The assumption that lost slots are costed at. */
export const LOST_SLOT_REFERENCE = 'lever.capacity.costPerFirstAppointment'

/** A measure that is a kernel count of the step, or a sum of them. 0 at the start. */
export interface FlowMeasure {
  readonly measure: string
  readonly flows: readonly Flow[]
  /** The count that must be among those of the study for the measure to be reported; null for always. */
  readonly counted: OptionalCount | null
}

const always = (measure: string, ...flows: readonly Flow[]): FlowMeasure => ({ measure, flows, counted: null })
const ifCounted = (measure: string, counted: OptionalCount & Flow): FlowMeasure => ({ measure, flows: [counted], counted })

/** Counts by measure, in storage order. */
export const FLOW_MEASURES: readonly FlowMeasure[] = [
  always('clock-starts', 'clockStarts'),
  always('additional-starts', 'additionalStarts'),
  always('clock-stops-admitted', 'admitted'),
  always('clock-stops-non-admitted', 'nonAdmitted'),
  always('removed', 'removed'),
  always('withdrew', 'withdrew'),
  always('private', 'private'),
  always('emergency', 'emergency'),
  always('died', 'died'),
  always('discharged-after-dna', 'dischargedAfterDna'),
  always('dna', 'dna'),
  always('decisions-to-admit', 'decisionsToAdmit'),
  // The kernel counts need that reaches a list or the pool; what advice answers is need as well.
  always('need', 'needArising', 'diverted'),
  ifCounted('late-starts', 'lateStarts'),
  ifCounted('unmet-need-ended', 'unmetResolved'),
  ifCounted('unmet-need-emergency', 'unmetEmergency'),
  ifCounted('diverted', 'diverted'),
  ifCounted('cancelled-by-patient', 'cancelledByPatient'),
  ifCounted('cancelled-by-hospital', 'cancelledByHospital'),
  ifCounted('further-appointments', 'furtherAppointments'),
  ifCounted('deteriorated', 'deteriorated'),
  ifCounted('slots-independent-sector', 'independentSlots'),
  ifCounted('slots-hub', 'hubSlots'),
  ifCounted('slots-mutual-aid', 'aidSlots'),
  ifCounted('slots-lost', 'slotsLost'),
]

/** Sums of counts since the start, so that a single run's total between two reporting dates is a difference of two values. */
export const TO_DATE_MEASURES: readonly FlowMeasure[] = [
  always('clock-stops-admitted-to-date', 'admitted'),
  always('clock-stops-non-admitted-to-date', 'nonAdmitted'),
  always('first-appointments-to-date', 'nonAdmitted', 'decisionsToAdmit', 'furtherAppointments'),
  always('removed-to-date', 'removed'),
  ifCounted('slots-lost-to-date', 'slotsLost'),
]

/** Whom programmes of validation take off the list, in storage order: reported where a study has such a programme. */
export const VALIDATION_MEASURES = ['removed-by-validation-to-date', 'removed-beyond-18-weeks'] as const

/** Pounds for a slot that nobody used: the default cost of a first appointment, at either stage. An assumption. */
export const LOST_SLOT_POUNDS = costOfFirstAppointment()

function costOfFirstAppointment(): number {
  const value = LEVER_ENTRIES.find(({ id }) => id === LOST_SLOT_REFERENCE)?.value
  if (typeof value !== 'number') throw new Error(`the registry has no number ${LOST_SLOT_REFERENCE}`)
  return value
}

/** Measures of target times by clinical priority, reported where a level has a target. */
export const TARGET_TIME_MEASURES = ['beyond-target-first', 'beyond-target-admission', 'admitted-within-target'] as const

const STOCK_AND_FLOW_INFO: readonly MeasureInfo[] = [
  info('waiting', 'Waiting', 'pathways', WORSE, 'Incomplete pathways at the end of the week.'),
  info('clock-starts', 'Clock starts', 'pathways a week', NEUTRAL,
    'Pathways that joined the list in the week, additional starts and late presentations among them.'),
  info('additional-starts', 'Additional clock starts', 'pathways a week', NEUTRAL,
    'Clock starts that outreach found among unmet need; part of clock starts.'),
  info('clock-stops-admitted', 'Clock stops, admitted', 'pathways a week', BETTER,
    'Pathways that ended in the week with admission for treatment.'),
  info('clock-stops-non-admitted', 'Clock stops, non-admitted', 'pathways a week', BETTER,
    'Pathways that ended in the week at an outpatient appointment, treated or found not to need treatment.'),
  info('removed', 'Removed', 'pathways a week', NEUTRAL,
    'Pathways removed by validation in the week: a change in the count, not care given.'),
  info('withdrew', 'Withdrew', 'pathways a week', WORSE, 'Pathways that patients themselves gave up in the week.'),
  info('private', 'Went private', 'pathways a week', NEUTRAL, 'Pathways that ended in the week in paid private care.'),
  info('emergency', 'Emergency admissions', 'pathways a week', WORSE,
    'Pathways that ended in the week in an emergency admission.'),
  info('died', 'Deaths while waiting', 'pathways a week', WORSE,
    'People who died in the week, of any cause, while waiting.'),
  info('discharged-after-dna', 'Discharged after not attending', 'pathways a week', WORSE,
    'Pathways that ended in the week because an appointment or admission was not attended.'),
  info('dna', 'Did not attend', 'appointments a week', WORSE,
    'First appointments and admissions not attended in the week; those not discharged are rebooked and stay on the list.'),
  info('decisions-to-admit', 'Decisions to admit', 'pathways a week', NEUTRAL,
    'Pathways for which admission was decided on in the week, from the clock start on or after a first appointment.'),
]

const MECHANISM_INFO: readonly MeasureInfo[] = [
  info('late-starts', 'Late presentations', 'pathways a week', NEUTRAL,
    'Clock starts in the week of people whose need had not been referred when it arose; part of clock starts.'),
  info('unmet-need-ended', 'Unmet need resolved or lost', 'people a week', NEUTRAL,
    'People whose unmet need resolved or was lost in the week, without care.'),
  info('unmet-need-emergency', 'Unmet need, emergency admissions', 'people a week', WORSE,
    'People whose unmet need ended in the week in an emergency admission.'),
  info('diverted', 'Answered by advice', 'referrals a week', NEUTRAL,
    'Referrals that advice and guidance answered in the week before a clock started; some are referred again later.'),
  info('cancelled-by-patient', 'Cancelled by patients', 'appointments a week', WORSE,
    'First appointments and admissions that patients cancelled in the week; they are rebooked.'),
  info('cancelled-by-hospital', 'Cancelled by hospitals', 'appointments a week', WORSE,
    'First appointments and admissions that the hospital cancelled in the week; they are rebooked.'),
  info('further-appointments', 'Further appointments needed', 'appointments a week', NEUTRAL,
    'Attended first appointments in the week that need another before anything is decided.'),
  info('deteriorated', 'Became more urgent', 'pathways a week', WORSE,
    'Pathways that moved up a priority level in the week while waiting, counted at the level that they left.'),
  info('slots-independent-sector', 'Slots of the independent sector', 'slots a week', NEUTRAL,
    'First appointments and admissions in the independent sector given in the week, again where missed and filled again.'),
  info('slots-hub', 'Slots of surgical hubs', 'slots a week', NEUTRAL,
    'Admissions in surgical hubs given in the week, again where missed and filled again.'),
  info('slots-mutual-aid', 'Slots of other systems', 'slots a week', NEUTRAL,
    'First appointments and admissions that another system gave in the week, again where missed and filled again.'),
  info('slots-lost', 'Slots lost', 'slots a week', WORSE,
    'First appointments and admissions given in the week, missed or cancelled, and not filled again.'),
  info('lost-slot-cost', 'Cost of slots lost', '£ a week', WORSE,
    `Slots lost in the week at £${LOST_SLOT_POUNDS} each, the assumed cost of a first appointment; a lost admission costs more.`),
]

const TO_DATE_INFO: readonly MeasureInfo[] = [
  info('clock-stops-admitted-to-date', 'Clock stops, admitted, to date', 'pathways', BETTER,
    'Pathways that ended since the start with admission for treatment.'),
  info('clock-stops-non-admitted-to-date', 'Clock stops, non-admitted, to date', 'pathways', BETTER,
    'Pathways that ended since the start at an outpatient appointment.'),
  info('first-appointments-to-date', 'First appointments with an outcome, to date', 'appointments', BETTER,
    'Since the start: non-admitted clock stops, decisions to admit (those made without an appointment among them), and ' +
      'appointments that needed another.'),
  info('removed-to-date', 'Removed, to date', 'pathways', NEUTRAL,
    'Pathways removed by validation since the start: a change in the count, not care given.'),
  info('slots-lost-to-date', 'Slots lost, to date', 'slots', WORSE,
    'First appointments and admissions given since the start, missed or cancelled, and not filled again.'),
  info('removed-by-validation-to-date', 'Removed by validation programmes, to date', 'pathways', NEUTRAL,
    'People whom programmes of validation have taken off the list since the start, beyond removals that happen anyway: a ' +
      'change in the count, not care given.'),
  info('removed-beyond-18-weeks', 'Removed by validation programmes, 18 weeks or more', 'pathways', NEUTRAL,
    'Of them, those who were not treated and would by now have waited 18 weeks or more: they are missing from the count of ' +
      'those beyond 18 weeks.'),
]

const TARGET_TIME_INFO: readonly MeasureInfo[] = [
  info('beyond-target-first', 'Beyond target, first appointment', 'share', WORSE,
    'Share of those waiting for a first appointment who have waited at least the target weeks of their priority level.'),
  info('beyond-target-admission', 'Beyond target, admission', 'share', WORSE,
    'Share of those waiting for admission whose weeks since the clock start reach the target of their priority level.'),
  info('admitted-within-target', 'Admitted within target', 'share', BETTER,
    'Share of admissions over the trailing 52 weeks within the target of their priority level, by weeks since the clock start.'),
]

const WAIT_INFO: readonly MeasureInfo[] = [
  info('within-18-weeks', 'Within 18 weeks', 'share', BETTER,
    'Share of those waiting who have waited less than 18 weeks.'),
  info('over-52-weeks', 'Over 52 weeks', 'share', WORSE, 'Share of those waiting who have waited 52 weeks or more.'),
  info('over-65-weeks', 'Over 65 weeks', 'share', WORSE, 'Share of those waiting who have waited 65 weeks or more.'),
  info('over-52-weeks-count', 'Over 52 weeks, people', 'pathways', WORSE,
    'Incomplete pathways that have waited 52 weeks or more.'),
  info('mean-wait', 'Mean wait', 'weeks', WORSE,
    'Mean weeks waited so far; each weekly band at its midpoint, 104 weeks or more at 104.5.'),
  info('median-wait', 'Median wait', 'weeks', WORSE,
    'Weeks that half of those waiting have waited, interpolated within the weekly band; 104 means 104 or more.'),
  info('percentile-92-wait', '92nd percentile wait', 'weeks', WORSE,
    'Weeks that 92 in 100 of those waiting have not passed, interpolated within the band; 104 means 104 or more.'),
]

const NEED_INFO: readonly MeasureInfo[] = [
  info('need', 'Need arising', 'people a week', NEUTRAL,
    'Need that arose in the week: referred, answered by advice, and not referred.'),
  info('unmet-need', 'Unmet need', 'people', WORSE, 'People with a need who were not referred and are not on the list.'),
  info('unmet-need-per-1000', 'Unmet need per 1,000 residents', 'per 1,000 residents', WORSE,
    'Unmet need at the end of the week per 1,000 residents.'),
  info('treated-per-1000', 'Treated per 1,000 residents', 'per 1,000 residents a year', BETTER,
    'Clock stops, admitted and non-admitted, over the trailing 52 weeks (scaled up while fewer have passed) per 1,000.'),
  info('treated-per-need', 'Treated per need', 'ratio', BETTER,
    'Clock stops, admitted and non-admitted, and referrals answered by advice over the trailing 52 weeks, divided by the ' +
      'need that arose in them.'),
]

const HEALTH_INFO: readonly MeasureInfo[] = [
  info('qalys-lost', 'Health lost while waiting', 'QALYs a week', WORSE,
    'Quality-adjusted life years lost in the week by people on the list: person-weeks × the weight of the specialty.'),
  info('qalys-lost-to-date', 'Health lost while waiting, to date', 'QALYs', WORSE,
    'Quality-adjusted life years lost by people on the list since the start, not discounted.'),
  info('qalys-lost-off-list-to-date', 'Health lost off the list, to date', 'QALYs', WORSE,
    'Quality-adjusted life years lost since the start by people who are not on the list: not referred, withdrew, ' +
      'discharged after a missed appointment, or removed by a validation programme; not discounted.'),
  info('deaths-to-date', 'Deaths while waiting, to date', 'people', WORSE,
    'People who died since the start, of any cause, while waiting.'),
  info('emergencies-to-date', 'Emergency admissions, to date', 'pathways', WORSE,
    'Pathways that ended since the start in an emergency admission.'),
]

const MONEY_INFO: readonly MeasureInfo[] = [
  info('spend', 'Spend', '£ a week', NEUTRAL, 'Money that programmes spent in the week.'),
  info('spend-to-date', 'Spend to date', '£', NEUTRAL, 'Money that programmes have spent since the start.'),
]

/** Measures with inequality indices across an ordered dimension. */
export const GAP_MEASURES = [
  'within-18-weeks',
  'over-52-weeks',
  'over-65-weeks',
  'mean-wait',
  'median-wait',
  'percentile-92-wait',
  'treated-per-1000',
  'treated-per-need',
  'unmet-need-per-1000',
] as const

const SIMPLE_INFO: readonly MeasureInfo[] = [
  ...STOCK_AND_FLOW_INFO,
  ...MECHANISM_INFO,
  ...TO_DATE_INFO,
  ...WAIT_INFO,
  ...TARGET_TIME_INFO,
  ...NEED_INFO,
  ...HEALTH_INFO,
  ...MONEY_INFO,
]

/** `unit` is null where an index has the unit of its measure. */
interface GapText {
  readonly label: string
  readonly unit: string | null
  readonly meaning: string
}

const GAP_TEXT: Record<GapIndex, GapText> = {
  'absolute-gap': { label: 'absolute gap', unit: null, meaning: 'most deprived group minus least deprived group' },
  'relative-gap': { label: 'relative gap', unit: 'ratio', meaning: 'most deprived group divided by least deprived group' },
  'slope-index': {
    label: 'slope index of inequality',
    unit: null,
    meaning: 'line through all groups weighted by population, its most deprived end minus its least deprived end',
  },
  'relative-index': {
    label: 'relative index of inequality',
    unit: 'ratio',
    meaning: 'line through all groups weighted by population, its most deprived end divided by its least deprived end',
  },
}

function equalityOfIndex(index: GapIndex): 0 | 1 {
  return GAP_TEXT[index].unit === null ? 0 : 1
}

/** An index of a measure has the measure's direction: a move that way favours the most deprived. */
function gapInfo(index: GapIndex, base: MeasureInfo): MeasureInfo {
  const { label, unit, meaning } = GAP_TEXT[index]
  return {
    id: `${index}:${base.id}`,
    label: `${base.label}: ${label}`,
    unit: unit ?? (base.unit === 'share' ? 'difference of shares' : base.unit),
    direction: base.direction,
    meaning:
      `${base.label}, ${meaning}; equality is ${equalityOfIndex(index)}. ` +
      'Of another ordered dimension, its first group stands for the most deprived and its last for the least.',
  }
}

/** Value of a gap measure where there is no gap: 0 of a difference, 1 of a ratio; null for a measure that is no gap. */
export function equalityOf(measure: string): 0 | 1 | null {
  const index = GAP_INDICES.find((each) => measure.startsWith(`${each}:`))
  return index === undefined ? null : equalityOfIndex(index)
}

/** Every measure of the catalogue, gap measures last. */
export const MEASURES: readonly MeasureInfo[] = [
  ...SIMPLE_INFO,
  ...GAP_MEASURES.flatMap((measure) =>
    SIMPLE_INFO.filter(({ id }) => id === measure).flatMap((base) => GAP_INDICES.map((index) => gapInfo(index, base))),
  ),
]
