/** `capacity`: more of the system's own sessions, for the groups that the money is for. */
import { slotLever } from './slot-lever.ts'

/** Slots of the NHS, reserved for groups as the money is shared; used in the week in which they are paid for. */
export const capacity = slotLever({
  buys: 'first appointments and admissions in extra NHS sessions',
  first: 'slots-first',
  admission: 'slots-admission',
})
