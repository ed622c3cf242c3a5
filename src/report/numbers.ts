/** Numbers in words and figures, as a board paper prints them. */
import type { Estimate } from './reader.ts'

/** How one kind of quantity is printed. */
export interface Scale {
  /** The quantity itself. */
  readonly value: (value: number) => string
  /** A change in it, without sign. */
  readonly change: (size: number) => string
}

const MISSING = '–'
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

function fixed(digits: number): (value: number) => string {
  const format = new Intl.NumberFormat('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return (value) => format.format(value).replace('-', '−')
}

/** Pathways or people. */
export const COUNT: Scale = { value: (value) => whole.format(value).replace('-', '−'), change: (size) => whole.format(size) }

/** A share from 0 to 1, as a percentage; its change in percentage points. */
export const SHARE: Scale = { value: (value) => `${fixed(1)(value * 100)}%`, change: (size) => `${fixed(2)(size * 100)} points` }

/** A difference between two shares, in percentage points. */
export const POINTS: Scale = {
  value: (value) => `${signed(value, (size) => fixed(2)(size * 100))} points`,
  change: (size) => `${fixed(2)(size * 100)} points`,
}

/** Per 1,000 residents. */
export const PER_1000: Scale = { value: (value) => fixed(1)(value), change: (size) => fixed(2)(size) }

/** A difference between two rates per 1,000 residents. */
export const RATE_GAP: Scale = { value: (value) => signed(value, fixed(1)), change: (size) => fixed(2)(size) }

/** Pounds, to the nearest hundred thousand where there are millions. */
export const POUNDS: Scale = { value: pounds, change: pounds }

function pounds(value: number): string {
  if (Math.abs(value) >= 1e6) return `£${fixed(1)(value / 1e6)}m`
  return Math.abs(value) >= 1e4 ? `£${whole.format(value / 1000)}k` : `£${whole.format(value)}`
}

/** The value, or a dash where it is undefined. */
export function valueText(value: number, scale: Scale): string {
  return Number.isFinite(value) ? scale.value(value) : MISSING
}

/** `+1,200` or `−1,200`; `0` where it rounds to nothing. */
export function changeText(value: number, scale: Scale): string {
  return Number.isFinite(value) ? signed(value, scale.change) : MISSING
}

/** `95% interval −1,400 to −1,000`; what stands in its place after one run. */
export function changeIntervalText({ differenceLower, differenceUpper }: Estimate, scale: Scale): string {
  if (!Number.isFinite(differenceLower)) return 'no interval from one run'
  return `95% interval ${changeText(differenceLower, scale)} to ${changeText(differenceUpper, scale)}`
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

/** `31 March 2027` for an ISO date. */
export function dateText(iso: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${iso}T00:00:00Z`))
}
