/** `prevention`: less need arises, years later. Nothing for waits in the first year. */
import { unitLever } from './unit-lever.ts'

/** Cases of need that do not arise, in every week from when prevention works. */
export const prevention = unitLever({
  id: 'prevention',
  buys: 'cases a week that need no elective care, years later',
  kind: 'revenue',
  specialtyWeight: (service, group) => service.baseline.clockStartsPerWeek[group],
  cost: 'costPerWeeklyCase',
  acts: [{ on: 'need', by: null }],
  exposure: null,
  limit: 'maxShareOfNeed',
})
