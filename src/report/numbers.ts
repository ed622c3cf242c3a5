/** Numbers in words and figures, as a board paper prints them. */
import type { Estimate } from './reader.ts'

/** How one kind of quantity is printed. */
export interface Scale {
  /** The quantity itself, with its unit. */
  readonly value: (value: number) => string
  /** The size of a change in it, without sign and unit. */
  readonly change: (size: number) => string
  /** Unit of a change, said once after the number; empty for none. */
  readonly changeUnit: string
}

const MISSING = '–'
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

function fixed(digits: number): (value: number) => string {
  const format = new Intl.NumberFormat('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return (value) => format.format(value).replace('-', '−')
}

function significant(value: number): string {
  return value.toLocaleString('en-GB', { maximumSignificantDigits: 3 }).replace('-', '−')
}

const oneDecimal = fixed(1)
const twoDecimals = fixed(2)
const hundredths = (share: number): string => twoDecimals(share * 100)

/** Pathways or people. */
export const COUNT: Scale = {
  value: (value) => whole.format(value).replace('-', '−'),
  change: (size) => whole.format(size),
  changeUnit: '',
}

/** A share from 0 to 1, as a percentage; its change in percentage points. */
export const SHARE: Scale = {
  value: (value) => `${oneDecimal(value * 100)}%`,
  change: hundredths,
  changeUnit: 'points',
}

/** A difference between two shares, in percentage points. */
export const POINTS: Scale = {
  value: (value) => `${signed(value, hundredths)} points`,
  change: hundredths,
  changeUnit: 'points',
}

/** Per 1,000 residents. */
export const PER_1000: Scale = { value: oneDecimal, change: twoDecimals, changeUnit: '' }

/** A difference between two rates per 1,000 residents. */
export const RATE_GAP: Scale = { value: (value) => signed(value, oneDecimal), change: twoDecimals, changeUnit: '' }

/** A ratio of two groups; 1 is equality. */
export const RATIO: Scale = { value: fixed(3), change: fixed(3), changeUnit: '' }

/** Any index, whatever its size: three significant digits. */
export const NUMBER: Scale = { value: significant, change: significant, changeUnit: '' }

/** Quality-adjusted life years. */
export const QALYS: Scale = { ...COUNT, changeUnit: 'QALYs' }

/** Pounds, to the nearest hundred thousand where there are millions. */
export const POUNDS: Scale = { value: pounds, change: pounds, changeUnit: '' }

function pounds(value: number): string {
  if (Math.abs(value) >= 1e6) return `£${oneDecimal(value / 1e6)}m`
  return Math.abs(value) >= 1e4 ? `£${whole.format(value / 1000)}k` : `£${whole.format(value)}`
}

/** The value, or a dash where it is undefined. */
export function valueText(value: number, scale: Scale): string {
  return Number.isFinite(value) ? scale.value(value) : MISSING
}

/** `+1,200` or `−1.20 points`; no sign where it rounds to nothing. */
export function changeText(value: number, scale: Scale): string {
  return Number.isFinite(value) ? `${signed(value, scale.change)} ${scale.changeUnit}`.trim() : MISSING
}

/** `1.20 points`: the size of a change, for a sentence that says its direction. */
export function sizeText(value: number, scale: Scale): string {
  return `${scale.change(Math.abs(value))} ${scale.changeUnit}`.trim()
}

/** `−1,400 to −1,000`, in the unit of {@link changeText}; null after one run, which has no interval. */
export function changeLimits({ differenceLower, differenceUpper }: Estimate, scale: Scale): string | null {
  if (!Number.isFinite(differenceLower)) return null
  return `${signed(differenceLower, scale.change)} to ${signed(differenceUpper, scale.change)}`
}

/** `−1.20 points (95% interval −1.40 to −1.00)`. */
export function changeWithInterval(estimate: Estimate, scale: Scale): string {
  const limits = changeLimits(estimate, scale)
  return `${changeText(estimate.difference, scale)} (${limits === null ? 'no interval from one run' : `95% interval ${limits}`})`
}

/** The value with its interval in brackets, for tables. */
export function estimateText({ mean, lower, upper }: Estimate, scale: Scale): string {
  if (!Number.isFinite(lower)) return valueText(mean, scale)
  return `${valueText(mean, scale)} (${valueText(lower, scale)} to ${valueText(upper, scale)})`
}

/** Whether runs differ from the reference beyond chance: the interval of the difference leaves out zero. */
export function isClear({ differenceLower, differenceUpper }: Estimate): boolean {
  return differenceLower > 0 || differenceUpper < 0
}

function signed(value: number, size: (size: number) => string): string {
  const text = size(Math.abs(value))
  if (!/[1-9]/.test(text)) return text
  return `${value < 0 ? '−' : '+'}${text}`
}
