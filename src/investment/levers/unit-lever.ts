/** Levers that sell one thing at one price: a contact, a test, a person found. */
import type { MoneyKind } from '../../model/tables.ts'
import type { Act, DraftService, Exposure } from '../draft.ts'
import { addDose, poundsForUnits, type DosePlan, type Lever, type LeverMoment } from './lever.ts'
import { parameterAt } from './timing.ts'

/** What tells such levers apart. */
export interface UnitLever {
  /** Name in a study file: its programmes share one curve of reach. */
  readonly id: string
  readonly buys: string
  readonly kind: MoneyKind
  readonly specialtyWeight: Lever['specialtyWeight']
  /** Parameter with the price of a unit, £. */
  readonly cost: string
  readonly acts: readonly Act[]
  /** What units reach a share of, at most `maxReach`; null where every unit counts. */
  readonly exposure: Exposure | null
  /** Parameter that bends the shared curve of slots or people. */
  readonly limit: string
  /** Most units worth paying for of a group in a step; money beyond them is not spent. */
  readonly mostUnits?: (service: DraftService, moment: LeverMoment, group: number) => number
}

/** Makes the lever. */
export function unitLever({ id, buys, kind, specialtyWeight, cost, acts, exposure, limit, mostUnits }: UnitLever): Lever {
  const plan: DosePlan = { sharing: id, acts, exposure, limit }
  return {
    buys,
    kind,
    actsOn: acts.map(({ on }) => on),
    specialtyWeight,
    act(service, moment) {
      const { programme, step, pence } = moment
      const price = parameterAt(programme, cost, step)
      const most = pence.map((_, group) => mostUnits?.(service, moment, group) ?? Number.POSITIVE_INFINITY)
      const units = pence.map((money, group) => Math.min(poundsForUnits(programme, money, step) / price, most[group]))
      addDose(service, moment, plan, units)
      return pence.map((money, group) => (units[group] < most[group] ? money : Math.min(money, Math.round(units[group] * price * 100))))
    },
  }
}
