/**
 * Compile: one scenario of one draw → dense tables.
 *
 *     baseline → 1 draft → 2 investments act → 3 shocks and policy → 4 whole slots → ServiceTables
 *
 * Investments, policies, shocks, working days and formulas all act here and nowhere else.
 */
import { BANDS, type SpecialtyBaseline } from '../baseline/types.ts'
import { addDays } from '../baseline/calendar.ts'
import { createPurchases, type DraftService } from '../investment/draft.ts'
import { invest } from '../investment/invest.ts'
import { VALIDATION_FROM_WEEK } from '../investment/levers.ts'
import type { Assumptions, ConcreteStudy, Scenario, Series } from '../scenario/study.ts'
import { exp } from './elementary.ts'
import { layOutSteps, stepOfDate, valueAt, type Steps } from './steps.ts'
import { OWN_PLACE, type Attendance, type CompiledScenario, type Dimension, type ExitHazard, type ServiceTables, type SlotPool, type StageTables } from './tables.ts'

/** Least relative chance: everybody on the list can be next, however unlikely. */
const LEAST_WEIGHT = 1e-6

/** Compiles a scenario of a draw. Groups are strata here: deprivation is the one dimension. */
export function compileScenario(study: ConcreteStudy, scenarioIndex: number): CompiledScenario {
  const scenario = study.scenarios[scenarioIndex]
  const { baseline, assumptions } = study
  const steps = layOutSteps(study.time)
  const strata = baseline.groups.length
  const drafts = baseline.specialties.map((specialty) => draftService(specialty, assumptions, steps))
  const needPerHead = baseline.groups.map((group, index) => (group.population > 0 ? needPerWeek(baseline.specialties, assumptions, index) / group.population : 0))
  const { spend, budgets } = invest(scenario.invest, drafts, steps, { groups: baseline.groups, needPerHead })
  const loss = capacityLoss(scenario, steps)
  const dimension: Dimension = { id: 'deprivation', ordered: true, ofResidents: true, groups: baseline.groups, groupOfStratum: baseline.groups.map((_, index) => index) }
  return {
    id: scenario.id,
    steps: steps.count,
    warmUpSteps: 0,
    strata,
    dates: steps.firstDays.map((day) => addDays(day, -1)),
    dimensions: [dimension],
    population: Float64Array.from(baseline.groups, (group) => group.population),
    targetWeeksFirst: new Float64Array(strata).fill(Number.NaN),
    targetWeeksAdmission: new Float64Array(strata).fill(Number.NaN),
    specialties: baseline.specialties.map(({ code, name }) => ({ code, name })),
    services: drafts.map((draft, index) => finishService(draft, index, baseline.system.code, assumptions, scenario, steps, loss)),
    sample: 1,
    spend,
    budgets,
  }
}

/** Referred and unreferred need of a group in a standard week. */
function needPerWeek(specialties: readonly SpecialtyBaseline[], assumptions: Assumptions<Series>, group: number): number {
  const starts = specialties.reduce((sum, specialty) => sum + specialty.clockStartsPerWeek[group], 0)
  return starts / valueAt(assumptions.referralPropensity[group], 0)
}

