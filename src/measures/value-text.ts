/** Numbers of a measure as text, by its unit, and dates in words: one wording for study, command line and report. */

/** How numbers of one unit are written. */
interface UnitFormat {
  /** From the measure's unit to the one that is read, e.g. 100 from a share to per cent. */
  readonly factor: number
  /** Decimals of a measured value. */
  readonly digits: number
  /** Sign before the number. */
  readonly before: string
  /** Sign right after the number. */
  readonly after: string
  /** Unit in words, said where there is room for it. */
  readonly words: string
}

const plain = (digits: number, words: string): UnitFormat => ({ factor: 1, digits, before: '', after: '', words })

/** Units that are not written as a plain number with the unit's own name. */
const FORMATS: Readonly<Record<string, UnitFormat>> = {
  share: { factor: 100, digits: 1, before: '', after: '%', words: '' },
  'difference of shares': { factor: 100, digits: 2, before: '', after: '', words: 'points' },
  weeks: plain(1, 'weeks'),
  ratio: plain(3, ''),
  'per 1,000 residents': plain(1, 'per 1,000 residents'),
  'per 1,000 residents a year': plain(1, 'per 1,000 residents a year'),
  '£': { factor: 1, digits: 0, before: '£', after: '', words: '' },
  '£ a week': { factor: 1, digits: 0, before: '£', after: '', words: 'a week' },
}

/** Decimals of a limit, which is written as it was asked for; more are noise of binary fractions. */
const MOST_DECIMALS = 6

const formatOf = (unit: string): UnitFormat => FORMATS[unit] ?? plain(0, unit)

/** Words that follow a number of this unit; empty where its sign says it all. */
export function unitWords(unit: string): string {
  return formatOf(unit).words
}

/** A measured value without its unit's words: `61.3%`, `-0.41`, `£1,200`; a dash where undefined. */
export function measuredText(value: number, unit: string): string {
  const { digits } = formatOf(unit)
  return Number.isFinite(value) ? numberText(value, formatOf(unit), digits, digits) : '–'
}

/** A limit as it was asked for, with its unit: `92%`, `0.5 points`, `52 weeks`. */
export function limitText(value: number, unit: string): string {
  return `${numberText(value, formatOf(unit), 0, MOST_DECIMALS)} ${unitWords(unit)}`.trimEnd()
}

function numberText(value: number, format: UnitFormat, least: number, most: number): string {
  const digits = new Intl.NumberFormat('en-GB', { minimumFractionDigits: least, maximumFractionDigits: most })
  const size = digits.format(Math.abs(value * format.factor))
  const sign = value < 0 && /[1-9]/.test(size) ? '-' : ''
  return `${sign}${format.before}${size}${format.after}`
}

/** A share of runs: `0%`, `<1%`, `42%`, `>99%`, `100%`: none and all are said only where it is none and all. */
export function chanceText(share: number): string {
  if (!Number.isFinite(share)) return '–'
  if (share > 0 && share < 0.01) return '<1%'
  return share > 0.99 && share < 1 ? '>99%' : `${Math.round(share * 100)}%`
}

const inWords = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

/** `31 March 2029` for an ISO date. */
export function dateWords(iso: string): string {
  return inWords.format(new Date(`${iso}T00:00:00Z`))
}
