/** Text of a study small enough to be run again and again: two groups, one specialty. */

export interface TwoGroupStudy {
  /** Its name and its seed. */
  readonly name?: string
  /** How many times as many people and slots as in the smallest. */
  readonly scale?: number
  /** Clock starts a week of the most and the least deprived, before the scale. */
  readonly clockStartsPerWeek?: readonly [number, number]
  readonly weeks?: number
  readonly replications: number
  /** Lines after these, from the reference on, as the study file writes them. */
  readonly rest: string
}

/** A head start and capacity for the most deprived, against nothing. */
export const AHEAD_WITH_CAPACITY = `reference: base
scenarios:
  base: {}
  ahead:
    policy: { headStartWeeks: { deprivation: { 1: 6 } } }
    invest: [{ lever: capacity, budget: { perYear: 250000, years: 1 }, allocate: { rule: proportionate, theta: 1.5 } }]
`

/** The text, as YAML. */
export function twoGroupStudy({ name = 'small', scale = 1, clockStartsPerWeek = [6, 6], weeks = 4, replications, rest }: TwoGroupStudy): string {
  const times = (numbers: readonly number[]): string => numbers.map((number) => number * scale).join(', ')
  const group = (label: string): string => `{ label: ${label}, population: ${5000 * scale} }`
  return `schemaVersion: 1
name: ${name}
baseline:
  name: Laboratory
  groups: [${group('Most deprived')}, ${group('Least deprived')}]
  specialties:
    - { code: T_001, name: Test, clockStartsPerWeek: [${times(clockStartsPerWeek)}], waiting: { firstAppointment: [${times([12, 12, 12])}], admission: [${times([3, 3])}] }, firstAppointmentsPerWeek: ${11 * scale}, admissionsPerWeek: ${2.5 * scale}, admittedShare: 0.25 }
time: { start: 2026-04-06, weeks: ${weeks} }
seed: ${name}
replications: ${replications}
${rest}`
}
