/** 4 · Systems that share a specialty: their tables side by side, each pool open to its own system's people. */
import { BANDS } from '../../baseline/types.ts'
import type { Attendance, ChanceDrift, ExitHazard, ServiceTables, SlotPool, StageTables } from '../tables.ts'
import { valueInRun, type RunCalendar } from './calendar.ts'
import type { LendingOfService } from './mutual-aid.ts'
import { refuseDifferences, type SystemService } from './service.ts'
import type { Strata } from './strata.ts'

/** One system's part of a shared service, with what it is asked to lend. */
export interface SharingPart {
  readonly system: string
  readonly service: SystemService
  readonly lending: readonly LendingOfService[]
}

/** Places rows of parts side by side; a part without numbers has the neutral one. Null where no part has any. */
type Beside = (pick: (tables: ServiceTables) => Float64Array | null, neutral: number) => Float64Array | null

/**
 * One service of several systems; of one system, its own unchanged.
 * @throws InputError where an assumption that a service has once differs between the systems
 */
export function shareService(parts: readonly SharingPart[], run: RunCalendar, strata: Strata): ServiceTables {
  const tables = parts.map(({ service }) => service.tables)
  if (tables.length === 1) return tables[0]
  refuseDifferences(tables)
  const cells: Beside = (pick, neutral) => cellsBeside(tables, pick, neutral)
  const all = (pick: (own: ServiceTables) => Float64Array | null, neutral: number): Float64Array => cells(pick, neutral) ?? new Float64Array(0)
  const rows = (pick: (own: ServiceTables) => Float64Array): Float64Array => concatenated(tables.map(pick))
  const optionalRows: Beside = (pick, neutral) => rowsBeside(tables, pick, neutral)
  const [one] = tables
  return {
    ...one,
    strata: one.strata * tables.length,
    systemOfStratum: tables.flatMap(({ systemOfStratum }) => systemOfStratum),
    ownIndex: Int32Array.from(tables.flatMap(({ ownIndex }) => [...ownIndex])),
    studyIndex: Int32Array.from(tables.flatMap(({ studyIndex }) => [...studyIndex])),
    clockStarts: all((own) => own.clockStarts, 0),
    directStarts: cells((own) => own.directStarts, 0),
    diverted: cells((own) => own.diverted, 0),
    unmetNeed: {
      ...one.unmetNeed,
      arising: all((own) => own.unmetNeed.arising, 0),
      initial: Int32Array.from(tables.flatMap(({ unmetNeed }) => [...unmetNeed.initial])),
      found: cells((own) => own.unmetNeed.found, 0),
      late: cells((own) => own.unmetNeed.late, 0),
      emergency: cells((own) => own.unmetNeed.emergency, 0),
    },
    first: shareStage(parts, (own) => own.first, ({ lentFirst }) => lentFirst, run, strata),
    admission: shareStage(parts, (own) => own.admission, ({ lentAdmission }) => lentAdmission, run, strata),
    pathway: {
      ...one.pathway,
      furtherShare: optionalRows((own) => own.pathway.furtherShare, 0),
      testShare: optionalRows((own) => own.pathway.testShare, 0),
    },
    admittedShare: rows((own) => own.admittedShare),
    levelAtDecision: optionalRows((own) => own.levelAtDecision, 0),
    exits: one.exits.map((_, cause) => hazardsBeside(tables.map((own) => own.exits[cause]), one)),
    exitsByLevel: tables.some(({ exitsByLevel }) => exitsByLevel),
  }
}

function shareStage(
  parts: readonly SharingPart[],
  pick: (tables: ServiceTables) => StageTables,
  lentOf: (service: SystemService) => readonly Int32Array[],
  run: RunCalendar,
  strata: Strata,
): StageTables {
  const tables = parts.map(({ service }) => service.tables)
  const stages = tables.map(pick)
  const [one] = stages
  return {
    ...one,
    initial: Int32Array.from(stages.flatMap(({ initial }) => [...initial])),
    pools: poolsBeside(parts, stages, lentOf, run, strata),
    chanceWeight: meanChance(stages),
    drift: meanDrift(stages),
    groupWeight: cellsBeside(tables, (own) => pick(own).groupWeight, 1),
    headStart: headStartsBeside(tables, (own) => pick(own).headStart),
    attendance: attendanceBeside(tables, (own) => pick(own).attendance),
    deterioration: stages.some(({ deterioration }) => deterioration !== null)
      ? hazardsBeside(stages.map(({ deterioration }) => deterioration ?? noHazard(tables[0])), tables[0])
      : null,
  }
}

/** Chance by weeks waited is one curve for a service: the systems' mean, weighted by their lists at the start. */
function meanChance(stages: readonly StageTables[]): Float64Array {
  const lists = listsAtStart(stages)
  const people = lists.reduce((sum, list) => sum + list, 0)
  const means = stages.map(({ chanceWeight }) => chanceWeight.reduce((sum, weight) => sum + weight, 0) / BANDS)
  return stages[0].chanceWeight.map((_, band) => stages.reduce((sum, { chanceWeight }, index) => sum + (lists[index] / people) * (chanceWeight[band] / means[index]), 0))
}

