/** One stage's tables: the list at the start, order, pools and attendance. */
import { BANDS } from '../../baseline/types.ts'
import { CarriedRounding } from '../../baseline/whole-people.ts'
import type { Series } from '../../scenario/study.ts'
import type { Attendance, StageTables } from '../tables.ts'
import { at, withOdds, type Curve, type GroupKey } from './adjustments.ts'
import { valueInRun } from './calendar.ts'
import { byCell, unlessAll, type ServiceContext } from './context.ts'
import { ADMISSION_ATTENDANCE, FIRST_ATTENDANCE, factorInRun, missedShare, type AttendanceKeys, type ServiceDraft } from './drafts.ts'
import { chanceDrift } from './drift.ts'
import { compileDeterioration } from './exits.ts'
import type { PolicyInForce } from './policy.ts'
import type { Shocks } from './shocks.ts'
import { compilePools, LEAST_WEIGHT } from './slots.ts'

/** What differs between the stages. */
interface StageRules {
  readonly first: boolean
  /** People waiting by group and weeks waited, and relative chance by weeks waited. */
  readonly waiting: readonly (readonly number[])[]
  readonly chanceWeight: readonly number[]
  /** By priority level. */
  readonly listShares: readonly Series[]
  readonly headStartWeeks: readonly Series[]
  readonly levelWeight: readonly Series[]
  readonly attendance: AttendanceKeys
}

/** A stage's tables, and the slots that its system lends, in the order asked for. */
export interface CompiledStage {
  readonly tables: StageTables
  readonly lent: readonly Int32Array[]
}

/** What both stages of a service are compiled from. */
export interface StageInputs {
  readonly service: ServiceDraft
  readonly shocks: Shocks
  readonly policy: PolicyInForce
}

/** The first-appointment stage. @param lending slots wanted by others, each by step of the run */
export function compileFirst(inputs: StageInputs, lending: readonly Float64Array[]): CompiledStage {
  const { specialty, study } = inputs.service.context
  const { priority } = study
  return compileStage(inputs, lending, {
    first: true,
    waiting: specialty.waitingFirst,
    chanceWeight: specialty.chanceWeightFirst,
    listShares: priority.listSharesFirst,
    headStartWeeks: priority.headStartWeeksFirst,
    levelWeight: priority.chanceWeightFirst,
    attendance: FIRST_ATTENDANCE,
  })
}

/** The admission stage. */
export function compileAdmission(inputs: StageInputs, lending: readonly Float64Array[]): CompiledStage {
  const { specialty, study } = inputs.service.context
  const { priority } = study
  return compileStage(inputs, lending, {
    first: false,
    waiting: specialty.waitingAdmission,
    chanceWeight: specialty.chanceWeightAdmission,
    listShares: priority.listSharesAdmission,
    headStartWeeks: priority.headStartWeeksAdmission,
    levelWeight: priority.chanceWeightAdmission,
    attendance: ADMISSION_ATTENDANCE,
  })
}

function compileStage(inputs: StageInputs, lending: readonly Float64Array[], rules: StageRules): CompiledStage {
  const { service, shocks, policy } = inputs
  const { context, draft } = service
  const { values } = context
  const assumed = values.ofService(rules.first ? 'inTurnShareFirst' : 'inTurnShareAdmission')
  const ofPolicy = rules.first ? policy.inTurnShareFirst : policy.inTurnShareAdmission
  const { pools, lent } = compilePools(
    service,
    {
      supply: rules.first ? service.first : service.admission,
      reserved: rules.first ? draft.firstReserved : draft.admissionReserved,
      reservedForClass: rules.first ? draft.firstReservedForClass : draft.admissionReservedForClass,
      independent: rules.first ? draft.firstIndependent : draft.admissionIndependent,
      hub: rules.first ? null : draft.admissionHub,
      inTurnShare: (step) => ofPolicy(step) ?? at(assumed, step),
    },
    shocks,
    policy,
    lending,
  )
  const tables: StageTables = {
    initial: initialCounts(context, rules),
    pools,
    chanceWeight: Float64Array.from({ length: BANDS }, (_, week) => Math.max(LEAST_WEIGHT, rules.chanceWeight[Math.min(week, rules.chanceWeight.length - 1)])),
    drift: chanceDrift(context, rules.first ? 'first' : 'admission'),
    groupWeight: groupWeights(inputs, rules),
    headStart: headStarts(inputs, rules),
    longWait: policy.longWait,
    attendance: compileAttendance(inputs, rules),
    deterioration: compileDeterioration(service, rules.first ? 'deteriorationPerWeekFirst' : 'deteriorationPerWeekAdmission'),
  }
  return { tables, lent }
}

