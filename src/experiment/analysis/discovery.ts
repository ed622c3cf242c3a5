/**
 * Scenario discovery: the region of the uncertain parameters in which something of interest happens, such as a
 * target being missed, by the patient rule induction method (Friedman and Fisher, 1999; Bryant and Lempert, 2010).
 */
import { logGamma } from '../../scenario/draws/special-functions.ts'

/** One side of a box, in probabilities of the parameter: 0 and 1 are no limit. */
export interface BoxSide {
  readonly input: number
  readonly from: number
  readonly to: number
  /** Chance that a limit this sharp would be seen by luck, were the parameter of no matter. */
  readonly quasiP: number
}

/** A box and how well it tells cases from others. */
export interface Box {
  /** Limited parameters only, the clearest first. */
  readonly sides: readonly BoxSide[]
  /** Share of all cases that lie in the box. */
  readonly coverage: number
  /** Share of the box's draws that are cases. */
  readonly density: number
  /** Share of all draws that lie in the box. */
  readonly support: number
}

/** Share of a box's draws taken off at a time: patient. */
const PEEL = 0.05
/** No box with fewer draws than this share of all, or than this many. */
const LEAST_SUPPORT = 0.05
const FEWEST_DRAWS = 20
/** A limit that luck would give more often than this is dropped. */
const CLEAR = 0.05

/** Limits by input. */
type Limits = readonly (readonly [number, number])[]

/**
 * Finds the box with the best balance (harmonic mean) of coverage and density along the peeling path, then drops
 * limits that could be luck.
 *
 * @param points row by row, in the unit cube
 * @param cases whether each draw is a case
 * @returns a box without sides where nothing, everything, or too little to tell is a case
 */
export function discoverBox(points: Float64Array, inputs: number, cases: readonly boolean[]): Box {
  const whole: Limits = Array.from({ length: inputs }, () => [0, 1] as const)
  const table = { points, inputs, cases }
  let limits: Limits | null = whole
  let best = whole
  let bestBalance = 0
  while (limits !== null) {
    const balance = balanceOf(table, limits)
    if (balance > bestBalance + 1e-12) [best, bestBalance] = [limits, balance]
    limits = peeled(table, limits)
  }
  return withoutLuck(table, best)
}

interface Table {
  readonly points: Float64Array
  readonly inputs: number
  readonly cases: readonly boolean[]
}

function rowsIn({ points, inputs, cases }: Table, limits: Limits): number[] {
  return [...cases.keys()].filter((row) =>
    limits.every(([from, to], input) => {
      const value = points[row * inputs + input]
      return value >= from && value <= to
    }),
  )
}

function shares(table: Table, limits: Limits): { coverage: number; density: number; support: number } {
  const rows = rowsIn(table, limits)
  const all = table.cases.filter(Boolean).length
  const inside = rows.filter((row) => table.cases[row]).length
  return {
    coverage: all === 0 ? 0 : inside / all,
    density: rows.length === 0 ? 0 : inside / rows.length,
    support: rows.length / table.cases.length,
  }
}

function balanceOf(table: Table, limits: Limits): number {
  const { coverage, density } = shares(table, limits)
  return coverage + density === 0 ? 0 : (2 * coverage * density) / (coverage + density)
}

/** The box less the slice whose loss raises the density most; null at the least support, or where all are cases. */
function peeled(table: Table, limits: Limits): Limits | null {
  const rows = rowsIn(table, limits)
  const inside = rows.filter((row) => table.cases[row]).length
  const least = Math.max(FEWEST_DRAWS, LEAST_SUPPORT * table.cases.length)
  if (rows.length * (1 - PEEL) < least || inside === rows.length) return null
  let best: Limits | null = null
  let bestDensity = -1
  for (let input = 0; input < table.inputs; input += 1) {
    const values = rows.map((row) => table.points[row * table.inputs + input]).toSorted((a, b) => a - b)
    const slice = Math.max(1, Math.round(PEEL * rows.length))
    const [from, to] = limits[input]
    for (const side of [[values[slice], to], [from, values[values.length - 1 - slice]]] as const) {
      const candidate = limits.with(input, side)
      const { density } = shares(table, candidate)
      if (density > bestDensity) [best, bestDensity] = [candidate, density]
    }
  }
  return best
}

/** Drops the least clear limit again and again until all are clear. */
function withoutLuck(table: Table, limits: Limits): Box {
  const sides = limits
    .flatMap(([from, to], input) => (from > 0 || to < 1 ? [{ input, from, to, quasiP: quasiP(table, limits, input) }] : []))
    .toSorted((a, b) => a.quasiP - b.quasiP)
  const worst = sides.at(-1)
  if (worst === undefined || worst.quasiP <= CLEAR) return { sides, ...shares(table, limits) }
  return withoutLuck(table, limits.with(worst.input, [0, 1]))
}

/** Binomial chance of as many cases in the box, were its density that of the box without this limit. */
function quasiP(table: Table, limits: Limits, input: number): number {
  const rows = rowsIn(table, limits)
  const inside = rows.filter((row) => table.cases[row]).length
  const { density } = shares(table, limits.with(input, [0, 1]))
  if (density <= 0 || density >= 1) return 1
  let sum = 0
  for (let k = inside; k <= rows.length; k += 1) {
    const combinations = logGamma(rows.length + 1) - logGamma(k + 1) - logGamma(rows.length - k + 1)
    sum += Math.exp(combinations + k * Math.log(density) + (rows.length - k) * Math.log1p(-density))
  }
  return Math.min(1, sum)
}
