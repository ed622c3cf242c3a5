/** The curves of diminishing return that levers share. */
import { exp, ln } from '../../model/elementary.ts'

/** Diminishing return with marginal return 1 at nothing and ½ at `half`: half × ln(1 + x / half). */
export function diminishing(x: number, half: number): number {
  return half * ln(1 + x / half)
}

/** Return that saturates at `cap`, one for one at first: cap × (1 − e^(−x / cap)). */
export function saturating(x: number, cap: number): number {
  return cap > 0 ? cap * (1 - exp(-x / cap)) : 0
}

/** Units, and the cap that they could reach by themselves. */
export interface CappedUnits {
  readonly units: number
  readonly cap: number
}

/**
 * What units with caps of their own reach together, all of them at the same pace: each unit of a part brings
 * 1 − (reached so far ÷ its cap), and nothing once that cap is reached. With one cap it is {@link saturating}.
 */
export function saturatingTogether(parts: readonly CappedUnits[]): number {
  let active = parts.filter(({ units, cap }) => cap > 0 && units / cap > 0).toSorted((a, b) => a.cap - b.cap)
  let reached = 0
  let left = 1
  while (active.length > 0 && left > 0) {
    const units = active.reduce((sum, part) => sum + part.units, 0)
    const pace = active.reduce((sum, part) => sum + part.units / part.cap, 0)
    const limit = units / pace
    const lowest = active[0].cap
    const others = active.filter(({ cap }) => cap > lowest)
    const end = limit - (limit - reached) * exp(-pace * left)
    if (others.length === 0 || end <= lowest) return Math.max(reached, end)
    // Beyond the lowest cap its parts bring nothing more.
    left -= ln(Math.max(1, (limit - reached) / (limit - lowest))) / pace
    reached = lowest
    active = others
  }
  return reached
}

/** Share of `exposed` met at least once by `contacts` made at random: 1 − e^(−contacts / exposed); 0 where nobody is exposed. */
export function shareReached(contacts: number, exposed: number): number {
  return exposed > 0 ? 1 - exp(-contacts / exposed) : 0
}
