/**
 * No-regression fingerprints: not right answers (those are asked for by the laws, by `next-in-line` and by verification),
 * but the answers that were given when this was written. The kernel promises the same census for the same tables and key,
 * whatever is made faster; a change here is a change of everybody's results, to be made on purpose and told in the
 * changelog. Whoever changes `anyService` writes them anew too: what is found is printed.
 */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BANDS } from '../../src/baseline/types.ts'
import type { ServiceCensus } from '../../src/model/census.ts'
import type { ServiceTables } from '../../src/model/tables.ts'
import { anyService } from './any-service.ts'
import { simulate, tablesOf } from './tables-fixture.ts'

const COUNTS = ['waiting', 'flows', 'admittedByBand', 'nonAdmittedByBand', 'unmetNeed', 'unusedSlots', 'attended'] as const

function fingerprint(censuses: readonly ServiceCensus[]): string {
  const hash = createHash('sha256')
  for (const census of censuses) for (const counts of COUNTS) hash.update(census[counts])
  return hash.digest('hex').slice(0, 12)
}

/** Of ten services each. */
const PRINTS = [
  '2585af78387e', '96cb4df66a68', '3a5fba8ad3f1', 'ca9e52b7fd34', 'c67fc7d9930a', '8fe25aa28226',
  'c04b0b031302', '40461c0c049e', 'ae7b94cc294d', '5524a1dafb1d', 'f012cc4ef7c4', '1f579b18eedf',
]

const services = fc.sample(anyService, { seed: 90, numRuns: 10 * PRINTS.length })

const ten = (index: number): ServiceTables[] => services.slice(index * 10, index * 10 + 10).map((parts) => tablesOf(parts))

/** Chances of being next that move from week to week, more for those who have waited long. */
function drifting(tables: ServiceTables): ServiceTables {
  const drift = {
    perMonth: Float64Array.from({ length: BANDS }, (_, band) => 0.02 * (band - 10)),
    months: Float64Array.from({ length: tables.steps }, (_, step) => step / 4),
  }
  return { ...tables, first: { ...tables.first, drift }, admission: { ...tables.admission, drift } }
}

/** A long list in years of steps, so that exits are looked for again and again and calendars come round. */
const longRun = (stepsPerWeek: number): ServiceTables =>
  tablesOf({
    steps: 160,
    strata: 4,
    levels: 2,
    stepsPerWeek,
    clockStarts: (step, stratum) => 9 + ((step + stratum) % 3),
    directStarts: () => 1,
    waitingFirst: [0, 1, 2, 3].map((stratum) => Array.from({ length: BANDS }, (_, week) => (week < 60 ? 6 - stratum : week % 9 === 0 ? 1 : 0))),
    waitingAdmission: [0, 1, 2, 3].map((stratum) => Array.from({ length: 40 }, (_, week) => (week + stratum) % 4)),
    firstSlots: { open: (step) => 24 + (step % 5), inTurnShare: 0.4, independent: () => 3, reserved: (_, stratum) => (stratum < 2 ? 2 : 0) },
    admissionSlots: { open: () => 11, inTurnShare: 0.6 },
    chanceWeight: (week) => 1 + week / 20,
    headStart: (_, stratum) => (stratum === 0 ? 6 : 0),
    firstAbsence: { dna: 0.08, patient: 0.04, hospital: 0.02, dischargeAfterDna: 0.3, dischargeFromMiss: 2, dischargeAtMiss: 4, backfillAfterDna: 0.3, backfillAfterCancellation: 0.6, places: ['back', 'own-place', 'front'], rebookSteps: 3 },
    admissionAbsence: { hospital: 0.05, dna: 0.03, places: ['own-place', 'back', 'front'] },
    admittedShare: [0.2, 0.3, 0.25, 0.4],
    hazards: { removed: (_, week) => (week > 30 ? 0.01 : 0.002), withdrew: () => 0.003, private: () => 0.001, emergency: (stratum) => 0.001 * (1 + stratum), died: () => 0.0008 },
    exitsByLevel: true,
    frailty: Array.from({ length: 256 }, (_, byte) => 0.2 + (1.6 * byte) / 255),
    deteriorationFirst: () => 0.01,
    deteriorationAdmission: (_, week) => (week > 10 ? 0.02 : 0.005),
    testShare: 0.3,
    testSteps: 5,
    followUps: 0.2,
    followUpSteps: 4,
    unreferredNeed: () => 2,
    initialUnmetNeed: [30, 20, 30, 20],
    lateShare: () => 0.01,
    unmetEmergencyShare: () => 0.003,
    unmetResolution: 0.02,
  })

describe('the kernel still counts what it counted', () => {
  it.each([...PRINTS.entries()])('in services with any mixture of mechanisms, ten of them (%i)', (index, print) => {
    expect(fingerprint(ten(index).map((tables) => simulate(tables)))).toBe(print)
  })

  it('where chances of being next drift', () => {
    expect(fingerprint(ten(0).map((tables) => simulate(drifting(tables))))).toBe('d92e91a20d47')
  })

  it('over years with a long list, in weeks and in days', () => {
    expect([1, 7].map((stepsPerWeek) => fingerprint([simulate(longRun(stepsPerWeek))]))).toEqual(['3d121423e031', 'f9019576a740'])
  })
})
