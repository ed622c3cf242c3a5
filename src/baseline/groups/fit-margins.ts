/**
 * Iterative proportional fitting: joint counts of people by several groupings at once that meet margins which are known,
 * as near as may be to a seed that says who goes with whom (the fit keeps the seed's odds ratios; Deming and Stephan
 * 1940). A seed of ones takes the groupings as independent. Pure.
 */

/** People known by some of the groupings, summed over the others. */
export interface Margin {
  /** As messages call it, e.g. `age`. */
  readonly name: string
  /** The groupings that it is by: indices of axes, rising. */
  readonly axes: readonly number[]
  /** People by cell of those axes, the last axis varying fastest; 0 or more. */
  readonly people: readonly number[]
}

/** Why there is no fit. */
export type NoFit =
  /** Two margins speak of different numbers of people. */
  | { readonly kind: 'totals'; readonly margin: string; readonly people: number; readonly other: string; readonly otherPeople: number }
  /** A margin has people where the seed has nobody. */
  | { readonly kind: 'empty'; readonly margin: string; readonly cell: readonly number[]; readonly people: number }
  /** Margins contradict each other, or the seed's zeros keep them apart: the largest misfit after the last round. */
  | { readonly kind: 'misfit'; readonly margin: string; readonly cell: readonly number[]; readonly people: number; readonly fitted: number }

/** A fit, or why there is none. */
export type MarginFit =
  | { readonly cells: readonly number[]; readonly rounds: number; readonly largestMisfit: number }
  | { readonly noFit: NoFit }

/** A margin is met when every cell is this near, relative to everybody. */
export const MARGIN_TOLERANCE = 1e-9
/** Consistent margins over a seed without zeros need some tens of rounds; with zeros, convergence can be slow. */
const MOST_ROUNDS = 10_000

/**
 * Fits a joint table to margins.
 *
 * @param seed people by cell, the last axis varying fastest; 0 or more. A zero stays a zero
 * @param sizes groups of each axis
 * @param margins at least one; together they may cover any of the axes
 * @returns cells that meet every margin within {@link MARGIN_TOLERANCE} of everybody, or what keeps them apart
 */
export function fitToMargins(seed: readonly number[], sizes: readonly number[], margins: readonly Margin[]): MarginFit {
  const [first, ...others] = margins
  const people = sum(first.people)
  const unequal = others.find((margin) => Math.abs(sum(margin.people) - people) > MARGIN_TOLERANCE * people)
  if (unequal !== undefined) {
    return { noFit: { kind: 'totals', margin: unequal.name, people: sum(unequal.people), other: first.name, otherPeople: people } }
  }
  const cells = [...seed]
  const plans = margins.map((margin) => ({ margin, sizes: margin.axes.map((axis) => sizes[axis]), cellOf: marginCells(sizes, margin.axes) }))
  for (const plan of plans) {
    const sums = sumsOf(cells, plan)
    const cell = plan.margin.people.findIndex((wanted, index) => wanted > 0 && sums[index] === 0)
    if (cell >= 0) return { noFit: { kind: 'empty', margin: plan.margin.name, cell: indicesOf(cell, plan.sizes), people: plan.margin.people[cell] } }
  }
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    for (const plan of plans) scaleTo(cells, plan)
    const worst = worstMisfit(cells, plans)
    if (worst.misfit <= MARGIN_TOLERANCE * people) return { cells, rounds: round, largestMisfit: worst.misfit }
  }
  const { plan, cell, fitted } = worstMisfit(cells, plans)
  return { noFit: { kind: 'misfit', margin: plan.margin.name, cell: indicesOf(cell, plan.sizes), people: plan.margin.people[cell], fitted } }
}

interface MarginPlan {
  readonly margin: Margin
  /** Groups of the margin's own axes. */
  readonly sizes: readonly number[]
  /** The margin's cell that each cell of the table adds to. */
  readonly cellOf: readonly number[]
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Indices along axes of a cell, the last axis varying fastest. */
export function indicesOf(cell: number, sizes: readonly number[]): number[] {
  const indices = sizes.map(() => 0)
  let rest = cell
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    indices[axis] = rest % sizes[axis]
    rest = Math.floor(rest / sizes[axis])
  }
  return indices
}

/** The cell at indices along axes, the last axis varying fastest. */
export function cellAt(indices: readonly number[], sizes: readonly number[]): number {
  return indices.reduce((cell, index, axis) => cell * sizes[axis] + index, 0)
}

function marginCells(sizes: readonly number[], axes: readonly number[]): number[] {
  const own = axes.map((axis) => sizes[axis])
  const cells = sizes.reduce((product, size) => product * size, 1)
  return Array.from({ length: cells }, (_, cell) => {
    const indices = indicesOf(cell, sizes)
    return cellAt(axes.map((axis) => indices[axis]), own)
  })
}

function sumsOf(cells: readonly number[], { margin, cellOf }: MarginPlan): number[] {
  const sums = margin.people.map(() => 0)
  for (const [cell, people] of cells.entries()) sums[cellOf[cell]] += people
  return sums
}

function scaleTo(cells: number[], plan: MarginPlan): void {
  const sums = sumsOf(cells, plan)
  for (const [cell, people] of cells.entries()) {
    const inMargin = plan.cellOf[cell]
    cells[cell] = people === 0 ? 0 : (people * plan.margin.people[inMargin]) / sums[inMargin]
  }
}

function worstMisfit(cells: readonly number[], plans: readonly MarginPlan[]): { misfit: number; plan: MarginPlan; cell: number; fitted: number } {
  let worst = { misfit: -1, plan: plans[0], cell: 0, fitted: 0 }
  for (const plan of plans) {
    for (const [cell, fitted] of sumsOf(cells, plan).entries()) {
      const misfit = Math.abs(fitted - plan.margin.people[cell])
      if (misfit > worst.misfit) worst = { misfit, plan, cell, fitted }
    }
  }
  return worst
}
