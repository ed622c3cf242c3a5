import { describe, expect, it } from 'vitest'
import { HEALTH_ASSUMPTIONS, healthAssumptions } from '../../src/measures/distribution/registry.ts'
import { STANDARD_HEALTH, weightOf, type HealthWeight } from '../../src/measures/health/assumptions.ts'
import type { HealthSetting } from '../../src/measures/health/assumptions.ts'
import { complaints, resolved, SMALL_STUDY } from './helpers.ts'

/** The small study with a specialty of the standard beside its own. */
const TWO_SPECIALTIES = SMALL_STUDY.replace(
  'time:',
  '    - { code: C_320, clockStartsPerWeek: 1, firstAppointmentsPerWeek: 1 }\n    - { code: C_170, clockStartsPerWeek: 1, firstAppointmentsPerWeek: 1 }\ntime:',
)
const healthOf = async (block: string): Promise<HealthSetting> => (await resolved(`${TWO_SPECIALTIES}health: ${block}\n`)).health
const numbersOf = ({ firstAppointment, admission, relativeSd }: HealthWeight): number[] => [firstAppointment, admission, relativeSd]

describe('the health block', () => {
  it('is the standard where it is left out', async () => {
    const { health } = await resolved(SMALL_STUDY)
    expect({ ...health, weights: [] }).toEqual({ ...STANDARD_HEALTH, weights: [] })
    for (const code of ['C_110', 'C_130', 'C_170', 'C_320', 'X05']) {
      expect(numbersOf(weightOf(health, code))).toEqual(numbersOf(weightOf(STANDARD_HEALTH, code)))
    }
  })

  it('changes what it names and leaves the rest of a weight as it is', async () => {
    const health = await healthOf('{ qalysPerWeek: { default: { admission: 0.002 }, T_1: { firstAppointment: 0.001 } } }')
    expect(numbersOf(weightOf(health, 'X05'))).toEqual([0.0005, 0.002, 0.8])
    expect(numbersOf(weightOf(health, 'T_1'))).toEqual([0.001, 0.002, 0.8])
  })

  it('takes a specialty out of the weight that it shares with another', async () => {
    const health = await healthOf('{ qalysPerWeek: { C_320: { admission: 0.004 } } }')
    expect(numbersOf(weightOf(health, 'C_320'))).toEqual([0.0005, 0.004, 0.8])
    expect(numbersOf(weightOf(health, 'C_170'))).toEqual([0.0005, 0.0021, 0.8])
    const named = health.weights.flatMap(({ specialties }) => specialties)
    expect(new Set(named).size).toBe(named.length)
  })

  it('takes one price of a QALY as certain, and each discount rate by itself', async () => {
    const health = await healthOf('{ poundsPerQaly: 20000, discountRates: { money: 0.035 }, deprivationGradient: [1.2, 1, 0.8] }')
    expect(health.poundsPerQaly).toEqual({ low: 20_000, high: 20_000 })
    expect(health.discountRates).toEqual({ health: 0.015, money: 0.035 })
    expect(health.deprivationGradient).toEqual([1.2, 1, 0.8])
  })

  it('marks what a file sets, and nothing else', async () => {
    const health = await healthOf('{ qalysPerWeek: { C_320: { admission: 0.004 } }, qalysPerDeath: 1 }')
    const marked = healthAssumptions(health).filter(({ isSet }) => isSet)
    expect(marked.map(({ id }) => id)).toEqual(['health.qalysPerWeek.C_320', 'health.qalysPerDeath'])
    expect(HEALTH_ASSUMPTIONS.some(({ isSet }) => isSet)).toBe(false)
  })

  it('is refused where it cannot be, with the place and what is allowed', async () => {
    const faults = async (block: string): Promise<string[]> => complaints(`${SMALL_STUDY}health: ${block}\n`)
    expect(await faults('{ qalysPerWeek: { T_2: { admission: 0.001 } } }')).toEqual([
      'study.yaml:10:27 health.qalysPerWeek.T_2: unknown specialty "T_2"; did you mean "T_1"?',
    ])
    expect(await faults('{ deprivationGradient: [1.2, 0.8] }')).toEqual([
      'study.yaml:10:32 health.deprivationGradient: must have one entry per group, 3; it has 2',
    ])
    expect(await faults('{ poundsPerQaly: { low: 3, high: 2 } }')).toEqual([
      'study.yaml:10:26 health.poundsPerQaly: low must be at most high; found 3 and 2',
    ])
    expect((await faults('{ qalysPerWeek: { default: { admission: 1 } } }'))[0]).toContain('health.qalysPerWeek.default.admission: must be at most')
    expect((await faults('{ weeksInNeedAfterLeaving: 0 }'))[0]).toContain('health.weeksInNeedAfterLeaving')
  })
})

describe('small numbers', () => {
  it('are below ten people unless a study says otherwise', async () => {
    expect((await resolved(SMALL_STUDY)).smallNumbers).toBe(10)
    expect((await resolved(`${SMALL_STUDY}smallNumbers: 0\n`)).smallNumbers).toBe(0)
    expect(await complaints(`${SMALL_STUDY}smallNumbers: -1\n`)).toHaveLength(1)
  })
})
