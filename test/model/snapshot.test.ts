import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCensus } from '../../src/model/census.ts'
import type { ServiceCensus } from '../../src/model/census.ts'
import { firstDifference } from '../../src/model/divergence.ts'
import { beginService, simulateSteps } from '../../src/model/simulate.ts'
import { copyState, createSnapshot } from '../../src/model/snapshot.ts'
import type { ServiceTables } from '../../src/model/tables.ts'
import { anyService } from './any-service.ts'
import { keysOf, memoryFor, simulate, tablesOf } from './tables-fixture.ts'

/** Simulates up to a step on one memory and the rest, by other tables, on another. */
function branched(trunk: ServiceTables, branch: ServiceTables, at: number): ServiceCensus {
  const census = createCensus(trunk.steps, trunk.strata)
  const memory = memoryFor(trunk)
  beginService(trunk, keysOf(trunk, 0), memory, census)
  simulateSteps(trunk, memory, census, 0, at)
  const other = createSnapshot(memory)
  copyState(memory, other, branch.frailty)
  // What the first memory does afterwards must not matter.
  simulateSteps(trunk, memory, createCensus(trunk.steps, trunk.strata), at, trunk.steps)
  simulateSteps(branch, other, census, at, branch.steps)
  return census
}

describe('a run that goes on from a snapshot', () => {
  it('counts what it would have counted from the start, whatever the mechanisms', () => {
    fc.assert(
      fc.property(anyService, fc.nat(40), (parts, at) => {
        const tables = tablesOf(parts)
        expect(branched(tables, tables, Math.min(at, tables.steps))).toEqual(simulate(tables))
      }),
      { numRuns: 150, seed: 81 },
    )
  })

  it('counts what the other scenario would have, when it branches where the two first differ', () => {
    fc.assert(
      fc.property(anyService, fc.nat(40), (parts, at) => {
        const trunk = tablesOf(parts)
        const branch = tablesOf({
          ...parts,
          firstSlots: { open: (step) => (parts.firstSlots?.open(step) ?? 0) + (step >= at ? 2 : 0), inTurnShare: 0.5 },
          admissionSlots: { open: parts.admissionSlots?.open ?? (() => 0), inTurnShare: 1 },
        })
        const same = tablesOf({ ...parts, firstSlots: { open: parts.firstSlots?.open ?? (() => 0), inTurnShare: 0.5 }, admissionSlots: { open: parts.admissionSlots?.open ?? (() => 0), inTurnShare: 1 } })
        const first = firstDifference(same, branch)
        expect(first).toBe(Math.min(at, trunk.steps))
        expect(branched(same, branch, first)).toEqual(simulate(branch))
      }),
      { numRuns: 100, seed: 82 },
    )
  })
})

describe('the first difference of two tables', () => {
  const parts = { steps: 30, strata: 2, clockStarts: () => 5, firstSlots: { open: () => 4 } }

  it('is beyond the horizon for equal tables', () => {
    expect(firstDifference(tablesOf(parts), tablesOf(parts))).toBe(30)
  })

  it.each([
    ['clock starts', { clockStarts: (step: number) => (step < 12 ? 5 : 6) }, 12],
    ['missed appointments', { dnaRate: (step: number) => (step < 7 ? 0 : 0.1) }, 7],
    ['head starts', { headStart: (step: number, stratum: number) => (step > 20 && stratum === 1 ? 3 : 0) }, 21],
    ['reserved slots', { firstSlots: { open: () => 4, reserved: (step: number) => (step < 9 ? 0 : 1) } }, 9],
    ['what is found of unmet need', { additionalStarts: (step: number) => (step < 15 ? 0 : 2) }, 15],
  ])('is the step in which %s first differ', (_, change, step) => {
    expect(firstDifference(tablesOf(parts), tablesOf({ ...parts, ...change }))).toBe(step)
  })

  it.each([
    ['hazards of leaving, which are looked up ahead', { hazards: { died: () => 0.1 } }],
    ['shares that hold throughout', { admittedShare: 0.5 }],
    ['lists at the start', { waitingFirst: [[3]] }],
    ['further appointments', { furtherShare: 0.2 }],
    ['the steps until them', { furtherSteps: 3 }],
    ['tests', { testShare: 0.2 }],
    ['the least time of a pathway', { minimumSteps: 2 }],
    ['follow-ups', { followUps: 0.5 }],
    ['the steps until follow-ups', { followUpSteps: 4 }],
  ])('is the start for %s', (_, change) => {
    expect(firstDifference(tablesOf(parts), tablesOf({ ...parts, ...change }))).toBe(0)
  })

  it('is the start where only one of them weighs groups or has a rule for long waits, whichever it is', () => {
    const plain = tablesOf(parts)
    const { first, steps, strata } = plain
    const weighing = { ...plain, first: { ...first, groupWeight: new Float64Array(steps * strata).fill(1) } }
    const rule = { fromAge: new Int32Array(steps), headStart: new Int32Array(steps), weight: new Float64Array(steps).fill(1) }
    const ruled = { ...plain, first: { ...first, longWait: rule } }
    for (const other of [weighing, ruled]) {
      expect([firstDifference(plain, other), firstDifference(other, plain), firstDifference(other, other)]).toEqual([0, 0, steps])
    }
  })

  it('is the start for specialties that are not the same one, or not of the same shape', () => {
    const plain = tablesOf(parts)
    for (const other of [{ ...plain, code: 'X' }, { ...plain, specialty: plain.specialty + 1 }, { ...plain, levels: plain.levels + 1 }, tablesOf({ ...parts, steps: 29 })]) {
      expect(firstDifference(plain, other)).toBe(0)
    }
  })
})
