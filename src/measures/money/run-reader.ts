/** What single runs say of money and activity: totals between two reporting dates, by group and specialty. */
import { seriesIndex } from '../distribution/run-health.ts'
import type { RunTable, SeriesCatalogue, SeriesKey } from '../types.ts'
import type { Activity, MoneyCell } from './types.ts'

/** Activities that follow from one run by itself; recovered slots need the reference. */
export type OwnActivity = Exclude<Activity, 'slots-recovered'>

/** Activities that are stocks at a period's end. */
type Stock = 'brought-within-18-weeks' | 'removed-beyond-18-weeks'

/** Series whose growth between two dates is the activity. */
const GROWING: Readonly<Record<Exclude<OwnActivity, Stock>, { readonly series: readonly string[]; readonly sign: 1 | -1 }>> = {
  'clock-stops': { series: ['clock-stops-admitted-to-date', 'clock-stops-non-admitted-to-date'], sign: 1 },
  admissions: { series: ['clock-stops-admitted-to-date'], sign: 1 },
  'first-appointments': { series: ['first-appointments-to-date'], sign: 1 },
  removed: { series: ['removed-to-date'], sign: 1 },
  'removed-by-validation': { series: ['removed-by-validation-to-date'], sign: 1 },
  qalys: { series: ['qalys-lost-to-date', 'qalys-lost-off-list-to-date'], sign: -1 },
}

type Run = RunTable['runs'][number]

/** Reads runs of one cell; `from` and `to` are positions among the reporting dates. */
export interface CellReader {
  readonly cell: MoneyCell
  /** Pounds spent. */
  spend(run: Run, from: number, to: number): number
  /** In the sense that more is better, but for removals; only differences between scenarios mean something. */
  activity(activity: OwnActivity, run: Run, from: number, to: number): number
  /** Whether the study has a programme of validation, so that those whom it removes are known. */
  readonly isValidated: boolean
  /** Slots lost, and slots given (used for an outcome or lost); null where the study counts none. */
  readonly slots: ((run: Run, from: number, to: number) => { readonly lost: number; readonly given: number }) | null
}

/**
 * Makes readers of a study's cells.
 * @param dates reporting dates of each run
 */
export function cellReaders(catalogue: SeriesCatalogue, dates: number): (cell: MoneyCell) => CellReader {
  const find = seriesIndex(catalogue)
  return (cell) => cellReader(find, dates, cell)
}

function cellReader(find: (key: SeriesKey) => number, dates: number, cell: MoneyCell): CellReader {
  const dimension = cell.group === 'all' ? 'all' : 'deprivation'
  const series = (measure: string): number => find({ specialty: cell.specialty, stage: 'all', dimension, group: cell.group, measure })
  const at = (run: Run, each: number, date: number): number => run.values[each * dates + date]
  const growth = (run: Run, all: readonly number[], from: number, to: number): number =>
    all.reduce((sum, each) => sum + at(run, each, to) - at(run, each, from), 0)
  const [spend, waiting, within, removedLong] = ['spend-to-date', 'waiting', 'within-18-weeks', 'removed-beyond-18-weeks'].map((measure) => series(measure))
  const removedBeyond = (run: Run, date: number): number => (removedLong < 0 ? 0 : at(run, removedLong, date))
  const growing = new Map(Object.entries(GROWING).map(([activity, { series: names, sign }]) => [activity, { all: names.map(series), sign }]))
  const [lost, first, admitted] = ['slots-lost-to-date', 'first-appointments-to-date', 'clock-stops-admitted-to-date'].map(series)
  return {
    cell,
    spend: (run, from, to) => growth(run, [spend], from, to),
    isValidated: removedLong >= 0,
    activity(activity, run, from, to) {
      if (activity === 'removed-beyond-18-weeks') return removedBeyond(run, to)
      if (activity === 'brought-within-18-weeks') return -waitingLonger(at(run, waiting, to), at(run, within, to)) - removedBeyond(run, to)
      const { all, sign } = growing.get(activity) ?? { all: [], sign: 1 }
      return sign * growth(run, all, from, to)
    },
    slots:
      lost < 0
        ? null
        : (run, from, to) => ({ lost: growth(run, [lost], from, to), given: growth(run, [first, admitted, lost], from, to) }),
  }
}

/**
 * People who have waited 18 weeks or more; the share is undefined where nobody waits. Rounded to a millionth, so that
 * equal counts stay equal although a share is a fraction.
 */
function waitingLonger(waiting: number, within: number): number {
  return waiting === 0 ? 0 : Math.round(waiting * (1 - within) * 1e6) / 1e6
}