/** 1 · A specialty before anything acts on it. */
function draftService(baseline: SpecialtyBaseline, assumptions: Assumptions<Series>, steps: Steps): DraftService {
  const groups = baseline.clockStartsPerWeek.length
  const cells = steps.count * groups
  const seen = baseline.clockStartsPerWeek.map((value, group) => value * (1 - baseline.directShare[group]))
  const starts = seen.reduce((sum, value) => sum + value, 0)
  const startShare = seen.map((value) => (starts > 0 ? value / starts : 1 / groups))
  const meanDna = startShare.reduce((sum, share, group) => sum + share * valueAt(assumptions.dnaRate[group], 0), 0)
  // The baseline counts appointments attended; the clinics behind them also held the slots that DNAs lost.
  const lost = meanDna * (1 - valueAt(assumptions.backfillShare, 0))
  const firstSlotsPerWeek = baseline.firstAppointmentsPerWeek / (1 - lost)
  const byCell = (value: (step: number, group: number) => number): Float64Array =>
    Float64Array.from({ length: cells }, (_, index) => value(Math.floor(index / groups), index % groups))
  return {
    baseline,
    steps: steps.count,
    groups,
    firstSlotsPerWeek,
    admissionSlotsPerWeek: baseline.admissionsPerWeek,
    unmetNeed: baseline.clockStartsPerWeek.map((value, group) => {
      const propensity = valueAt(assumptions.referralPropensity[group], 0)
      return ((value * (1 - propensity)) / propensity) * valueAt(assumptions.unmetNeedInitialWeeks, 0)
    }),
    appointmentsOffered: byCell((step, group) => firstSlotsPerWeek * steps.workingShare[step] * startShare[group]),
    firstReserved: new Float64Array(cells),
    admissionReserved: new Float64Array(cells),
    firstIndependent: steps.workingShare.map((share) => share * firstSlotsPerWeek * valueAt(assumptions.independentSectorShareFirst, 0)),
    admissionIndependent: steps.workingShare.map((share) => share * baseline.admissionsPerWeek * valueAt(assumptions.independentSectorShareAdmission, 0)),
    purchases: createPurchases(steps.count, groups),
    independentTilt: new Float64Array(cells),
    dnaRate: byCell((step, group) => valueAt(assumptions.dnaRate[group], step)),
    additionalStarts: new Float64Array(cells),
    furtherRemovals: new Float64Array(cells),
  }
}

/** 3 · Share of each step's NHS slots lost to shocks; shocks that meet combine as independent losses. */
function capacityLoss(scenario: Scenario<Series>, steps: Steps): Float64Array {
  const kept = new Float64Array(steps.count).fill(1)
  for (const shock of scenario.shocks) {
    const hit = new Set(shock.weeks.map((date) => stepOfDate(steps, date)))
    for (const step of hit) {
      if (step >= 0 && step < steps.count) kept[step] *= 1 - valueAt(shock.capacityLoss, step)
    }
  }
  return kept.map((share) => 1 - share)
}

/** 4 · Whole slots, hazards per step, and the rest of the tables. */
function finishService(draft: DraftService, specialty: number, system: string, assumptions: Assumptions<Series>, scenario: Scenario<Series>, steps: Steps, loss: Float64Array): ServiceTables {
  const { baseline, groups } = draft
  const stepsPerWeek = 7 / steps.stepDays
  const propensity = (group: number, step: number): number => valueAt(assumptions.referralPropensity[group], step)
  const byCell = (value: (step: number, group: number) => number): Float64Array =>
    Float64Array.from({ length: steps.count * groups }, (_, index) => value(Math.floor(index / groups), index % groups))
  const starts = (step: number, group: number): number => baseline.clockStartsPerWeek[group] * steps.workingShare[step]
  const inPolicy = policyActive(scenario, steps)
  const inTurn = (own: Series | null, assumed: Series) => (step: number): number => valueAt(own !== null && inPolicy(step) ? own : assumed, step)
  const ownPlace = new Uint8Array(steps.count).fill(OWN_PLACE)
  const attendance: Attendance = {
    dnaRate: draft.dnaRate,
    patientCancellation: null,
    hospitalCancellation: null,
    dischargeAfterDna: Float64Array.from(assumptions.dischargeAfterDna, (value) => valueAt(value, 0)),
    dischargeFromMiss: 1,
    dischargeAtMiss: 0,
    backfillAfterDna: valueAt(assumptions.backfillShare, 0),
    backfillAfterCancellation: 0,
    placeAfterDna: ownPlace,
    placeAfterPatient: ownPlace,
    placeAfterHospital: ownPlace,
    rebookSteps: 1,
  }
  const stage = (initial: Int32Array, pools: SlotPool[], weights: readonly number[], rules: Attendance): StageTables => ({
    initial,
    pools,
    chanceWeight: chanceWeights(weights),
    groupWeight: null,
    headStart: headStarts(scenario, steps, groups, inPolicy),
    longWait: null,
    attendance: rules,
    deterioration: null,
  })
  const access = independentAccess(draft, assumptions)
  const first = slotPools(draft.firstSlotsPerWeek * (1 - valueAt(assumptions.independentSectorShareFirst, 0)), draft.firstReserved, draft.firstIndependent, access, groups, steps, loss, inTurn(scenario.policy.inTurnShareFirst, assumptions.inTurnShareFirst))
  const admission = slotPools(draft.admissionSlotsPerWeek * (1 - valueAt(assumptions.independentSectorShareAdmission, 0)), draft.admissionReserved, draft.admissionIndependent, access, groups, steps, loss, inTurn(scenario.policy.inTurnShareAdmission, assumptions.inTurnShareAdmission))
  return {
    code: baseline.code,
    name: baseline.name,
    specialty,
    steps: steps.count,
    strata: groups,
    levels: 1,
    stepsPerWeek,
    systemOfStratum: baseline.clockStartsPerWeek.map(() => system),
    ownIndex: Int32Array.from({ length: groups }, (_, group) => group),
    studyIndex: Int32Array.from({ length: groups }, (_, group) => group),
    clockStarts: byCell((step, group) => starts(step, group) * (1 - baseline.directShare[group])),
    directStarts: baseline.directShare.some((share) => share > 0) ? byCell((step, group) => starts(step, group) * baseline.directShare[group]) : null,
    clockStartsSpread: 0,
    diverted: null,
    unmetNeed: {
      arising: byCell((step, group) => (starts(step, group) * (1 - propensity(group, step))) / propensity(group, step)),
      initial: Int32Array.from(draft.unmetNeed, Math.round),
      found: draft.additionalStarts.some((people) => people > 0) ? draft.additionalStarts : null,
      late: null,
      emergency: null,
      lost: 1 - exp(-valueAt(assumptions.unmetNeedResolutionPerWeek, 0) / stepsPerWeek),
    },
    first: stage(initialCounts(baseline.waitingFirst), first, baseline.chanceWeightFirst, attendance),
    admission: stage(initialCounts(baseline.waitingAdmission), admission, baseline.chanceWeightAdmission, { ...attendance, dnaRate: null }),
    pathway: { furtherShare: null, furtherSteps: 1, testShare: null, testSteps: new Int32Array(steps.count), minimumSteps: 0, followUps: 0, followUpSteps: 1 },
    admittedShare: Float64Array.from(baseline.admittedShare),
    levelAtDecision: null,
    exits: exitHazards(draft, assumptions, stepsPerWeek),
    exitsByLevel: false,
    frailty: null,
  }
}

