import { describe, expect, it } from 'vitest'
import { buildCatalogue } from '../../src/measures/catalogue.ts'
import { STANDARD_HEALTH } from '../../src/measures/health/assumptions.ts'
import { createMeasurer } from '../../src/measures/measure-run.ts'
import { createCensus } from '../../src/model/census.ts'
import { compiledScenario } from './synthetic.ts'

const measurer = () => {
  const compiled = compiledScenario({ steps: 1, population: [1000, 4000] })
  return createMeasurer(compiled, buildCatalogue(compiled), STANDARD_HEALTH)
}

describe('a run that is measured', () => {
  it('counts every service once: one that comes again is refused', () => {
    const measured = measurer()
    measured.addService(0, createCensus(1, 2))
    expect(() => measured.addService(0, createCensus(1, 2))).toThrow('service 0 was measured twice in a run')
  })

  it('ends when all its services were measured, and not before', () => {
    const measured = measurer()
    expect(() => measured.finish()).toThrow('before all its services were measured')
    measured.addService(0, createCensus(1, 2))
    expect(measured.finish().length).toBeGreaterThan(0)
    expect(() => measured.finish()).toThrow('before all its services were measured')
  })
})
