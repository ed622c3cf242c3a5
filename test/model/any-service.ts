/** Small services with any mixture of mechanisms: few people, short lists, scarce or ample slots. */
import fc from 'fast-check'
import { BANDS } from '../../src/baseline/types.ts'
import { SOURCES } from '../../src/model/tables.ts'
import type { SlotPool } from '../../src/model/tables.ts'
import { EXIT_CAUSES, REBOOK_PLACES } from '../../src/scenario/study.ts'
import { poolOf } from './tables-fixture.ts'
import type { AbsenceParts, ServiceParts, SlotParts } from './tables-fixture.ts'

/** What memory is made for: services of one shape can follow each other in it. */
export interface Shape {
  readonly steps: number
  readonly groups: number
  readonly levels: number
  readonly stepsPerWeek: number
}

/** Any shape. */
const anyShape: fc.Arbitrary<Shape> = fc.record({
  steps: fc.integer({ min: 1, max: 40 }),
  groups: fc.integer({ min: 1, max: 3 }),
  levels: fc.constantFrom(1, 1, 2, 3),
  stepsPerWeek: fc.constantFrom(1, 1, 1, 7),
})

/** Steps that pools are written out for: tests go on beyond a service's own horizon. */
const POOL_STEPS = 120

/** A mean, in tenths: numbers drawn as fractions are mostly next to nothing. */
const upTo = (most: number): fc.Arbitrary<number> => fc.nat(10 * most).map((tenths) => tenths / 10)

const chance = fc.constantFrom(0, 0.05, 0.3, 0.9)
/** Three of them add up to less than 1. */
const rate = fc.constantFrom(0, 0, 0.1, 0.3)
const place = fc.constantFrom(...REBOOK_PLACES)

/** A few people by weeks waited, up to the last, open band. */
const anyList = fc
  .array(fc.tuple(fc.oneof(fc.nat(30), fc.nat(BANDS - 1), fc.constant(BANDS - 1)), fc.integer({ min: 1, max: 9 })), { maxLength: 12 })
  .map((some) => some.reduce<number[]>((bands, [week, people]) => bands.with(week, people), Array.from({ length: BANDS }, () => 0)))

const anyPool = (strata: number, index: number, count: number): fc.Arbitrary<SlotPool> =>
  fc
    .record({
      slots: fc.array(fc.nat(5), { minLength: 3, maxLength: 3 }),
      inTurnShare: fc.constantFrom(0, 0.4, 1),
      access: fc.option(fc.array(fc.constantFrom(0, 0.2, 1, 3), { minLength: strata, maxLength: strata })),
      source: fc.constantFrom(...SOURCES),
      release: fc.nat(count - 1 - index),
    })
    .map(({ slots, inTurnShare, access, source, release }) =>
      poolOf({ steps: POOL_STEPS, slots: (step) => slots[step % 3], inTurnShare, source, releaseTo: release === 0 ? -1 : index + release, ...(access === null ? {} : { access }) }),
    )

/** Slots of a stage: reserved, independent and open ones, or any pools at all. */
const anySlots = (strata: number): fc.Arbitrary<SlotParts> =>
  fc
    .record({
      open: fc.array(fc.nat(12), { minLength: 3, maxLength: 3 }),
      inTurnShare: fc.constantFrom(0, 0.3, 0.5, 1),
      reserved: fc.option(fc.array(fc.nat(3), { minLength: 5, maxLength: 5 })),
      independent: fc.option(fc.nat(4)),
      writtenOut: fc.boolean(),
      pools: fc.integer({ min: 1, max: 4 }).chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => anyPool(strata, index, count)))),
    })
    .map(({ open, inTurnShare, reserved, independent, writtenOut, pools }) => ({
      open: (step: number) => open[step % 3],
      inTurnShare,
      ...(reserved === null ? {} : { reserved: (step: number, stratum: number) => reserved[(step + stratum) % 5] }),
      ...(independent === null ? {} : { independent: () => independent }),
      ...(writtenOut ? { pools } : {}),
    }))

