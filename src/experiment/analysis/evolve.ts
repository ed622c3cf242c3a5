/**
 * Search for the best trade-offs between several objectives: NSGA-II (Deb et al., 2002) with three changes.
 *
 * - A difference counts only where it is clear against the noise of the replications (`dominates`); means decide only
 *   who goes where too many cannot be told apart.
 * - The last front that fits is thinned one solution at a time, each time the one nearest to its neighbours (the
 *   truncation of SPEA2), which spreads three and more objectives far better than crowding distance.
 * - Randomness is keyed by seed and generation, so that a stopped search needs no state of a generator to go on.
 *
 * The search evaluates nothing: it says which points to try next, and takes what they came to.
 *
 *     firstPoints → evaluate → begin → [nextPoints → evaluate → select] …
 */
import seedrandom from 'seedrandom'
import { dominatesInMean, extentOf, meansOf, sortedFronts } from './pareto.ts'
import type { Solution } from './pareto.ts'
import { latinHypercube } from '../../scenario/draws/samplers.ts'

/** How to search. */
export interface SearchSettings {
  /** Any text. */
  readonly seed: string
  /** Solutions kept, an even number of 4 or more. */
  readonly population: number
  /** Decision variables, each in 0 to 1. */
  readonly variables: number
}

/** A search between two generations. Plain JSON. */
export interface SearchState {
  readonly settings: SearchSettings
  /** Generations selected so far. */
  readonly generation: number
  /** Best first front first. */
  readonly population: readonly Solution[]
}

/** Chance that a pair of parents is mixed at all, and how near children stay to parents (Deb's η): usual values. */
const CROSSOVER_CHANCE = 0.9
const CROSSOVER_ETA = 15
const MUTATION_ETA = 20

/** Points to start from: a Latin hypercube. */
export function firstPoints({ seed, population, variables }: SearchSettings): number[][] {
  const points = latinHypercube(JSON.stringify(['optimise', seed]), population, variables)
  return Array.from({ length: population }, (_, row) => [...points.subarray(row * variables, (row + 1) * variables)])
}

/** The state after the first points were evaluated; more points than the population are thinned to it. */
export function begin(settings: SearchSettings, evaluated: readonly Solution[]): SearchState {
  return { settings, generation: 0, population: survivors(evaluated, settings.population) }
}

/** Children of the population: binary tournaments, simulated binary crossover, polynomial mutation. */
export function nextPoints({ settings, generation, population }: SearchState): number[][] {
  const random = seedrandom(JSON.stringify(['fairwait', 'optimise', settings.seed, generation]))
  const rank = rankOf(population)
  const parent = (): readonly number[] => {
    const [a, b] = [0, 0].map(() => Math.floor(random() * population.length))
    return population[rank[a] <= rank[b] ? a : b].variables
  }
  const children: number[][] = []
  while (children.length < settings.population) {
    for (const child of crossed(parent(), parent(), random)) children.push(mutated(child, random))
  }
  return children.slice(0, settings.population)
}

/** The next generation: the best of parents and children. */
export function select({ settings, generation, population }: SearchState, children: readonly Solution[]): SearchState {
  return {
    settings,
    generation: generation + 1,
    population: survivors([...population, ...children], settings.population),
  }
}

function rankOf(population: readonly Solution[]): number[] {
  const rank = population.map(() => 0)
  for (const [level, front] of sortedFronts(population).entries()) for (const index of front) rank[index] = level
  return rank
}

/** Whole fronts while they fit. Of the first that does not, those that are best in the mean; of these, an even spread. */
function survivors(solutions: readonly Solution[], size: number): Solution[] {
  return firstFronts(solutions, sortedFronts(solutions), size, (front, left) =>
    firstFronts(front, sortedFronts(front, dominatesInMean), left, thinned),
  )
}

