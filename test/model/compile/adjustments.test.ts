import { describe, expect, it } from 'vitest'
import { withOdds } from '../../../src/model/compile/adjustments.ts'
import { InputError } from '../../../src/errors.ts'
import { adjust, AGE, compiled, specialty, study, system, TWO_LEVELS, WEEKS } from './study-builder.ts'

const DNA = { dnaRate: [0.1, 0.08, 0.06] }
/** DNA rates of the first appointment in a step, by stratum. */
const dnaIn = (parts: Parameters<typeof compiled>[0], step = 0, service = 0): number[] => {
  const { services, strata } = compiled(parts)[0]
  return [...(services[service].first.attendance.dnaRate?.subarray(step * strata, (step + 1) * strata) ?? [])]
}
const near = (values: readonly number[]): number[] => values.map((value) => expect.closeTo(value, 12) as number)

describe('an adjustment', () => {
  it('sets, multiplies, adds to, or multiplies the odds of an assumption', () => {
    const changed = (change: 'set' | 'multiply' | 'add' | 'odds', value: number): number[] => dnaIn({ assumptions: DNA, adjustments: [adjust('dnaRate', change, value)] })
    expect(changed('set', 0.2)).toEqual([0.2, 0.2, 0.2])
    expect(changed('multiply', 2)).toEqual(near([0.2, 0.16, 0.12]))
    expect(changed('add', 0.01)).toEqual(near([0.11, 0.09, 0.07]))
    expect(changed('odds', 2)).toEqual(near([0.2 / 1.1, 0.16 / 1.08, 0.12 / 1.06]))
  })

  it('acts in order, the study’s before the scenario’s', () => {
    const adjustments = [adjust('dnaRate', 'set', 0.1), adjust('dnaRate', 'add', 0.1)]
    expect(dnaIn({ assumptions: DNA, adjustments, scenarios: [{ adjustments: [adjust('dnaRate', 'multiply', 2)] }] })).toEqual(near([0.4, 0.4, 0.4]))
    expect(dnaIn({ assumptions: DNA, adjustments: adjustments.toReversed() })).toEqual([0.1, 0.1, 0.1])
  })

  it('keeps to the range of its assumption', () => {
    expect(dnaIn({ assumptions: DNA, adjustments: [adjust('dnaRate', 'multiply', 1000)] })).toEqual([0.95, 0.95, 0.95])
    expect(dnaIn({ assumptions: DNA, adjustments: [adjust('dnaRate', 'add', -0.08), adjust('dnaRate', 'add', 0.01)] })).toEqual(near([0.03, 0.01, 0.01]))
  })

  it('acts only where its conditions hold: specialty, system, deprivation, age and priority', () => {
    const baselines = [system('A', [specialty('T_1'), specialty('T_2')])]
    const of = (service: number): number[] => dnaIn({ assumptions: DNA, baselines, adjustments: [adjust('dnaRate', 'set', 0.5, { specialties: ['T_2'] })] }, 0, service)
    expect([of(0), of(1)]).toEqual([[0.1, 0.08, 0.06], [0.5, 0.5, 0.5]])
    expect(dnaIn({ assumptions: DNA, adjustments: [adjust('dnaRate', 'set', 0.5, { systems: ['B'] })] })).toEqual([0.1, 0.08, 0.06])
    expect(dnaIn({ assumptions: DNA, adjustments: [adjust('dnaRate', 'set', 0.5, { deprivation: ['1', '3'] })] })).toEqual([0.5, 0.08, 0.5])
    const cells = dnaIn({
      assumptions: DNA,
      dimensions: [AGE],
      priority: TWO_LEVELS,
      adjustments: [adjust('dnaRate', 'set', 0.5, { deprivation: ['1'], dimensions: [{ dimension: 'age', groups: ['65+'] }], priority: ['urgent'] })],
    })
    expect(cells).toEqual([0.1, 0.1, 0.1, 0.5, 0.08, 0.08, 0.08, 0.08, 0.06, 0.06, 0.06, 0.06])
  })

  it('acts in the steps that start within its dates, and by its series', () => {
    const series = Array.from({ length: WEEKS }, (_, step) => 0.2 + step / 1000)
    const parts = { assumptions: DNA, adjustments: [adjust('dnaRate', 'set', series, { from: '2026-04-14', to: '2026-04-27' })] }
    // Steps start on 6, 13, 20 and 27 April.
    expect([0, 1, 2, 3, 4].map((step) => dnaIn(parts, step)[0])).toEqual(near([0.1, 0.1, 0.202, 0.203, 0.1]))
  })

  it('is refused for part of the people where a specialty has one number', () => {
    expect(() => compiled({ adjustments: [adjust('backfillShare', 'set', 0.5, { deprivation: ['1'] })] })).toThrow(/backfillShare is one number for a specialty/)
  })

  it('is refused by date where the number is read once', () => {
    const late = { from: '2026-06-01' }
    expect(() => compiled({ adjustments: [adjust('rebookWeeks', 'set', 4, late)] })).toThrow(InputError)
    expect(() => compiled({ adjustments: [adjust('dischargeAfterDna', 'set', 0.4, late)] })).toThrow(/read once/)
    expect(() => compiled({ adjustments: [adjust('capacityFactor', 'set', 1.1, late)] })).not.toThrow()
  })

  it('of admission odds moves the share of a stratum against its group’s, in odds', () => {
    const [{ services: [service] }] = compiled({ dimensions: [AGE], adjustments: [adjust('admissionOdds', 'multiply', 2, { dimensions: [{ dimension: 'age', groups: ['65+'] }] })] })
    expect([...service.admittedShare]).toEqual([0.2, 0.2, 0.3].flatMap((share) => [share, expect.closeTo(withOdds(share, 2), 12) as number]))
  })
})

describe('a study without adjustments', () => {
  it('compiles each of its scenarios as if it stood alone', () => {
    const many = compiled({ assumptions: DNA, scenarios: [{ id: 'a' }, { id: 'b', adjustments: [adjust('dnaRate', 'set', 0)] }, { id: 'c' }] })
    const [alone] = compiled({ assumptions: DNA })
    expect(many[0].services).toEqual(alone.services)
    expect(many[2].services).toEqual(alone.services)
    expect(many[1].services).not.toEqual(alone.services)
    expect(study().adjustments).toEqual([])
  })
})
