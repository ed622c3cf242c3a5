import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EXIT_FLOWS } from '../../src/model/census.ts'
import type { ServiceCensus } from '../../src/model/census.ts'
import { EXIT_CAUSES } from '../../src/scenario/study.ts'
import { anyService } from '../model/any-service.ts'
import { flowAt, level, listAt, simulate, tablesOf, waitingAt, waitingByBand } from '../model/tables-fixture.ts'
import type { ServiceParts } from '../model/tables-fixture.ts'

const lists = (census: ServiceCensus): number[] => Array.from({ length: census.steps + 1 }, (_, row) => listAt(census, row))

/** Services with neither missed appointments nor exits, in turn, where the same share of everybody is admitted. */
const inTurn: fc.Arbitrary<ServiceParts> = anyService.map((parts) => ({
  steps: parts.steps,
  strata: parts.strata ?? 1,
  clockStarts: parts.clockStarts ?? (() => 0),
  waitingFirst: parts.waitingFirst ?? [],
  waitingAdmission: parts.waitingAdmission ?? [],
  admittedShare: parts.admittedShare ?? 0,
  firstSlots: { open: parts.firstSlots?.open ?? (() => 0) },
  admissionSlots: { open: parts.admissionSlots?.open ?? (() => 0) },
  ...(parts.headStartSteps === undefined ? {} : { headStart: (_: number, stratum: number) => 3 * stratum }),
}))

