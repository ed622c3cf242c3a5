/** Levers that buy slots of both stages, split so that both grow alike. */
import type { Channel, DraftService } from '../draft.ts'
import { addDose, listWhereSlotsAre, type Lever, type LeverMoment } from './lever.ts'
import { parameterAt } from './timing.ts'

/** What tells such levers apart. */
export interface SlotLever {
  readonly buys: string
  readonly first: Channel
  readonly admission: Channel
}

/** Makes the lever. */
export function slotLever({ buys, first, admission }: SlotLever): Lever {
  return {
    buys,
    kind: 'revenue',
    actsOn: [first, admission],
    specialtyWeight: listWhereSlotsAre,
    act(service, moment) {
      const costs = { first: costOf(moment, 'costPerFirstAppointment'), admission: costOf(moment, 'costPerAdmission') }
      const toAdmission = shareOfMoneyOnAdmissions(service, costs, costOf(moment, 'admissionEmphasis'))
      const buy = (on: Channel, share: number, cost: number): void =>
        addDose(
          service,
          moment,
          { sharing: on, acts: [{ on, by: null }], exposure: null, limit: 'doseHalfSaturation' },
          moment.pence.map((pence) => ((pence / 100) * share) / cost),
        )
      buy(first, 1 - toAdmission, costs.first)
      buy(admission, toAdmission, costs.admission)
      return moment.pence
    },
  }
}

const costOf = ({ programme, step }: LeverMoment, name: string): number => parameterAt(programme, name, step)

/** The split of money at which both stages grow by the same share, times the emphasis on admissions. */
function shareOfMoneyOnAdmissions(service: DraftService, costs: { readonly first: number; readonly admission: number }, emphasis: number): number {
  const first = service.firstSlotsPerWeek * costs.first
  const admission = service.admissionSlotsPerWeek * costs.admission * emphasis
  return first + admission > 0 ? admission / (first + admission) : 0
}
