/**
 * Dates without a clock: ISO dates (`YYYY-MM-DD`), England's bank holidays and working days. Pure; days are
 * counted in UTC, so no time zone or clock change moves them.
 */

/** Working days of an average week ÷ 5: England has 253 working days in a year of 365.25 days. */
export const AVERAGE_WEEK = (253 * 7) / (365.25 * 5)

const MS_PER_DAY = 86_400_000
const MONDAY = 1
const SATURDAY = 6
const SUNDAY = 0

/** Days from 1970-01-01 to an ISO date. Throws `RangeError` when the text is not a date of the calendar. */
function dayNumber(iso: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso)
  const day = match === null ? Number.NaN : Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / MS_PER_DAY
  if (Number.isNaN(day) || isoOf(day) !== iso) throw new RangeError(`"${iso}" is not a date; write YYYY-MM-DD`)
  return day
}

function isoOf(day: number): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10)
}

/** Day of the week of a day number: 0 Sunday … 6 Saturday; 1970-01-01 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

/** Whether a text is a date of the calendar in the form `YYYY-MM-DD`. */
export function isIsoDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null) return false
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))
  return isoOf(ms / MS_PER_DAY) === text
}

/** The date a number of days later (earlier where negative). */
export function addDays(iso: string, days: number): string {
  return isoOf(dayNumber(iso) + days)
}

/** Days from one date to another; negative where `to` is the earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from)
}

/** Day of the week: 0 Sunday … 6 Saturday. */
export function weekday(iso: string): number {
  return weekdayOf(dayNumber(iso))
}

/** Financial year (April to March) of a date, by its first calendar year: 2026-03-31 is in 2025, for 2025/26. */
export function financialYear(iso: string): number {
  const year = Number(iso.slice(0, 4))
  return daysBetween(`${iso.slice(0, 4)}-04-01`, iso) >= 0 ? year : year - 1
}

/** First day of a month given as `YYYY-MM`. */
export function firstDayOfMonth(month: string): string {
  return addDays(`${month}-01`, 0)
}

/** The month after a month, both as `YYYY-MM`. */
export function nextMonth(month: string): string {
  return addDays(`${month}-01`, 31).slice(0, 7)
}

/** Easter Sunday of a Gregorian year, by the anonymous algorithm of 1876 (Meeus, Jones, Butcher). */
function easterSunday(year: number): string {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const yearOfCentury = year % 100
  const skipped = Math.floor(century / 4)
  const moonCorrection = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * golden + century - skipped - moonCorrection + 15) % 30
  const leap = Math.floor(yearOfCentury / 4)
  const toSunday = (32 + 2 * (century % 4) + 2 * leap - epact - (yearOfCentury % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451)
  const offset = epact + toSunday - 7 * late + 114
  return isoDate(year, Math.floor(offset / 31), (offset % 31) + 1)
}

function isoDate(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function firstMondayFrom(iso: string): string {
  return addDays(iso, (MONDAY - weekday(iso) + 7) % 7)
}

/** Holidays moved by proclamation, by the day the rule gives, and the day they were kept. */
const MOVED: Readonly<Record<string, string>> = {
  '2002-05-27': '2002-06-04', // spring, Golden Jubilee
  '2012-05-28': '2012-06-04', // spring, Diamond Jubilee
  '2020-05-04': '2020-05-08', // early May, 75 years after VE Day
  '2022-05-30': '2022-06-02', // spring, Platinum Jubilee
}

/** Holidays by proclamation in addition to the yearly ones. */
const ONE_OFF: readonly string[] = [
  '2002-06-03', // Golden Jubilee
  '2011-04-29', // royal wedding
  '2012-06-05', // Diamond Jubilee
  '2022-06-03', // Platinum Jubilee
  '2022-09-19', // state funeral
  '2023-05-08', // coronation
]

/** New Year's Day or its substitute, the Monday after a weekend. */
function newYear(year: number): string {
  const day = `${year}-01-01`
  return weekday(day) === SATURDAY || weekday(day) === SUNDAY ? firstMondayFrom(day) : day
}

/** Christmas Day and Boxing Day or their substitutes, in the order of the days kept. */
function christmas(year: number): readonly string[] {
  const substitutes: Readonly<Record<number, readonly [number, number]>> = { 5: [25, 28], 6: [27, 28], 0: [26, 27] }
  const [first, second] = substitutes[weekday(`${year}-12-25`)] ?? [25, 26]
  return [isoDate(year, 12, first), isoDate(year, 12, second)]
}

/**
 * Bank holidays of England and Wales in a year, by the rules of the Banking and Financial Dealings Act 1971 and
 * the proclamations since 2000: ISO dates in order, with substitute days where a holiday falls on a weekend.
 * Holidays proclaimed after 2026-01 are not known here.
 *
 * @param year 2000 or later
 */
export function englandBankHolidays(year: number): string[] {
  const easter = easterSunday(year)
  const yearly = [
    newYear(year),
    addDays(easter, -2),
    addDays(easter, 1),
    firstMondayFrom(`${year}-05-01`),
    firstMondayFrom(`${year}-05-25`),
    firstMondayFrom(`${year}-08-25`),
    ...christmas(year),
  ].map((day) => MOVED[day] ?? day)
  return [...yearly, ...ONE_OFF.filter((day) => day.startsWith(`${year}-`))].toSorted()
}

/** Monday to Friday less England's bank holidays, from a date up to and not including another; 0 where none. */
export function workingDays(fromIso: string, toIsoExclusive: string): number {
  const from = dayNumber(fromIso)
  const to = dayNumber(toIsoExclusive)
  let count = 0
  for (let day = from; day < to; day++) {
    const inWeek = weekdayOf(day)
    if (inWeek !== SATURDAY && inWeek !== SUNDAY) count++
  }
  return to <= from ? 0 : count - holidaysBetween(fromIso, toIsoExclusive)
}

/** Bank holidays from a date up to and not including another; each falls on a weekday. */
function holidaysBetween(from: string, toExclusive: string): number {
  let count = 0
  for (let year = Number(from.slice(0, 4)); year <= Number(toExclusive.slice(0, 4)); year++) {
    for (const day of englandBankHolidays(year)) if (day >= from && day < toExclusive) count++
  }
  return count
}