/** Drift likewise; a system without it has none to add. */
function meanDrift(stages: readonly StageTables[]): ChanceDrift | null {
  const months = stages.find(({ drift }) => drift !== null)?.drift?.months
  if (months === undefined) return null
  const lists = listsAtStart(stages)
  const people = lists.reduce((sum, list) => sum + list, 0)
  return { perMonth: stages[0].chanceWeight.map((_, band) => stages.reduce((sum, { drift }, index) => sum + (lists[index] / people) * (drift?.perMonth[band] ?? 0), 0)), months }
}

/** People on each system's list at the start, and one, so that nobody's is empty. */
function listsAtStart(stages: readonly StageTables[]): number[] {
  return stages.map(({ initial }) => initial.reduce((sum, people) => sum + people, 0) + 1)
}

/** Pools of every system but the open ones, then lent slots, then the open pools in the systems' order. */
function poolsBeside(parts: readonly SharingPart[], stages: readonly StageTables[], lentOf: (service: SystemService) => readonly Int32Array[], run: RunCalendar, strata: Strata): SlotPool[] {
  const width = strata.own.length
  const lent = parts.flatMap(({ service, lending }, lender) =>
    lending.map(({ aid }, index) => ({ lender, aid, slots: lentOf(service)[index], borrower: parts.findIndex(({ system }) => system === aid.to) })),
  )
  const own = stages.reduce((sum, { pools }) => sum + pools.length - 1, 0)
  const firstOpen = own + lent.length
  const openTo = (part: number, access: Float64Array | null, cell: (step: number, own: number) => number): Float64Array => {
    const cells = new Float64Array(run.count * width * parts.length)
    for (let step = 0; step < run.count; step++) {
      for (let stratum = 0; stratum < width; stratum++) {
        cells[(step * parts.length + part) * width + stratum] = access === null ? cell(step, stratum) : access[step * width + stratum]
      }
    }
    return cells
  }
  const lifted = (part: number): SlotPool[] =>
    stages[part].pools.map((pool) => ({
      ...pool,
      access: openTo(part, pool.access, () => 1),
      // Within a system slots are released to its open pool only.
      releaseTo: pool.releaseTo < 0 ? -1 : firstOpen + part,
    }))
  const pools = parts.map((_, part) => lifted(part))
  return [
    ...pools.flatMap((each) => each.slice(0, -1)),
    ...lent.map(({ lender, aid, slots, borrower }): SlotPool => ({
      source: 'mutual-aid',
      slots,
      inTurn: new Int32Array(run.count),
      access: openTo(borrower, null, (step, stratum) => valueInRun(aid.uptake[strata.own[stratum].group], run, step)),
      releaseTo: firstOpen + lender,
    })),
    ...pools.map((each) => each[each.length - 1]),
  ]
}

function cellsBeside(tables: readonly ServiceTables[], pick: (own: ServiceTables) => Float64Array | null, neutral: number): Float64Array | null {
  const parts = tables.map(pick)
  if (parts.every((part) => part === null)) return null
  const [{ steps, strata }] = tables
  const cells = new Float64Array(steps * strata * tables.length).fill(neutral)
  parts.forEach((part, index) => {
    if (part === null) return
    for (let step = 0; step < steps; step++) cells.set(part.subarray(step * strata, (step + 1) * strata), (step * tables.length + index) * strata)
  })
  return cells
}

/** Rows of numbers by stratum, or none. */
function rowsBeside(tables: readonly ServiceTables[], pick: (own: ServiceTables) => Float64Array | null, neutral: number): Float64Array | null {
  const parts = tables.map(pick)
  if (parts.every((part) => part === null)) return null
  return concatenated(parts.map((part, index) => part ?? new Float64Array(tables[index].strata).fill(neutral)))
}

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0))
  let from = 0
  for (const part of parts) {
    whole.set(part, from)
    from += part.length
  }
  return whole
}

const noHazard = ({ strata }: ServiceTables): ExitHazard => ({ byBand: new Float64Array(strata * BANDS), added: null, addedFromBand: 0, factor: null })

function hazardsBeside(hazards: readonly ExitHazard[], { strata, steps }: ServiceTables): ExitHazard {
  const optional = (pick: (hazard: ExitHazard) => Float64Array | null, neutral: number): Float64Array | null =>
    hazards.every((hazard) => pick(hazard) === null) ? null : concatenated(hazards.map((hazard) => pick(hazard) ?? new Float64Array(strata * steps).fill(neutral)))
  return {
    byBand: concatenated(hazards.map(({ byBand }) => byBand)),
    added: optional(({ added }) => added, 0),
    addedFromBand: Math.max(...hazards.map(({ addedFromBand }) => addedFromBand)),
    factor: optional(({ factor }) => factor, 1),
  }
}

function headStartsBeside(tables: readonly ServiceTables[], pick: (own: ServiceTables) => Int32Array | null): Int32Array | null {
  const cells = cellsBeside(tables, (own) => {
    const headStart = pick(own)
    return headStart === null ? null : Float64Array.from(headStart)
  }, 0)
  return cells === null ? null : Int32Array.from(cells)
}

function attendanceBeside(tables: readonly ServiceTables[], pick: (own: ServiceTables) => Attendance): Attendance {
  return {
    ...pick(tables[0]),
    dnaRate: cellsBeside(tables, (own) => pick(own).dnaRate, 0),
    patientCancellation: cellsBeside(tables, (own) => pick(own).patientCancellation, 0),
    hospitalCancellation: cellsBeside(tables, (own) => pick(own).hospitalCancellation, 0),
    dischargeAfterDna: concatenated(tables.map((own) => pick(own).dischargeAfterDna)),
  }
}
