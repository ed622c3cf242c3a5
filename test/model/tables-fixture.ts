/** Small services written straight as tables, runs of them, and their counts by name. */
import { BANDS } from '../../src/baseline/types.ts'
import { clearCensus, createCensus, FLOWS } from '../../src/model/census.ts'
import type { Flow, ServiceCensus } from '../../src/model/census.ts'
import { stratumKeys } from '../../src/model/identity.ts'
import { createKernelMemory, simulateService } from '../../src/model/simulate.ts'
import type { KernelMemory } from '../../src/model/simulate.ts'
import { BACK, FRONT, OWN_PLACE } from '../../src/model/tables.ts'
import type { Attendance, ExitHazard, LongWaitRule, ServiceTables, SlotPool, StageTables } from '../../src/model/tables.ts'
import { EXIT_CAUSES } from '../../src/scenario/study.ts'
import type { ExitCause, RebookPlace } from '../../src/scenario/study.ts'

type ByStep = (step: number) => number
type ByCell = (step: number, stratum: number) => number

/** Slots of one stage; in turn unless said otherwise. */
export interface SlotParts {
  readonly open: ByStep
  /** Share of open and reserved slots given in turn, 0 to 1, rounded down to whole slots; 1 by default. */
  readonly inTurnShare?: number
  readonly reserved?: ByCell
  readonly independent?: ByStep
  /** Pools written out, instead of all of the above. */
  readonly pools?: readonly SlotPool[]
}

/** Who does not come, at one stage; probabilities. */
export interface AbsenceParts {
  readonly dna?: number | ByCell
  readonly patient?: number | ByCell
  readonly hospital?: number | ByCell
  readonly dischargeAfterDna?: number
  readonly dischargeFromMiss?: number
  readonly dischargeAtMiss?: number
  readonly backfillAfterDna?: number
  readonly backfillAfterCancellation?: number
  /** Place after a DNA, a patient's and a hospital's cancellation; in the own place by default. */
  readonly places?: readonly [RebookPlace, RebookPlace, RebookPlace]
  readonly rebookSteps?: number
}

/** What a test says of a service; every mechanism that it leaves out is off. */
export interface ServiceParts {
  readonly code?: string
  readonly steps: number
  /** Groups × levels. */
  readonly strata?: number
  readonly levels?: number
  readonly stepsPerWeek?: number
  /** System of each stratum; one for all by default. */
  readonly systems?: readonly string[]
  /** Index of each stratum among its system's; its index here by default. */
  readonly ownIndex?: readonly number[]
  /** Mean clock starts. */
  readonly clockStarts?: ByCell
  readonly clockStartsSpread?: number
  /** Mean clock starts with a decision to admit from the start. */
  readonly directStarts?: ByCell
  /** Mean referrals diverted. */
  readonly diverted?: ByCell
  /** People by stratum and weeks waited. */
  readonly waitingFirst?: readonly (readonly number[])[]
  readonly waitingAdmission?: readonly (readonly number[])[]
  readonly firstSlots?: SlotParts
  readonly admissionSlots?: SlotParts
  /** Relative chance of being next by weeks waited, both stages; 1 by default. */
  readonly chanceWeight?: (week: number) => number
  /** Factor on it, both stages. */
  readonly groupWeight?: ByCell
  readonly independentAccess?: readonly number[]
  /** Weeks, both stages. */
  readonly headStart?: ByCell
  /** Steps, both stages, instead of weeks. */
  readonly headStartSteps?: ByCell
  /** Rule for long waits, both stages: age in steps, head start in steps, factor on the chance. */
  readonly longWait?: { readonly fromAge: number; readonly headStart: number; readonly weight: number }
  /** Probability of a DNA of a first appointment. */
  readonly dnaRate?: number | ByCell
  readonly dischargeAfterDna?: number
  readonly backfillShare?: number
  /** All of attendance, instead of the three above. */
  readonly firstAbsence?: AbsenceParts
  readonly admissionAbsence?: AbsenceParts
  readonly admittedShare?: number | readonly number[]
  /** Share of each level at the decision to admit; levels are kept by default. */
  readonly levelShares?: readonly number[]
  /** Hazard per step of moving up a level, at each stage. */
  readonly deteriorationFirst?: (stratum: number, week: number) => number
  readonly deteriorationAdmission?: (stratum: number, week: number) => number
  readonly frailty?: readonly number[]
  readonly furtherShare?: number
  readonly furtherSteps?: number
  readonly testShare?: number
  readonly testSteps?: number
  readonly minimumSteps?: number
  readonly followUps?: number
  readonly followUpSteps?: number
  /** Hazard per step by cause. */
  readonly hazards?: Partial<Record<ExitCause, (stratum: number, week: number) => number>>
  /** Factor on a cause's hazard by step and stratum. */
  readonly hazardFactor?: Partial<Record<ExitCause, ByCell>>
  /** Whether the hazards above differ between the levels of a group. */
  readonly exitsByLevel?: boolean
  /** Further hazard of removal per step, from a number of weeks waited. */
  readonly validation?: { readonly fromWeek: number; readonly hazard: ByCell }
  readonly unreferredNeed?: ByCell
  readonly additionalStarts?: ByCell
  readonly initialUnmetNeed?: readonly number[]
  readonly unmetResolution?: number
  readonly lateShare?: ByCell
  readonly unmetEmergencyShare?: ByCell
}

