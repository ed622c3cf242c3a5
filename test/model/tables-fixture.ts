/** Small services written straight as tables, runs of them, and their counts by name. */
import fc from 'fast-check'
import { BANDS } from '../../src/baseline/types.ts'
import { clearCensus, createCensus, FLOWS } from '../../src/model/census.ts'
import type { Flow, ServiceCensus } from '../../src/model/census.ts'
import { serviceKey } from '../../src/model/identity.ts'
import type { Key } from '../../src/model/identity.ts'
import { createKernelMemory, simulateService } from '../../src/model/simulate.ts'
import type { KernelMemory } from '../../src/model/simulate.ts'
import type { ExitHazard, ServiceTables, StageSlots } from '../../src/model/tables.ts'
import { EXIT_CAUSES } from '../../src/scenario/study.ts'
import type { ExitCause } from '../../src/scenario/study.ts'

type ByStep = (step: number) => number
type ByCell = (step: number, stratum: number) => number

/** Slots of one stage; in turn unless said otherwise. */
export interface SlotParts {
  readonly open: ByStep
  /** Share of open and reserved slots given in turn, 0 to 1, rounded down to whole slots; 1 by default. */
  readonly inTurnShare?: number
  readonly reserved?: ByCell
  readonly independent?: ByStep
}

/** What a test says of a service; every mechanism that it leaves out is off. */
export interface ServiceParts {
  readonly code?: string
  readonly steps: number
  readonly strata?: number
  readonly stepsPerWeek?: number
  /** Mean clock starts. */
  readonly clockStarts?: ByCell
  /** Mean clock starts with a decision to admit from the start. */
  readonly directStarts?: ByCell
  /** People by stratum and weeks waited. */
  readonly waitingFirst?: readonly (readonly number[])[]
  readonly waitingAdmission?: readonly (readonly number[])[]
  readonly firstSlots?: SlotParts
  readonly admissionSlots?: SlotParts
  /** Relative chance of being next by weeks waited, both stages; 1 by default. */
  readonly chanceWeight?: (week: number) => number
  readonly independentAccess?: readonly number[]
  /** Weeks. */
  readonly headStart?: ByCell
  /** Probability of a DNA. */
  readonly dnaRate?: number | ByCell
  readonly dischargeAfterDna?: number
  readonly backfillShare?: number
  readonly admittedShare?: number
  /** Hazard per step by cause. */
  readonly hazards?: Partial<Record<ExitCause, (stratum: number, week: number) => number>>
  /** Further hazard of removal per step, from a number of weeks waited. */
  readonly validation?: { readonly fromWeek: number; readonly hazard: ByCell }
  readonly unreferredNeed?: ByCell
  readonly additionalStarts?: ByCell
  readonly initialUnmetNeed?: readonly number[]
  readonly unmetResolution?: number
}

const NO_SLOTS: SlotParts = { open: () => 0 }

/** Tables of a service. */
export function tablesOf(parts: ServiceParts): ServiceTables {
  const { steps, strata = 1, stepsPerWeek = 1, dnaRate = 0 } = parts
  const cells = (value: ByCell): Float64Array =>
    Float64Array.from({ length: steps * strata }, (_, index) => value(Math.floor(index / strata), index % strata))
  const weights = Float64Array.from({ length: BANDS }, (_, week) => parts.chanceWeight?.(week) ?? 1)
  return {
    code: parts.code ?? 'T_1',
    name: 'Test',
    steps,
    strata,
    stepsPerWeek,
    initialFirst: initialCounts(parts.waitingFirst ?? [], strata),
    initialAdmission: initialCounts(parts.waitingAdmission ?? [], strata),
    clockStarts: cells(parts.clockStarts ?? (() => 0)),
    directStarts: parts.directStarts === undefined ? null : cells(parts.directStarts),
    unreferredNeed: cells(parts.unreferredNeed ?? (() => 0)),
    additionalStarts: parts.additionalStarts === undefined ? null : cells(parts.additionalStarts),
    initialUnmetNeed: Int32Array.from({ length: strata }, (_, stratum) => parts.initialUnmetNeed?.[stratum] ?? 0),
    unmetResolution: parts.unmetResolution ?? 0,
    firstSlots: stageSlots(parts.firstSlots ?? NO_SLOTS, steps, strata),
    admissionSlots: stageSlots(parts.admissionSlots ?? NO_SLOTS, steps, strata),
    chanceWeightFirst: weights,
    chanceWeightAdmission: weights,
    independentAccess: cells((_, stratum) => parts.independentAccess?.[stratum] ?? 1),
    headStart: parts.headStart === undefined ? null : Int32Array.from(cells(parts.headStart)),
    dnaRate: cells(typeof dnaRate === 'number' ? () => dnaRate : dnaRate),
    dischargeAfterDna: new Float64Array(strata).fill(parts.dischargeAfterDna ?? 0),
    backfillShare: parts.backfillShare ?? 0,
    admittedShare: new Float64Array(strata).fill(parts.admittedShare ?? 0),
    exits: EXIT_CAUSES.map((cause) => exitHazard(parts, cause, steps, strata)),
  }
}

