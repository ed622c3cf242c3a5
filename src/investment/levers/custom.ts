/**
 * `custom`: a lever that a study file makes from the same parts as all others: a price, what a unit does, diminishing
 * returns, uptake, lag and decay. The file's `custom` block becomes parameters, one for each thing that it acts on.
 */
import { CUSTOM_ACTS, type CustomAct } from '../../scenario/registry/lever-custom.ts'
import { initialList, type Exposure } from '../draft.ts'
import { addDose, type DosePlan, type Lever } from './lever.ts'
import { parameterAt } from './timing.ts'

/** What an act is a share of; null where its units are slots or people. */
const EXPOSURE: Readonly<Record<CustomAct, Exposure | null>> = {
  dna: 'appointments',
  tests: 'appointments',
  deterioration: 'waiting',
  emergency: 'waiting',
  'hospital-cancellation': 'waiting',
  'slots-first': null,
  'slots-admission': null,
  'unmet-need': null,
  removals: null,
  'clock-starts': null,
  need: null,
}

const ACTS = Object.keys(CUSTOM_ACTS) as readonly CustomAct[]

/** Acts of one name share a curve, whichever custom programme they are of. */
function planOf(on: CustomAct): DosePlan {
  const isSlots = on === 'slots-first' || on === 'slots-admission'
  return { sharing: `custom/${on}`, acts: [{ on, by: CUSTOM_ACTS[on] }], exposure: EXPOSURE[on], limit: isSlots ? 'halfSaturation' : 'maxReach' }
}

/** What the study file says. */
export const custom: Lever = {
  buys: 'what the study file says',
  kind: 'revenue',
  actsOn: ACTS,
  specialtyWeight: (service, group) => initialList(service, group),
  act(service, moment) {
    const { programme, step, pence } = moment
    const units = pence.map((money) => money / 100 / parameterAt(programme, 'unitCost', step))
    for (const on of ACTS) if (programme.parameters[CUSTOM_ACTS[on]] !== 0) addDose(service, moment, planOf(on), units)
    return pence
  },
}
