/**
 * What is published of waits by deprivation, for England and its regions. A quintile stands at its rank in England's
 * population, 0.1 (most deprived) to 0.9, a tenth at 0.05 to 0.95. Pure.
 *
 * A *lean* is the log odds of having waited longer than a limit, of the most against the least deprived, per unit of
 * rank. As odds it holds at any level of waiting, and a straight line over ranks turns tenths into fifths: a difference
 * between tenths is 0.9 of the lean, one between fifths 0.8.
 */
import { ln } from '../../model/elementary.ts'

/** Shares of the most and the least deprived who have waited longer than a limit, and how far apart in rank they stand. */
export interface Anchor {
  readonly mostDeprived: number
  readonly leastDeprived: number
  readonly rankDistance: number
}

/** Middle of the lowest to middle of the highest tenth, or fifth. */
const TENTHS = 0.9
const FIFTHS = 0.8

/** The area whose anchors stand in where a region has none. */
export const ALL_ENGLAND = 'England'

/**
 * Over 18 weeks, by NHS England region. England: within 18 weeks 59.2% v 60.9% (NHS England, reported 4 September 2025);
 * East of England: NHS England, 18 July 2025. Both compare tenths.
 */
export const OVER_18: Readonly<Record<string, Anchor>> = {
  [ALL_ENGLAND]: { mostDeprived: 0.408, leastDeprived: 0.391, rankDistance: TENTHS },
  'East of England': { mostDeprived: 0.469, leastDeprived: 0.43, rankDistance: TENTHS },
}

/**
 * Over 52 weeks, week ending 29 June 2025 (NHS England, reported July 2025). The report says "most" and "least
 * deprived" without the comparator; read here as fifths (an assumption: as tenths the lean is a ninth less).
 */
export const OVER_52: Readonly<Record<string, Anchor>> = {
  [ALL_ENGLAND]: { mostDeprived: 0.031, leastDeprived: 0.027, rankDistance: FIFTHS },
  'East of England': { mostDeprived: 0.049, leastDeprived: 0.04, rankDistance: FIFTHS },
  London: { mostDeprived: 0.024, leastDeprived: 0.018, rankDistance: FIFTHS },
  Midlands: { mostDeprived: 0.03, leastDeprived: 0.024, rankDistance: FIFTHS },
  'North East and Yorkshire': { mostDeprived: 0.021, leastDeprived: 0.019, rankDistance: FIFTHS },
  'North West': { mostDeprived: 0.04, leastDeprived: 0.037, rankDistance: FIFTHS },
  'South East': { mostDeprived: 0.034, leastDeprived: 0.031, rankDistance: FIFTHS },
  'South West': { mostDeprived: 0.021, leastDeprived: 0.017, rankDistance: FIFTHS },
}

/** NHS England regions with an anchor of their own. */
export const REGIONS: readonly string[] = Object.keys(OVER_52).filter((area) => area !== ALL_ENGLAND)

/** The lean of an anchor; above 0 where the most deprived wait longer. */
export function leanOf({ mostDeprived, leastDeprived, rankDistance }: Anchor): number {
  return (logit(mostDeprived) - logit(leastDeprived)) / rankDistance
}

function logit(share: number): number {
  return ln(share / (1 - share))
}

/** A lean and how far it may be from the truth. */
export interface LeanAnchor {
  readonly mean: number
  readonly sd: number
}

/** Half a unit of the last digit published, in shares: the error of a rounded percentage is even within it. */
const HALF_DIGIT = 0.0005
/**
 * Relative spread of an anchor beyond its rounding (assumption): the comparator of one is not stated (a ninth), both are
 * of mid-2025 and are held against a list of another month, and the model follows all care with one set of gradients.
 */
const STRUCTURAL = 0.15

/** An anchor as the fit reads it: its lean, with what rounding and structure leave open; sampling error is nothing beside. */
export function leanAnchor(anchor: Anchor): LeanAnchor {
  const mean = leanOf(anchor)
  const rounding = [anchor.mostDeprived, anchor.leastDeprived].reduce((sum, share) => sum + (HALF_DIGIT / Math.sqrt(3) / (share * (1 - share))) ** 2, 0)
  return { mean, sd: Math.sqrt(rounding / anchor.rankDistance ** 2 + (STRUCTURAL * mean) ** 2) }
}

/** What a region's list is held to. */
export interface AreaAnchors {
  readonly over18: LeanAnchor
  readonly over52: LeanAnchor
  /** Whether the anchor over 18 weeks is the area's own; otherwise England's stands in, as wide as regions differ. */
  readonly ownOver18: boolean
}

/**
 * Anchors of an area. A region without a share within 18 weeks has England's, with a spread as large, relative to it, as
 * regions' leans over 52 weeks spread about England's.
 *
 * @param area NHS England region, or {@link ALL_ENGLAND}; another name has England's anchors
 */
export function anchorsOf(area: string): AreaAnchors {
  const own = OVER_18[area]
  const england = leanAnchor(OVER_18[ALL_ENGLAND])
  const over52 = leanAnchor(OVER_52[area] ?? OVER_52[ALL_ENGLAND])
  if (own !== undefined) return { over18: leanAnchor(own), over52, ownOver18: true }
  return { over18: { mean: england.mean, sd: Math.hypot(england.sd, england.mean * regionalSpread()) }, over52, ownOver18: false }
}

/** Root mean square difference of regions' leans over 52 weeks from England's, relative to England's. */
function regionalSpread(): number {
  const england = leanOf(OVER_52[ALL_ENGLAND])
  const squares = REGIONS.map((region) => (leanOf(OVER_52[region]) / england - 1) ** 2)
  return Math.sqrt(squares.reduce((a, b) => a + b, 0) / squares.length)
}
