/**
 * Variance-based sensitivity: how much of an output's variance each input accounts for, alone (first order) and
 * with all its interactions (total order).
 *
 * The design is Saltelli's: two independent matrices A and B, and for each group of inputs A with that group's columns
 * from B, so that `base × (groups + 2)` runs give every index. An input that is correlated with no other is a group.
 */
import seedrandom from 'seedrandom'
import { MOST_DIMENSIONS } from '../../scenario/draws/sobol-directions.ts'
import { sobolPoints } from '../../scenario/draws/samplers.ts'
import { separate } from './joint-inputs.ts'
import type { InputGroup } from './joint-inputs.ts'

/** An index with its bootstrap interval. */
export interface IndexEstimate {
  readonly value: number
  /** 2.5% and 97.5% quantiles over bootstrap samples of the design's rows. */
  readonly lower: number
  readonly upper: number
}

/** Of one group. Shares of the output's variance; sampling error can put them slightly outside 0 to 1. */
export interface SobolIndices {
  readonly first: IndexEstimate
  readonly total: IndexEstimate
}

/** Most inputs that Saltelli's design holds here. */
export const MOST_INPUTS = MOST_DIMENSIONS / 2

const BOOTSTRAPS = 1000

/**
 * Saltelli's design, row by row in the open unit cube: the rows of A, the rows of B, then for each group the rows of
 * A with its columns from B. Inputs of a group are independent here; `joined` correlates them.
 *
 * @param base rows of A, best a power of two
 * @param inputs 1 to {@link MOST_INPUTS}
 */
export function saltelliPoints(seed: string, base: number, inputs: number, groups: readonly InputGroup[] = separate(inputs)): Float64Array {
  const both = sobolPoints(seed, base, 2 * inputs)
  const points = new Float64Array(base * (groups.length + 2) * inputs)
  const groupOf = Array.from({ length: inputs }, (_, input) => groups.findIndex(({ members }) => members.includes(input)))
  let at = 0
  for (let block = 0; block < groups.length + 2; block += 1) {
    for (let row = 0; row < base; row += 1) {
      for (let input = 0; input < inputs; input += 1) {
        const fromB = block === 1 || block - 2 === groupOf[input]
        points[at] = both[row * 2 * inputs + input + (fromB ? inputs : 0)]
        at += 1
      }
    }
  }
  return points
}

/**
 * The indices of an output over {@link saltelliPoints}: first order after Saltelli et al. (2010), total order after
 * Jansen (1999).
 *
 * @param outputs one for each point, in the design's order; all finite
 * @param groups how many there are: inputs, where none are correlated
 * @param seed of the bootstrap
 * @returns one entry a group; NaN throughout where the output does not vary
 */
export function sobolIndices(outputs: Float64Array, base: number, groups: number, seed: string): SobolIndices[] {
  const blocks = Array.from({ length: groups + 2 }, (_, block) => outputs.subarray(block * base, (block + 1) * base))
  const [a, b, ...mixed] = blocks
  const everyRow = Uint32Array.from({ length: base }, (_, row) => row)
  const samples = bootstrapRows(base, seed)
  return mixed.map((ab) => {
    const whole = indicesOf(a, b, ab, everyRow)
    const resampled = samples.map((rows) => indicesOf(a, b, ab, rows))
    return {
      first: { value: whole.first, ...percentiles(resampled.map(({ first }) => first)) },
      total: { value: whole.total, ...percentiles(resampled.map(({ total }) => total)) },
    }
  })
}

function indicesOf(a: Float64Array, b: Float64Array, ab: Float64Array, rows: Uint32Array) {
  let mean = 0
  for (const row of rows) mean += a[row] + b[row]
  mean /= 2 * rows.length
  let [variance, first, total] = [0, 0, 0]
  for (const row of rows) {
    variance += (a[row] - mean) ** 2 + (b[row] - mean) ** 2
    // Centred, which leaves the estimate as it is and takes away most of its error.
    first += (b[row] - mean) * (ab[row] - a[row])
    total += (a[row] - ab[row]) ** 2
  }
  variance /= 2 * rows.length
  // Rounding alone is no variance.
  const isConstant = variance <= (1e-12 * mean) ** 2
  return {
    first: isConstant ? Number.NaN : first / rows.length / variance,
    total: isConstant ? Number.NaN : total / rows.length / 2 / variance,
  }
}

/** Rows drawn with replacement, the same for every group. */
export function bootstrapRows(rows: number, seed: string, samples = BOOTSTRAPS): Uint32Array[] {
  const random = seedrandom(JSON.stringify(['fairwait', 'bootstrap', seed]))
  return Array.from({ length: samples }, () => Uint32Array.from({ length: rows }, () => Math.floor(random() * rows)))
}

/** The 2.5% and 97.5% quantiles of bootstrap values; NaN where one is undefined. */
export function percentiles(values: readonly number[]): { lower: number; upper: number } {
  const defined = values.filter((value) => !Number.isNaN(value)).toSorted((x, y) => x - y)
  if (defined.length < values.length) return { lower: Number.NaN, upper: Number.NaN }
  const at = (share: number): number => defined[Math.round(share * (defined.length - 1))]
  return { lower: at(0.025), upper: at(0.975) }
}
