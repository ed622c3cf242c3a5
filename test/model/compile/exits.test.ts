import { describe, expect, it } from 'vitest'
import { BANDS } from '../../../src/baseline/types.ts'
import { InputError } from '../../../src/errors.ts'
import { EXIT_CAUSES } from '../../../src/scenario/study.ts'
import type { ExitHazard, ServiceTables } from '../../../src/model/tables.ts'
import { programme } from '../../investment/programmes.ts'
import { adjust, compiled, shock, TWO_LEVELS, WEEKS, type StudyParts } from './study-builder.ts'

const serviceOf = (parts: StudyParts): ServiceTables => compiled(parts)[0].services[0]
const cause = (service: ServiceTables, name: (typeof EXIT_CAUSES)[number]): ExitHazard => service.exits[EXIT_CAUSES.indexOf(name)]
/** Hazard of a stratum in a step at a number of weeks waited. */
const hazardAt = ({ byBand, added, addedFromBand, factor }: ExitHazard, stratum: number, step: number, band: number): number =>
  (byBand[stratum * BANDS + band] + (added !== null && band >= addedFromBand ? added[stratum * WEEKS + step] : 0)) * (factor === null ? 1 : factor[stratum * WEEKS + step])

describe('hazards of leaving', () => {
  it('are the baseline’s by weeks waited and the assumptions’ by group, without factors where nothing changes', () => {
    const service = serviceOf({ assumptions: { privatePerWeek: [0.001, 0.002, 0.003], removedFactor: [1, 2, 1] } })
    expect(service.exits.map(({ factor, added }) => [factor, added])).toEqual(EXIT_CAUSES.map(() => [null, null]))
    expect(service.exitsByLevel).toBe(false)
    expect(hazardAt(cause(service, 'removed'), 0, 0, 0)).toBe(0)
    expect(hazardAt(cause(service, 'removed'), 0, 0, 50)).toBe(0.002)
    expect(hazardAt(cause(service, 'removed'), 1, 0, 50)).toBe(0.004)
    expect(hazardAt(cause(service, 'private'), 2, 0, 9)).toBe(0.003)
  })

  it('follow an assumption through time, and a shock on top', () => {
    const service = serviceOf({
      assumptions: { emergencyPerWeek: [0.01, 0.01, 0.01] },
      scenarios: [
        {
          adjustments: [adjust('emergencyPerWeek', 'set', 0.04, { deprivation: ['1'], from: '2026-05-04', to: '2026-05-17' })],
          shocks: [shock({ kind: 'winter', weeks: ['2026-05-11'], emergencyFactor: [1.5, 2, 1], deathFactor: [1, 1, 1] })],
        },
      ],
    })
    const emergency = cause(service, 'emergency')
    const near = (values: readonly number[]): number[] => values.map((value) => expect.closeTo(value, 12) as number)
    expect([3, 4, 5, 6].map((step) => hazardAt(emergency, 0, step, 20))).toEqual(near([0.01, 0.04, 0.06, 0.01]))
    expect([3, 4, 5, 6].map((step) => hazardAt(emergency, 1, step, 20))).toEqual(near([0.01, 0.01, 0.02, 0.01]))
    expect(cause(service, 'died').factor).toBeNull()
  })

  it('leave validation as it was bought, whatever becomes of the baseline’s removals', () => {
    const invest = [programme({ lever: 'validation', from: '2026-01-01' })]
    const [plain, varying] = compiled({ scenarios: [{ invest }, { invest, adjustments: [adjust('removedFactor', 'set', 0, { from: '2026-05-04' })] }] }).map(({ services }) => cause(services[0], 'removed'))
    const added = (step: number): number => hazardAt(plain, 0, step, 30) - 0.002
    expect(added(6)).toBeGreaterThan(0.0001)
    expect(hazardAt(varying, 0, 6, 30)).toBeCloseTo(added(6), 8)
    expect(hazardAt(varying, 0, 2, 30)).toBeCloseTo(0.002 + added(2), 12)
  })

  it('by priority are seen to differ', () => {
    const parts = { priority: TWO_LEVELS, assumptions: { emergencyPerWeek: [0.01, 0.01, 0.01] } }
    expect(serviceOf(parts).exitsByLevel).toBe(false)
    const urgent = serviceOf({ ...parts, adjustments: [adjust('emergencyPerWeek', 'multiply', 3, { priority: ['urgent'] })] })
    expect(urgent.exitsByLevel).toBe(true)
    expect(hazardAt(cause(urgent, 'emergency'), 1, 0, 5)).toBeCloseTo(0.03, 12)
  })

  it('above 1 a step are refused, with what to do', () => {
    const winter = shock({ kind: 'winter', weeks: ['2026-05-11'], emergencyFactor: [3, 1, 1] })
    expect(() => compiled({ assumptions: { emergencyPerWeek: [0.4, 0.1, 0.1] }, scenarios: [{ shocks: [winter] }] })).toThrow(InputError)
    expect(() => compiled({ assumptions: { emergencyPerWeek: [0.4, 0.1, 0.1] }, scenarios: [{ shocks: [winter] }] })).toThrow(/emergency of T_1 in A comes to 1\.20 a step/)
  })

  it('with days as steps are a seventh', () => {
    expect(cause(serviceOf({ time: { stepDays: 1 } }), 'withdrew').byBand[40]).toBeCloseTo(0.003 / 7, 15)
  })
})

describe('deterioration', () => {
  it('is there where levels and a hazard are', () => {
    const assumptions = { deteriorationPerWeekFirst: [0.02, 0.01, 0.01] }
    expect(serviceOf({ assumptions }).first.deterioration).toBeNull()
    const { first, admission } = serviceOf({ assumptions, priority: TWO_LEVELS })
    expect(first.deterioration?.byBand[0]).toBe(0.02)
    expect(admission.deterioration).toBeNull()
  })
})
