/**
 * 1 · A specialty before money acts on it, by deprivation group and step of the projection.
 *
 * The baseline counts first appointments attended that decide something, and admissions. The clinics behind them also
 * held the slots that DNAs and cancellations lost, further appointments and follow-ups, as these are today; a scenario
 * that changes attendance finds the same slots.
 */
import type { SpecialtyBaseline } from '../../baseline/types.ts'
import { createDraft, type DraftService } from '../../investment/draft.ts'
import { at, type Curve, type GroupKey, type ServiceKey } from './adjustments.ts'
import { valueInRun } from './calendar.ts'
import { byStep, type ServiceContext } from './context.ts'
import { byMoneyCell } from './money-cells.ts'
import type { OwnStratum } from './strata.ts'

/** Slots of a standard week at a stage, and today's parts of them that are not the NHS's own, by step of the run. */
export interface StageSupply {
  readonly perWeek: number
  readonly factor: Curve
  readonly independentShare: Curve
  readonly hubShare: Curve
}

/** What compile knows of a specialty before and after money has acted. */
export interface ServiceDraft {
  readonly context: ServiceContext
  /** What money acts on. */
  readonly draft: DraftService
  readonly first: StageSupply
  readonly admission: StageSupply
  /** Expected unmet need at the start, by own stratum. */
  readonly unmetNeed: Float64Array
}

/** Drafts a specialty. */
export function draftService(context: ServiceContext): ServiceDraft {
  const { specialty, system, strata, run, money } = context
  const { groups } = strata
  const steps = run.projection.count
  const cells = steps * money.count
  const seen = specialty.clockStartsPerWeek.map((value, group) => value * (1 - specialty.directShare[group]))
  const starts = seen.reduce((sum, value) => sum + value, 0)
  const startShare = seen.map((value) => (starts > 0 ? value / starts : 1 / groups))
  const first = firstSupply(context, startShare)
  const admission = admissionSupply(context, startShare)
  const unmetNeed = unmetNeedToday(context)
  const ofCells = splitByCell(context)
  const starting = ofCells.starts(startShare)
  const inProjection = (value: (step: number) => number): Float64Array => byStep(run, value).subarray(run.warmUp)
  const draft = createDraft({
    baseline: ofCells.baseline,
    system: system.system.code,
    steps,
    groups: money.count,
    classes: money.classes,
    stepsPerWeek: run.stepsPerWeek,
    firstSlotsPerWeek: first.perWeek,
    admissionSlotsPerWeek: admission.perWeek,
    unmetNeed: byMoneyCell(money, unmetNeed),
    appointmentsOffered: new Float64Array(cells).map((_, index) => first.perWeek * run.slotsShare[Math.floor(index / money.count) + run.warmUp] * starting[index % money.count]),
    referralsExpected: new Float64Array(cells).map((_, index) => ofCells.baseline.clockStartsPerWeek[index % money.count] * run.clockStartsShare[Math.floor(index / money.count) + run.warmUp]),
    firstIndependent: inProjection((step) => independentToday(first, context, step)),
    admissionIndependent: inProjection((step) => independentToday(admission, context, step)),
    admissionHub: inProjection((step) => hubToday(admission, context, step)),
  })
  return { context, draft, first, admission, unmetNeed }
}

function firstSupply(context: ServiceContext, startShare: readonly number[]): StageSupply {
  const { values, specialty } = context
  const further = meanToday(context, startShare, (own) => values.today('furtherAppointmentShare', own))
  const attended = specialty.firstAppointmentsPerWeek / (1 - further)
  return {
    perWeek: attended / (1 - lostShare(context, startShare, FIRST_ATTENDANCE)) + attended * values.todayOfService('followUpsPerAppointment'),
    factor: values.ofService('capacityFactor'),
    independentShare: values.ofService('independentSectorShareFirst'),
    hubShare: 0,
  }
}

function admissionSupply(context: ServiceContext, startShare: readonly number[]): StageSupply {
  const { values, specialty } = context
  return {
    perWeek: specialty.admissionsPerWeek / (1 - lostShare(context, startShare, ADMISSION_ATTENDANCE)),
    factor: values.ofService('capacityFactor'),
    independentShare: values.ofService('independentSectorShareAdmission'),
    hubShare: values.ofService('hubShareAdmission'),
  }
}

/** Independent-sector slots in a step of the run before money buys more. */
export function independentToday({ perWeek, independentShare, factor }: StageSupply, { run }: ServiceContext, step: number): number {
  return run.slotsShare[step] * perWeek * at(independentShare, step) * at(factor, step)
}

/** Slots of surgical hubs in a step of the run before money builds more. */
export function hubToday({ perWeek, hubShare, factor }: StageSupply, { run }: ServiceContext, step: number): number {
  return run.slotsShare[step] * perWeek * at(hubShare, step) * at(factor, step)
}

