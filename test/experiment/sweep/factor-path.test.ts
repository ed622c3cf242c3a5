import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canBeSet, filePath, knownPaths, parsePath, withValue } from '../../../src/experiment/sweep/factor-path.ts'
import { formatPath } from '../../../src/scenario/positions.ts'
import { nearest } from '../../../src/scenario/suggest.ts'

const FILE = {
  time: { weeks: 52 },
  assumptions: { dnaRate: 0.1 },
  scenarios: { base: {}, more: { invest: [{ lever: 'capacity', budget: { perYear: 1 } }] } },
}

describe('a path', () => {
  it('reads back as it is written', () => {
    const part = fc.oneof(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,12}$/), fc.nat(99), fc.string({ minLength: 1, maxLength: 20 }))
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,9}$/), fc.array(part, { maxLength: 5 }), (first, rest) => {
        const path = [first, ...rest]
        expect(parsePath(formatPath(path))).toEqual(path)
      }),
      { seed: 21 },
    )
  })

  it.each(['', 'a..b', 'a[', 'a[x]', 'a b', '.a'])('is refused as %j', (text) => {
    expect(parsePath(text)).toBeNull()
  })

  it('leads to a group of an assumption by number from 0', () => {
    expect(filePath(['assumptions', 'dnaRate', 0])).toEqual(['assumptions', 'dnaRate', 'deprivation', '1'])
  })
})

describe('a place in a study file', () => {
  it.each([['time.weeks', true], ['assumptions.backfillShare', true], ['scenarios.more.invest[0].allocate.theta', true], ['scenarios.moar.invest[0].budget.perYear', false], ['scenarios.more.invest[1].budget.perYear', false], ['time.weeks.more', false]])('%s can be set: %s', (path, expected) => {
    expect(canBeSet(FILE, parsePath(path) ?? [])).toBe(expected)
  })

  it('is set in a copy, and nothing else is', () => {
    const changed = withValue(FILE, ['scenarios', 'more', 'invest', 0, 'budget', 'perYear'], 7, 2)
    expect(changed).toEqual({ ...FILE, scenarios: { base: {}, more: { invest: [{ lever: 'capacity', budget: { perYear: 7 } }] } } })
    expect(FILE.scenarios.more.invest[0].budget.perYear).toBe(1)
  })

  it('of one group leaves the others their common number', () => {
    const changed = withValue(FILE, filePath(['assumptions', 'dnaRate', 1]), 0.3, 3)
    expect(changed['assumptions']).toEqual({ dnaRate: { deprivation: { 1: 0.1, 2: 0.3, 3: 0.1 } } })
  })

  it('is suggested where a path is nearly one', () => {
    expect(nearest('scenarios.more.invest[0].budget.perYer', knownPaths(FILE))).toBe('scenarios.more.invest[0].budget.perYear')
    expect(nearest('assumptions.dnaRte', knownPaths(FILE))).toBe('assumptions.dnaRate')
  })
})