/** The list at the start in whole people, a fraction of it where a sample is simulated; what rounding gives or takes is carried on. */
function initialCounts({ strata, study, run, listShare }: ServiceContext, { waiting, listShares }: StageRules): Int32Array {
  const counts = new Int32Array(strata.own.length * BANDS)
  const shareOf = (own: number): number => listShare[own] * valueInRun(listShares[strata.own[own].level], run, 0)
  let owed = 0
  let given = 0
  waiting.forEach((bands, group) => {
    const members = [...strata.own.keys()].filter((own) => strata.own[own].group === group)
    const rounding = new CarriedRounding(members.length)
    const shares = members.map(shareOf)
    bands.forEach((people, week) => {
      owed += people * study.sample
      const total = Math.round(owed) - given
      given += total
      const split = members.length === 1 ? [total] : rounding.next(shares.map((share) => total * share), total)
      split.forEach((count, index) => (counts[members[index] * BANDS + Math.min(week, BANDS - 1)] += count))
    })
  })
  return counts
}

/** Relative chance by cell: policy × priority × shocks; null for 1. */
function groupWeights({ service: { context }, shocks, policy }: StageInputs, { levelWeight }: StageRules): Float64Array | null {
  const { strata, run } = context
  const weights = byCell(context, (step, own) => {
    const { group, level } = strata.own[own]
    const shock = shocks.chanceWeight === null ? 1 : shocks.chanceWeight[group * run.count + step]
    return Math.max(LEAST_WEIGHT, policy.chanceWeight(group, step) * valueInRun(levelWeight[level], run, step) * shock)
  })
  return unlessAll(weights, 1)
}

/** Head starts in whole steps by cell, of policy and priority together; null where there are none. */
function headStarts({ service: { context }, policy }: StageInputs, { headStartWeeks }: StageRules): Int32Array | null {
  const { strata, run } = context
  const steps = Int32Array.from(
    byCell(context, (step, own) => {
      const { group, level } = strata.own[own]
      return Math.round((policy.headStartWeeks(group, step) + valueInRun(headStartWeeks[level], run, step)) * run.stepsPerWeek)
    }),
  )
  return steps.some((value) => value > 0) ? steps : null
}

function compileAttendance(inputs: StageInputs, rules: StageRules): Attendance {
  const { context, draft } = inputs.service
  const { values, run, strata } = context
  const cells = (key: GroupKey): Float64Array => {
    const curves = strata.own.map((_, own) => values.ofStratum(key, own))
    return byCell(context, (step, own) => at(curves[own], step))
  }
  const patient = cells(rules.attendance.patient)
  const hospital = cells(rules.attendance.hospital).map((rate, cell) => {
    const own = cell % strata.own.length
    return rate * factorInRun(draft.hospitalCancellationFactor, context, own, (cell - own) / strata.own.length)
  })
  // The patient cancels, else the hospital, else nobody comes: of somebody given a slot at most one happens.
  return {
    dnaRate: unlessAll(dnaRates(inputs, rules).map((rate, cell) => rate * (1 - patient[cell]) * (1 - hospital[cell])), 0),
    patientCancellation: unlessAll(patient, 0),
    hospitalCancellation: unlessAll(hospital.map((rate, cell) => rate * (1 - patient[cell])), 0),
    dischargeAfterDna: Float64Array.from(strata.own, (_, own) => values.fixedOfStratum('dischargeAfterDna', own)),
    dischargeFromMiss: Math.max(1, Math.round(values.fixedOfService('dischargeFromMiss'))),
    dischargeAtMiss: Math.round(values.fixedOfService('dischargeAtMiss')),
    backfillAfterDna: values.fixedOfService('backfillShare'),
    backfillAfterCancellation: values.fixedOfService('backfillAfterCancellation'),
    ...inputs.policy.rebooking,
    rebookSteps: Math.max(1, Math.round(values.fixedOfService('rebookWeeks') * run.stepsPerWeek)),
  }
}

/** DNA rates by cell: the mixture of modes × what money has kept of it (first appointments), its odds raised by shocks. */
function dnaRates({ service: { context, draft }, shocks }: StageInputs, { attendance, first }: StageRules): Float64Array {
  const { values, run, strata } = context
  const curves = strata.own.map((_, own) => new Map(MODE_KEYS.concat(attendance.dna).map((key): [GroupKey, Curve] => [key, values.ofStratum(key, own)])))
  return byCell(context, (step, own) => {
    const { group } = strata.own[own]
    const rate = missedShare(attendance, (key) => at(curves[own].get(key) ?? 0, step))
    const kept = first ? rate * factorInRun(draft.dnaFactor, context, own, step) : rate
    return shocks.dnaOdds === null ? kept : withOdds(kept, shocks.dnaOdds[group * run.count + step])
  })
}

const MODE_KEYS: readonly GroupKey[] = ['remoteShare', 'remoteDnaRatio']
