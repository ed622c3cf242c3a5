/** A sample of the pathways stands for all of them: what is counted is scaled up, once, and what is a share or a time is not. */
import { describe, expect, it } from 'vitest'
import { buildCatalogue } from '../../src/measures/catalogue.ts'
import { MEASURES } from '../../src/measures/definitions.ts'
import { STANDARD_HEALTH, type HealthSetting } from '../../src/measures/health/assumptions.ts'
import { createMeasurer } from '../../src/measures/measure-run.ts'
import type { RunValues } from '../../src/measures/types.ts'
import type { CompiledScenario } from '../../src/model/tables.ts'
import { compiledScenario, filledCensus } from './synthetic.ts'

const STEPS = 60
const SAMPLE = 0.25
const CODES = ['C_110', 'C_100']
const pencePerStep = Float64Array.from({ length: STEPS }, (_, step) => 100 * (step + 1))
const whole: CompiledScenario = {
  ...compiledScenario({
    steps: STEPS,
    population: [1000, 2000, 4000],
    services: CODES,
    spend: [{ programme: 'p', lever: 'capacity', kind: 'revenue', system: 'LAB', specialty: 'C_110', group: 1, pencePerStep }],
  }),
  targetWeeksFirst: Float64Array.of(4, Number.NaN, 12),
  targetWeeksAdmission: Float64Array.of(4, 6, Number.NaN),
}
const sample: CompiledScenario = { ...whole, sample: SAMPLE }
const catalogue = buildCatalogue(whole)
const censuses = CODES.map((_, index) => {
  const census = filledCensus(STEPS, 3, index + 1)
  census.admittedByBand.forEach((_people, cell) => (census.admittedByBand[cell] = (cell * 7) % 5))
  return census
})

function measured(compiled: CompiledScenario, health: HealthSetting): RunValues {
  const measurer = createMeasurer(compiled, catalogue, health)
  for (const [index, census] of censuses.entries()) measurer.addService(index, census)
  return measurer.finish()
}

/** Shares, waits, ratios and money are of a sample what they are of all; everything else counts people, events or health. */
const isCount = (measure: string): boolean => {
  const { id, unit } = MEASURES.find((each) => each.id === measure) ?? { id: '', unit: '' }
  return id !== 'spend' && id !== 'spend-to-date' && !['share', 'difference of shares', 'weeks', 'ratio'].includes(unit)
}

/** The same number but for rounding, or undefined both. */
const isAlike = (one: number, other: number): boolean =>
  Number.isNaN(one) ? Number.isNaN(other) : Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(other))

describe.each([
  ['alike', STANDARD_HEALTH],
  ['differently', { ...STANDARD_HEALTH, deprivationGradient: [1.5, 1, 0.25], qalysPerDeath: 4, qalysPerEmergency: 0.5 }],
] as const)('a quarter of the pathways, where groups lose health %s', (_name, health) => {
  it('stands for four times as many, in every series that counts, and for as much in every other', () => {
    const [ofAll, ofSample] = [measured(whole, health), measured(sample, health)]
    const rows = catalogue.dates.length
    const dates = [...catalogue.dates.keys()]
    const counts = catalogue.keys.filter(({ measure }) => isCount(measure)).length
    expect(Math.min(counts, catalogue.keys.length - counts)).toBeGreaterThan(50)
    const parted = catalogue.keys.filter(({ measure }, series) => {
      const times = isCount(measure) ? 1 / SAMPLE : 1
      const at = (row: number): number => series * rows + row
      return dates.some((row) => !isAlike(ofSample[at(row)], ofAll[at(row)] * times))
    })
    expect(parted).toEqual([])
  })
})
