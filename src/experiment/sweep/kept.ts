/**
 * What a sweep keeps of a run: some series, at some dates.
 */
import { InputError } from '../../errors.ts'
import { reportingDateIndices } from '../../measures/reporting-dates.ts'
import type { RunValues, SeriesCatalogue, SeriesKey } from '../../measures/types.ts'
import { crossingOf } from '../../scenario/place-dimensions.ts'
import type { Study } from '../../scenario/study.ts'
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
export function keepSome({ keys, dates }: SeriesCatalogue, { measures, specialties, dates: wanted }: KeptDesign, study: Protected): Kept {
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
  const listsOf = protectedLists(keys, series, study)
  const keptDays = dateIndices.map((index) => dates[index])
  return {
    keys: keptKeys,
    dates: keptDays,
    select(values) {
      const kept = new Float64Array(series.length * dateIndices.length)
      let at = 0
      for (const index of series) {
        const lists = listsOf.get(index) ?? []
        for (const date of dateIndices) {
          const isSmall = lists.some((list) => values[list * dates.length + date] < study.smallNumbers)
          kept[at] = isSmall ? Number.NaN : values[index * dates.length + date]
          at += 1
        }
      }
      return kept
    },
    signature: JSON.stringify(listsOf.size === 0 ? [keptKeys, keptDays] : [keptKeys, keptDays, study.smallNumbers]),
  }
}

/** Measures that runs of a study report for some of a design's specialties, over all stages: what `measures` can name. */
export function reportedFor({ keys }: SeriesCatalogue, { specialties }: Pick<Design, 'specialties'>): string[] {
  return [...new Set(keys.flatMap(({ specialty, stage, measure }) => (stage === 'all' && specialties.includes(specialty) ? [measure] : [])))]
}

type KeptDesign = Pick<Design, 'measures' | 'specialties' | 'dates'>

/** What of a study says which numbers are too small to be told. */
type Protected = Pick<Study, 'dimensions' | 'smallNumbers'>

/**
 * Whether a whole run holds a number that is too small to be told: of a group of a further dimension in which fewer
 * people than `smallNumbers` wait, at any date and in any specialty.
 */
export function smallIn({ keys, dates }: SeriesCatalogue, study: Protected): (values: RunValues) => boolean {
  const lists = listsOfGroups(keys, study)
  return (values) => lists.some((list) => values.subarray(list * dates.length, (list + 1) * dates.length).some((people) => people < study.smallNumbers))
}

/** Series of the lists of groups of further dimensions, where they are protected. */
function listsOfGroups(keys: readonly SeriesKey[], study: Protected): number[] {
  const protectedIds = protectedDimensions(study)
  return [...keys.keys()].filter((index) => {
    const { dimension, measure, stage } = keys[index]
    return protectedIds.has(dimension) && measure === 'waiting' && stage === 'all'
  })
}

function protectedDimensions({ dimensions, smallNumbers }: Protected): ReadonlySet<string> {
  return new Set(smallNumbers === 0 ? [] : dimensions.flatMap(({ id }) => [id, crossingOf(id)]))
}

/** For each kept series of a further dimension, the lists that it tells about: its group's, or all groups' for a gap. */
function protectedLists(keys: readonly SeriesKey[], kept: readonly number[], study: Protected): ReadonlyMap<number, readonly number[]> {
  const protectedIds = protectedDimensions(study)
  const lists = listsOfGroups(keys, study)
  return new Map(
    kept.filter((index) => protectedIds.has(keys[index].dimension)).map((index) => {
      const { specialty, dimension, group } = keys[index]
      const own = lists.filter((list) => keys[list].specialty === specialty && keys[list].dimension === dimension)
      return [index, group === 'gap' ? own : own.filter((list) => keys[list].group === group)]
    }),
  )
}

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
