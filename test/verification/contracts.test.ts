import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EXIT_FLOWS, FLOWS } from '../../src/model/census.ts'
import type { Flow, ServiceCensus } from '../../src/model/census.ts'
import { EXIT_CAUSES } from '../../src/scenario/study.ts'
import { flowAt, flowOver, level, poolOf, simulate, sum, tablesOf, waitingByBand } from '../model/tables-fixture.ts'
import type { ServiceParts } from '../model/tables-fixture.ts'

const EXITS = Object.fromEntries(EXIT_CAUSES.map((cause) => [cause, level(0.01)]))

/** People waiting of a stratum whose clock started so many weeks before the study's, by row. */
const cohortOver = (census: ServiceCensus, stratum: number, weeksBefore: number): number[] =>
  Array.from({ length: census.steps + 1 }, (_, row) => {
    const band = weeksBefore + row
    return band < 104 ? sum(([0, 1] as const).map((stage) => waitingByBand(census, row, stage, stratum)[band])) : 0
  })

describe('one extra patient of the most deprived', () => {
  /** The list with one person more in stratum 0 who has waited ten weeks. */
  const lists = (extra: number): number[][] => [0, 1].map((stratum) => Array.from({ length: 25 }, (_, week) => 12 + (stratum === 0 && week === 10 ? extra : 0)))

  it('in turn changes nobody ahead of their week, whatever else happens, and somebody behind', () => {
    const parts = (extra: number): ServiceParts => ({
      steps: 40,
      strata: 2,
      clockStarts: () => 14,
      waitingFirst: lists(extra),
      firstSlots: { open: () => 20 },
      admissionSlots: { open: () => 7 },
      admittedShare: 0.4,
      hazards: EXITS,
      firstAbsence: { dna: 0.1, patient: 0.05, dischargeAfterDna: 0.3 },
    })
    const [base, more] = [0, 1].map((extra) => simulate(tablesOf(parts(extra))))
    const differing = Array.from({ length: 25 }, (_, week) => week).filter((week) => [0, 1].some((stratum) => cohortOver(base, stratum, week).join() !== cohortOver(more, stratum, week).join()))
    expect(differing.length).toBeGreaterThan(3)
    // Nobody whose clock started earlier; their own week differs by them alone at the start.
    expect(Math.max(...differing)).toBe(10)
    expect(cohortOver(more, 1, 10)[0]).toBe(cohortOver(base, 1, 10)[0])
  })

  it('by chance changes people of the same queue only: another system\'s, or another pool\'s, stay as they were, to the bit', () => {
    const parts = (extra: number): ServiceParts => ({
      steps: 60,
      strata: 2,
      systems: ['A', 'B'],
      ownIndex: [0, 0],
      clockStarts: () => 14,
      waitingFirst: lists(extra),
      firstSlots: { open: () => 0, pools: [poolOf({ slots: 10, inTurnShare: 0, access: [1, 0] }), poolOf({ slots: 10, inTurnShare: 0.3, access: [0, 1] })] },
      hazards: EXITS,
      admittedShare: 0.3,
      firstAbsence: { dna: 0.1, backfillAfterDna: 0.5 },
    })
    const [base, more] = [0, 1].map((extra) => simulate(tablesOf(parts(extra))))
    for (let row = 0; row <= 60; row++) {
      for (const stage of [0, 1] as const) expect(waitingByBand(more, row, stage, 1)).toEqual(waitingByBand(base, row, stage, 1))
      for (const flow of FLOWS) expect(flowAt(more, flow, row, 1)).toBe(flowAt(base, flow, row, 1))
    }
    expect(more.waiting).not.toEqual(base.waiting)
  })
})

/** Slots for everybody, so that nobody's turn depends on anybody else. */
const ample: ServiceParts = {
  steps: 80,
  strata: 2,
  levels: 2,
  clockStarts: () => 30,
  unreferredNeed: () => 20,
  initialUnmetNeed: [400, 400],
  hazards: EXITS,
  frailty: Array.from({ length: 256 }, (_, byte) => 0.1 + (1.8 * byte) / 255),
  deteriorationFirst: level(0.05),
  deteriorationAdmission: level(0.05),
  admittedShare: 0.3,
  furtherShare: 0.2,
  testShare: 0.3,
  testSteps: 4,
  firstAbsence: { dna: 0.1, patient: 0.1, hospital: 0.05, dischargeAfterDna: 0.5, rebookSteps: 2 },
  admissionAbsence: { dna: 0.1, hospital: 0.05 },
  firstSlots: { open: (step) => (step % 5 === 4 ? 10_000 : 0), inTurnShare: 0.5 },
  admissionSlots: { open: (step) => (step < 40 ? 0 : 10_000) },
}

