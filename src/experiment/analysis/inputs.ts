/**
 * What a sensitivity analysis varies: the distributions of a study, or numbers of it that the user names.
 */
import { InputError } from '../../errors.ts'
import { ASSUMPTION_KEYS, assumptionEntry } from '../../scenario/assumptions.ts'
import { LEVER_ENTRIES } from '../../scenario/lever-parameters.ts'
import { unknownName } from '../../scenario/messages.ts'
import type { DocumentPath } from '../../scenario/positions.ts'
import type { Distribution, Study } from '../../scenario/study.ts'
import type { Substitution } from './points.ts'
import { quantileOf } from '../../scenario/draws/quantiles.ts'
import { uncertainParameters } from '../../scenario/draws/uncertain.ts'

/** One input of an analysis. */
export interface AnalysisInput {
  /** Path in the study file, or id of the assumption. */
  readonly id: string
  /** What a value is: the parameter's own value, or a factor on all numbers of an assumption. */
  readonly kind: 'value' | 'factor'
  /** Value at a probability between 0 and 1. */
  valueAt(u: number): number
  /** The changes to the study that give the input that value. */
  changesFor(value: number): readonly Substitution[]
}

/** Factors that a named assumption is multiplied by where the user gives none: half to double. */
const DEFAULT_FACTORS = [0.5, 2] as const

/** Every distribution of the study. */
export function uncertainInputs(study: Study): AnalysisInput[] {
  return uncertainParameters(study).map(({ key, spec, paths }) => ({
    id: key,
    kind: 'value',
    valueAt: (u) => quantileOf(spec, u),
    changesFor: (value) => paths.map((path) => ({ path, value: certain(value, key) })),
  }))
}

/** A distribution without spread: unlike a plain number it is cut at the range of its parameter. */
function certain(value: number, key: string): Distribution {
  return { dist: 'uniform', min: value, max: value, key }
}

/**
 * Inputs named on the command line: `dnaRate`, `lever.capacity.costPerAdmission`, each perhaps with the factors that
 * it is multiplied by, `dnaRate=0.8:1.25`. Factors are spread evenly in their logarithm.
 *
 * @throws InputError for names that are no assumption, that the study does not use, or that are 0, a formula or a
 *   distribution in it; and for factors that are not 0 < LOW < HIGH
 */
export function namedInputs(study: Study, names: readonly string[]): AnalysisInput[] {
  return names.map((written) => {
    const { id, factors } = nameOf(written)
    const places = placesOf(study, id, written)
    const [low, high] = factorsOf(factors, written)
    const { range } = assumptionEntry(id)
    const changes = places.map(({ path, value }) => ({ path, value: plainNumber(value, written) }))
    if (changes.every(({ value }) => value === 0)) throw refused(written, NAMED.zero)
    return {
      id,
      kind: 'factor' as const,
      valueAt: (u: number) => low * (high / low) ** u,
      changesFor: (factor: number) =>
        changes.map(({ path, value }) => ({ path, value: Math.min(range[1], Math.max(range[0], value * factor)) })),
    }
  })
}

/** `assumptions.dnaRate=0.8:1.25` → its parts; `id` is the name without `assumptions.` where that leaves an assumption's id. */
export function nameOf(written: string): { readonly name: string; readonly id: string; readonly factors: string | undefined } {
  const [name, factors] = written.split('=', 2)
  const short = name.replace(/^assumptions\./, '')
  return { name, id: /[.[]/.test(short) ? name : short, factors }
}

interface PlacedNumber {
  readonly path: DocumentPath
  readonly value: unknown
}

function placesOf(study: Study, id: string, written: string): PlacedNumber[] {
  const key = ASSUMPTION_KEYS.find((each) => each === id)
  if (key !== undefined) {
    const value: unknown = study.assumptions[key]
    return Array.isArray(value)
      ? value.map((each: unknown, group) => ({ path: ['assumptions', key, group], value: each }))
      : [{ path: ['assumptions', key], value }]
  }
  const lever = LEVER_ENTRIES.find((entry) => entry.id === id)
  if (lever === undefined) {
    throw refused(written, unknownName('assumption', id, [...ASSUMPTION_KEYS, ...LEVER_ENTRIES.map((entry) => entry.id)]))
  }
  const parameter = id.slice(id.lastIndexOf('.') + 1)
  const places = study.scenarios.flatMap(({ invest }, scenario) =>
    invest.flatMap((programme, index) =>
      id === `lever.${programme.lever}.${parameter}`
        ? [{ path: ['scenarios', scenario, 'invest', index, 'parameters', parameter], value: programme.parameters[parameter] }]
        : [],
    ),
  )
  if (places.length === 0) throw refused(written, NAMED.unused)
  return places
}

function plainNumber(value: unknown, written: string): number {
  if (typeof value === 'number') return value
  throw refused(written, typeof value === 'object' && value !== null && 'dist' in value ? NAMED.distribution : NAMED.formula)
}

/** The factors of `LOW:HIGH`; the default where nothing is written. @throws InputError unless 0 < LOW < HIGH */
export function factorsOf(text: string | undefined, written: string): readonly [number, number] {
  if (text === undefined) return DEFAULT_FACTORS
  const [low, high, ...more] = text.split(':').map((each) => (each.trim() === '' ? Number.NaN : Number(each)))
  if (more.length > 0 || !(low > 0) || !(high > low) || !Number.isFinite(high)) throw refused(written, NAMED.factors)
  return [low, high]
}

/** What can be wrong with a named input. */
export const NAMED = {
  zero: 'is 0 in this study, which no factor changes; give it a distribution in the study file instead',
  unused: 'belongs to a lever that no scenario of this study uses',
  distribution: 'is a distribution in this study already; leave it out of --on, or leave --on out',
  formula: 'is a formula in this study; only numbers can be multiplied',
  notANumber: 'is no plain number in the study file; a distribution varies by itself, and only numbers can be multiplied',
  notWritten: 'is not written in the study file, so that there is nothing to multiply; write its value there first',
  calendar: 'is part of the calendar, which the points of an analysis must share; run a sweep',
  factors: 'factors are written LOW:HIGH, with 0 < LOW < HIGH, like 0.8:1.25',
} as const

/** The error that refuses an input. */
export function refused(written: string, message: string): InputError {
  return new InputError({ path: `--on ${written}`, message })
}
