/** Levers that reach people before a first appointment, so that fewer are missed. */
import type { DraftService } from '../draft.ts'
import { clockStartsWhereSlotsAre, type Lever, type LeverMoment } from './lever.ts'
import { unitLever } from './unit-lever.ts'

/** Contacts beyond this many for one appointment reach nobody new; the money is not spent. */
const CONTACTS_PER_APPOINTMENT = 2

/** Makes the lever; its parameters are `cost`, `maxReach` and `dnaReduction`. */
export function appointmentContacts(id: string, buys: string, cost: string): Lever {
  return unitLever({
    id,
    buys,
    kind: 'revenue',
    specialtyWeight: clockStartsWhereSlotsAre,
    cost,
    acts: [{ on: 'dna', by: 'dnaReduction' }],
    exposure: 'appointments',
    limit: 'maxReach',
    mostUnits: ({ appointmentsOffered, groups }: DraftService, { step }: LeverMoment, group: number) =>
      appointmentsOffered[step * groups + group] * CONTACTS_PER_APPOINTMENT,
  })
}
