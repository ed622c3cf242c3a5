import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { atkinsonEquivalent } from '../../src/measures/indices/aversion.ts'
import { simulateIntervals } from '../../src/measures/indices/intervals.ts'
import { standardErrorsOf, type Precision } from '../../src/measures/indices/standard-errors.ts'
import type { ValueType } from '../../src/measures/indices/types.ts'
import { indicesOf, tableOf } from '../measures/indices/tables.ts'

const folder = fileURLToPath(new URL('../../../shared/validation/', import.meta.url))
const present = existsSync(folder)
const absent = present ? '' : ' (skipped: ../shared/validation is not beside the project)'

function shared(name: string): unknown {
  return present ? JSON.parse(readFileSync(`${folder}${name}`, 'utf8')) : null
}

interface SlopeCase {
  readonly case: string
  readonly value_type: ValueType
  readonly population: readonly number[]
  readonly value: readonly number[]
  readonly count: readonly number[] | null
  readonly lower_cl: readonly number[]
  readonly upper_cl: readonly number[]
  readonly standard_error: readonly number[]
  readonly expected: Readonly<
    Record<
      'sii' | 'rii' | 'sii_lowercl_1' | 'sii_uppercl_1' | 'rii_lowercl_1' | 'rii_uppercl_1' | 'Intercept',
      number | null
    >
  > & { readonly Confidence: number | string }
}

/** The names of the cases say how the other tool was called. */
function optionsOf(item: SlopeCase) {
  const times = item.case.match(/x (-?\d+)/u)
  return {
    valueType: item.value_type,
    transform: item.case.includes('transform'),
    multiplier: times !== null ? Number(times[1]) : item.case.includes('negative multiplier') ? -1 : 1,
  }
}

/** Some cases named for another level still say 95; of several levels the first is compared. */
function levelOf(item: SlopeCase): number {
  const named = item.case.match(/(\d+)%/u) ?? String(item.expected.Confidence).match(/(\d+)/u)
  return Number(named?.[1]) / 100
}

/** Pairs of what came out and what the case gives, where it gives anything, that differ by more than allowed. */
function apart(pairs: readonly (readonly [number | undefined, number | null])[], allowed: number) {
  return pairs.filter(
    ([actual, expected]) => expected !== null && !(Math.abs((actual ?? Number.NaN) / expected - 1) < allowed),
  )
}

describe.skipIf(!present)(`against PHEindicatormethods${absent}`, () => {
  const cases = (shared('slope-index.json') as { cases: SlopeCase[] } | null)?.cases ?? []

  it('has cases of every value type to compare with', () => {
    expect(cases.length).toBeGreaterThanOrEqual(20)
    expect(new Set(cases.map((item) => item.value_type)).size).toBe(3)
  })

  it.each(cases)('$case: points to 8 digits', (item) => {
    const indices = indicesOf(tableOf(item.population, item.value, optionsOf(item)))
    const { sii, rii, Intercept } = item.expected
    const pairs = [[indices.slopeIndex, sii], [indices.relativeIndex, rii], [indices.intercept, Intercept]] as const
    expect(apart(pairs, 1e-8)).toEqual([])
  })

  const limited = cases.filter((item) => item.expected.sii_lowercl_1 !== null)
  const known = new Map<string, ReturnType<typeof simulateIntervals>>()

  /** Cases repeat each other's tables; 100,000 draws of each are enough once. */
  function intervalsOf(item: SlopeCase, precision: Precision): ReturnType<typeof simulateIntervals> {
    const level = levelOf(item)
    const table = tableOf(item.population, item.value, optionsOf(item))
    const errors = standardErrorsOf(item.value_type, item.population, item.value, precision)?.errors ?? []
    const key = JSON.stringify([table, errors, level])
    const found = known.get(key) ?? simulateIntervals(table, errors, { confidence: level, repetitions: 100_000 })
    known.set(key, found)
    return found
  }

  function limitsApart(item: SlopeCase, precision: Precision) {
    const { slopeIndex, relativeIndex } = intervalsOf(item, precision)
    const pairs = [
      [slopeIndex?.lower, item.expected.sii_lowercl_1],
      [slopeIndex?.upper, item.expected.sii_uppercl_1],
      [relativeIndex?.lower, item.expected.rii_lowercl_1],
      [relativeIndex?.upper, item.expected.rii_uppercl_1],
    ] as const
    return apart(pairs, 0.02)
  }

  const nothing = { limits: null, standardErrors: null, counts: null }

  it.each(limited)('$case: limits within 2%', (item) => {
    const limits = { lower: item.lower_cl, upper: item.upper_cl }
    expect(limitsApart(item, { ...nothing, limits })).toEqual([])
  })

  it.each(limited.slice(0, 6))('$case: limits within 2% from standard errors alone', (item) => {
    expect(limitsApart(item, { ...nothing, standardErrors: item.standard_error })).toEqual([])
  })

  it.each(limited.filter(({ count }) => count !== null).slice(0, 1))('$case: and from counts alone', (item) => {
    expect(limitsApart(item, { ...nothing, counts: item.count })).toEqual([])
  })
})

