/**
 * `surgical-hub`: theatres kept apart from emergencies. Capital: slots stand after the money has ended and wear out with
 * the building. They are open to those whom `hubAccess` and `hubSuitable` let in, and strikes do not close them.
 */
import { unitLever } from './unit-lever.ts'
import { initialList } from '../draft.ts'

/** Admissions in hubs, in every week after building. */
export const surgicalHub = unitLever({
  id: 'surgical-hub',
  buys: 'admissions in surgical hubs, week by week, once built',
  kind: 'capital',
  specialtyWeight: (service, group) => (service.admissionSlotsPerWeek > 0 ? initialList(service, group) : 0),
  cost: 'costPerWeeklyAdmission',
  acts: [{ on: 'hub-admission', by: null }],
  exposure: null,
  limit: 'doseHalfSaturation',
})
