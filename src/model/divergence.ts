/** From which step on two scenarios of one study differ in a service. */
import type { Attendance, ChanceDrift, ExitHazard, Pathway, ServiceTables, SlotPool, StageTables, UnmetNeedTables } from './tables.ts'

type Numbers = Float64Array | Int32Array | Uint8Array | Uint16Array

/**
 * The first step in which two tables of the same service differ: 0 where anything differs that is not laid out by
 * step; `steps` where nothing does. Exits and moves between levels are looked up ahead of time, so that a difference
 * in their hazards, however late, counts from the start.
 */
export function firstDifference(a: ServiceTables, b: ServiceTables): number {
  if (a === b) return a.steps
  if (!sameWhole(a, b)) return 0
  const width = a.strata
  return Math.min(
    ...[
      [a.clockStarts, b.clockStarts],
      [a.directStarts, b.directStarts],
      [a.diverted, b.diverted],
      [a.unmetNeed.arising, b.unmetNeed.arising],
      [a.unmetNeed.found, b.unmetNeed.found],
      [a.unmetNeed.late, b.unmetNeed.late],
      [a.unmetNeed.emergency, b.unmetNeed.emergency],
    ].map(([own, other]) => differsFrom(own, other, width, a.steps)),
    differsFrom(a.pathway.testSteps, b.pathway.testSteps, 1, a.steps),
    stageDiffersFrom(a.first, b.first, width, a.steps),
    stageDiffersFrom(a.admission, b.admission, width, a.steps),
  )
}

/** Everything that is not laid out by step, and the hazards. */
function sameWhole(a: ServiceTables, b: ServiceTables): boolean {
  return (
    a.code === b.code &&
    a.specialty === b.specialty &&
    a.steps === b.steps &&
    a.strata === b.strata &&
    a.levels === b.levels &&
    a.stepsPerWeek === b.stepsPerWeek &&
    a.clockStartsSpread === b.clockStartsSpread &&
    a.exitsByLevel === b.exitsByLevel &&
    a.systemOfStratum.every((system, stratum) => system === b.systemOfStratum[stratum]) &&
    same(a.ownIndex, b.ownIndex) &&
    same(a.studyIndex, b.studyIndex) &&
    same(a.admittedShare, b.admittedShare) &&
    same(a.levelAtDecision, b.levelAtDecision) &&
    same(a.frailty, b.frailty) &&
    a.exits.every((hazard, cause) => sameHazard(hazard, b.exits[cause])) &&
    sameNeed(a.unmetNeed, b.unmetNeed) &&
    samePathway(a.pathway, b.pathway) &&
    sameStage(a.first, b.first) &&
    sameStage(a.admission, b.admission)
  )
}

function sameNeed(a: UnmetNeedTables, b: UnmetNeedTables): boolean {
  return same(a.initial, b.initial) && a.lost === b.lost
}

function samePathway(a: Pathway, b: Pathway): boolean {
  return (
    same(a.furtherShare, b.furtherShare) &&
    a.furtherSteps === b.furtherSteps &&
    same(a.testShare, b.testShare) &&
    a.minimumSteps === b.minimumSteps &&
    a.followUps === b.followUps &&
    a.followUpSteps === b.followUpSteps
  )
}

function sameStage(a: StageTables, b: StageTables): boolean {
  const hazards = a.deterioration === null || b.deterioration === null ? a.deterioration === b.deterioration : sameHazard(a.deterioration, b.deterioration)
  return hazards && same(a.initial, b.initial) && same(a.chanceWeight, b.chanceWeight) && sameDrift(a.drift, b.drift) && sameAttendance(a.attendance, b.attendance)
}

function sameDrift(a: ChanceDrift | null, b: ChanceDrift | null): boolean {
  return a === null || b === null ? a === b : same(a.perMonth, b.perMonth) && same(a.months, b.months)
}

function sameAttendance(a: Attendance, b: Attendance): boolean {
  return (
    same(a.dischargeAfterDna, b.dischargeAfterDna) &&
    a.dischargeFromMiss === b.dischargeFromMiss &&
    a.dischargeAtMiss === b.dischargeAtMiss &&
    a.backfillAfterDna === b.backfillAfterDna &&
    a.backfillAfterCancellation === b.backfillAfterCancellation &&
    a.rebookSteps === b.rebookSteps
  )
}