function initialCounts(waiting: readonly (readonly number[])[]): Int32Array {
  const counts = new Int32Array(waiting.length * BANDS)
  waiting.forEach((bands, group) => {
    bands.forEach((people, week) => {
      counts[group * BANDS + Math.min(week, BANDS - 1)] += people
    })
  })
  return counts
}

function chanceWeights(weights: readonly number[]): Float64Array {
  return Float64Array.from({ length: BANDS }, (_, week) => Math.max(LEAST_WEIGHT, weights[Math.min(week, weights.length - 1)]))
}

/** Whether the policy holds on a step's first day. */
function policyActive(scenario: Scenario<Series>, steps: Steps): (step: number) => boolean {
  const { from, to } = scenario.policy
  return (step) => (from === null || steps.firstDays[step] >= from) && (to === null || steps.firstDays[step] <= to)
}

/** Head starts in whole weeks by step and group; null where there are none. */
function headStarts(scenario: Scenario<Series>, steps: Steps, groups: number, inPolicy: (step: number) => boolean): Int32Array | null {
  const weeks = Int32Array.from({ length: steps.count * groups }, (_, index) => {
    const step = Math.floor(index / groups)
    return inPolicy(step) ? Math.round(valueAt(scenario.policy.headStartWeeks[index % groups], step)) * (7 / steps.stepDays) : 0
  })
  return weeks.some((value) => value > 0) ? weeks : null
}

/**
 * Relative access to independent-sector slots by step and group: the access gradient × where the money of that step
 * was aimed, over all of the step's slots (today's are aimed at nobody).
 */
function independentAccess(draft: DraftService, assumptions: Assumptions<Series>): Float64Array {
  return draft.independentTilt.map((aimed, index) => {
    const step = Math.floor(index / draft.groups)
    const slots = draft.firstIndependent[step] + draft.admissionIndependent[step]
    const tilt = slots > 0 ? 1 + aimed / slots : 1
    return Math.max(LEAST_WEIGHT, valueAt(assumptions.independentSectorAccess[index % draft.groups], 0) * tilt)
  })
}

