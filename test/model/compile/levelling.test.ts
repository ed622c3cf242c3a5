import { describe, expect, it } from 'vitest'
import { levelledShares } from '../../../src/model/compile/levelling.ts'
import type { Unit } from '../../../src/investment/allocation/units.ts'
import { compiled, policy, sum, type StudyParts } from './study-builder.ts'

const unit = (id: string, need: number, use: number): Unit => ({ id, residents: need, need, use, unmetNeed: need - use })
const GROUPS = [unit('1', 100, 50), unit('2', 100, 75), unit('3', 200, 200)]
const REFERRED: StudyParts['assumptions'] = { referralPropensity: [0.5, 0.75, 1] }

describe('levelling without money', () => {
  it('by zero-sum gives all slots by need', () => {
    const shares = levelledShares({ rule: 'zero-sum', need: 'use' }, GROUPS)
    expect(shares).toEqual([0.25, 0.25, 0.5].map((share) => expect.closeTo(share, 12) as number))
  })

  it('down gives each as few for its need as the worst off have', () => {
    const shares = levelledShares({ rule: 'level-down', need: 'use' }, GROUPS)
    expect(shares).toEqual([50, 50, 100].map((slots) => expect.closeTo(slots / 325, 12) as number))
  })

  it('leaves groups without use or need as they are', () => {
    expect(levelledShares({ rule: 'zero-sum', need: 'use' }, [unit('1', 0, 0), unit('2', 10, 10)])).toEqual([0, 1])
    expect(levelledShares({ rule: 'zero-sum', need: 'use' }, [unit('1', 0, 0)])).toEqual([0])
  })

  it('keeps as many slots as there were by zero-sum, and fewer levelling down', () => {
    const slotsBy = (rule: 'zero-sum' | 'level-down' | null): number => {
      const levelling = rule === null ? null : { rule, need: 'use' as const }
      const [{ services }] = compiled({ assumptions: REFERRED ?? {}, scenarios: [{ policies: [policy({ levelling })] }] })
      return services[0].first.pools.reduce((total, { slots }) => total + sum(slots), 0)
    }
    const now = slotsBy(null)
    // Whole slots are rounded pool by pool.
    expect(Math.abs(slotsBy('zero-sum') - now)).toBeLessThanOrEqual(4)
    expect(slotsBy('level-down') / now).toBeCloseTo((50 / 0.5 + 30 / 0.75 + 20) * 0.5 / 100, 1)
    expect(slotsBy('level-down')).toBeLessThan(now * 0.9)
  })
})
