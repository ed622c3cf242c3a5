/**
 * What a sweep keeps of a run: some series, at some dates.
 */
import { InputError } from '../../errors.ts'
import { reportingDateIndices } from '../../measures/reporting-dates.ts'
import { smallLists, type Protection } from '../../measures/small-lists.ts'
import type { RunValues, SeriesCatalogue, SeriesKey } from '../../measures/types.ts'
import type { Design, Until } from './design.ts'
import { text } from './messages.ts'

/** The series and dates kept of the runs of one study. */
export interface Kept {
  readonly keys: readonly SeriesKey[]
  /** ISO dates, rising. */
  readonly dates: readonly string[]
  /** Values kept of a run, at key × dates + date. */
  select(values: RunValues): Float64Array
  /** What is kept, as text; equal for equal selections. */
  readonly signature: string
}

/** Signature of a run of which everything is kept. */
export const WHOLE_RUN = 'all'

/** Everything that a run reports. */
export function keepAll({ keys, dates }: SeriesCatalogue): Kept {
  return { keys, dates, select: (values) => values, signature: WHOLE_RUN }
}

/**
 * What a design keeps: the series of its measures and specialties over all stages, at its dates. A group of a further
 * dimension in which fewer people than `smallNumbers` wait in a run is NaN in that run, and so are gaps across it: so
 * neither the store nor any table of a sweep has ever held it.
 * @param study whose further dimensions are protected
 * @throws InputError for a date or a specialty that the study does not have
 */
export function keepSome(
  catalogue: SeriesCatalogue,
  { measures, specialties, dates: wanted }: KeptDesign,
  study: Protection,
): Kept {
  const { keys, dates } = catalogue
  const known = [...new Set(keys.map(({ specialty }) => specialty))]
  for (const code of specialties) {
    if (!known.includes(code)) throw new InputError({ path: 'specialties', message: text.noSuchSpecialty(code, known) })
  }
  const series = [...keys.keys()].filter((index) => {
    const { specialty, stage, measure } = keys[index]
    return stage === 'all' && specialties.includes(specialty) && measures.includes(measure)
  })
  const dateIndices = keptDates(dates, wanted)
  const keptKeys = series.map((index) => keys[index])
  const small = smallLists(catalogue, study)
  const isProtected = series.some((index) => small.protects(index))
  const keptDays = dateIndices.map((index) => dates[index])
  return {
    keys: keptKeys,
    dates: keptDays,
    select(values) {
      const kept = new Float64Array(series.length * dateIndices.length)
      let at = 0
      for (const index of series) {
        for (const date of dateIndices) {
          kept[at] = small.isSmall(index, date, values) ? Number.NaN : values[index * dates.length + date]
          at += 1
        }
      }
      return kept
    },
    signature: JSON.stringify(isProtected ? [keptKeys, keptDays, study.smallNumbers] : [keptKeys, keptDays]),
  }
}

/** Measures that runs of a study report for some of a design's specialties, over all stages: what `measures` can name. */
export function reportedFor({ keys }: SeriesCatalogue, { specialties }: Pick<Design, 'specialties'>): string[] {
  return [...new Set(keys.flatMap(({ specialty, stage, measure }) => (stage === 'all' && specialties.includes(specialty) ? [measure] : [])))]
}

type KeptDesign = Pick<Design, 'measures' | 'specialties' | 'dates'>

function keptDates(dates: readonly string[], wanted: readonly string[]): number[] {
  if (wanted.length === 0) return reportingDateIndices(dates)
  return [...new Set(wanted.map((date) => censusOn(dates, date)))].toSorted((a, b) => a - b)
}

/** The first census on or after a date. */
function censusOn(dates: readonly string[], date: string): number {
  const index = dates.findIndex((each) => each >= date)
  if (index < 0 || date < dates[0]) {
    throw new InputError({ path: 'dates', message: text.noSuchDate(date, dates[0], dates[dates.length - 1]) })
  }
  return index
}

/**
 * Where the value that `until` watches stands among those kept.
 * @throws InputError where it is not kept
 */
export function watchedValue({ keys, dates }: Kept, until: Until): number {
  const series = keys.findIndex(
    ({ measure, group, specialty }) =>
      measure === until.measure && group === until.group && specialty === until.specialty,
  )
  const date = until.date === null ? dates.length - 1 : dates.findIndex((each) => each >= String(until.date))
  if (series < 0 || date < 0) {
    const what = `${until.measure}, group ${until.group}, specialty ${until.specialty}, ${until.date ?? 'last date'}`
    throw new InputError({ path: 'until', message: text.untilSeries(what) })
  }
  return series * dates.length + date
}
