/** A study with a further dimension, one of whose groups is a handful of people. */
export const SMALL_GROUP_STUDY = `schemaVersion: 1
name: small-group
baseline:
  name: Laboratory
  groups: [{ label: Most deprived, population: 5000 }, { label: Least deprived, population: 5000 }]
  specialties:
    - { code: T_001, name: Test, clockStartsPerWeek: [30, 30], waiting: { firstAppointment: [60, 60, 60], admission: [15, 15] }, firstAppointmentsPerWeek: 55, admissionsPerWeek: 12, admittedShare: 0.25 }
dimensions:
  - id: ethnicity
    title: Ethnicity
    groups: [{ id: many, label: Many }, { id: some, label: Some }, { id: few, label: Few }]
    residents: [[0.7, 0.295, 0.005], [0.8, 0.195, 0.005]]
time: { start: 2026-04-06, weeks: 8 }
seed: small-group
replications: 3
reference: base
scenarios:
  base: {}
  ahead:
    policy: { headStartWeeks: { deprivation: { 1: 6 } } }
    invest: [{ lever: capacity, budget: { perYear: 25000, years: 1 } }]
`

/** Whether a series tells about the small group, or is a gap across groups of which it is one. */
export const isProtected = (dimension: string, group: string): boolean =>
  dimension.includes('ethnicity') && (group.endsWith('few') || group === 'gap')
