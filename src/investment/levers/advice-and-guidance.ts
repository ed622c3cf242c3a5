/** `advice-and-guidance`: specialists answer general practices, so that some referrals never start a clock. */
import { unitLever } from './unit-lever.ts'

/** Requests answered, of which a share would have been referrals. */
export const adviceAndGuidance = unitLever({
  id: 'advice-and-guidance',
  buys: 'requests for advice answered, a share of which need no referral',
  kind: 'revenue',
  specialtyWeight: (service, group) => service.baseline.clockStartsPerWeek[group],
  cost: 'costPerRequest',
  acts: [{ on: 'clock-starts', by: 'divertedShare' }],
  exposure: null,
  limit: 'maxShareOfReferrals',
})