const NO_SLOTS: SlotParts = { open: () => 0 }

/** Tables of a service. */
export function tablesOf(parts: ServiceParts): ServiceTables {
  const { steps, strata = 1, stepsPerWeek = 1 } = parts
  const cells = cellsOf(steps, strata)
  const optional = (value: ByCell | undefined): Float64Array | null => (value === undefined ? null : cells(value))
  const byStratum = (value: number | readonly number[] = 0): Float64Array =>
    Float64Array.from({ length: strata }, (_, stratum) => (typeof value === 'number' ? value : value[stratum]))
  const share = (value: number | undefined): Float64Array | null => (value === undefined ? null : byStratum(value))
  const { levelShares, levels = 1 } = parts
  const firstAbsence = parts.firstAbsence ?? {
    dna: parts.dnaRate ?? 0,
    dischargeAfterDna: parts.dischargeAfterDna ?? 0,
    backfillAfterDna: parts.backfillShare ?? 0,
  }
  return {
    code: parts.code ?? 'T_1',
    name: 'Test',
    specialty: 0,
    steps,
    strata,
    levels,
    stepsPerWeek,
    systemOfStratum: parts.systems ?? Array.from({ length: strata }, () => 'T00'),
    ownIndex: Int32Array.from({ length: strata }, (_, stratum) => parts.ownIndex?.[stratum] ?? stratum),
    studyIndex: Int32Array.from({ length: strata }, (_, stratum) => stratum),
    clockStarts: cells(parts.clockStarts ?? (() => 0)),
    directStarts: optional(parts.directStarts),
    clockStartsSpread: parts.clockStartsSpread ?? 0,
    diverted: optional(parts.diverted),
    unmetNeed: {
      arising: cells(parts.unreferredNeed ?? (() => 0)),
      initial: Int32Array.from({ length: strata }, (_, stratum) => parts.initialUnmetNeed?.[stratum] ?? 0),
      found: optional(parts.additionalStarts),
      late: optional(parts.lateShare),
      emergency: optional(parts.unmetEmergencyShare),
      lost: parts.unmetResolution ?? 0,
    },
    first: stageTables(parts, parts.waitingFirst ?? [], parts.firstSlots ?? NO_SLOTS, firstAbsence, parts.deteriorationFirst),
    admission: stageTables(parts, parts.waitingAdmission ?? [], parts.admissionSlots ?? NO_SLOTS, parts.admissionAbsence ?? {}, parts.deteriorationAdmission),
    pathway: {
      furtherShare: share(parts.furtherShare),
      furtherSteps: parts.furtherSteps ?? 1,
      testShare: share(parts.testShare),
      testSteps: new Int32Array(steps).fill(parts.testSteps ?? 0),
      minimumSteps: parts.minimumSteps ?? 0,
      followUps: parts.followUps ?? 0,
      followUpSteps: parts.followUpSteps ?? 1,
    },
    admittedShare: byStratum(parts.admittedShare),
    levelAtDecision: levelShares === undefined ? null : Float64Array.from({ length: strata * levels }, (_, index) => sum(levelShares.slice(0, (index % levels) + 1))),
    exits: EXIT_CAUSES.map((cause) => exitHazard(parts, cause, steps, strata)),
    exitsByLevel: parts.exitsByLevel ?? false,
    frailty: parts.frailty === undefined ? null : Float64Array.from(parts.frailty),
  }
}

const cellsOf = (steps: number, strata: number) => (value: ByCell): Float64Array =>
  Float64Array.from({ length: steps * strata }, (_, index) => value(Math.floor(index / strata), index % strata))

function initialCounts(waiting: readonly (readonly number[])[], strata: number): Int32Array {
  return Int32Array.from({ length: strata * BANDS }, (_, index) => waiting[Math.floor(index / BANDS)]?.[index % BANDS] ?? 0)
}

