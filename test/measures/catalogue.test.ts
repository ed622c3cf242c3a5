import { describe, expect, it } from 'vitest'
import { buildCatalogue, MEASURES } from '../../src/measures/catalogue.ts'
import { compiledScenario } from './synthetic.ts'

const SIMPLE = [
  'waiting', 'clock-starts', 'additional-starts', 'clock-stops-admitted', 'clock-stops-non-admitted', 'removed',
  'withdrew', 'private', 'emergency', 'died', 'discharged-after-dna', 'dna', 'decisions-to-admit',
  'within-18-weeks', 'over-52-weeks', 'over-65-weeks', 'over-52-weeks-count', 'mean-wait', 'median-wait',
  'percentile-92-wait', 'need', 'unmet-need', 'unmet-need-per-1000', 'treated-per-1000', 'treated-per-need',
  'qalys-lost', 'qalys-lost-to-date', 'qalys-lost-off-list-to-date', 'deaths-to-date', 'emergencies-to-date',
  'spend', 'spend-to-date',
]
const WITH_GAP = [
  'within-18-weeks', 'over-52-weeks', 'over-65-weeks', 'mean-wait', 'median-wait', 'percentile-92-wait',
  'treated-per-1000', 'treated-per-need', 'unmet-need-per-1000',
]
const INDICES = ['absolute-gap', 'relative-gap', 'slope-index', 'relative-index']
const GAPS = WITH_GAP.flatMap((measure) => INDICES.map((index) => `${index}:${measure}`))

describe('the catalogue', () => {
  const compiled = compiledScenario({ steps: 3, population: [1, 2, 3, 4, 5], services: ['C_100', 'C_110'] })
  const { keys, dates } = buildCatalogue(compiled)
  const of = (specialty: string, dimension: string, group: string): string[] =>
    keys
      .filter((key) => key.specialty === specialty && key.dimension === dimension && key.group === group)
      .filter(({ stage }) => stage === 'all')
      .map(({ measure }) => measure)

  it.each(['all', 'C_100', 'C_110'])('has every measure of %s for everybody and for each group', (specialty) => {
    expect(of(specialty, 'all', 'all').toSorted()).toEqual(SIMPLE.toSorted())
    for (const group of ['1', '2', '3', '4', '5']) {
      expect(of(specialty, 'deprivation', group).toSorted()).toEqual(SIMPLE.toSorted())
    }
    expect(of(specialty, 'deprivation', 'gap').toSorted()).toEqual(GAPS.toSorted())
  })

  it('has the list by stage, and nothing else by stage', () => {
    const byStage = keys.filter(({ stage }) => stage !== 'all')
    expect(new Set(byStage.map(({ measure }) => measure))).toEqual(new Set(['waiting']))
    expect(byStage).toHaveLength(3 * 6 * 2)
  })

  it('names no series twice, and has a date per census row', () => {
    expect(new Set(keys.map((key) => Object.values(key).join('|'))).size).toBe(keys.length)
    expect(dates).toHaveLength(4)
  })

  it('has no gap rows where groups have no order, and no spend where money is not known by group', () => {
    const sex = { id: 'sex', ordered: false, ofResidents: true, groups: [], groupOfStratum: [0, 1, 0, 1, 0] }
    const groups = ['female', 'male'].map((id) => ({ id, label: id, population: 7 }))
    const other = buildCatalogue({ ...compiled, dimensions: [{ ...sex, groups }] }).keys
    const male = other.filter(({ group, stage }) => group === 'male' && stage === 'all')
    expect(other.some(({ group }) => group === 'gap')).toBe(false)
    expect(new Set(male.map(({ measure }) => measure))).toEqual(
      new Set(SIMPLE.filter((measure) => !measure.startsWith('spend'))),
    )
  })

  it('explains each measure once, and no other', () => {
    const ids = MEASURES.map(({ id }) => id)
    expect(ids.toSorted()).toEqual([...SIMPLE, ...GAPS].toSorted())
    expect(MEASURES.every(({ label, unit, meaning }) => label !== '' && unit !== '' && meaning.endsWith('.'))).toBe(true)
  })
})