function initialCounts(waiting: readonly (readonly number[])[], strata: number): Int32Array {
  return Int32Array.from({ length: strata * BANDS }, (_, index) => waiting[Math.floor(index / BANDS)]?.[index % BANDS] ?? 0)
}

function stageSlots(parts: SlotParts, steps: number, strata: number): StageSlots {
  const share = parts.inTurnShare ?? 1
  const open = Int32Array.from({ length: steps }, (_, step) => parts.open(step))
  const { reserved, independent } = parts
  const held = reserved === undefined
    ? null
    : Int32Array.from({ length: steps * strata }, (_, index) => reserved(Math.floor(index / strata), index % strata))
  return {
    open,
    openInTurn: open.map((slots) => Math.floor(slots * share)),
    reserved: held,
    reservedInTurn: held?.map((slots) => Math.floor(slots * share)) ?? null,
    independent: independent === undefined ? null : Int32Array.from({ length: steps }, (_, step) => independent(step)),
  }
}

function exitHazard(parts: ServiceParts, cause: ExitCause, steps: number, strata: number): ExitHazard {
  const byBand = Float64Array.from(
    { length: strata * BANDS },
    (_, index) => parts.hazards?.[cause]?.(Math.floor(index / BANDS), index % BANDS) ?? 0,
  )
  const { validation } = parts
  if (cause !== 'removed' || validation === undefined) return { byBand, added: null, addedFromBand: 0 }
  const added = Float64Array.from({ length: strata * steps }, (_, index) => validation.hazard(index % steps, Math.floor(index / steps)))
  return { byBand, added, addedFromBand: validation.fromWeek }
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
  simulateService(tables, keyOf(tables, replication), memory, census)
  return census
}

function keyOf(tables: ServiceTables, replication: number): Key {
  return serviceKey([20260201, -77], replication, 'T00', tables.code)
}

