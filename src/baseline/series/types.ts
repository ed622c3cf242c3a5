/**
 * Months of published counts in a row, and what was known of them at a past month-end. Pure.
 */
import { InputError } from '../../errors.ts'

/** One treatment function in one month; arrays by published week band, {@link BANDS} entries. */
export interface MonthCounts {
  /** `YYYY-MM` */
  readonly month: string
  /** Clocks that started in the month (Part 3). */
  readonly clockStarts: number
  /** Clock stops without admission in the month (Part 1B), and with (Part 1A), by weeks waited. */
  readonly nonAdmitted: Float64Array
  readonly admitted: Float64Array
  /** Waiting at the month's end without a decision to admit (Part 2 − 2A), and with one (Part 2A). */
  readonly waitingFirst: Float64Array
  readonly waitingAdmission: Float64Array
}

/** One treatment function over consecutive months. */
export interface SpecialtySeries {
  /** `C_110`; {@link ALL_SPECIALTIES} for all of them together. */
  readonly code: string
  readonly months: readonly MonthCounts[]
}

/** One area over consecutive months. */
export interface AreaSeries {
  /** As the table names it: `ENGLAND`, `QYG`. */
  readonly area: string
  readonly specialties: readonly SpecialtySeries[]
}

/** Code of all treatment functions together. */
export const ALL_SPECIALTIES = 'C_999'

/**
 * What was known of one treatment function at a month's end. It is made of copies of the months up to then and holds no
 * other, so that nothing fitted to it can read what it is scored on; fits take this type and no {@link SpecialtySeries}.
 */
export class KnownSeries {
  readonly code: string
  /** The last month known. */
  readonly origin: string
  readonly #months: readonly MonthCounts[]

  /** @throws InputError where the series has no such month */
  constructor(series: SpecialtySeries, origin: string) {
    if (!series.months.some(({ month }) => month === origin)) {
      throw new InputError({ message: `${series.code} has no month ${origin}; it has ${series.months[0].month} to ${series.months[series.months.length - 1].month}` })
    }
    this.code = series.code
    this.origin = origin
    this.#months = series.months.filter(({ month }) => month <= origin)
  }

  /** Months known, the earliest first. */
  get months(): readonly MonthCounts[] {
    return this.#months
  }

  /** The last month known. */
  get last(): MonthCounts {
    return this.#months[this.#months.length - 1]
  }
}

/** Sum of counts. */
export function totalOf(values: ArrayLike<number>): number {
  let total = 0
  for (let index = 0; index < values.length; index++) total += values[index]
  return total
}

/** Everybody waiting, by band. */
export function listOf({ waitingFirst, waitingAdmission }: MonthCounts): Float64Array {
  return waitingFirst.map((people, band) => people + waitingAdmission[band])
}

/** Pathways that left the list in a month without a clock stop: list before + starts − stops − list after. */
export function unreportedRemovals(before: MonthCounts, month: MonthCounts): number {
  return totalOf(listOf(before)) + month.clockStarts - totalOf(month.nonAdmitted) - totalOf(month.admitted) - totalOf(listOf(month))
}