function sameHazard(a: ExitHazard, b: ExitHazard): boolean {
  return same(a.byBand, b.byBand) && same(a.added, b.added) && a.addedFromBand === b.addedFromBand && same(a.factor, b.factor)
}

function same(a: Numbers | null, b: Numbers | null): boolean {
  return a === b || (a !== null && b !== null && a.length === b.length && a.every((value, index) => value === b[index]))
}

/** First step in which two arrays of `width` numbers a step differ; an array that is missing says nothing, so it counts from the start. */
function differsFrom(a: Numbers | null | undefined, b: Numbers | null | undefined, width: number, steps: number): number {
  if (a === b) return steps
  const known = a ?? b
  if (known === null || known === undefined) return steps
  for (let index = 0; index < steps * width; index++) {
    if ((a ?? ZEROS)[a ? index : 0] !== (b ?? ZEROS)[b ? index : 0]) return Math.floor(index / width)
  }
  return steps
}

/** What a missing array of means, rates or head starts stands for. */
const ZEROS = new Float64Array(1)

function stageDiffersFrom(a: StageTables, b: StageTables, width: number, steps: number): number {
  const { attendance: own } = a
  const { attendance: other } = b
  const byCell: [Numbers | null, Numbers | null][] = [
    [a.headStart, b.headStart],
    [own.dnaRate, other.dnaRate],
    [own.patientCancellation, other.patientCancellation],
    [own.hospitalCancellation, other.hospitalCancellation],
  ]
  const byStep: [Numbers, Numbers][] = [
    [own.placeAfterDna, other.placeAfterDna],
    [own.placeAfterPatient, other.placeAfterPatient],
    [own.placeAfterHospital, other.placeAfterHospital],
  ]
  return Math.min(
    ...byCell.map(([mine, theirs]) => differsFrom(mine, theirs, width, steps)),
    ...byStep.map(([mine, theirs]) => differsFrom(mine, theirs, 1, steps)),
    a.groupWeight === null || b.groupWeight === null ? (a.groupWeight === b.groupWeight ? steps : 0) : differsFrom(a.groupWeight, b.groupWeight, width, steps),
    longWaitDiffersFrom(a, b, steps),
    poolsDifferFrom(a.pools, b.pools, width, steps),
  )
}

function longWaitDiffersFrom({ longWait: a }: StageTables, { longWait: b }: StageTables, steps: number): number {
  if (a === null || b === null) return a === b ? steps : 0
  return Math.min(differsFrom(a.fromAge, b.fromAge, 1, steps), differsFrom(a.headStart, b.headStart, 1, steps), differsFrom(a.weight, b.weight, 1, steps))
}

/**
 * First step in which pools differ. A pool that only one of the two has counts from the first step in which it has
 * slots, if the others stand in the same order: until then nobody is given one.
 */
function poolsDifferFrom(a: readonly SlotPool[], b: readonly SlotPool[], width: number, steps: number): number {
  if (a.length !== b.length) return a.length > b.length ? extraPoolsFrom(a, b, width, steps) : extraPoolsFrom(b, a, width, steps)
  return Math.min(steps, ...a.map((pool, index) => poolDiffersFrom(pool, b[index], width, steps)))
}

function poolDiffersFrom(a: SlotPool, b: SlotPool, width: number, steps: number): number {
  if (a.source !== b.source || a.releaseTo !== b.releaseTo || (a.access === null) !== (b.access === null)) return 0
  return Math.min(differsFrom(a.slots, b.slots, 1, steps), differsFrom(a.inTurn, b.inTurn, 1, steps), differsFrom(a.access, b.access, width, steps))
}

function extraPoolsFrom(more: readonly SlotPool[], fewer: readonly SlotPool[], width: number, steps: number): number {
  const extra = more.length - fewer.length
  // Reserved pools come first; the independent sector's, hubs' and the open ones follow in the same order.
  const rest = more.slice(extra)
  const alike = rest.map((pool, index) => poolDiffersFrom({ ...pool, releaseTo: pool.releaseTo < 0 ? -1 : pool.releaseTo - extra }, fewer[index], width, steps))
  return Math.min(steps, ...alike, ...more.slice(0, extra).map(({ slots }) => firstSlot(slots, steps)))
}

function firstSlot(slots: Int32Array, steps: number): number {
  const step = slots.findIndex((count) => count > 0)
  return step < 0 ? steps : step
}
