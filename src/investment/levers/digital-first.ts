/**
 * `digital-first`: first appointments held remotely. Those who take it up miss fewer and use less of a clinic, which
 * frees slots for their group. Take-up rises from the most to the least deprived (app activation, homes without
 * internet), so that the same offer to all widens the gap by itself.
 */
import { clockStartsWhereSlotsAre } from './lever.ts'
import { unitLever } from './unit-lever.ts'

/** First appointments a week that can be held remotely. */
export const digitalFirst = unitLever({
  id: 'digital-first',
  buys: 'first appointments that can be held remotely, week by week',
  kind: 'revenue',
  specialtyWeight: clockStartsWhereSlotsAre,
  cost: 'costPerWeeklyAppointment',
  acts: [
    { on: 'dna', by: 'dnaReduction' },
    { on: 'slots-first', by: 'slotsReleased' },
  ],
  exposure: 'appointments',
  limit: 'doseHalfSaturation',
})
