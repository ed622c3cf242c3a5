import { describe, expect, it } from 'vitest'
import { removedNotes } from '../../src/cli/messages.ts'
import { removedByValidation } from '../../src/results/validation.ts'
import type { StudyResults } from '../../src/results/types.ts'
import { fixtureResults } from './fixture.ts'

const MEASURE = 'removed-by-validation-to-date'

/** The fixture, in which so many were removed by the end of each scenario. */
function removing(people: readonly number[]): StudyResults {
  const results = fixtureResults({ specialties: 1, weeks: 8, replications: 2 })
  const { keys, dates } = results.catalogue
  const series = keys.findIndex(({ specialty, dimension, measure }) => specialty === 'all' && dimension === 'all' && measure === MEASURE)
  return {
    ...results,
    scenarios: results.scenarios.map((scenario, index) => ({ ...scenario, mean: scenario.mean.map((value, at) => (Math.floor(at / dates.length) === series ? people[index] ?? 0 : value)) })),
  }
}

describe('people whom validation removed', () => {
  it('are named with each scenario that removes any, and with no other', () => {
    const results = removing([0, 1234.4])
    expect(removedByValidation(results)).toEqual([{ scenario: results.scenarios[1].id, title: results.scenarios[1].title, people: 1234.4 }])
    expect(removedNotes(removedByValidation(results)).join('\n')).toContain(`${results.scenarios[1].id}: 1,234`)
  })

  it('are not spoken of where nobody was, or where the study has no such programme', () => {
    expect(removedNotes(removedByValidation(removing([])))).toEqual([])
    const { catalogue, scenarios } = removing([5, 5])
    const keys = catalogue.keys.map((key) => (key.measure === MEASURE ? { ...key, measure: 'not-reported' } : key))
    expect(removedByValidation({ catalogue: { ...catalogue, keys }, scenarios })).toEqual([])
  })
})
