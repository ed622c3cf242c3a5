/**
 * `workforce`: recruitment and training. Bought for the working life of the people: long until they work, and long
 * until half of them have left. Their slots share the curve of all other slots.
 */
import { slotLever } from './slot-lever.ts'

/** NHS slots in every week from the end of training on. */
export const workforce = slotLever({
  buys: 'staff who hold first appointments and admissions week by week, once trained',
  first: 'slots-first',
  admission: 'slots-admission',
})