function firstFronts(
  solutions: readonly Solution[],
  fronts: readonly (readonly number[])[],
  size: number,
  reduce: (front: readonly Solution[], size: number) => Solution[],
): Solution[] {
  const kept: Solution[] = []
  for (const front of fronts) {
    const members = front.map((index) => solutions[index])
    if (kept.length + members.length > size) return [...kept, ...reduce(members, size - kept.length)]
    kept.push(...members)
  }
  return kept
}

/** Takes solutions out until `size` are left: each time one of the nearest pair, the one whose other neighbours are nearer. */
function thinned(solutions: readonly Solution[], size: number): Solution[] {
  const means = solutions.map(meansOf)
  const { least, range } = extentOf(means)
  const scaled = means.map((each) => each.map((value, k) => (value - least[k]) / range[k]))
  const distances = scaled.map((a) => scaled.map((b) => a.reduce((sum, value, k) => sum + (value - b[k]) ** 2, 0)))
  const nearness = distances.map((row, index) =>
    row.map((distance, other) => ({ distance, other })).filter(({ other }) => other !== index).toSorted((a, b) => a.distance - b.distance),
  )
  const left = new Set(solutions.keys())
  while (left.size > size) {
    const [first, ...rest] = left
    let worst = first
    for (const index of rest) if (isNearer(nearness[index], nearness[worst], left)) worst = index
    left.delete(worst)
  }
  return [...left].map((index) => solutions[index])
}

type Neighbours = readonly { readonly distance: number; readonly other: number }[]

/** Whether the distances to neighbours still there, from the nearest on, are smaller. */
function isNearer(a: Neighbours, b: Neighbours, left: ReadonlySet<number>): boolean {
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    if (!left.has(a[i].other)) i += 1
    else if (!left.has(b[j].other)) j += 1
    else if (a[i].distance !== b[j].distance) return a[i].distance < b[j].distance
    else [i, j] = [i + 1, j + 1]
  }
  return false
}

/** Simulated binary crossover within 0 to 1 (Deb and Agrawal, 1995). */
function crossed(a: readonly number[], b: readonly number[], random: () => number): [number[], number[]] {
  const children: [number[], number[]] = [[...a], [...b]]
  if (random() > CROSSOVER_CHANCE) return children
  for (let k = 0; k < a.length; k += 1) {
    if (random() > 0.5 || Math.abs(a[k] - b[k]) < 1e-14) continue
    const [low, high] = a[k] < b[k] ? [a[k], b[k]] : [b[k], a[k]]
    const u = random()
    const down = 0.5 * (low + high - spread(u, 1 + (2 * low) / (high - low)) * (high - low))
    const up = 0.5 * (low + high + spread(u, 1 + (2 * (1 - high)) / (high - low)) * (high - low))
    const swap = random() < 0.5
    children[0][k] = unit(swap ? up : down)
    children[1][k] = unit(swap ? down : up)
  }
  return children
}

/** How far children lie apart, relative to their parents, so that none leaves the unit interval. */
function spread(u: number, room: number): number {
  const alpha = 2 - room ** -(CROSSOVER_ETA + 1)
  const power = 1 / (CROSSOVER_ETA + 1)
  return u <= 1 / alpha ? (u * alpha) ** power : (1 / (2 - u * alpha)) ** power
}

/** Polynomial mutation within 0 to 1, of one variable in the mean. */
function mutated(variables: number[], random: () => number): number[] {
  const chance = 1 / variables.length
  return variables.map((value) => {
    if (random() >= chance) return value
    const u = random()
    const power = 1 / (MUTATION_ETA + 1)
    const step =
      u < 0.5
        ? (2 * u + (1 - 2 * u) * (1 - value) ** (MUTATION_ETA + 1)) ** power - 1
        : 1 - (2 * (1 - u) + 2 * (u - 0.5) * value ** (MUTATION_ETA + 1)) ** power
    return unit(value + step)
  })
}

const unit = (value: number): number => Math.min(1, Math.max(0, value))
