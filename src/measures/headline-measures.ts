/** The measures that are shown first, wherever results are told. Pure. */

/** The visible gap: slope index of the share within 18 weeks, most less least deprived; below 0 where the most deprived wait longer. */
export const VISIBLE_GAP = 'slope-index:within-18-weeks'
/** The need gap: slope index of unmet need per 1,000 residents, most less least deprived. It never stands apart from the visible one. */
export const NEED_GAP = 'slope-index:unmet-need-per-1000'

/** Measures of everybody, and the two gaps: a figure that somebody asked for does not stand without them. */
export const HEADLINE_MEASURES = ['waiting', 'within-18-weeks', 'over-52-weeks', VISIBLE_GAP, NEED_GAP, 'spend-to-date'] as const
export type HeadlineMeasure = (typeof HEADLINE_MEASURES)[number]
