/** What the registry says of a lever's parameter, and the parts that levers have in common. */
import { ASSUMED, UNIT_RANGE } from './entry.ts'
import type { AssumptionEntry } from './entry.ts'

/** A lever's parameter: all of them may change from week to week, and none has a value of its own with an inline baseline. */
export type LeverEntry = Omit<AssumptionEntry, 'timeVarying' | 'inlineValue'>

/** A parameter as its lever's file writes it, without the prefix `lever.<lever>.`. */
export type LeverParameter = Omit<LeverEntry, 'id'> & { readonly name: string }

/** Gives parameters the id of their lever. */
export function ofLever(lever: string, ...parameters: readonly LeverParameter[]): LeverEntry[] {
  return parameters.map(({ name, ...entry }) => ({ id: `lever.${lever}.${name}`, ...entry }))
}

const LAG_RANGE = [0, 1040] as const
const HALF_LIFE_RANGE = [0, 2600] as const

/** Weeks from spend to effect, and how long what was bought lasts. */
export function timing(lagWeeks: number, decayHalfLifeWeeks: number, lagNote: string, decayNote: string): LeverParameter[] {
  return [
    {
      name: 'lagWeeks',
      label: 'Weeks from the money to its effect',
      value: lagWeeks,
      unit: 'weeks',
      range: LAG_RANGE,
      source: ASSUMED,
      confidence: 'A',
      note: lagNote,
    },
    {
      name: 'decayHalfLifeWeeks',
      label: 'Weeks after which half of what was bought is left',
      value: decayHalfLifeWeeks,
      unit: 'weeks',
      range: HALF_LIFE_RANGE,
      source: ASSUMED,
      confidence: 'A',
      note: decayNote,
    },
  ]
}

/** Timing of what is used in the week in which it is paid for. */
export const AT_ONCE = timing(0, 0, 'Acts in the week in which it is paid for.', '0: nothing lasts beyond the week that pays for it.')

/** What a share of money is taken up by the most and the least deprived group; a straight line between. */
export function uptake(most: number, least: number, evidence: Pick<LeverParameter, 'source' | 'confidence' | 'note'>): LeverParameter[] {
  const end = (name: string, who: string, value: number): LeverParameter => ({
    name,
    label: `Take-up in the ${who} deprived group`,
    value,
    unit: 'share of what is bought',
    range: UNIT_RANGE,
    ...evidence,
  })
  return [end('uptakeMostDeprived', 'most', most), end('uptakeLeastDeprived', 'least', least)]
}

/** Take-up without a gradient. */
export const EVEN_UPTAKE = uptake(1, 1, { source: ASSUMED, confidence: 'A', note: 'No gradient was found; groups between lie on a straight line.' })

/** Diminishing returns of slots. */
export const HALF_SATURATION: LeverParameter = {
  name: 'doseHalfSaturation',
  label: 'Extra slots at which the next pound buys half as much',
  value: 0.5,
  unit: 'share of baseline slots',
  range: [0.01, 100],
  source: ASSUMED,
  confidence: 'A',
  note: 'Stands for the growing price of staff, sites and sessions. Larger means nearer to constant returns.',
}

/** Share of a capital lever's money that runs what it has built. */
export function runningCosts(share: number, note: string): LeverParameter {
  return {
    name: 'runningCostShare',
    label: "Share of the programme's money that runs what has been built (revenue)",
    value: share,
    unit: 'share',
    range: [0, 1],
    source: ASSUMED,
    confidence: 'A',
    note: `${note} 1 builds nothing: so a later programme of the lever charges what runs after the money that built it.`,
  }
}

/** Most of what there is that a lever can reach. */
export function maxReach(value: number, note: string): LeverParameter {
  return { name: 'maxReach', label: 'Most that can be reached', value, unit: 'share', range: UNIT_RANGE, source: ASSUMED, confidence: 'A', note }
}