const PLACE: Record<RebookPlace, number> = { 'own-place': OWN_PLACE, back: BACK, front: FRONT }

function attendanceOf(parts: AbsenceParts, steps: number, strata: number): Attendance {
  const cells = cellsOf(steps, strata)
  const rate = (value: number | ByCell | undefined): Float64Array | null =>
    value === undefined || value === 0 ? null : cells(typeof value === 'number' ? () => value : value)
  const { places = ['own-place', 'own-place', 'own-place'] } = parts
  const placeOf = (cause: 0 | 1 | 2): Uint8Array => new Uint8Array(steps).fill(PLACE[places[cause]])
  return {
    dnaRate: rate(parts.dna),
    patientCancellation: rate(parts.patient),
    hospitalCancellation: rate(parts.hospital),
    dischargeAfterDna: new Float64Array(strata).fill(parts.dischargeAfterDna ?? 0),
    dischargeFromMiss: parts.dischargeFromMiss ?? 1,
    dischargeAtMiss: parts.dischargeAtMiss ?? 0,
    backfillAfterDna: parts.backfillAfterDna ?? 0,
    backfillAfterCancellation: parts.backfillAfterCancellation ?? 0,
    placeAfterDna: placeOf(0),
    placeAfterPatient: placeOf(1),
    placeAfterHospital: placeOf(2),
    rebookSteps: parts.rebookSteps ?? 1,
  }
}

function stageTables(parts: ServiceParts, waiting: readonly (readonly number[])[], slots: SlotParts, absence: AbsenceParts, deterioration: ((stratum: number, week: number) => number) | undefined): StageTables {
  const { steps, strata = 1, stepsPerWeek = 1, longWait } = parts
  const cells = cellsOf(steps, strata)
  const headStart = parts.headStartSteps ?? (parts.headStart === undefined ? null : inSteps(parts.headStart, stepsPerWeek))
  return {
    initial: initialCounts(waiting, strata),
    pools: slots.pools ?? slotPools(slots, parts.independentAccess, steps, strata),
    chanceWeight: Float64Array.from({ length: BANDS }, (_, week) => parts.chanceWeight?.(week) ?? 1),
    drift: null,
    groupWeight: parts.groupWeight === undefined ? null : cells(parts.groupWeight),
    headStart: headStart === null ? null : Int32Array.from(cells(headStart)),
    longWait: longWait === undefined ? null : longWaitRule(longWait, steps),
    attendance: attendanceOf(absence, steps, strata),
    deterioration: deterioration === undefined ? null : { byBand: bandsOf(deterioration, strata), added: null, addedFromBand: 0, factor: null },
  }
}

const inSteps = (weeks: ByCell, stepsPerWeek: number): ByCell => (step, stratum) => weeks(step, stratum) * stepsPerWeek

function longWaitRule({ fromAge, headStart, weight }: NonNullable<ServiceParts['longWait']>, steps: number): LongWaitRule {
  return { fromAge: new Int32Array(steps).fill(fromAge), headStart: new Int32Array(steps).fill(headStart), weight: new Float64Array(steps).fill(weight) }
}

/** A pool written out, the same in every step; open to all and passing nothing on unless said otherwise. */
export function poolOf({ steps = 100, slots, inTurnShare = 1, access, source = 'nhs', releaseTo = -1 }: PoolParts): SlotPool {
  const count = typeof slots === 'number' ? () => slots : slots
  const own = Int32Array.from({ length: steps }, (_, step) => count(step))
  return {
    source,
    slots: own,
    inTurn: own.map((some) => Math.floor(some * inTurnShare)),
    access: access === undefined ? null : Float64Array.from({ length: steps * access.length }, (_, index) => access[index % access.length]),
    releaseTo,
  }
}

/** What a test says of a pool. */
export interface PoolParts {
  /** Steps of the service, at least. */
  readonly steps?: number
  readonly slots: number | ByStep
  readonly inTurnShare?: number
  /** By stratum. */
  readonly access?: readonly number[]
  readonly source?: SlotPool['source']
  readonly releaseTo?: number
}

