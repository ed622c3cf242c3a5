/**
 * Which points a search should try next, going by a stand-in for what it has tried (`surrogate.ts`): the same search is
 * run on the stand-in, which costs next to nothing, and those points of its front are taken that promise to add the most
 * volume to what is already there.
 */
import { begin, nextPoints, select } from './evolve.ts'
import type { SearchState } from './evolve.ts'
import { dominatesInMean, extentOf, hypervolume, meansOf, sortedFronts } from './pareto.ts'
import type { Solution } from './pareto.ts'
import { fitSurrogate } from './surrogate.ts'

/** What a stand-in sees of a point: numbers of which the objectives are a smooth function. */
export type Features = (variables: readonly number[]) => readonly number[]

/** Most points that a stand-in is fitted to, best fronts first: the time for it grows with their cube. */
const MOST_FITTED = 300
/** The search on the stand-in. */
const POPULATION = 60
const GENERATIONS = 60
/** Reference point of volumes, in ranges of what was tried. */
const REFERENCE = 1.1
/** Points nearer to one that was tried than this, in every variable, would teach nothing. */
const SAME_WITHIN = 0.005

/**
 * @param tried everything evaluated so far, two or more
 * @param count most points to propose
 * @returns decision variables, the most promising first; fewer than `count` where nothing else promises a gain
 */
export function guidedPoints(state: SearchState, tried: readonly Solution[], features: Features, count: number): number[][] {
  const fitted = bestOf(tried, MOST_FITTED)
  const surrogate = fitSurrogate(
    fitted.map(({ variables }) => features(variables)),
    fitted.map((each) => [...meansOf(each), each.violation]),
  )
  const predicted = (variables: readonly number[]): Solution => {
    const outputs = surrogate.predict(features(variables))
    const violation = Math.max(0, outputs[outputs.length - 1])
    return { variables, objectives: outputs.slice(0, -1).map((value) => [value]), violation: fitted.some((each) => each.violation > 0) ? violation : 0 }
  }
  const front = searchedOn(predicted, state, fitted)
  return mostPromising(front, fitted, count)
}

/** Solutions of the best fronts in the mean. */
function bestOf(tried: readonly Solution[], most: number): Solution[] {
  if (tried.length <= most) return [...tried]
  return sortedFronts(tried, dominatesInMean)
    .flat()
    .slice(0, most)
    .map((index) => tried[index])
}

/** Front of the search on the stand-in, from the population at hand. */
function searchedOn(predicted: (variables: readonly number[]) => Solution, { settings, generation }: SearchState, fitted: readonly Solution[]): Solution[] {
  const own = { ...settings, seed: JSON.stringify(['stand-in', settings.seed, generation]), population: POPULATION }
  const start = bestOf(fitted, POPULATION)
  let state = begin(own, start.map(({ variables }) => predicted(variables)))
  for (let k = 0; k < GENERATIONS; k += 1) state = select(state, nextPoints(state).map(predicted))
  return sortedFronts(state.population, dominatesInMean)[0].map((index) => state.population[index])
}

/** One after the other, whichever adds most volume to what was tried and what was taken before it. */
function mostPromising(front: readonly Solution[], tried: readonly Solution[], count: number): number[][] {
  const known = sortedFronts(tried, dominatesInMean)[0].map((index) => meansOf(tried[index]))
  const { least, range } = extentOf([...known, ...front.map(meansOf)])
  const scaled = (means: readonly number[]): number[] => means.map((value, k) => (value - least[k]) / range[k])
  const reference = least.map(() => REFERENCE)
  const covered = known.map(scaled)
  const left = new Set(front.filter(({ variables, violation }) => violation <= 0 && !tried.some((each) => isSame(each.variables, variables))))
  const taken: number[][] = []
  while (taken.length < count && left.size > 0) {
    const before = hypervolume(covered, reference)
    let best: { readonly solution: Solution; readonly gain: number } | null = null
    for (const solution of left) {
      const gain = hypervolume([...covered, scaled(meansOf(solution))], reference) - before
      if (gain > (best?.gain ?? 0)) best = { solution, gain }
    }
    if (best === null) break
    left.delete(best.solution)
    covered.push(scaled(meansOf(best.solution)))
    taken.push([...best.solution.variables])
  }
  return taken
}

const isSame = (a: readonly number[], b: readonly number[]): boolean => a.every((value, k) => Math.abs(value - b[k]) < SAME_WITHIN)
