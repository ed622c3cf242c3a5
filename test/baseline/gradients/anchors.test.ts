import { describe, expect, it } from 'vitest'
import { anchorsOf, leanAnchor, leanOf, REGIONS } from '../../../src/baseline/gradients/anchors.ts'

describe('published gaps', () => {
  it('lean by the log odds for each unit of rank: 40.8 v 39.1% over 18 weeks, tenths', () => {
    expect(anchorsOf('England').over18.mean).toBeCloseTo((Math.log(0.408 / 0.592) - Math.log(0.391 / 0.609)) / 0.9, 12)
  })

  it('turn tenths into fifths by a straight line: the same lean over eight ninths of the distance', () => {
    const tenths = leanOf({ mostDeprived: 0.408, leastDeprived: 0.391, rankDistance: 0.9 })
    const logOdds = (share: number): number => Math.log(share / (1 - share))
    const middle = (logOdds(0.408) + logOdds(0.391)) / 2
    const at = (height: number): number => 1 / (1 + Math.exp(-(middle + tenths * height)))
    const fifths = { mostDeprived: at(0.4), leastDeprived: at(-0.4), rankDistance: 0.8 }
    expect(leanOf(fifths)).toBeCloseTo(tenths, 10)
    expect(100 * (fifths.mostDeprived - fifths.leastDeprived)).toBeCloseTo((1.7 * 8) / 9, 3)
  })

  it('are less sure the fewer digits they have: 2.1 v 1.9% says less than 40.8 v 39.1%', () => {
    const few = leanAnchor({ mostDeprived: 0.021, leastDeprived: 0.019, rankDistance: 0.8 })
    const many = leanAnchor({ mostDeprived: 0.408, leastDeprived: 0.391, rankDistance: 0.9 })
    expect(few.sd / few.mean).toBeGreaterThan(many.sd / many.mean)
  })

  it("stand for regions: their own where there is one, England's with a wide spread elsewhere", () => {
    const east = anchorsOf('East of England')
    expect(east.ownOver18).toBe(true)
    expect(east.over18.mean).toBeCloseTo((Math.log(0.469 / 0.531) - Math.log(0.43 / 0.57)) / 0.9, 12)
    const london = anchorsOf('London')
    expect(london.ownOver18).toBe(false)
    expect(london.over18.mean).toBe(anchorsOf('England').over18.mean)
    expect(london.over18.sd).toBeGreaterThan(3 * anchorsOf('England').over18.sd)
    expect(REGIONS).toHaveLength(7)
  })
})
