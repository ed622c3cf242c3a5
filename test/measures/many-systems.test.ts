/** What is reported of single systems where there are many of them. */
import { describe, expect, it } from 'vitest'
import { createTaskRunner } from '../../src/experiment/run-task.ts'
import { buildCatalogue } from '../../src/measures/catalogue.ts'
import { compileScenario } from '../../src/model/compile/index.ts'
import { concreteStudy } from '../../src/scenario/resolve.ts'
import { resolved } from '../scenario/helpers.ts'

const specialty = (code: string, starts: number): string =>
  `{ code: ${code}, clockStartsPerWeek: ${starts}, waiting: [50, 50, 40, 40], firstAppointmentsPerWeek: ${starts - 4}, admissionsPerWeek: 10, admittedShare: 0.2 }`
const system = (code: string): string => `{ code: ${code}, groups: [3000, 4000], specialties: [${specialty('C_110', 60)}, ${specialty('C_130', 40)}] }`

async function oneRun(systems: number) {
  const codes = Array.from({ length: systems }, (_, index) => `S${index + 1}`)
  const study = await resolved(`
schemaVersion: 1
name: many
baseline: { systems: [${codes.map(system).join(', ')}] }
time: { start: 2026-04-06, weeks: 6 }
sample: 0.5
scenarios: { as-it-is: {} }
`)
  const catalogue = buildCatalogue(compileScenario(concreteStudy(study, 0), 0))
  const rows = catalogue.dates.length
  const { values } = createTaskRunner(study, () => 0)({ scenario: 0, draw: 0, replication: 0 })
  const at = (code: string, dimension: string, group: string, measure: string): number | null => {
    const index = catalogue.keys.findIndex(
      (key) => key.specialty === code && key.dimension === dimension && key.group === group && key.measure === measure && key.stage === 'all',
    )
    return index < 0 ? null : values[index * rows + rows - 1]
  }
  return { codes, catalogue, values, rows, at }
}

describe('a study of many systems', () => {
  it('reports each system for all specialties together, and not specialty by specialty', async () => {
    const [eight, nine] = [await oneRun(8), await oneRun(9)]
    for (const dimension of ['system', 'system-deprivation']) {
      const specialties = (run: typeof eight): string[] => [...new Set(run.catalogue.keys.filter((key) => key.dimension === dimension).map((key) => key.specialty))]
      expect(specialties(eight)).toEqual(['all', 'C_110', 'C_130'])
      expect(specialties(nine)).toEqual(['all'])
    }
    expect(nine.values).toHaveLength(nine.catalogue.keys.length * nine.rows)
  })

  it('gives a system the numbers that it has among fewer, its health with the weights of each specialty', async () => {
    const [eight, nine] = [await oneRun(8), await oneRun(9)]
    for (const measure of ['waiting', 'clock-starts', 'within-18-weeks', 'qalys-lost-to-date', 'unmet-need']) {
      expect(eight.at('all', 'system', 'S3', measure)).not.toBeNull()
      expect(nine.at('all', 'system', 'S3', measure)).toBe(eight.at('all', 'system', 'S3', measure))
      expect(nine.at('all', 'system-deprivation', 'S3/1', measure)).toBe(eight.at('all', 'system-deprivation', 'S3/1', measure))
    }
    const lost = nine.codes.reduce((sum, code) => sum + (nine.at('all', 'system', code, 'qalys-lost-to-date') ?? 0), 0)
    expect(lost).toBeGreaterThan(0)
    expect(lost).toBeCloseTo(nine.at('all', 'all', 'all', 'qalys-lost-to-date') ?? 0, 6)
  })
})