describe('common random numbers, run by run', () => {
  it('more capacity never lengthens the list in any week (in turn, without DNAs and exits)', () => {
    fc.assert(
      fc.property(inTurn, fc.nat(3), fc.nat(3), (parts, first, admission) => {
        const base = lists(simulate(tablesOf(parts)))
        const more = lists(
          simulate(
            tablesOf({
              ...parts,
              firstSlots: { open: (step) => (parts.firstSlots?.open(step) ?? 0) + (step % 2) * first },
              admissionSlots: { open: (step) => (parts.admissionSlots?.open(step) ?? 0) + admission },
            }),
          ),
        )
        expect(more.filter((people, row) => people > base[row])).toEqual([])
      }),
      { seed: 301, numRuns: 200 },
    )
  })

  it('a longer head start never lengthens its own group\'s list, nor shortens the others\' (in turn, one stage, without DNAs and exits)', () => {
    fc.assert(
      fc.property(inTurn, fc.nat(20), fc.integer({ min: 1, max: 20 }), (parts, weeks, more) => {
        const single = { ...parts, strata: 3, admittedShare: 0, waitingAdmission: [] }
        const withHeadStart = (own: number): ServiceCensus => simulate(tablesOf({ ...single, headStart: (_, stratum) => (stratum === 0 ? own : 5) }))
        const [base, further] = [withHeadStart(weeks), withHeadStart(weeks + more)]
        for (let row = 0; row <= base.steps; row++) {
          expect(waitingAt(further, row, 0)).toBeLessThanOrEqual(waitingAt(base, row, 0))
          for (const other of [1, 2]) expect(waitingAt(further, row, other)).toBeGreaterThanOrEqual(waitingAt(base, row, other))
        }
      }),
      { seed: 302, numRuns: 150 },
    )
  })

  it('one more slot changes one person\'s turn at a time, and nobody ahead in the queue', () => {
    const parts: ServiceParts = { steps: 60, strata: 2, clockStarts: () => 12, waitingFirst: [[20, 20, 20], [20, 20, 20]] }
    const base = simulate(tablesOf({ ...parts, firstSlots: { open: () => 24 } }))
    const more = simulate(tablesOf({ ...parts, firstSlots: { open: (step) => (step === 10 ? 25 : 24) } }))
    for (let row = 0; row <= 60; row++) {
      const differences = [0, 1].flatMap((stratum) => {
        const now = waitingByBand(more, row, 0, stratum)
        return [...waitingByBand(base, row, 0, stratum)].flatMap((people, week) => (people === now[week] ? [] : [{ week, fewer: people - now[week] }]))
      })
      // Until the extra slot nothing differs; from then on exactly one person fewer waits, at the front of the queue.
      expect(differences.map(({ fewer }) => fewer)).toEqual(row <= 10 ? [] : [1])
      const front = Math.max(...[0, 1].map((stratum) => waitingByBand(base, row, 0, stratum).findLastIndex((people) => people > 0)))
      expect(differences.every(({ week }) => week === front)).toBe(true)
    }
  })

  it('outreach leaves every draw of those who come anyway: their starts, exits and outcomes', () => {
    const parts: ServiceParts = {
      steps: 80,
      strata: 2,
      clockStarts: () => 30,
      unreferredNeed: () => 20,
      initialUnmetNeed: [400, 400],
      hazards: Object.fromEntries(EXIT_CAUSES.map((cause) => [cause, level(0.01)])),
      admittedShare: 0.3,
      dnaRate: 0.1,
      dischargeAfterDna: 0.5,
      // Slots for everybody: nobody's turn depends on anybody else.
      firstSlots: { open: () => 10_000, inTurnShare: 0.5 },
      admissionSlots: { open: (step) => (step < 40 ? 0 : 10_000) },
    }
    const base = simulate(tablesOf(parts))
    const outreach = simulate(tablesOf({ ...parts, additionalStarts: (_, stratum) => (stratum === 0 ? 5 : 0) }))
    let found = 0
    for (let row = 1; row <= 80; row++) {
      found += flowAt(outreach, 'additionalStarts', row, 0)
      expect(flowAt(outreach, 'clockStarts', row, 0) - flowAt(outreach, 'additionalStarts', row, 0)).toBe(flowAt(base, 'clockStarts', row, 0))
      // What the others do is added to what those who come anyway do; so no count can be lower.
      for (const flow of [...EXIT_FLOWS, 'dna', 'decisionsToAdmit'] as const) {
        expect(flowAt(outreach, flow, row, 0)).toBeGreaterThanOrEqual(flowAt(base, flow, row, 0))
        expect(flowAt(outreach, flow, row, 1)).toBe(flowAt(base, flow, row, 1))
      }
    }
    expect(found).toBeGreaterThan(300)
  })

  it('a policy or an investment changes nothing before it starts, to the bit', () => {
    fc.assert(
      fc.property(anyService, fc.nat(39), fc.integer({ min: 1, max: 10 }), (any, from, size) => {
        const { pools: _, ...slots } = any.firstSlots ?? { open: () => 0 }
        const parts: ServiceParts = { ...any, firstSlots: slots, firstAbsence: { ...any.firstAbsence, hospital: 0 } }
        const base = simulate(tablesOf(parts))
        const since = (value: number) => (step: number): number => (step >= from ? value : 0)
        const changed = simulate(
          tablesOf({
            ...parts,
            headStartSteps: (step, stratum) => (parts.headStartSteps?.(step, stratum) ?? 0) + since(size * (stratum + 1))(step),
            groupWeight: (step, stratum) => (parts.groupWeight?.(step, stratum) ?? 1) * (1 + since(size)(step) * stratum),
            firstSlots: { ...slots, open: (step) => slots.open(step) + since(size)(step) },
            additionalStarts: (step, stratum) => (parts.additionalStarts?.(step, stratum) ?? 0) + since(size)(step),
            lateShare: (step, stratum) => (parts.lateShare?.(step, stratum) ?? 0) + since(size / 50)(step),
            firstAbsence: { ...parts.firstAbsence, hospital: since(size / 50) },
            hazardFactor: { ...parts.hazardFactor, died: (step) => 1 + since(size)(step) },
          }),
        )
        const rows = Math.min(from, base.steps) + 1
        for (const key of ['waiting', 'flows', 'admittedByBand', 'nonAdmittedByBand', 'unmetNeed', 'unusedSlots', 'attended'] as const) {
          const length = (base[key].length / (base.steps + 1)) * rows
          expect(changed[key].subarray(0, length)).toEqual(base[key].subarray(0, length))
        }
      }),
      { seed: 303, numRuns: 100 },
    )
  })

  it('a hazard raised a little moves exits a little: the same people leave, none later', () => {
    const parts = (hazard: number): ServiceParts => ({ steps: 52, clockStarts: (step) => (step === 0 ? 5000 : 0), hazards: { withdrew: level(hazard) } })
    const [base, raised] = [simulate(tablesOf(parts(0.02))), simulate(tablesOf(parts(0.0202)))]
    for (let row = 1; row <= 52; row++) expect(listAt(raised, row)).toBeLessThanOrEqual(listAt(base, row))
    // With draws of their own the two lists would differ by 5,000 × √(2 × 0.35 × 0.65 ÷ 5,000) ≈ 48 in standard deviation.
    expect(listAt(base, 52) - listAt(raised, 52)).toBeGreaterThan(0)
    expect(listAt(base, 52) - listAt(raised, 52)).toBeLessThan(40)
  })
})
