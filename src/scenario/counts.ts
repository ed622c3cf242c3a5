/**
 * Which counts a study's results report. A mechanism that nobody speaks of counts nothing in any run, so that its count
 * is left out. What decides is the study as written, never a value that is drawn or a scenario that is run, so that all
 * runs of a study report the same.
 */
import { FLOW_MEASURES, TO_DATE_MEASURES, VALIDATION_MEASURES } from '../measures/definitions.ts'
import type { AssumptionKey } from './assumptions.ts'
import { systemsOf } from './baselines.ts'
import { OPTIONAL_COUNTS } from './study.ts'
import { CUSTOM_ACTS } from './registry/lever-custom.ts'
import type { NumberSpec, OptionalCount, Programme, Study } from './study.ts'

const ABSENCES: readonly AssumptionKey[] = [
  'dnaRate',
  'admissionDnaRate',
  'patientCancellation',
  'admissionPatientCancellation',
  'hospitalCancellation',
  'admissionHospitalCancellation',
]

/** Assumptions of which one at least must be above nought for there to be anything to count. */
const BEHIND: Readonly<Record<OptionalCount, readonly AssumptionKey[]>> = {
  lateStarts: ['latePresentationPerWeek'],
  unmetResolved: ['unmetNeedResolutionPerWeek'],
  unmetEmergency: ['unmetNeedEmergencyPerWeek'],
  diverted: ['diversionShare'],
  cancelledByPatient: ['patientCancellation', 'admissionPatientCancellation'],
  cancelledByHospital: ['hospitalCancellation', 'admissionHospitalCancellation'],
  slotsLost: ABSENCES,
  furtherAppointments: ['furtherAppointmentShare'],
  deteriorated: ['deteriorationPerWeekFirst', 'deteriorationPerWeekAdmission'],
  independentSlots: ['independentSectorShareFirst', 'independentSectorShareAdmission'],
  hubSlots: ['hubShareAdmission'],
  aidSlots: [],
  removedByValidation: [],
}

/**
 * Counts that a study speaks of: by its assumptions, set or by default not nought; by an adjustment; by a programme or
 * an agreement that brings slots; or by a target.
 */
export function countsSpokenOf(study: Omit<Study, 'counted'>): OptionalCount[] {
  return OPTIONAL_COUNTS.filter((count) => isSpokenOf(count, study) || isTarget(count, study))
}

function isSpokenOf(count: OptionalCount, study: Omit<Study, 'counted'>): boolean {
  const { scenarios, priority, baseline } = study
  if (count === 'aidSlots') return systemsOf(baseline).length > 1 && scenarios.some(({ mutualAid }) => mutualAid.length > 0)
  if (count === 'deteriorated' && priority.levels.length === 1) return false
  if (scenarios.some(({ invest }) => invest.some((programme) => bringsAbout(count, programme)))) return true
  return BEHIND[count].some((key) => isAtWork(key, study))
}

/** Counts of what only a programme brings about, where the assumptions have none. */
function bringsAbout(count: OptionalCount, { lever, parameters }: Programme): boolean {
  if (count === 'independentSlots') return lever === 'independent-sector'
  if (count === 'hubSlots') return lever === 'surgical-hub'
  if (count === 'removedByValidation') return lever === 'validation' || (parameters[CUSTOM_ACTS.removals] ?? 0) !== 0
  return count === 'diverted' && (lever === 'advice-and-guidance' || (parameters[CUSTOM_ACTS['clock-starts']] ?? 0) !== 0)
}

function isAtWork(key: AssumptionKey, { assumptions, assumptionsSet, adjustments, scenarios }: Omit<Study, 'counted'>): boolean {
  const values: readonly NumberSpec[] = [assumptions[key]].flat()
  const adjusted = [adjustments, ...scenarios.map((scenario) => scenario.adjustments)].flat()
  return assumptionsSet.includes(key) || values.some((value) => value !== 0) || adjusted.some(({ assumption }) => assumption === key)
}

function isTarget(count: OptionalCount, { targets }: Omit<Study, 'counted'>): boolean {
  const measures = [...FLOW_MEASURES, ...TO_DATE_MEASURES].filter(({ counted }) => counted === count).map(({ measure }) => measure)
  return targets.some(({ measure }) => measures.includes(measure) || isDerived(count, measure))
}

/** Measures that follow from a count although they are no count of the kernel's. */
function isDerived(count: OptionalCount, measure: string): boolean {
  if (count === 'removedByValidation') return VALIDATION_MEASURES.some((each) => each === measure)
  return count === 'slotsLost' && measure === 'lost-slot-cost'
}
