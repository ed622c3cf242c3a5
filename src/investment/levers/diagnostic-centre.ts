/**
 * `diagnostic-centre`: tests outside hospitals. Capital. Tests take less time, where a study says that first
 * appointments lead to tests (`testShare`); and some first appointments become unnecessary, which frees their slots.
 */
import { clockStartsWhereSlotsAre } from './lever.ts'
import { unitLever } from './unit-lever.ts'

/** Tests a week in a diagnostic centre, once built. */
export const diagnosticCentre = unitLever({
  id: 'diagnostic-centre',
  buys: 'tests in diagnostic centres, week by week, once built',
  kind: 'capital',
  specialtyWeight: clockStartsWhereSlotsAre,
  cost: 'costPerWeeklyTest',
  acts: [
    { on: 'tests', by: 'testTimeReduction' },
    { on: 'slots-first', by: 'appointmentsSavedPerTest' },
  ],
  exposure: 'appointments',
  limit: 'doseHalfSaturation',
})
