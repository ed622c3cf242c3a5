import { beforeAll, describe, expect, it } from 'vitest'
import { fitArea, type AreaFit } from '../../../src/baseline/gradients/fit-area.ts'
import { createOutlook } from '../../../src/baseline/gradients/outlook.ts'
import { AS_PUBLISHED, gradientsOf, UNKNOWNS, type Unknown } from '../../../src/baseline/gradients/unknowns.ts'
import { twoSpecialties } from './lists.ts'

const chosen = (...ids: string[]): Unknown[] => UNKNOWNS.filter(({ id }) => ids.includes(id))
/** The three unknowns of these tests, and what is true of them. */
const unknowns = chosen('sector-access', 'dna', 'need')
const truth = [1.1, 1, 1]

describe('the fit of an area', () => {
  let fit: AreaFit
  beforeAll(async () => {
    const outlook = await createOutlook(twoSpecialties())
    const made = outlook(gradientsOf(unknowns, truth, AS_PUBLISHED)).settled
    const anchor = (mean: number): { mean: number; sd: number } => ({ mean, sd: 0.005 * mean })
    fit = fitArea({ area: 'made', anchors: { over18: anchor(made.lean18), over52: anchor(made.lean52), ownOver18: true }, unknowns, base: AS_PUBLISHED, outlook })
  }, 240_000)
  const of = (id: string): AreaFit['unknowns'][number] => {
    const found = fit.unknowns.find((each) => each.id === id)
    if (found === undefined) throw new Error(id)
    return found
  }

  it('recovers the access gradient that made the gaps', () => {
    const access = of('sector-access')
    expect(access.takenOn).toBe(true)
    expect(access.value).toBeCloseTo(1.1, 1)
    expect(access.fitted.lower).toBeLessThan(1.1)
    expect(access.fitted.upper).toBeGreaterThan(1.1)
    expect(fit.over18.fitted).toBeCloseTo(fit.over18.published, 3)
  })

  it('says that need is not told by waits, and leaves it where it was', () => {
    const need = of('need')
    expect(need.spreadLeft).toBeGreaterThan(0.98)
    expect(need.takenOn).toBe(false)
    expect(need.value).toBe(1)
  })

  it('accounts for the whole gap, and puts most of it down to access', () => {
    const total = fit.parts.reduce((sum, { within18 }) => sum + within18.middle, fit.remainder.within18)
    expect(total).toBeCloseTo(fit.gap.within18.middle, 10)
    const access = fit.parts.find(({ mechanism }) => mechanism === 'independent-sector')
    expect(access?.within18.middle).toBeLessThan(0.6 * fit.gap.within18.middle)
    expect(Math.abs(fit.remainder.within18)).toBeLessThan(0.05)
  })

  it('writes assumptions of what is taken on, and of nothing else', () => {
    const taken = fit.unknowns.filter(({ takenOn }) => takenOn).map(({ id }) => id)
    expect(Object.hasOwn(fit.assumptions, 'independentSectorAccess')).toBe(true)
    expect(Object.hasOwn(fit.assumptions, 'dnaRate')).toBe(taken.includes('dna'))
    expect(fit.assumptions.independentSectorAccess?.[0]).toBeCloseTo(0.713 ** of('sector-access').value, 2)
  })
})
