/**
 * The fit of one area: unknowns held to its anchors, what each mechanism makes of the gap, and the assumptions that follow.
 *
 *     anchors → all unknowns fitted → those that the anchors say something of, again, the others at their published
 *     values → gap and parts at these values, their spread from the first fit
 *
 * Pure.
 */
import type { Assumptions } from '../../scenario/study-assumptions.ts'
import type { AreaAnchors } from './anchors.ts'
import { fitToAnchors, type Fit } from './fit.ts'
import type { Outlook } from './outlook.ts'
import { fromScale, gradientsOf, MECHANISMS, toScale, type Gradients, type Mechanism, type Unknown } from './unknowns.ts'

/** A value and its 95% interval. */
export interface Ranged {
  readonly middle: number
  readonly lower: number
  readonly upper: number
}

/** An unknown before and after. */
export interface FittedUnknown {
  readonly id: string
  readonly mechanism: Mechanism
  readonly label: string
  readonly unit: string
  readonly source: string
  readonly prior: Ranged
  readonly fitted: Ranged
  /** Posterior ÷ prior standard deviation: near 1 the anchors cannot tell. */
  readonly spreadLeft: number
  /** Whether the value is taken on; otherwise the published or assumed one stands. */
  readonly takenOn: boolean
  /** What stands: the fitted value given that the others stand where they were, or the prior's middle. */
  readonly value: number
}

/** A number of points for both measures. */
export interface GapPoints {
  /** Share within 18 weeks, quintile 1 less quintile 5; below 0 where the most deprived wait longer. */
  readonly within18: Ranged
  /** Share over 52 weeks, quintile 1 less quintile 5. */
  readonly over52: Ranged
}

/** The gap that a mechanism makes. */
export interface GapPart extends GapPoints {
  readonly mechanism: Mechanism
}

/** A lean as published, with its spread, and as the fit has it. */
export interface HeldLean {
  readonly published: number
  readonly sd: number
  readonly fitted: number
}

/** The fit of an area. */
export interface AreaFit {
  /** NHS England region, or England. */
  readonly area: string
  readonly over18: HeldLean & { readonly own: boolean }
  readonly over52: HeldLean
  readonly unknowns: readonly FittedUnknown[]
  /** Correlation of the unknowns after the fit, on the scales of their priors. */
  readonly correlation: readonly (readonly number[])[]
  /** Assumptions with the values that are taken on. */
  readonly assumptions: Partial<Assumptions<number>>
  /** In the second half of the second year, at the values that stand. */
  readonly gap: GapPoints
  /** Gap within 18 weeks and over 52 after one and two years, points. */
  readonly yearly: readonly { readonly within18: number; readonly over52: number }[]
  /** What each mechanism makes; with `remainder` they sum to the gap. */
  readonly parts: readonly GapPart[]
  readonly remainder: { readonly within18: number; readonly over52: number }
}

/** What is fitted and how it is evaluated. */
export interface AreaProblem {
  readonly area: string
  readonly anchors: AreaAnchors
  readonly unknowns: readonly Unknown[]
  /** Gradients that are not unknown. */
  readonly base: Gradients
  readonly outlook: (gradients: Gradients) => Outlook
}

/** An unknown is taken on where the anchors cut its spread by a tenth or more; otherwise they cannot tell. */
const TOLD = 0.9
/** Half the width of a 95% interval in standard deviations. */
const Z = 1.959964
/** Significant digits of assumptions: more are noise. */
const DIGITS = 3

/** Fits an area. */
export function fitArea({ area, anchors, unknowns, base, outlook }: AreaProblem): AreaFit {
  const outlookAt = (values: readonly number[], without: readonly Mechanism[] = []): Outlook => outlook(gradientsOf(unknowns, values, base, without))
  const before = unknowns.map(({ prior }) => prior.middle)
  const fit = fitValues(unknowns, anchors, outlookAt)
  const told = unknowns.filter((_, index) => fit.spreadLeft[index] <= TOLD)
  const valuesWith = (values: readonly number[]): number[] => {
    const byId = new Map(told.map(({ id }, index) => [id, values[index]]))
    return unknowns.map(({ id }, index) => byId.get(id) ?? before[index])
  }
  const near = fit.values.filter((_, index) => told.includes(unknowns[index]))
  const ofTold = fitValues(told, anchors, (values) => outlookAt(valuesWith(values)), near)
  const standing = valuesWith(naturalValues(told, ofTold.values))
  const at = outlookAt(standing)
  const { settled } = at
  return {
    area,
    over18: { published: anchors.over18.mean, sd: anchors.over18.sd, fitted: settled.lean18, own: anchors.ownOver18 },
    over52: { published: anchors.over52.mean, sd: anchors.over52.sd, fitted: settled.lean52 },
    unknowns: unknowns.map((unknown, index) => fittedUnknown(unknown, fit, index, told.includes(unknown), standing[index])),
    correlation: fit.covariance.map((row, a) => row.map((value, b) => value / Math.sqrt(fit.covariance[a][a] * fit.covariance[b][b]))),
    assumptions: roundedAssumptions(told.map((unknown) => unknown.gradients(standing[unknowns.indexOf(unknown)]))),
    gap: pointsOf(at, fit, unknowns.map((_, index) => index), settled.within18Points, settled.over52Points),
    yearly: at.yearly.map(({ within18Points, over52Points }) => ({ within18: within18Points, over52: over52Points })),
    ...partsOf(unknowns, fit, (without) => outlookAt(standing, without)),
  }
}

