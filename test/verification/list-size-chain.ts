/** The exact distribution of a list after a year. */
import { binomial, poisson } from './statistics.ts'

/** Weeks from an empty list on. */
export const WEEKS = 52
/** Slots a week. */
export const SLOTS = 10
/** Longer lists are lumped together; the chains here have no weight there to speak of. */
export const MOST = 220

/** A list that Poisson people join, that some leave, and from which a fixed number are seen each week. */
export interface Chain {
  readonly startsPerWeek: number
  /** Chance of not leaving by another cause in a week. */
  readonly stay?: number
  /** Chance of missing an appointment. */
  readonly dnaRate?: number
}

/**
 * Exact probabilities of the list's size after so many weeks: Lindley's recursion, carried out on the whole
 * probability vector. In a week Poisson people join, each of all who wait stays with a fixed chance, and up to
 * {@link SLOTS} of the rest are seen, each attending with a fixed chance.
 */
export function exactListSize({ startsPerWeek, stay = 1, dnaRate = 0 }: Chain): number[] {
  const starts = poisson(startsPerWeek, MOST)
  const stays = Array.from({ length: MOST + 1 }, (_, people) => binomial(people, stay))
  const attends = Array.from({ length: SLOTS + 1 }, (_, people) => binomial(people, 1 - dnaRate))
  let list = Array.from({ length: MOST + 1 }, (_, people): number => (people === 0 ? 1 : 0))
  for (let week = 0; week < WEEKS; week++) {
    const waiting = spread(list, (people, add) => starts.slice(0, MOST + 1 - people).forEach((chance, more) => add(people + more, chance)))
    const staying = spread(waiting, (people, add) => stays[people].forEach((chance, left) => add(left, chance)))
    list = spread(staying, (people, add) => attends[Math.min(people, SLOTS)].forEach((chance, seen) => add(people - seen, chance)))
  }
  return list
}

type Add = (people: number, chance: number) => void

/** One transition of the probability vector. */
function spread(from: readonly number[], transition: (people: number, add: Add) => void): number[] {
  const to = from.map(() => 0)
  from.forEach((weight, people) => {
    if (weight < 1e-15) return
    transition(people, (next, chance) => {
      to[next] += weight * chance
    })
  })
  return to
}
