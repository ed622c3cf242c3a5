import { describe, expect, it } from 'vitest'
import { peopleRows } from '../../src/results/people-money.ts'
import { withoutSmallNumbers } from '../../src/results/small-numbers.ts'
import type { SeriesKey } from '../../src/measures/types.ts'
import type { StudyResults } from '../../src/results/types.ts'
import { fixtureResults } from './fixture.ts'

/** The fixture with a further dimension put beside deprivation: ethnicity, three groups, whose lists are as given. */
function withEthnicity(lists: Readonly<Record<string, number>>, smallNumbers = 10): StudyResults {
  const base = fixtureResults({ specialties: 1, weeks: 4, replications: 3 })
  const dates = base.catalogue.dates.length
  const added: SeriesKey[] = Object.keys(lists).flatMap((group) =>
    ['waiting', 'within-18-weeks'].map((measure) => ({ specialty: 'all', stage: 'all', dimension: 'ethnicity', group, measure })),
  )
  const gap: SeriesKey = { specialty: 'all', stage: 'all', dimension: 'ethnicity', group: 'gap', measure: 'slope-index:within-18-weeks' }
  const keys = [...base.catalogue.keys, ...added, gap]
  const more = [...added, gap].flatMap(({ group, measure }) => Array.from({ length: dates }, () => (measure === 'waiting' ? lists[group] : 0.5)))
  const longer = (values: Float64Array, rest: readonly number[]): Float64Array => Float64Array.from([...values, ...rest])
  const width = base.runRows.dateIndices.length
  return {
    ...base,
    study: { ...base.study, smallNumbers, dimensions: [{ id: 'ethnicity', title: 'Ethnicity', ordered: false, groups: [], residents: [], clockStarts: [], list: [] }] },
    catalogue: { ...base.catalogue, keys },
    scenarios: base.scenarios.map((scenario) => ({
      ...scenario,
      mean: longer(scenario.mean, more),
      sd: longer(scenario.sd, more.map(() => 0.1)),
      difference: longer(scenario.difference, more.map(() => 0)),
      differenceSd: longer(scenario.differenceSd, more.map(() => 0)),
      n: Int32Array.from([...scenario.n, ...more.map(() => 3)]),
    })),
    runRows: {
      ...base.runRows,
      runs: base.runRows.runs.map((run) => ({ ...run, values: longer(run.values, [...added, gap].flatMap(() => Array.from({ length: width }, () => 0.5))) })),
    },
  }
}

/** Whether each series of ethnicity is shown: `group measure` → yes or no. */
function shown(results: StudyResults): Record<string, boolean> {
  const { keys, dates } = results.catalogue
  const entries = keys.flatMap(({ dimension, group, measure }, series) =>
    dimension === 'ethnicity' ? [[`${group} ${measure}`, !Number.isNaN(results.scenarios[1].mean[series * dates.length + 2])] as const] : [],
  )
  return Object.fromEntries(entries)
}

describe('small numbers', () => {
  const results = withEthnicity({ asian: 9.9, white: 500, 'not recorded': 10 })
  const hidden = withoutSmallNumbers(results)

  it('hide a group and every index across it, and nobody else; not recorded is a group like any other', () => {
    expect(shown(hidden)).toEqual({
      'asian waiting': false,
      'asian within-18-weeks': false,
      'white waiting': true,
      'white within-18-weeks': true,
      'not recorded waiting': true,
      'not recorded within-18-weeks': true,
      'gap slope-index:within-18-weeks': false,
    })
    expect(shown(withoutSmallNumbers(withEthnicity({ asian: 50, 'not recorded': 2 })))['not recorded waiting']).toBe(false)
  })

  it('are marked, not put to nought: undefined with runs behind them, in spreads, differences and single runs too', () => {
    const { keys, dates } = hidden.catalogue
    const series = keys.findIndex(({ group }) => group === 'asian')
    const [scenario] = hidden.scenarios
    const at = series * dates.length + 1
    for (const values of [scenario.mean, scenario.sd, scenario.difference, scenario.differenceSd]) expect(values[at]).toBeNaN()
    expect(scenario.n[at]).toBe(3)
    for (const { values } of hidden.runRows.runs) expect(values[series * hidden.runRows.dateIndices.length]).toBeNaN()
    // The results themselves are as they were.
    expect(results.scenarios[0].mean[at]).toBe(9.9)
  })

  it('of the reference cannot be worked out from the difference of a scenario whose list is large enough', () => {
    const { keys, dates } = results.catalogue
    const ofGroup = (group: string): number => keys.findIndex((key) => key.group === group && key.measure === 'waiting') * dates.length
    const [asian, white] = ['asian', 'white'].map(ofGroup)
    const grown = results.scenarios.map((scenario) => {
      if (scenario.id === results.study.reference) return scenario
      const [mean, difference] = [scenario.mean.slice(), scenario.difference.slice()]
      mean[asian] += 4
      difference[asian] = 4
      return { ...scenario, mean, difference }
    })
    const [reference, other] = withoutSmallNumbers({ ...results, scenarios: grown }).scenarios
    expect(reference.mean[asian]).toBeNaN()
    expect(other.mean[asian]).toBeCloseTo(13.9)
    expect([other.difference[asian], other.differenceSd[asian]]).toEqual([Number.NaN, Number.NaN])
    expect([other.difference[white], other.differenceSd[white]]).toEqual([0, 0])
  })

  it('leave deprivation and a study without further groups as they are, and hide nothing where a study says so', () => {
    const plain = fixtureResults({ specialties: 1, weeks: 4, replications: 3 })
    expect(withoutSmallNumbers(plain)).toBe(plain)
    const all = withEthnicity({ asian: 1, white: 2 }, 0)
    expect(withoutSmallNumbers(all)).toBe(all)
    const { keys, dates } = hidden.catalogue
    keys.forEach(({ dimension }, series) => {
      if (dimension === 'ethnicity') return
      expect(Object.is(hidden.scenarios[1].mean[series * dates.length], results.scenarios[1].mean[series * dates.length])).toBe(true)
    })
  })
})

describe('money for a small group', () => {
  const people = (parts: Readonly<Record<string, number>>) =>
    Object.entries(parts).map(([group, spentPence]) => ({ dimension: 'ethnicity', group, budgetPence: spentPence + 1, spentPence, unspentPence: 1 }))
  const withMoney = (lists: Readonly<Record<string, number>>): StudyResults => {
    const results = withEthnicity(lists)
    return { ...results, scenarios: results.scenarios.map((scenario) => ({ ...scenario, budgets: scenario.budgets.map((line) => ({ ...line, people: people({ asian: 100, white: 250 }) })) })) }
  }
  const groupsOf = (results: StudyResults): Set<string> => new Set(peopleRows(withoutSmallNumbers(results)).map(({ group }) => group))

  it('stands together with the other groups of its programme, whose account would give it away', () => {
    const few = withMoney({ asian: 9.9, white: 500, 'not recorded': 10 })
    expect(groupsOf(few)).toEqual(new Set(['together']))
    const spent = (results: StudyResults): number => peopleRows(results).reduce((sum, { spentPence }) => sum + spentPence, 0)
    expect(spent(withoutSmallNumbers(few))).toBe(spent(few))
    expect(spent(few)).toBeGreaterThan(0)
  })

  it('is told apart where nobody of the programme is few', () => {
    expect(groupsOf(withMoney({ asian: 50, white: 500, 'not recorded': 5 }))).toEqual(new Set(['asian', 'white']))
  })
})
