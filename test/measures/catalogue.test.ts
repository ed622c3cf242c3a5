import { describe, expect, it } from 'vitest'
import { buildCatalogue, MEASURES, reportedMeasures } from '../../src/measures/catalogue.ts'
import { equalityOf } from '../../src/measures/definitions.ts'
import type { SeriesKey } from '../../src/measures/types.ts'
import { OPTIONAL_COUNTS } from '../../src/scenario/study.ts'
import { compiledScenario } from './synthetic.ts'

const SIMPLE = [
  'waiting', 'clock-starts', 'additional-starts', 'clock-stops-admitted', 'clock-stops-non-admitted', 'removed',
  'withdrew', 'private', 'emergency', 'died', 'discharged-after-dna', 'dna', 'decisions-to-admit',
  'within-18-weeks', 'over-52-weeks', 'over-65-weeks', 'over-52-weeks-count', 'mean-wait', 'median-wait',
  'percentile-92-wait', 'need', 'unmet-need', 'unmet-need-per-1000', 'treated-per-1000', 'treated-per-need',
  'qalys-lost', 'qalys-lost-to-date', 'qalys-lost-off-list-to-date', 'deaths-to-date', 'emergencies-to-date',
  'spend', 'spend-to-date', 'clock-stops-admitted-to-date', 'clock-stops-non-admitted-to-date',
  'first-appointments-to-date', 'removed-to-date',
]
/** Measures of mechanisms that a study may leave off. */
const OF_MECHANISMS = [
  'late-starts', 'unmet-need-ended', 'unmet-need-emergency', 'diverted', 'cancelled-by-patient', 'cancelled-by-hospital',
  'further-appointments', 'deteriorated', 'slots-independent-sector', 'slots-hub', 'slots-mutual-aid', 'slots-lost',
  'lost-slot-cost', 'slots-lost-to-date', 'removed-by-validation-to-date', 'removed-beyond-18-weeks',
]
const OF_TARGET_TIMES = ['beyond-target-first', 'beyond-target-admission', 'admitted-within-target']
const OF_RESIDENTS = ['unmet-need-per-1000', 'treated-per-1000', 'treated-per-need']
const WITH_GAP = [
  'within-18-weeks', 'over-52-weeks', 'over-65-weeks', 'mean-wait', 'median-wait', 'percentile-92-wait',
  'treated-per-1000', 'treated-per-need', 'unmet-need-per-1000',
]
const INDICES = ['absolute-gap', 'relative-gap', 'slope-index', 'relative-index']
const GAPS = WITH_GAP.flatMap((measure) => INDICES.map((index) => `${index}:${measure}`))

/** Measures over all stages of one group. */
function measuresOf(keys: readonly SeriesKey[], specialty: string, dimension: string, group: string): string[] {
  return keys
    .filter((key) => key.specialty === specialty && key.dimension === dimension && key.group === group)
    .filter(({ stage }) => stage === 'all')
    .map(({ measure }) => measure)
}

