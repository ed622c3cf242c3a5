import { describe, expect, it } from 'vitest'
import { buildCatalogue } from '../../src/measures/catalogue.ts'
import { STANDARD_HEALTH } from '../../src/measures/health/assumptions.ts'
import { createMeasurer } from '../../src/measures/measure-run.ts'
import type { SeriesKey } from '../../src/measures/types.ts'
import type { ServiceCensus } from '../../src/model/census.ts'
import type { CompiledScenario } from '../../src/model/tables.ts'
import { compiledScenario, filledCensus, seriesOf, serviceTables, setFlow, weeklyDates } from './synthetic.ts'

function measured(compiled: CompiledScenario, censuses: readonly ServiceCensus[], order = [...censuses.keys()]) {
  const catalogue = buildCatalogue(compiled)
  const measurer = createMeasurer(compiled, catalogue, STANDARD_HEALTH)
  for (const index of order) measurer.addService(index, censuses[index])
  const values = measurer.finish()
  return { values, read: (key: Partial<SeriesKey>) => seriesOf(catalogue, values, key) }
}

const group = (id: string): Partial<SeriesKey> => ({ dimension: 'deprivation', group: id })

describe('a specialty of two systems', () => {
  // Two services of one specialty, of the study's strata 0–1 and 2–3, and one of another over all four.
  const whole = compiledScenario({ steps: 5, population: [10, 20, 30, 40], services: ['C_100', 'C_110'] })
  const [first, second] = [[0, 1], [2, 3]].map((studyIndex) =>
    serviceTables({ code: 'C_100', specialty: 0, strata: 2, stepsPerWeek: 1, studyIndex }),
  )
  const compiled = { ...whole, services: [first, second, whole.services[1]] }
  const censuses = [filledCensus(5, 2, 1), filledCensus(5, 2, 2), filledCensus(5, 4, 3)]
  const { values, read } = measured(compiled, censuses)

  it('holds the strata of both, each in its own place', () => {
    const alone = [censuses[0], censuses[1]].map((census) =>
      measured(compiledScenario({ steps: 5, population: [1, 1] }), [census]).read,
    )
    for (const measure of ['waiting', 'removed', 'unmet-need', 'qalys-lost']) {
      ;['1', '2', '3', '4'].forEach((id, index) => {
        const own = alone[index < 2 ? 0 : 1]({ measure, ...group(String((index % 2) + 1)) })
        expect(read({ specialty: 'C_100', measure, ...group(id) })).toEqual(own)
      })
    }
  })

  it('is the same in whatever order services come, and in the next run', () => {
    expect(measured(compiled, censuses, [1, 2, 0]).values).toEqual(values)
    const catalogue = buildCatalogue(compiled)
    const measurer = createMeasurer(compiled, catalogue, STANDARD_HEALTH)
    for (const _ of [1, 2]) {
      censuses.forEach((census, index) => measurer.addService(index, census))
      expect(measurer.finish()).toEqual(values)
    }
  })

  it('adds up with the others to all', () => {
    const all = read({ measure: 'waiting' })
    const parts = ['C_100', 'C_110'].map((specialty) => read({ specialty, measure: 'waiting' }))
    expect(all).toEqual(all.map((_, row) => parts[0][row] + parts[1][row]))
  })
})

describe('a warm-up', () => {
  const whole = compiledScenario({ steps: 8, population: [10, 20] })
  const compiled = { ...whole, warmUpSteps: 3, dates: weeklyDates(6) }
  const census = filledCensus(8, 2, 4)
  setFlow(census, 3, 0, 'removed', 77)
  const { read } = measured(compiled, [census])
  const plain = measured(whole, [census])

  it('is not reported: row 0 is the list that it leaves, without flows', () => {
    expect(read({ measure: 'waiting' })).toEqual(plain.read({ measure: 'waiting' }).slice(3))
    expect(read({ measure: 'removed' })).toEqual([0, ...plain.read({ measure: 'removed' }).slice(4)])
    expect(read({ measure: 'deaths-to-date' })[0]).toBe(0)
  })
})

describe('a sample of pathways', () => {
  const whole = compiledScenario({ steps: 8, population: [10, 20] })
  const census = filledCensus(8, 2, 5)
  const all = measured(whole, [census])
  const tenth = measured({ ...whole, sample: 0.1 }, [census])

  it('stands for all of them in counts and rates per head, health among them', () => {
    for (const measure of ['waiting', 'removed', 'over-52-weeks-count', 'unmet-need-per-1000', 'treated-per-1000', 'qalys-lost-to-date']) {
      const sum = (values: readonly number[]): number => values.slice(1).reduce((total, value) => total + value, 0)
      expect(sum(tenth.read({ measure })) / sum(all.read({ measure }))).toBeCloseTo(10, 9)
    }
  })

  it('leaves shares, waits and ratios', () => {
    for (const measure of ['within-18-weeks', 'median-wait', 'treated-per-need']) {
      expect(tenth.read({ measure })[8]).toBe(all.read({ measure })[8])
    }
  })
})
