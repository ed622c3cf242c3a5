import { describe, expect, it } from 'vitest'
import { compareEquity } from '../../../src/measures/distribution/equity.ts'
import { gapClosed } from '../../../src/measures/distribution/gap-closed.ts'
import { VISIBLE_GAP } from '../../../src/measures/headline-measures.ts'
import type { EquityInput } from '../../../src/measures/distribution/outcomes.ts'
import { tradeOffs, type TradeOff } from '../../../src/measures/distribution/trade-offs.ts'
import { losing, runsOf } from './results.ts'

/** Three scenarios, two runs each; the visible gap at the end is as given, by scenario and run. */
function study(gaps: Readonly<Record<string, readonly [number, number]>>): EquityInput {
  const input = runsOf({
    base: [losing([500, 450, 420, 400, 380]), losing([502, 451, 420, 401, 380])],
    fair: [losing([300, 430, 420, 400, 380], 425_000), losing([301, 430, 421, 400, 380], 425_000)],
    flat: [losing([440, 390, 360, 340, 320], 425_000), losing([441, 391, 359, 340, 321], 425_000)],
  })
  const keys = [...input.catalogue.keys, { specialty: 'all', stage: 'all', dimension: 'deprivation', group: 'gap', measure: VISIBLE_GAP }]
  const runs = input.runRows.runs.map((run) => ({ ...run, values: Float64Array.of(...run.values, 0, 0, gaps[run.scenario][run.replication]) }))
  return { ...input, catalogue: { ...input.catalogue, keys }, runRows: { ...input.runRows, runs } }
}

const input = study({ base: [-0.02, -0.024], fair: [-0.004, -0.006], flat: [-0.03, -0.018] })

function pair(scenario: string, against: string, of: EquityInput = input): TradeOff {
  const found = tradeOffs(of)?.pairs.find((each) => each.scenario === scenario && each.against === against)
  if (found === undefined) throw new Error(`no pair of ${scenario} and ${against}`)
  return found
}

describe('trade-offs', () => {
  it('are of every pair once, each against the reference first', () => {
    expect(tradeOffs(input)?.pairs.map(({ scenario, against }) => [scenario, against])).toEqual([['fair', 'base'], ['flat', 'base'], ['flat', 'fair']])
    const other = { ...input, reference: 'flat' }
    expect(tradeOffs(other)?.pairs.map(({ scenario, against }) => [scenario, against])).toEqual([['base', 'flat'], ['fair', 'flat'], ['fair', 'base']])
  })

  it('say against the reference what the comparison of health says', () => {
    const equity = compareEquity(input)?.scenarios.find(({ id }) => id === 'fair')
    const own = pair('fair', 'base')
    expect(own.netHealth).toEqual(equity?.totalNetHealth)
    expect(own.healthGain).toEqual(equity?.healthGain)
    expect(own.healthGap).toEqual(equity?.gap)
    expect(own.byHealthGap).toEqual(equity?.quadrants)
  })

  it('have the opposite signs the other way round', () => {
    const [there, back] = [pair('fair', 'base'), pair('base', 'fair', { ...input, reference: 'fair' })]
    expect(back.netHealth.mean).toBeCloseTo(-there.netHealth.mean, 6)
    expect(back.visibleGapClosed.mean).toBeCloseTo(-there.visibleGapClosed.mean, 12)
    expect(back.byVisibleGap.lessHealthLessFair).toBeCloseTo(there.byVisibleGap.moreHealthFairer, 12)
  })

  it('give each quadrant the share of paired runs in it', () => {
    // The gap of flat is larger than that of base in the first run and smaller in the second; its health is certain.
    const { byVisibleGap } = pair('flat', 'base')
    expect(byVisibleGap.moreHealthFairer + byVisibleGap.lessHealthFairer).toBeCloseTo(0.5, 12)
    expect(byVisibleGap.moreHealthLessFair + byVisibleGap.lessHealthLessFair).toBeCloseTo(0.5, 12)
    for (const each of tradeOffs(input)?.pairs ?? [])
      for (const quadrants of [each.byVisibleGap, each.byHealthGap]) expect(Object.values(quadrants).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
  })

  it('tell who gains health of two that cost the same', () => {
    expect(pair('flat', 'fair').spend.mean).toBe(0)
    expect(pair('flat', 'fair').healthGap.mean).toBeLessThan(0)
    expect(pair('flat', 'fair').byHealthGap.moreHealthLessFair).toBe(1)
  })

  it('are not made where there is nothing to compare', () => {
    expect(tradeOffs({ ...input, catalogue: { ...input.catalogue, dimensions: [] } })).toBeNull()
  })
})

describe('a gap that is closed', () => {
  it('is the size of one mean gap less the size of the other, whichever side they favour', () => {
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(mean(gapClosed([-0.02, -0.03], [-0.01, -0.01], 1))).toBeCloseTo(0.015, 12)
    expect(mean(gapClosed([-0.02, -0.03], [0.01, 0.01], 1))).toBeCloseTo(0.015, 12)
    expect(mean(gapClosed([0.01, 0.01], [-0.02, -0.03], 1))).toBeCloseTo(-0.015, 12)
  })

  it('is not made larger by chance, which gives every run some gap', () => {
    const before = [-0.03, 0.01, -0.03, 0.01]
    const after = [0.02, -0.02, 0.02, -0.02]
    const closed = gapClosed(before, after, 1)
    expect(closed.reduce((sum, each) => sum + each, 0) / 4).toBeCloseTo(0.01, 12)
  })
})
