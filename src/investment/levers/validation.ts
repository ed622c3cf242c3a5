/**
 * `validation`: checks who still needs to wait. It changes the count and treats nobody: its removals are reported apart
 * from treatment everywhere.
 */
import { initialList, VALIDATION_FROM_WEEK } from '../draft.ts'
import { parameterAt } from './timing.ts'
import { unitLever } from './unit-lever.ts'

/** Removals of those who have waited {@link VALIDATION_FROM_WEEK} weeks or more. */
export const validation = unitLever({
  id: 'validation',
  buys: 'removals by validation of those who wait 12 weeks or more: the count, not care',
  kind: 'revenue',
  specialtyWeight: (service, group) => initialList(service, group, VALIDATION_FROM_WEEK),
  cost: 'costPerRemoval',
  acts: [{ on: 'removals', by: null }],
  exposure: null,
  limit: 'maxShareOfListPerWeek',
  mostUnits: (service, { programme, step }, group) =>
    initialList(service, group, VALIDATION_FROM_WEEK) * parameterAt(programme, 'maxShareOfListPerWeek', step) > 0 ? Number.POSITIVE_INFINITY : 0,
})
