/** Readers of options that commands share. */
import { InvalidArgumentError, Option } from 'commander'
import { DAY_RULE, EMPTY_VALUE_RULE, FRACTION_RULE, wholeNumberRule } from './messages.ts'

/** Commander's reader of a whole number in a range. */
export function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
    if (!(number >= least && number <= most)) throw new InvalidArgumentError(wholeNumberRule(least, most))
    return number
  }
}

/** Commander's reader of a day. */
export function isoDay(value: string): string {
  const parsed = new Date(`${value}T00:00:00Z`)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value)
  if (!isDay) throw new InvalidArgumentError(DAY_RULE)
  return value
}

/** Commander's reader of text that must be there. */
export function notEmpty(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError(EMPTY_VALUE_RULE)
  return value
}

/** Names the run store of every command that is not given another, so that no command repeats what another has run. */
const STORE_VARIABLE = 'FAIRWAIT_STORE'

/** The option of a run store. */
export function storeOption(description: string): Option {
  return new Option('--store <dir>', description).env(STORE_VARIABLE).argParser(notEmpty)
}

/** The run store that the environment names. */
export function storeOfEnvironment(): string | undefined {
  const store = process.env[STORE_VARIABLE]
  return store === undefined || store.trim() === '' ? undefined : store
}

/** Commander's reader of a number above 0. */
export function aboveZero(rule: string): (value: string) => number {
  return (value) => {
    const number = value.trim() === '' ? Number.NaN : Number(value)
    if (!(number > 0 && Number.isFinite(number))) throw new InvalidArgumentError(rule)
    return number
  }
}

/** Commander's reader of a fraction above 0 and at most 1. */
export function fraction(value: string): number {
  const number = /^\d*\.?\d+$/.test(value) ? Number(value) : Number.NaN
  if (!(number > 0 && number <= 1)) throw new InvalidArgumentError(FRACTION_RULE)
  return number
}