const anyAbsence: fc.Arbitrary<AbsenceParts> = fc
  .record({
    rates: fc.tuple(rate, rate, rate),
    dischargeAfterDna: chance,
    dischargeFromMiss: fc.integer({ min: 1, max: 3 }),
    dischargeAtMiss: fc.constantFrom(0, 0, 1, 3),
    backfillAfterDna: fc.constantFrom(0, 0.5, 1),
    backfillAfterCancellation: fc.constantFrom(0, 0.5, 1),
    places: fc.tuple(place, place, place),
    rebookSteps: fc.constantFrom(1, 1, 2, 7),
  })
  .map(({ rates: [dna, patient, hospital], ...rest }) => ({ ...rest, dna, patient, hospital: (step: number) => (step % 2 === 0 ? hospital : 0) }))

const mechanisms = (strata: number) => ({
  starts: fc.array(upTo(8), { minLength: 5, maxLength: 5 }),
  spread: fc.constantFrom(0, 0, 0.4),
  diverted: fc.option(upTo(2)),
  waiting: fc.array(anyList, { minLength: 2 * strata, maxLength: 2 * strata }),
  first: anySlots(strata),
  admission: anySlots(strata),
  weightGrowth: fc.constantFrom(1, 1.1, 2),
  groupWeight: fc.option(fc.array(fc.constantFrom(0.2, 1, 4), { minLength: 4, maxLength: 4 })),
  access: fc.array(fc.double({ min: 0.1, max: 3, noNaN: true }), { minLength: strata, maxLength: strata }),
  headStart: fc.option(fc.array(fc.nat(30), { minLength: 4, maxLength: 4 })),
  longWait: fc.option(fc.record({ fromAge: fc.nat(40), headStart: fc.nat(60), weight: fc.constantFrom(0.5, 1, 30) })),
  firstAbsence: fc.option(anyAbsence),
  admissionAbsence: fc.option(anyAbsence),
  admittedShare: chance,
  hazards: fc.array(fc.constantFrom(0, 0.01, 0.2), { minLength: 5, maxLength: 5 }),
  byLevel: fc.boolean(),
  hazardFactor: fc.option(fc.constantFrom(0, 0.5, 3)),
  validation: fc.option(fc.record({ fromWeek: fc.nat(20), hazard: fc.constantFrom(0.01, 0.3) })),
  frail: fc.boolean(),
  deterioration: fc.tuple(fc.constantFrom(0, 0.02, 0.5), fc.constantFrom(0, 0.02, 0.5)),
  levelShares: fc.boolean(),
  further: fc.option(fc.record({ share: fc.constantFrom(0.1, 0.6), steps: fc.integer({ min: 1, max: 6 }) })),
  tests: fc.option(fc.record({ share: fc.constantFrom(0.1, 0.6, 1), steps: fc.nat(6) })),
  minimumSteps: fc.constantFrom(0, 0, 1, 4),
  followUps: fc.option(fc.record({ each: fc.constantFrom(0.3, 1.7), steps: fc.integer({ min: 1, max: 5 }) })),
  direct: fc.option(upTo(3)),
  unreferred: upTo(3),
  additional: fc.option(upTo(4)),
  late: fc.option(fc.constantFrom(0.02, 0.5)),
  unmetEmergency: fc.option(fc.constantFrom(0.02, 0.5)),
  unmet: fc.nat(20),
  unmetResolution: chance,
  systems: fc.boolean(),
})

