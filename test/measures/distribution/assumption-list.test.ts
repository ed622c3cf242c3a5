import { describe, expect, it } from 'vitest'
import { STANDARD_HEALTH } from '../../../src/measures/health/assumptions.ts'
import { HEALTH_ASSUMPTIONS, healthAssumptions } from '../../../src/measures/distribution/registry.ts'

const entryOf = (entries: readonly { readonly id: string }[], id: string) => entries.find((entry) => entry.id === id)

describe('the list of what comparisons of health rest on', () => {
  it('has an entry with value, unit, source and confidence for every weight and every number, each once', () => {
    const ids = HEALTH_ASSUMPTIONS.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual([
      ...STANDARD_HEALTH.weights.map(({ id }) => `health.qalysPerWeek.${id}`),
      'health.deprivationGradient', 'health.weeksInNeedAfterLeaving', 'health.qalysPerDeath', 'health.qalysPerEmergency',
      'health.poundsPerQaly', 'health.discountRates', 'health.opportunityCostShare', 'health.baseline',
    ])
    for (const { label, value, unit, source, confidence, isSet } of HEALTH_ASSUMPTIONS) {
      expect([label, value, unit, source].every((text) => text.length > 0)).toBe(true)
      expect(['H', 'M', 'D', 'A']).toContain(confidence)
      expect(label.replace('Health lost while waiting: ', '')).not.toBe('')
      expect(isSet).toBe(false)
    }
  })

  it('names, for every weight, the gain it rests on and the clock stops that its share of admissions is from', () => {
    for (const { id } of STANDARD_HEALTH.weights) {
      expect(entryOf(HEALTH_ASSUMPTIONS, `health.qalysPerWeek.${id}`)).toMatchObject({
        source: expect.stringMatching(/\d.*; clock stops of January 2026$/u) as string,
        note: expect.stringMatching(/pathways (?:are admitted|end in admission)[,;.]/u) as string,
      })
    }
  })

  it('shows what a study sets itself, and marks it and nothing else', () => {
    const own = healthAssumptions({ ...STANDARD_HEALTH, deprivationGradient: [1.2, 1], poundsPerQaly: { low: 5000, high: 25_000 }, set: ['health.deprivationGradient'] })
    expect(entryOf(own, 'health.deprivationGradient')).toMatchObject({ value: '1.2 / 1', unit: 'factor', isSet: true })
    expect(entryOf(own, 'health.poundsPerQaly')).toMatchObject({ value: '£5,000 to £25,000', note: expect.stringContaining('£15,000') as string, isSet: false })
    expect(own.filter(({ isSet }) => isSet).map(({ id }) => id)).toEqual(['health.deprivationGradient'])
    expect(entryOf(HEALTH_ASSUMPTIONS, 'health.deprivationGradient')).toMatchObject({ value: '1 in every group' })
  })

  it('writes a weight’s numbers, a known weight by its own label, another by its name', () => {
    const [standard] = STANDARD_HEALTH.weights
    const own = healthAssumptions({ ...STANDARD_HEALTH, weights: [standard, { id: 'spinal', specialties: ['C_108'], firstAppointment: 0.001, admission: 0.004, relativeSd: 0.5 }] })
    expect(entryOf(own, 'health.qalysPerWeek.spinal')).toMatchObject({
      label: 'Health lost while waiting: spinal',
      value: '0.001 until the first appointment, 0.004 until admission (standard deviation 0.5 of each)',
      unit: 'QALYs per person and week',
    })
    expect(own[0].label).toMatch(/^Health lost while waiting: [a-z]/)
    expect(own[0].label).not.toBe(`Health lost while waiting: ${standard.id}`)
  })
})
