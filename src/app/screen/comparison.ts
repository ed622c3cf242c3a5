/** Which scenarios stand side by side: the reference first, then at most three others. */
import { MOST_COMPARED } from './shown.ts'

/** Scenarios on the screen, and the one under the controls. */
export interface Comparison {
  readonly compared: readonly string[]
  readonly editing: string
}

/** The reference and the first others. */
export function firstComparison(reference: string, ids: readonly string[]): Comparison {
  const others = ids.filter((id) => id !== reference)
  return { compared: [reference, ...others.slice(0, MOST_COMPARED - 1)], editing: others[0] ?? reference }
}

/** With one more; where there is no room, the one after the reference goes. */
export function withCompared({ compared, editing }: Comparison, id: string): Comparison {
  if (compared.includes(id)) return { compared, editing }
  const room = compared.length < MOST_COMPARED ? compared : [compared[0], ...compared.slice(2)]
  return { compared: [...room, id], editing: [...room, id].includes(editing) ? editing : id }
}

/** With one less; the reference stays. */
export function withoutCompared({ compared, editing }: Comparison, id: string): Comparison {
  const rest = compared.filter((each, index) => index === 0 || each !== id)
  return { compared: rest, editing: rest.includes(editing) ? editing : (rest.at(-1) ?? editing) }
}