describe('people who come to the list late', () => {
  it('leave every draw of those who come anyway: their starts, moves, absences, exits and outcomes', () => {
    const [base, late] = [undefined, (): number => 0.05].map((lateShare) => simulate(tablesOf({ ...ample, ...(lateShare === undefined ? {} : { lateShare }) })))
    for (let row = 1; row <= 80; row++) {
      for (const stratum of [0, 1]) {
        expect(flowAt(late, 'clockStarts', row, stratum) - flowAt(late, 'lateStarts', row, stratum)).toBe(flowAt(base, 'clockStarts', row, stratum))
        const added: readonly Flow[] = [...EXIT_FLOWS, 'dna', 'cancelledByPatient', 'cancelledByHospital', 'furtherAppointments', 'decisionsToAdmit', 'deteriorated']
        // What the late do is added to what the others do; so no count can be lower.
        for (const flow of added) expect(flowAt(late, flow, row, stratum)).toBeGreaterThanOrEqual(flowAt(base, flow, row, stratum))
      }
    }
    expect(flowOver(late, 'lateStarts')).toBeGreaterThan(500)
  })
})

describe('being rebooked, held or in tests', () => {
  it.for([
    { name: 'rebooked to the back', parts: { firstAbsence: { hospital: 1, places: ['back', 'back', 'back'] } } satisfies Partial<ServiceParts> },
    { name: 'held over many weeks', parts: { firstAbsence: { dna: 1, rebookSteps: 45 } } satisfies Partial<ServiceParts> },
    { name: 'in tests over many weeks', parts: { testShare: 1, testSteps: 200 } satisfies Partial<ServiceParts> },
    { name: 'waiting for a further appointment', parts: { furtherShare: 1, furtherSteps: 30 } satisfies Partial<ServiceParts> },
  ])('$name changes nobody\'s exit nor move up a level, however late it comes', ({ parts }) => {
    const common: ServiceParts = { steps: 90, strata: 2, levels: 2, clockStarts: (step) => (step < 3 ? 200 : 0), hazards: { died: level(0.02), removed: level(0.01) }, deteriorationFirst: level(0.01) }
    const [base, changed] = [common, { ...common, ...parts, firstSlots: { open: (step: number) => (step === 5 ? 2000 : 0) } }].map((own) => simulate(tablesOf(own)))
    for (const flow of ['died', 'removed', 'deteriorated'] as const) expect(soFar(changed, flow)).toEqual(soFar(base, flow))
  })
})

/** A flow of everybody, added up from the start, by row. */
function soFar(census: ServiceCensus, flow: Flow): number[] {
  let total = 0
  return Array.from({ length: census.steps }, (_, step) => (total += flowOver(census, flow, step + 1, step + 1)))
}

describe('a little more of something', () => {
  const once: ServiceParts = { steps: 70, strata: 2, levels: 2, clockStarts: (step, stratum) => (step === 0 && stratum === 0 ? 4000 : 0) }
  const cases: { name: string; flow: Flow; parts: (size: number) => ServiceParts }[] = [
    { name: 'deterioration', flow: 'deteriorated', parts: (size) => ({ ...once, deteriorationFirst: level(0.02 * size) }) },
    { name: 'death, by a factor from the tenth week on', flow: 'died', parts: (size) => ({ ...once, hazards: { died: level(0.02) }, hazardFactor: { died: (step) => (step < 10 ? 1 : size) } }) },
    {
      name: 'death at the higher level only',
      flow: 'died',
      parts: (size) => ({ ...once, deteriorationFirst: level(0.03), hazards: { died: (stratum) => (stratum === 1 ? 0.02 * size : 0.01) }, exitsByLevel: true }),
    },
    { name: 'DNAs', flow: 'dna', parts: (size) => ({ ...once, firstSlots: { open: (step) => (step === 5 ? 9000 : 0) }, dnaRate: 0.2 * size }) },
    { name: 'tests', flow: 'decisionsToAdmit', parts: (size) => ({ ...once, admittedShare: 1, firstSlots: { open: (step) => (step === 5 ? 9000 : 0) }, testShare: 0.5 / size, testSteps: 9 }) },
  ]

  it.for(cases)('moves the same people a little: $name a hundredth more is never less so far, nor much more', ({ flow, parts }) => {
    const [base, more] = [1, 1.01].map((size) => soFar(simulate(tablesOf(parts(size))), flow))
    expect(more.filter((count, step) => count < base[step])).toEqual([])
    const most = Math.max(...more.map((count, step) => count - base[step]))
    expect(most).toBeGreaterThan(0)
    // With draws of their own, hundreds of people would leave and come.
    expect(most).toBeLessThan(60)
  })
})

describe('more admission slots', () => {
  it('never lengthen the list of admissions, also where people leave it (in turn, without absences)', () => {
    fc.assert(
      fc.property(fc.nat(6), fc.integer({ min: 1, max: 8 }), fc.nat(1000), (slots, more, seed) => {
        const parts = (open: number): ServiceParts => ({
          steps: 40,
          code: `T_${seed}`,
          directStarts: () => 5,
          waitingAdmission: [[9, 9, 9, 9]],
          admissionSlots: { open: () => open },
          hazards: { died: level(0.02), withdrew: level(0.02) },
        })
        const [base, further] = [slots, slots + more].map((open) => simulate(tablesOf(parts(open))))
        for (let row = 0; row <= 40; row++) {
          expect(sum(waitingByBand(further, row, 1, 0))).toBeLessThanOrEqual(sum(waitingByBand(base, row, 1, 0)))
        }
      }),
      { seed: 402, numRuns: 60 },
    )
  })
})
