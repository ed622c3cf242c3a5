/** A study for specs of solve, as plain data. */

/**
 * One queue, whose list can be reckoned by hand: each week c slots and Poisson(20) clock starts, nobody leaves
 * otherwise, and the queue never runs dry. After 26 weeks the list is 600 + Poisson(520) − 26 c.
 */
export const ONE_QUEUE = {
  schemaVersion: 1,
  name: 'one-queue',
  baseline: {
    name: 'Laboratory',
    groups: [
      { label: 'Most deprived', population: 50_000 },
      { label: 'Least deprived', population: 50_000 },
    ],
    specialties: [
      {
        code: 'T_001',
        name: 'Test',
        clockStartsPerWeek: [10, 10],
        waiting: { firstAppointment: [200, 200, 200], admission: [0] },
        firstAppointmentsPerWeek: 15,
        admissionsPerWeek: 0,
        admittedShare: 0,
      },
    ],
  },
  time: { start: '2026-04-06', weeks: 26 },
  seed: 'one-queue',
}
