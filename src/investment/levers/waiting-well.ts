/**
 * `waiting-well`: prehabilitation and support for those who wait. They deteriorate less, fewer become emergencies, and
 * fewer operations are called off because somebody is not fit for them.
 */
import { initialList } from '../draft.ts'
import { unitLever } from './unit-lever.ts'

/** People on the list supported, for as long as the support lasts. */
export const waitingWell = unitLever({
  id: 'waiting-well',
  buys: 'people supported while they wait',
  kind: 'revenue',
  specialtyWeight: (service, group) => initialList(service, group),
  cost: 'costPerPerson',
  acts: [
    { on: 'deterioration', by: 'deteriorationReduction' },
    { on: 'emergency', by: 'emergencyReduction' },
    { on: 'hospital-cancellation', by: 'cancellationReduction' },
  ],
  exposure: 'waiting',
  limit: 'maxReach',
})
