/** A small sound study to change, and the messages of what goes wrong. */
import { InputError } from '../../src/errors.ts'
import { parseStudy } from '../../src/scenario/parse.ts'
import { inlineStudyBaseline, resolveStudy } from '../../src/scenario/resolve.ts'
import type { Study } from '../../src/scenario/study.ts'

/** Lines that tests replace or add to. */
export const SMALL_STUDY = `schemaVersion: 1
name: small
baseline:
  groups: [1000, 2000, 3000]
  specialties:
    - { code: T_1, clockStartsPerWeek: 12, waiting: [7, 5, 3], firstAppointmentsPerWeek: 10, admissionsPerWeek: 2 }
time: { start: 2026-04-06, weeks: 20 }
scenarios:
  base: {}
`

/** Parses and resolves a study with an inline baseline. */
export async function resolved(source: string): Promise<Study> {
  const { file, positions } = await parseStudy(source, 'study.yaml')
  if (typeof file.baseline === 'string') throw new Error('this helper is for inline baselines')
  return resolveStudy(file, inlineStudyBaseline(file, file.baseline), positions)
}

/** The lines of the error that reading a study gives, or an empty list where it is sound. */
export async function complaints(source: string): Promise<string[]> {
  try {
    await resolved(source)
    return []
  } catch (error) {
    if (error instanceof InputError) return error.message.split('\n')
    throw error
  }
}

/** The small study with everything that a study file can say, one of each. */
export const FULL_STUDY = `schemaVersion: 1
name: full
baseline:
  systems:
    - code: AAA
      groups: [1000, 2000, 3000]
      specialties:
        - { code: T_1, clockStartsPerWeek: 12, waiting: [7, 5, 3], firstAppointmentsPerWeek: 10, admissionsPerWeek: 2 }
        - { code: T_2, clockStartsPerWeek: 4, firstAppointmentsPerWeek: 4 }
    - code: BBB
      groups: [3000, 2000, 1000]
      specialties:
        - { code: T_1, clockStartsPerWeek: 9, firstAppointmentsPerWeek: 12, admissionsPerWeek: 3 }
time: { start: 2026-04-06, weeks: 60, stepDays: 1, warmUpWeeks: 4, workingDays: true }
seasonality: { clockStarts: [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], capacity: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0] }
sample: 0.5
draws: 2
parameters: { rise: { dist: uniform, min: 1, max: 1.4 } }
priority:
  levels: [{ id: P4, title: Routine, targetWeeks: 18 }, { id: P2, targetWeeks: { admission: 4 } }]
  firstAppointment: { shares: [0.9, 0.1], headStartWeeks: [0, 12], chanceWeight: [1, 4] }
  admission: { shares: [0.7, 0.3], listShares: [0.8, 0.2] }
dimensions:
  - id: age
    ordered: true
    groups: [{ id: 0-64 }, { id: 65+, label: 65 and older }]
    residents: [0.8, 0.2]
    list: [[0.7, 0.3], [0.7, 0.3], [0.6, 0.4]]
rebooking: { afterDna: back }
assumptions:
  dnaRate: [0.1, 0.08, 0.06]
  deathPerWeek: { by: age, values: { 65+: 0.001 }, otherwise: 0.0001 }
  rebookWeeks: { by: specialty, values: { T_2: 3 } }
  referralPropensity: { by: deprivation, values: { 1: 0.6 }, otherwise: 0.8 }
adjust:
  - { assumption: dnaRate, odds: rise, priority: [P4], dimensions: { age: [0-64] }, specialties: [T_1], from: 2026-06-01 }
scenarios:
  base: {}
  changed:
    adjust: [{ assumption: capacityFactor, multiply: 1.1 - 0.001 * week, from: 2026-07-01, systems: [BBB] }]
    invest: [{ lever: capacity, systems: [AAA], budget: { perYear: 100000 } }]
    mutualAid: [{ from: BBB, to: AAA, specialties: [T_1], firstSlotsPerWeek: 2, uptake: [0.5, 1, 1], startsOn: 2026-06-01 }]
    policy:
      - longWait: { fromWeeks: 40, headStartWeeks: 10 }
        chanceWeight: { deprivation: { 1: 2 } }
        reservedShare: { deprivation: { 1: 0.2 } }
        rebooking: { afterDna: front }
      - { inTurnShare: { admission: 0.5 }, from: 2026-09-01 }
    shocks:
      - { kind: winter, everyYear: { from: 12-01, to: 02-28 }, capacityLoss: 0.05, emergencyFactor: { deprivation: { 1: 1.2 } } }
      - { kind: funding-change, from: 2026-10-01, capacityChange: { dist: uniform, min: -0.1, max: 0.02 } }
      - { kind: pandemic, from: 2026-08-03, to: 2026-08-16 }
      - { kind: staff-loss, weeks: [2026-06-01], capacityLoss: 0.1, recovered: 0.5, chanceWeight: [1, 1, 2], systems: [AAA] }
      - { kind: industrial-action, weeks: [2026-06-10], capacityLoss: 0.3 }
`
