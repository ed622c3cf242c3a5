/** Cheap looks at sensitivity: Morris screening, and one input at a time (a tornado). */
import seedrandom from 'seedrandom'
import { shuffled } from '../../scenario/draws/samplers.ts'
import { mediansGiven, separate } from './joint-inputs.ts'
import type { InputGroup } from './joint-inputs.ts'
import { bootstrapRows, percentiles } from './sobol-indices.ts'
import type { IndexEstimate } from './sobol-indices.ts'

/** Levels of an input in Morris' grid; even, so that steps reach all levels equally often. */
const LEVELS = 8
/** A step: half the grid and half a level, Morris' own choice. */
const STEP_LEVELS = LEVELS / 2

/** Of one group of inputs, in the output's unit per unit of probability. */
export interface MorrisEffect {
  /** Mean of absolute elementary effects: how much it matters. */
  readonly meanAbsolute: IndexEstimate
  /** Mean of elementary effects: which way it acts, where that is always the same. NaN of several inputs: they have no one way. */
  readonly mean: number
  /** Standard deviation of elementary effects: how far that depends on where, so curvature and interactions. NaN of several inputs. */
  readonly sd: number
}

/**
 * Morris' trajectories: each starts at a grid point and moves every group of inputs once, in random order, all of a
 * group's inputs together (Campolongo, Cariboni and Saltelli, 2007). Levels are at the middles of equal slices, so
 * inside the open cube. Inputs of a group are independent here; `joined` correlates them.
 *
 * @param trajectories 2 or more; runs are `trajectories × (groups + 1)`
 * @returns points row by row, trajectory after trajectory
 */
export function morrisPoints(seed: string, trajectories: number, inputs: number, groups: readonly InputGroup[] = separate(inputs)): Float64Array {
  const generator = seedrandom(JSON.stringify(['fairwait', 'morris', seed]))
  const word = (): number => generator.int32() >>> 0
  const points = new Float64Array(trajectories * (groups.length + 1) * inputs)
  let at = 0
  for (let trajectory = 0; trajectory < trajectories; trajectory += 1) {
    const levels = Array.from({ length: inputs }, () => Math.floor(generator() * LEVELS))
    at = place(points, at, levels)
    for (const group of shuffled(groups.length, word)) {
      for (const input of groups[group].members) levels[input] += levels[input] < STEP_LEVELS ? STEP_LEVELS : -STEP_LEVELS
      at = place(points, at, levels)
    }
  }
  return points
}

function place(points: Float64Array, at: number, levels: readonly number[]): number {
  for (const [input, level] of levels.entries()) points[at + input] = (level + 0.5) / LEVELS
  return at + levels.length
}

/**
 * Elementary effects over {@link morrisPoints}.
 * @param outputs one for each point
 * @param seed of the bootstrap over trajectories
 * @returns one entry a group
 */
export function morrisEffects(
  points: Float64Array,
  outputs: Float64Array,
  inputs: number,
  seed: string,
  groups: readonly InputGroup[] = separate(inputs),
): MorrisEffect[] {
  const steps = groups.length
  const trajectories = outputs.length / (steps + 1)
  const effects = groups.map(() => new Float64Array(trajectories))
  for (let trajectory = 0; trajectory < trajectories; trajectory += 1) {
    for (let step = 0; step < steps; step += 1) {
      const run = trajectory * (steps + 1) + step
      const input = movedInput(points, run, inputs)
      const move = points[(run + 1) * inputs + input] - points[run * inputs + input]
      const group = groups.findIndex(({ members }) => members.includes(input))
      effects[group][trajectory] = (outputs[run + 1] - outputs[run]) / move
    }
  }
  const samples = bootstrapRows(trajectories, seed)
  return effects.map((each, group) => effectOf(each, samples, groups[group].members.length > 1))
}

/** The first input that a step moved. */
function movedInput(points: Float64Array, run: number, inputs: number): number {
  let input = 0
  while (points[(run + 1) * inputs + input] === points[run * inputs + input]) input += 1
  return input
}

function effectOf(effects: Float64Array, samples: readonly Uint32Array[], isOfSeveral: boolean): MorrisEffect {
  const sizes = effects.map(Math.abs)
  const mean = meanOf(effects)
  const squares = effects.reduce((sum, each) => sum + (each - mean) ** 2, 0)
  const resampled = samples.map((rows) => rows.reduce((sum, row) => sum + sizes[row], 0) / rows.length)
  return {
    meanAbsolute: { value: meanOf(sizes), ...percentiles(resampled) },
    mean: isOfSeveral ? Number.NaN : mean,
    sd: isOfSeveral ? Number.NaN : Math.sqrt(squares / (effects.length - 1)),
  }
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Of one input: the output with all others at their medians, given that input where they are correlated with it. */
export interface TornadoBar {
  /** Output where the input is at its lower quantile. */
  readonly low: number
  /** Output where it is at its upper quantile. */
  readonly high: number
  /** |high − low|. */
  readonly width: number
}

/** Quantiles between which a tornado moves each input. */
const TORNADO_QUANTILES = [0.05, 0.95] as const

/**
 * All inputs at their medians, then each at its lower and upper quantile, those that are correlated with it at the
 * medians that they have there; `2 × inputs + 1` rows.
 */
export function tornadoPoints(inputs: number, groups: readonly InputGroup[] = separate(inputs)): Float64Array {
  const points = new Float64Array((2 * inputs + 1) * inputs).fill(0.5)
  for (let input = 0; input < inputs; input += 1) {
    for (const [side, quantile] of TORNADO_QUANTILES.entries()) {
      points.set(mediansGiven(input, quantile, inputs, groups), (1 + 2 * input + side) * inputs)
    }
  }
  return points
}

/** The bars over {@link tornadoPoints}, in the order of the inputs. */
export function tornadoBars(outputs: Float64Array): TornadoBar[] {
  return Array.from({ length: (outputs.length - 1) / 2 }, (_, input) => {
    const [low, high] = outputs.subarray(1 + 2 * input, 3 + 2 * input)
    return { low, high, width: Math.abs(high - low) }
  })
}
