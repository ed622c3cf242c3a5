/** Which figures the screen shows, and how each is written. */
import { NEED_GAP, VISIBLE_GAP } from '../../measures/headline-measures.ts'
import { COUNT, POINTS, POUNDS, RATE_GAP, SHARE, type Scale } from '../../report/numbers.ts'
import { text } from '../messages.ts'

/** Most scenarios that are compared side by side, the reference among them. */
export const MOST_COMPARED = 4

/** A headline figure. */
export interface ShownFigure {
  readonly id: 'list' | 'within-18-weeks' | 'over-52-weeks' | 'visible-gap' | 'need-gap' | 'pounds'
  readonly measure: string
  readonly group: 'all' | 'gap'
  readonly scale: Scale
  readonly label: string
  /** Unit said beside the number; empty where the number says it. */
  readonly unit: string
  /** Which way is good for patients; a gap is good nearer to equality, whichever way that is; null for money. */
  readonly better: 'lower' | 'higher' | null
  /** Word of the glossary. */
  readonly word: keyof typeof text.glossary
}

/** The headline figures in their order. */
export const SHOWN_FIGURES: readonly ShownFigure[] = [
  { id: 'list', measure: 'waiting', group: 'all', scale: COUNT, label: text.figures.list, unit: text.units.pathways, better: 'lower', word: 'list' },
  {
    id: 'within-18-weeks',
    measure: 'within-18-weeks',
    group: 'all',
    scale: SHARE,
    label: text.figures.within18,
    unit: text.units.ofList,
    better: 'higher',
    word: 'within18',
  },
  {
    id: 'over-52-weeks',
    measure: 'over-52-weeks',
    group: 'all',
    scale: SHARE,
    label: text.figures.over52,
    unit: text.units.ofList,
    better: 'lower',
    word: 'over52',
  },
  {
    id: 'visible-gap',
    measure: VISIBLE_GAP,
    group: 'gap',
    scale: POINTS,
    label: text.figures.visibleGap,
    unit: text.units.points,
    better: 'higher',
    word: 'visibleGap',
  },
  {
    id: 'need-gap',
    measure: NEED_GAP,
    group: 'gap',
    scale: RATE_GAP,
    label: text.figures.needGap,
    unit: text.units.per1000,
    better: 'lower',
    word: 'needGap',
  },
  {
    id: 'pounds',
    measure: 'spend-to-date',
    group: 'all',
    scale: POUNDS,
    label: text.figures.pounds,
    unit: text.units.spent,
    better: null,
    word: 'pounds',
  },
]

/** The figure of an id. */
export function figureOf(id: ShownFigure['id']): ShownFigure {
  const found = SHOWN_FIGURES.find((figure) => figure.id === id)
  if (found === undefined) throw new Error(`no figure is called ${id}`)
  return found
}