/** Reserved pools by stratum, then the independent sector's, then the open one. */
function slotPools({ open, inTurnShare = 1, reserved, independent }: SlotParts, independentAccess: readonly number[] | undefined, steps: number, strata: number): SlotPool[] {
  const cells = cellsOf(steps, strata)
  const pool = (source: SlotPool['source'], slots: ByStep, share: number, access: ByCell | null, releaseTo: number): SlotPool => {
    const own = Int32Array.from({ length: steps }, (_, step) => slots(step))
    return { source, slots: own, inTurn: own.map((count) => Math.floor(count * share)), access: access === null ? null : cells(access), releaseTo }
  }
  const last = (reserved === undefined ? 0 : strata) + (independent === undefined ? 0 : 1)
  return [
    ...(reserved === undefined ? [] : Array.from({ length: strata }, (_, only) => pool('nhs', (step) => reserved(step, only), inTurnShare, (__, stratum) => (stratum === only ? 1 : 0), last))),
    ...(independent === undefined ? [] : [pool('independent-sector', independent, 0, (_, stratum) => independentAccess?.[stratum] ?? 1, -1)]),
    pool('nhs', open, inTurnShare, null, -1),
  ]
}

function bandsOf(hazard: (stratum: number, week: number) => number, strata: number): Float64Array {
  return Float64Array.from({ length: strata * BANDS }, (_, index) => hazard(Math.floor(index / BANDS), index % BANDS))
}

function exitHazard(parts: ServiceParts, cause: ExitCause, steps: number, strata: number): ExitHazard {
  const byBand = bandsOf(parts.hazards?.[cause] ?? (() => 0), strata)
  const own = parts.hazardFactor?.[cause]
  const byStep = (value: ByCell): Float64Array => Float64Array.from({ length: strata * steps }, (_, index) => value(index % steps, Math.floor(index / steps)))
  const factor = own === undefined ? null : byStep(own)
  const { validation } = parts
  if (cause !== 'removed' || validation === undefined) return { byBand, added: null, addedFromBand: 0, factor }
  return { byBand, added: byStep(validation.hazard), addedFromBand: validation.fromWeek, factor }
}

/** The same hazard for everybody at every wait. */
export const level = (hazard: number) => (): number => hazard

/** Memory that fits the tables. */
export function memoryFor(tables: ServiceTables): KernelMemory {
  return createKernelMemory(tables.steps, tables.strata, tables.stepsPerWeek)
}

/** One run of a service: its census. */
export function simulate(tables: ServiceTables, replication = 0, memory: KernelMemory = memoryFor(tables)): ServiceCensus {
  const census = createCensus(tables.steps, tables.strata)
  simulateService(tables, keysOf(tables, replication), memory, census)
  return census
}

/** Keys of a service's strata in a replication. */
export function keysOf(tables: ServiceTables, replication: number): Int32Array {
  return stratumKeys([20260201, -77], replication, tables)
}

/** Many replications of a service, one after the other in the same memory: what `read` makes of each census. */
export function simulateMany<T>(tables: ServiceTables, replications: number, read: (census: ServiceCensus) => T): T[] {
  const memory = memoryFor(tables)
  const census = createCensus(tables.steps, tables.strata)
  return Array.from({ length: replications }, (_, replication) => {
    clearCensus(census)
    simulateService(tables, keysOf(tables, replication), memory, census)
    return read(census)
  })
}

/** A flow of a stratum in a row. */
export function flowAt(census: ServiceCensus, flow: Flow, row: number, stratum: number): number {
  return census.flows[(row * census.strata + stratum) * FLOWS.length + FLOWS.indexOf(flow)]
}

/** A flow of everybody over rows `from` to `to`, both in. */
export function flowOver(census: ServiceCensus, flow: Flow, from = 1, to = census.steps): number {
  let total = 0
  for (let row = from; row <= to; row++) {
    for (let stratum = 0; stratum < census.strata; stratum++) total += flowAt(census, flow, row, stratum)
  }
  return total
}

/** People of a stratum waiting at the end of a row in a stage, by weeks waited. */
export function waitingByBand(census: ServiceCensus, row: number, stage: 0 | 1, stratum: number): Int32Array {
  const from = ((row * 2 + stage) * census.strata + stratum) * census.bands
  return census.waiting.subarray(from, from + census.bands)
}

/** People of a stratum waiting at the end of a row, both stages or one. */
export function waitingAt(census: ServiceCensus, row: number, stratum: number, stages: readonly (0 | 1)[] = [0, 1]): number {
  return stages.reduce<number>((total, stage) => total + sum(waitingByBand(census, row, stage, stratum)), 0)
}

/** Everybody waiting at the end of a row. */
export function listAt(census: ServiceCensus, row: number): number {
  let total = 0
  for (let stratum = 0; stratum < census.strata; stratum++) total += waitingAt(census, row, stratum)
  return total
}

/** Sum of numbers. */
export function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}

/** Slots of a stage offered in a step, all kinds. */
export function slotsOffered(stage: StageTables, step: number): number {
  return sum(stage.pools.map(({ slots }) => slots[step]))
}