/** Many replications of a service, one after the other in the same memory: what `read` makes of each census. */
export function simulateMany<T>(tables: ServiceTables, replications: number, read: (census: ServiceCensus) => T): T[] {
  const memory = memoryFor(tables)
  const census = createCensus(tables.steps, tables.strata)
  return Array.from({ length: replications }, (_, replication) => {
    clearCensus(census)
    simulateService(tables, keyOf(tables, replication), memory, census)
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
export function slotsOffered(stage: StageSlots, step: number, strata: number): number {
  let offered = stage.open[step] + (stage.independent?.[step] ?? 0)
  if (stage.reserved !== null) offered += sum(stage.reserved.subarray(step * strata, (step + 1) * strata))
  return offered
}

const slotArbitrary = fc.record({
  open: fc.array(fc.nat(12), { minLength: 3, maxLength: 3 }),
  inTurnShare: fc.constantFrom(0, 0.3, 0.5, 1),
  reserved: fc.option(fc.array(fc.nat(3), { minLength: 5, maxLength: 5 })),
  independent: fc.option(fc.nat(4)),
})

/** A few people by weeks waited, up to the last, open band. */
const anyList = fc
  .array(fc.tuple(fc.oneof(fc.nat(30), fc.nat(BANDS - 1), fc.constant(BANDS - 1)), fc.integer({ min: 1, max: 9 })), { maxLength: 25 })
  .map((some) => some.reduce<number[]>((bands, [week, people]) => bands.with(week, people), Array.from({ length: BANDS }, () => 0)))

const chance = fc.constantFrom(0, 0.05, 0.3, 0.9)

/** Small services with any mixture of mechanisms: few people, short lists, scarce or ample slots. */
export const anyService: fc.Arbitrary<ServiceParts> = fc
  .record({
    steps: fc.integer({ min: 1, max: 40 }),
    strata: fc.integer({ min: 1, max: 4 }),
    stepsPerWeek: fc.constantFrom(1, 1, 1, 7),
    starts: fc.array(fc.double({ min: 0, max: 8, noNaN: true }), { minLength: 5, maxLength: 5 }),
    waiting: fc.array(anyList, { minLength: 8, maxLength: 8 }),
    first: slotArbitrary,
    admission: slotArbitrary,
    weightGrowth: fc.constantFrom(1, 1.1, 2),
    access: fc.array(fc.double({ min: 0.1, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 }),
    headStart: fc.option(fc.array(fc.nat(30), { minLength: 4, maxLength: 4 })),
    dnaRate: chance,
    dischargeAfterDna: chance,
    backfillShare: fc.constantFrom(0, 0, 0.5, 1),
    admittedShare: chance,
    hazards: fc.array(fc.constantFrom(0, 0.01, 0.2), { minLength: 5, maxLength: 5 }),
    validation: fc.option(fc.record({ fromWeek: fc.nat(20), hazard: fc.constantFrom(0.01, 0.3) })),
    direct: fc.option(fc.double({ min: 0, max: 3, noNaN: true })),
    unreferred: fc.double({ min: 0, max: 3, noNaN: true }),
    additional: fc.option(fc.double({ min: 0, max: 4, noNaN: true })),
    unmet: fc.nat(20),
    unmetResolution: chance,
  })
  .map((drawn): ServiceParts => {
    const { reserved, independent } = drawn.first
    const { headStart, direct, additional, validation } = drawn
    return {
      steps: drawn.steps,
      strata: drawn.strata,
      stepsPerWeek: drawn.stepsPerWeek,
      clockStarts: (step, stratum) => drawn.starts[(step + stratum) % 5],
      waitingFirst: drawn.waiting.slice(0, 4),
      waitingAdmission: drawn.waiting.slice(4),
      firstSlots: {
        open: (step) => drawn.first.open[step % 3],
        inTurnShare: drawn.first.inTurnShare,
        ...(reserved === null ? {} : { reserved: (step: number, stratum: number) => reserved[(step + stratum) % 5] }),
        ...(independent === null ? {} : { independent: () => independent }),
      },
      admissionSlots: { open: (step) => drawn.admission.open[step % 3], inTurnShare: drawn.admission.inTurnShare },
      chanceWeight: (week) => Math.min(drawn.weightGrowth ** week, 1e6),
      independentAccess: drawn.access,
      ...(headStart === null ? {} : { headStart: (step: number, stratum: number) => headStart[(step + stratum) % 4] }),
      dnaRate: drawn.dnaRate,
      dischargeAfterDna: drawn.dischargeAfterDna,
      backfillShare: drawn.backfillShare,
      admittedShare: drawn.admittedShare,
      hazards: Object.fromEntries(EXIT_CAUSES.map((cause, index) => [cause, level(drawn.hazards[index])])),
      ...(validation === null ? {} : { validation: { fromWeek: validation.fromWeek, hazard: () => validation.hazard } }),
      ...(direct === null ? {} : { directStarts: () => direct }),
      unreferredNeed: () => drawn.unreferred,
      ...(additional === null ? {} : { additionalStarts: () => additional }),
      initialUnmetNeed: [drawn.unmet, 0, drawn.unmet, 3],
      unmetResolution: drawn.unmetResolution,
    }
  })
