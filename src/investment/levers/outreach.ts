/** `outreach`: finds people with unmet need. They join the list, which grows before anybody gains. */
import { parameterAt } from './timing.ts'
import { unitLever } from './unit-lever.ts'

/** People with unmet need found and referred. */
export const outreach = unitLever({
  id: 'outreach',
  buys: 'people with unmet need found and referred',
  kind: 'revenue',
  specialtyWeight: (service, group) => service.unmetNeed[group],
  cost: 'costPerPersonFound',
  acts: [{ on: 'unmet-need', by: null }],
  exposure: null,
  limit: 'maxShareOfUnmetPerWeek',
  mostUnits: (service, { programme, step }, group) =>
    service.unmetNeed[group] * parameterAt(programme, 'maxShareOfUnmetPerWeek', step) > 0 ? Number.POSITIVE_INFINITY : 0,
})