/** Factor of the draft on an own stratum in a step of the run: 1 in the warm-up, which knows no money. */
export function factorInRun(factor: Float64Array, { run, money }: ServiceContext, own: number, step: number): number {
  return step < run.warmUp ? 1 : factor[(step - run.warmUp) * money.count + money.ofStratum[own]]
}

/** A specialty's list and clock starts by whom money tells apart; as they are where that is deprivation groups. */
function splitByCell({ specialty, strata, money }: ServiceContext): { readonly baseline: SpecialtyBaseline; readonly starts: (ofGroups: readonly number[]) => readonly number[] } {
  if (money.classes === 1) return { baseline: specialty, starts: (ofGroups) => ofGroups }
  const share = (of: (stratum: OwnStratum) => number): number[] =>
    byMoneyCell(money, strata.own.map((stratum) => (stratum.caseMix === 0 && stratum.level === 0 ? of(stratum) : 0)))
  const [listShare, startsShare] = [share((stratum) => stratum.listShare), share((stratum) => stratum.clockStartsShare)]
  const groupOf = (cell: number): number => Math.floor(cell / money.classes)
  const starts = (ofGroups: readonly number[]): number[] => startsShare.map((part, cell) => ofGroups[groupOf(cell)] * part)
  const list = (ofGroups: readonly (readonly number[])[]): number[][] => listShare.map((part, cell) => ofGroups[groupOf(cell)].map((people) => people * part))
  const baseline = {
    ...specialty,
    clockStartsPerWeek: starts(specialty.clockStartsPerWeek),
    waitingFirst: list(specialty.waitingFirst),
    waitingAdmission: list(specialty.waitingAdmission),
  }
  return { baseline, starts }
}

/** Names of the assumptions about attendance at a stage. */
export interface AttendanceKeys {
  readonly dna: 'dnaRate' | 'admissionDnaRate'
  readonly patient: GroupKey
  readonly hospital: GroupKey
}

export const FIRST_ATTENDANCE: AttendanceKeys = { dna: 'dnaRate', patient: 'patientCancellation', hospital: 'hospitalCancellation' }
export const ADMISSION_ATTENDANCE: AttendanceKeys = { dna: 'admissionDnaRate', patient: 'admissionPatientCancellation', hospital: 'admissionHospitalCancellation' }

const BACKFILL_DNA: ServiceKey = 'backfillShare'
const BACKFILL_CANCELLED: ServiceKey = 'backfillAfterCancellation'

/** Share of a stage's slots that is lost today: the patient cancels, else the hospital, else nobody comes, and nobody fills it. */
function lostShare(context: ServiceContext, startShare: readonly number[], keys: AttendanceKeys): number {
  const { values } = context
  const patient = (own: number): number => values.today(keys.patient, own)
  const hospital = (own: number): number => values.today(keys.hospital, own)
  const cancelled = meanToday(context, startShare, patient)
  const withdrawn = meanToday(context, startShare, (own) => (1 - patient(own)) * hospital(own))
  const missed = meanToday(context, startShare, (own) => (1 - patient(own)) * (1 - hospital(own)) * missedShare(keys, (key) => values.today(key, own)))
  return cancelled * (1 - values.todayOfService(BACKFILL_CANCELLED)) + withdrawn + missed * (1 - values.todayOfService(BACKFILL_DNA))
}

/**
 * Probability that an appointment is missed. First appointments are held face to face or remotely, each person's by
 * chance, so that one rate, the mixture of both, is exact in law.
 */
export function missedShare({ dna }: AttendanceKeys, value: (key: GroupKey) => number): number {
  const faceToFace = value(dna)
  if (dna !== 'dnaRate') return faceToFace
  const remote = value('remoteShare')
  return (1 - remote) * faceToFace + remote * Math.min(1, faceToFace * value('remoteDnaRatio'))
}

/** A mean over strata as they reach the first appointment today. */
function meanToday({ strata, clockStartsShare, study, run }: ServiceContext, startShare: readonly number[], value: (own: number) => number): number {
  return strata.own.reduce((sum, { group, level }, own) => {
    const levelShare = valueInRun(study.priority.sharesFirst[level], run, run.warmUp)
    return sum + startShare[group] * clockStartsShare[own] * levelShare * value(own)
  }, 0)
}

/** Unmet need at the start by own stratum, in weeks of its inflow; all of it in one level. */
function unmetNeedToday({ strata, specialty, clockStartsShare, values, unmetLevel }: ServiceContext): Float64Array {
  return Float64Array.from(strata.own, ({ group, level }, own) => {
    if (level !== unmetLevel) return 0
    const propensity = values.today('referralPropensity', own)
    const referred = specialty.clockStartsPerWeek[group] * values.today('needFactor', own) * clockStartsShare[own]
    return ((referred * (1 - propensity)) / propensity) * values.todayOfService('unmetNeedInitialWeeks')
  })
}