/** Whole slots by step: the running total is rounded, so nothing is lost over time. */
function slotPools(perWeek: number, reserved: Float64Array, independent: Float64Array, access: Float64Array, groups: number, steps: Steps, loss: Float64Array, inTurnShare: (step: number) => number): SlotPool[] {
  const kept = (step: number): number => 1 - loss[step]
  const pools: SlotPool[] = []
  if (reserved.some((slots) => slots > 0)) {
    for (let group = 0; group < groups; group++) {
      const slots = wholeNumbers(steps.count, (step) => reserved[step * groups + group] * kept(step))
      const only = Float64Array.from({ length: steps.count * groups }, (_, index) => (index % groups === group ? 1 : 0))
      pools.push({ source: 'nhs', slots, inTurn: shareOfWhole(slots, inTurnShare), access: only, releaseTo: groups + (independent.some((own) => own > 0) ? 1 : 0) })
    }
  }
  if (independent.some((slots) => slots > 0)) {
    const slots = wholeNumbers(steps.count, (step) => independent[step])
    pools.push({ source: 'independent-sector', slots, inTurn: new Int32Array(steps.count), access, releaseTo: -1 })
  }
  const open = wholeNumbers(steps.count, (step) => perWeek * steps.workingShare[step] * kept(step))
  pools.push({ source: 'nhs', slots: open, inTurn: shareOfWhole(open, inTurnShare), access: null, releaseTo: -1 })
  return pools
}

function wholeNumbers(count: number, value: (step: number) => number): Int32Array {
  let owed = 0
  let given = 0
  return Int32Array.from({ length: count }, (_, step) => {
    owed += value(step)
    const whole = Math.round(owed) - given
    given += whole
    return whole
  })
}

/** A share of whole slots, whole itself, never more than there are. */
function shareOfWhole(slots: Int32Array, share: (step: number) => number): Int32Array {
  let owed = 0
  let given = 0
  return slots.map((own, step) => {
    owed += own * share(step)
    const whole = Math.max(0, Math.min(own, Math.round(owed) - given))
    given += whole
    return whole
  })
}

/** Hazards per step by cause, in the order of `EXIT_CAUSES`. */
function exitHazards(draft: DraftService, assumptions: Assumptions<Series>, stepsPerWeek: number): ExitHazard[] {
  const { baseline, groups } = draft
  const byBand = (perWeek: (group: number, week: number) => number): Float64Array =>
    Float64Array.from({ length: groups * BANDS }, (_, index) => perWeek(Math.floor(index / BANDS), index % BANDS) / stepsPerWeek)
  const curve = (weeks: readonly number[]) => (_: number, week: number): number => weeks[Math.min(week, weeks.length - 1)]
  const constant = (values: readonly Series[]) => (group: number): number => valueAt(values[group], 0)
  const plain = (hazard: Float64Array): ExitHazard => ({ byBand: hazard, added: null, addedFromBand: 0, factor: null })
  return [
    { byBand: byBand(curve(baseline.removedPerWeek)), added: removalsAsHazard(draft), addedFromBand: VALIDATION_FROM_WEEK, factor: null },
    plain(byBand(curve(baseline.withdrewPerWeek))),
    plain(byBand(constant(assumptions.privatePerWeek))),
    plain(byBand(constant(assumptions.emergencyPerWeek))),
    plain(byBand(constant(assumptions.deathPerWeek))),
  ]
}

/** Removals by validation as a hazard of those on the initial list who have waited long enough; null where none. */
function removalsAsHazard(draft: DraftService): Float64Array | null {
  const { furtherRemovals, groups, steps, baseline } = draft
  if (!furtherRemovals.some((people) => people > 0)) return null
  const long = (bands: readonly number[]): number => bands.slice(VALIDATION_FROM_WEEK).reduce((sum, people) => sum + people, 0)
  const hazard = new Float64Array(furtherRemovals.length)
  for (let step = 0; step < steps; step++) {
    for (let group = 0; group < groups; group++) {
      const list = long(baseline.waitingFirst[group]) + long(baseline.waitingAdmission[group])
      hazard[group * steps + step] = list > 0 ? furtherRemovals[step * groups + group] / list : 0
    }
  }
  return hazard
}
