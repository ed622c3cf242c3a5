import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StudyFile } from '../../../src/app/contract.ts'
import { firstComparison, withCompared, withoutCompared } from '../../../src/app/screen/comparison.ts'
import { differences } from '../../../src/app/screen/differences.ts'
import { freeScenarioId, valueAt, withCopiedScenario, withoutScenario, withValue } from '../../../src/app/screen/edits.ts'

const FILE: StudyFile = {
  schemaVersion: 1,
  name: 'test',
  baseline: 'baselines/QYG-2026-01.json',
  time: { weeks: 52 },
  scenarios: {
    none: {},
    more: { title: 'More', invest: [{ lever: 'capacity', budget: { perYear: 1_000_000 } }] },
  },
  targets: [{ id: 'goal', measure: 'within-18-weeks', atLeast: 0.65, by: '2026-12-31', required: ['more'] }],
}

describe('an edit', () => {
  it('changes one value, leaves the old file alone, and shares what lies beside', () => {
    const path = ['scenarios', 'more', 'invest', 0, 'budget', 'perYear']
    const before = structuredClone(FILE)
    const after = withValue(FILE, path, 2_000_000)
    expect(valueAt(after, path)).toBe(2_000_000)
    expect(FILE).toEqual(before)
    expect(after.targets).toBe(FILE.targets)
  })

  it('makes what is missing on the way, and takes a key or an item away', () => {
    const made = withValue(FILE, ['scenarios', 'none', 'policy', 'headStartWeeks', 'deprivation', '1'], 6)
    expect(made.scenarios['none']).toEqual({ policy: { headStartWeeks: { deprivation: { 1: 6 } } } })
    expect(withValue(FILE, ['targets'], undefined)).not.toHaveProperty('targets')
    expect(withValue(FILE, ['scenarios', 'more', 'invest', 0], undefined).scenarios['more'].invest).toEqual([])
  })

  it('never reaches beyond the file, whatever the path', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('__proto__', 'constructor', 'scenarios', 'x', 0), { minLength: 1, maxLength: 4 }), (path) => {
        withValue(FILE, path, 'changed')
        expect(({} as Record<string, unknown>)['changed']).toBeUndefined()
        expect(Object.prototype).not.toHaveProperty('x')
      }),
      { seed: 4, numRuns: 100 },
    )
  })
})

describe('scenarios', () => {
  it('are copied under a name of their own', () => {
    const once = withCopiedScenario(FILE, 'more', freeScenarioId(FILE, 'my-scenario'), 'Mine')
    expect(once.scenarios['my-scenario']).toEqual({ ...FILE.scenarios['more'], title: 'Mine' })
    expect(freeScenarioId(once, 'my-scenario')).toBe('my-scenario-2')
  })

  it('go with what named them', () => {
    const without = withoutScenario(FILE, 'more')
    expect(Object.keys(without.scenarios)).toEqual(['none'])
    expect(without.targets?.[0]).not.toHaveProperty('required')
  })

  it('stand side by side with the reference first, at most four, and it never leaves', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.boolean()), { maxLength: 30 }), (moves) => {
        let comparison = firstComparison('a', ['a', 'b', 'c', 'd', 'e', 'f'])
        for (const [id, isShown] of moves) comparison = isShown ? withCompared(comparison, id) : withoutCompared(comparison, id)
        expect(comparison.compared[0]).toBe('a')
        expect(comparison.compared.length).toBeLessThanOrEqual(4)
        expect(new Set(comparison.compared).size).toBe(comparison.compared.length)
        expect(comparison.compared).toContain(comparison.editing)
      }),
      { seed: 5, numRuns: 200 },
    )
  })

  it('differ only where they do not say the same, titles apart', () => {
    expect(differences(FILE, ['none', 'more'])).toEqual([
      { path: 'invest[0].lever', values: [null, 'capacity'] },
      { path: 'invest[0].budget.perYear', values: [null, '1000000'] },
    ])
    expect(differences(FILE, ['more', 'more'])).toEqual([])
  })
})
