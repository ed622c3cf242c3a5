/** 3 · One specialty of one system, compiled by itself. */
import { InputError } from '../../errors.ts'
import type { ServiceTables } from '../tables.ts'
import { compileExits } from './exits.ts'
import { frailtyFactors } from './frailty.ts'
import type { LendingOfService } from './mutual-aid.ts'
import { compileNeed } from './need.ts'
import { convertedShare, compilePathway, levelAtDecision } from './pathway.ts'
import { compileAdmission, compileFirst, type StageInputs } from './stages.ts'
import { text } from './messages.ts'

/** One specialty of one system, and what its system lends of it, in the order asked for. */
export interface SystemService {
  readonly tables: ServiceTables
  readonly lentFirst: readonly Int32Array[]
  readonly lentAdmission: readonly Int32Array[]
}

/** Compiles a specialty of a system after money has acted on its draft. */
export function compileService(inputs: StageInputs, specialtyIndex: number, systemIndex: number, lending: readonly LendingOfService[]): SystemService {
  const { service, shocks } = inputs
  const { context } = service
  const { specialty, system, strata, run, values } = context
  const width = strata.own.length
  const first = compileFirst(inputs, lending.map((each) => each.first))
  const admission = compileAdmission(inputs, lending.map((each) => each.admission))
  const tables: ServiceTables = {
    code: specialty.code,
    name: specialty.name,
    specialty: specialtyIndex,
    steps: run.count,
    strata: width,
    levels: strata.levels,
    stepsPerWeek: run.stepsPerWeek,
    systemOfStratum: strata.own.map(() => system.system.code),
    ownIndex: Int32Array.from(strata.own.keys()),
    studyIndex: Int32Array.from(strata.own.keys(), (own) => systemIndex * width + own),
    ...compileNeed(service, shocks, convertedShare(context, specialty.directShare)),
    first: first.tables,
    admission: admission.tables,
    pathway: compilePathway(service),
    admittedShare: convertedShare(context, specialty.admittedShare),
    levelAtDecision: levelAtDecision(context),
    ...compileExits(service, shocks),
    frailty: frailtyFactors(values.fixedOfService('frailtyVariance')),
  }
  return { tables, lentFirst: first.lent, lentAdmission: admission.lent }
}

/** @throws InputError where systems that share a specialty cannot: one number is wanted, and theirs differ */
export function refuseDifferences(parts: readonly ServiceTables[]): void {
  const [one, ...others] = parts
  const alike: readonly (readonly [string, (tables: ServiceTables) => number])[] = [
    ['clockStartsSpread', (tables) => tables.clockStartsSpread],
    ['unmetNeedResolutionPerWeek', (tables) => tables.unmetNeed.lost],
    ['furtherAppointmentWeeks', (tables) => tables.pathway.furtherSteps],
    ['testWeeks', (tables) => tables.pathway.testSteps.reduce((sum, steps, step) => sum + steps * (step + 1), 0)],
    ['minimumPathwayWeeks', (tables) => tables.pathway.minimumSteps],
    ['frailtyVariance', (tables) => tables.frailty?.at(-1) ?? 1],
    ['dischargeFromMiss', (tables) => tables.first.attendance.dischargeFromMiss],
    ['dischargeAtMiss', (tables) => tables.first.attendance.dischargeAtMiss],
    ['backfillShare', (tables) => tables.first.attendance.backfillAfterDna],
    ['backfillAfterCancellation', (tables) => tables.first.attendance.backfillAfterCancellation],
    ['rebookWeeks', (tables) => tables.first.attendance.rebookSteps],
  ]
  for (const [what, of] of alike) {
    if (others.some((other) => of(other) !== of(one))) throw new InputError({ path: `assumptions.${what}`, message: text.systemsDiffer(what, one.code) })
  }
  if (parts.some(({ pathway }) => pathway.followUps > 0)) throw new InputError({ path: 'assumptions.followUpsPerAppointment', message: text.followUpsShared(one.code) })
}