/** Any service of a shape. */
function serviceOf({ steps, groups, levels, stepsPerWeek }: Shape): fc.Arbitrary<ServiceParts> {
  const strata = groups * levels
  return fc.record(mechanisms(strata)).map((drawn): ServiceParts => {
    const { headStart, direct, additional, validation, groupWeight, further, tests, followUps, late, unmetEmergency, diverted, hazardFactor } = drawn
    const [detFirst, detAdmission] = drawn.deterioration
    const hazardOf = (cause: number) => (stratum: number): number => drawn.hazards[cause] * (drawn.byLevel ? 1 + 2 * (stratum % levels) : 1)
    // The first system has the first group.
    const ofSecond = (stratum: number): boolean => drawn.systems && stratum >= levels
    return {
      steps,
      strata,
      levels,
      stepsPerWeek,
      systems: Array.from({ length: strata }, (_, stratum) => (ofSecond(stratum) ? 'T01' : 'T00')),
      ownIndex: Array.from({ length: strata }, (_, stratum) => (ofSecond(stratum) ? stratum - levels : stratum)),
      clockStarts: (step, stratum) => drawn.starts[(step + stratum) % 5],
      clockStartsSpread: drawn.spread,
      ...(diverted === null ? {} : { diverted: () => diverted }),
      waitingFirst: drawn.waiting.slice(0, strata),
      waitingAdmission: drawn.waiting.slice(strata),
      firstSlots: drawn.first,
      admissionSlots: drawn.admission,
      chanceWeight: (week) => Math.min(drawn.weightGrowth ** week, 1e6),
      ...(groupWeight === null ? {} : { groupWeight: (step: number, stratum: number) => groupWeight[(step + stratum) % 4] }),
      independentAccess: drawn.access,
      ...(headStart === null ? {} : { headStartSteps: (step: number, stratum: number) => headStart[(step + stratum) % 4] }),
      ...(drawn.longWait === null ? {} : { longWait: drawn.longWait }),
      firstAbsence: drawn.firstAbsence ?? {},
      admissionAbsence: drawn.admissionAbsence ?? {},
      admittedShare: drawn.admittedShare,
      hazards: Object.fromEntries(EXIT_CAUSES.map((cause, index) => [cause, hazardOf(index)])),
      exitsByLevel: drawn.byLevel && levels > 1,
      ...(hazardFactor === null ? {} : { hazardFactor: { emergency: (step: number) => (step % 5 < 2 ? hazardFactor : 1), withdrew: () => hazardFactor } }),
      ...(validation === null ? {} : { validation: { fromWeek: validation.fromWeek, hazard: () => validation.hazard } }),
      ...(drawn.frail ? { frailty: Array.from({ length: 256 }, (_, byte) => 0.1 + (1.8 * byte) / 255) } : {}),
      ...(levels === 1 || detFirst === 0 ? {} : { deteriorationFirst: (stratum: number) => detFirst * (1 + (stratum % levels)) }),
      ...(levels === 1 || detAdmission === 0 ? {} : { deteriorationAdmission: () => detAdmission }),
      ...(levels === 1 || !drawn.levelShares ? {} : { levelShares: [0.5, 0.3, 0.2].slice(0, levels - 1) }),
      ...(further === null ? {} : { furtherShare: further.share, furtherSteps: further.steps }),
      ...(tests === null ? {} : { testShare: tests.share, testSteps: tests.steps }),
      minimumSteps: drawn.minimumSteps,
      ...(followUps === null ? {} : { followUps: followUps.each, followUpSteps: followUps.steps }),
      ...(direct === null ? {} : { directStarts: () => direct }),
      unreferredNeed: () => drawn.unreferred,
      ...(additional === null ? {} : { additionalStarts: () => additional }),
      ...(late === null ? {} : { lateShare: () => late }),
      ...(unmetEmergency === null ? {} : { unmetEmergencyShare: () => unmetEmergency }),
      initialUnmetNeed: Array.from({ length: strata }, (_, stratum) => (stratum % 2 === 0 ? drawn.unmet : 3)),
      unmetResolution: drawn.unmetResolution,
    }
  })
}

/** Any service. */
export const anyService: fc.Arbitrary<ServiceParts> = anyShape.chain(serviceOf)

/** Two services of one shape. */
export const anyTwoServices: fc.Arbitrary<[ServiceParts, ServiceParts]> = anyShape.chain((shape) => fc.tuple(serviceOf(shape), serviceOf(shape)))