function fitValues(unknowns: readonly Unknown[], { over18, over52 }: AreaAnchors, at: (values: readonly number[]) => Outlook, start?: readonly number[]): Fit {
  return fitToAnchors({
    priors: unknowns.map(({ scale, prior }) => ({ mean: toScale(scale, prior.middle), sd: prior.sd })),
    anchors: [over18, over52],
    ...(start !== undefined && { start }),
    predict: (values) => {
      const { settled } = at(naturalValues(unknowns, values))
      return [settled.lean18, settled.lean52]
    },
  })
}

const naturalValues = (unknowns: readonly Unknown[], values: readonly number[]): number[] => unknowns.map(({ scale }, index) => fromScale(scale, values[index]))

function fittedUnknown(unknown: Unknown, fit: Fit, index: number, takenOn: boolean, value: number): FittedUnknown {
  const { id, mechanism, label, unit, source, scale, prior } = unknown
  const range = (middle: number, sd: number): Ranged => ({ middle: fromScale(scale, middle), lower: fromScale(scale, middle - Z * sd), upper: fromScale(scale, middle + Z * sd) })
  return {
    id,
    mechanism,
    label,
    unit,
    source,
    prior: range(toScale(scale, prior.middle), prior.sd),
    fitted: range(fit.values[index], Math.sqrt(fit.covariance[index][index])),
    spreadLeft: fit.spreadLeft[index],
    takenOn,
    value,
  }
}

/**
 * Points with the spread that some unknowns give them. A lean and its points are taken to change in proportion; what an
 * unknown does through another mechanism is small and left out.
 */
function pointsOf({ settled }: Outlook, fit: Fit, unknowns: readonly number[], within18: number, over52: number): GapPoints {
  const sd = (anchor: 0 | 1): number => {
    const row = fit.jacobian[anchor]
    return Math.sqrt(unknowns.reduce((sum, a) => unknowns.reduce((inner, b) => inner + row[a] * fit.covariance[a][b] * row[b], sum), 0))
  }
  const ranged = (middle: number, spread: number): Ranged => ({ middle, lower: middle - Z * spread, upper: middle + Z * spread })
  return {
    within18: ranged(within18, Math.abs(sd(0) * (settled.within18Points / settled.lean18))),
    over52: ranged(over52, Math.abs(sd(1) * (settled.over52Points / settled.lean52))),
  }
}

/** What each mechanism makes: the mean of what goes with it when all others stay, and of what it makes alone. */
function partsOf(unknowns: readonly Unknown[], fit: Fit, without: (mechanisms: readonly Mechanism[]) => Outlook): Pick<AreaFit, 'parts' | 'remainder'> {
  const mechanisms = MECHANISMS.filter((each) => each !== 'cancellation' || unknowns.some(({ mechanism }) => mechanism === each))
  const all = without([])
  const none = without(mechanisms)
  const parts = mechanisms.map((mechanism): GapPart => {
    const removed = without([mechanism])
    const alone = without(mechanisms.filter((other) => other !== mechanism))
    const part = (read: (outlookOf: Outlook) => number): number => (read(all) - read(removed) + read(alone) - read(none)) / 2
    const own = unknowns.flatMap((unknown, index) => (unknown.mechanism === mechanism ? [index] : []))
    return { mechanism, ...pointsOf(all, fit, own, part(within18Of), part(over52Of)) }
  })
  const left = (read: (outlookOf: Outlook) => number, part: (each: GapPart) => number): number => read(all) - parts.reduce((sum, each) => sum + part(each), 0)
  return { parts, remainder: { within18: left(within18Of, ({ within18 }) => within18.middle), over52: left(over52Of, ({ over52 }) => over52.middle) } }
}

const within18Of = ({ settled }: Outlook): number => settled.within18Points
const over52Of = ({ settled }: Outlook): number => settled.over52Points

function roundedAssumptions(parts: readonly Partial<Gradients>[]): Partial<Assumptions<number>> {
  const round = (value: number): number => Number(value.toPrecision(DIGITS))
  const merged = Object.assign({}, ...parts.map(({ assumptions }) => assumptions)) as Record<string, number | readonly number[]>
  return Object.fromEntries(Object.entries(merged).map(([key, value]) => [key, typeof value === 'number' ? round(value) : value.map(round)]))
}