interface OrderedSample {
  readonly pop: readonly number[]
  readonly est: readonly number[]
  readonly expected: Readonly<Record<'aci' | 'rci' | 'par' | 'paf', number>>
}

describe.skipIf(!present)(`against WHO healthequal${absent}`, () => {
  const sample = (shared('who-healthequal-ordered.json') as OrderedSample | null) ?? {
    pop: [],
    est: [],
    expected: { aci: 0, rci: 0, par: 0, paf: 0 },
  }

  // Their expected values are in single precision.
  it.each([
    ['absoluteConcentrationIndex', sample.expected.aci],
    ['relativeConcentrationIndex', sample.expected.rci],
    ['populationAttributableRisk', sample.expected.par],
    ['populationAttributableFraction', sample.expected.paf],
  ] as const)('%s agrees with %d within 1 in a million', (key, expected) => {
    const indices = indicesOf(tableOf(sample.pop, sample.est))
    expect(Math.abs(indices[key] / expected - 1)).toBeLessThan(1e-6)
  })

  it('the logistic slope counts each person once: 44.90526 and 3.22392, as the note says', () => {
    // That tool rounds the people with the attribute to whole people first.
    const whole = sample.est.map((per100, group) => Math.round((per100 / 100) * sample.pop[group]) / sample.pop[group])
    const indices = indicesOf(tableOf(sample.pop, whole, { valueType: 'proportion', multiplier: 100 }))
    expect(indices.logisticSlopeIndex).toBeCloseTo(44.90526, 5)
    expect(indices.logisticRelativeIndex).toBeCloseTo(3.22392, 5)
  })
})

interface EquivalentCase {
  readonly qale: readonly number[]
  readonly relative_weight_of_one_qaly_in_group_1_versus_group_5: { readonly atkinson: Readonly<Record<string, number>> }
}

describe.skipIf(!present)(`against published equity weights${absent}`, () => {
  const data = shared('equally-distributed-equivalent.json') as EquivalentCase | null
  const weights = Object.entries(data?.relative_weight_of_one_qaly_in_group_1_versus_group_5.atkinson ?? {})

  it.each(weights)('a year in group 1 against one in group 5 at ε = %s', (epsilon, expected) => {
    const qale = data?.qale ?? []
    const share = qale.map(() => 1 / qale.length)
    const level = (values: readonly number[]): number => atkinsonEquivalent(share, values, Number(epsilon))
    const gain = (position: number): number =>
      level(qale.map((years, group) => (group === position ? years + 1 : years))) - level(qale)
    // The years are given to five decimals, which moves the eighth digit of the weight.
    expect(gain(0) / gain(4)).toBeCloseTo(expected, 6)
  })
})