describe('the catalogue', () => {
  const compiled = { ...compiledScenario({ steps: 3, population: [1, 2, 3, 4, 5], services: ['C_100', 'C_110'] }), counted: [] }
  const { keys, dates } = buildCatalogue(compiled)
  const of = (specialty: string, dimension: string, group: string): string[] => measuresOf(keys, specialty, dimension, group)

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

  it('has what mechanisms count where the study speaks of them, and the rest unchanged', () => {
    const one = buildCatalogue({ ...compiled, counted: ['diverted'] }).keys
    expect(measuresOf(one, 'all', 'all', 'all').toSorted()).toEqual([...SIMPLE, 'diverted'].toSorted())
    const all = buildCatalogue({ ...compiled, counted: OPTIONAL_COUNTS }).keys
    expect(measuresOf(all, 'C_110', 'deprivation', '3').toSorted()).toEqual([...SIMPLE, ...OF_MECHANISMS].toSorted())
  })

  it('has target times where a level has a target, at either stage', () => {
    const targetWeeksAdmission = Float64Array.of(Number.NaN, Number.NaN, 4, Number.NaN, Number.NaN)
    const other = buildCatalogue({ ...compiled, targetWeeksAdmission }).keys
    expect(measuresOf(other, 'all', 'all', 'all').toSorted()).toEqual([...SIMPLE, ...OF_TARGET_TIMES].toSorted())
  })

  it('has no rates of residents or need, and no gaps, for groups that are not of residents', () => {
    const groups = ['P4', 'P2'].map((id) => ({ id, label: id, population: 7 }))
    const priority = { id: 'priority', ordered: true, ofResidents: false, groups, groupOfStratum: [0, 1, 0, 1, 0] }
    const other = buildCatalogue({ ...compiled, dimensions: [...compiled.dimensions, priority] }).keys
    const expected = SIMPLE.filter((measure) => !OF_RESIDENTS.includes(measure) && !measure.startsWith('spend'))
    expect(measuresOf(other, 'all', 'priority', 'P2').toSorted()).toEqual(expected.toSorted())
    expect(other.some(({ dimension, group }) => dimension === 'priority' && group === 'gap')).toBe(false)
  })

  it('explains what it reports, and nothing else', () => {
    expect(reportedMeasures({ keys }).map(({ id }) => id).toSorted()).toEqual([...SIMPLE, ...GAPS].toSorted())
  })

  it('explains each measure once, and no other', () => {
    const ids = MEASURES.map(({ id }) => id)
    expect(ids.toSorted()).toEqual([...SIMPLE, ...OF_MECHANISMS, ...OF_TARGET_TIMES, ...GAPS].toSorted())
    expect(MEASURES.every(({ label, unit, meaning }) => label !== '' && unit !== '' && meaning.endsWith('.'))).toBe(true)
  })
})

describe('which way a measure is better', () => {
  /** More of these is better; of these neither; of all others less is. */
  const BETTER = [
    'clock-stops-admitted', 'clock-stops-non-admitted', 'clock-stops-admitted-to-date', 'clock-stops-non-admitted-to-date',
    'first-appointments-to-date', 'within-18-weeks', 'admitted-within-target', 'treated-per-1000', 'treated-per-need',
  ]
  const NEITHER = [
    'clock-starts', 'additional-starts', 'removed', 'private', 'decisions-to-admit', 'late-starts', 'unmet-need-ended', 'diverted',
    'further-appointments', 'slots-independent-sector', 'slots-hub', 'slots-mutual-aid', 'removed-to-date',
    'removed-by-validation-to-date', 'removed-beyond-18-weeks', 'need', 'spend', 'spend-to-date',
  ]
  const directionOf = (id: string): string => (BETTER.includes(id) ? 'higher-is-better' : NEITHER.includes(id) ? 'neutral' : 'higher-is-worse')

  it('is said of each, removals by validation being neither, and of a gap as of its measure', () => {
    for (const { id, direction } of MEASURES) expect([id, direction]).toEqual([id, directionOf(id.split(':').at(-1) ?? '')])
  })
})

describe('a gap of a measure', () => {
  it('has the unit of the measure where it is a difference, and is a ratio where it is one; equality is 0 or 1', () => {
    for (const { id, unit, label, meaning } of MEASURES.filter((each) => each.id.includes(':'))) {
      const [index, of] = id.split(':')
      const base = MEASURES.find((each) => each.id === of)
      const isRatio = index.startsWith('relative')
      const ofDifference = base?.unit === 'share' ? 'difference of shares' : base?.unit
      expect([id, unit, equalityOf(id)]).toEqual([id, isRatio ? 'ratio' : ofDifference, isRatio ? 1 : 0])
      expect(meaning).toContain(`equality is ${isRatio ? 1 : 0}. Of another ordered dimension`)
      expect(meaning).toContain(isRatio ? 'divided by' : 'minus')
      expect([label.startsWith(`${base?.label}: `), meaning.startsWith(`${base?.label}, `)]).toEqual([true, true])
    }
    expect([equalityOf('within-18-weeks'), equalityOf('slope-index')]).toEqual([null, null])
  })
})
