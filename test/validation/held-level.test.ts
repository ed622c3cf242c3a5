/**
 * Every pack that ships, with its flows held level: the simulation ends up where the fitted law says, in expected values,
 * and the list settles.
 */
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { totalOf } from '../../src/baseline/series/types.ts'
import { BANDS, type BaselinePack } from '../../src/baseline/types.ts'
import { shippedPack } from '../baseline/packs.ts'
import { expectedAfter, fitOf, listAfterWeeks, MONTHS, sharesOf, simulated, type Shares } from './held-level-law.ts'

const codes = readdirSync(fileURLToPath(new URL('../../scenarios/baselines', import.meta.url))).map((name) => name.slice(0, 3))

/** A pack's list a year on by its law. @param drifts whether the fitted drift goes on */
function expectedShares({ specialties }: BaselinePack, drifts: boolean): Shares {
  const lists = specialties.map((specialty) => expectedAfter(specialty, MONTHS, drifts))
  return sharesOf(Float64Array.from({ length: BANDS }, (_, band) => lists.reduce((sum, list) => sum + list[band], 0)))
}

describe('a pack that ships, its flows held level', () => {
  it('is each of the 43, with every specialty fitted', () => {
    expect(codes).toHaveLength(43)
    for (const code of codes) for (const specialty of shippedPack(code).specialties) expect(fitOf(specialty).until).toBe('2026-01')
  })

  it.for(codes)('has a list that settles: not a sixth more or fewer in five years, and no large specialty empties or doubles: %s', (code) => {
    const { specialties } = shippedPack(code)
    const later = specialties.map((specialty) => listAfterWeeks(specialty, 260))
    const now = specialties.map((specialty) => listAfterWeeks(specialty, 0))
    expect(Math.abs(totalOf(later) / totalOf(now) - 1)).toBeLessThan(1 / 6)
    for (const [index, { code: specialty }] of specialties.entries()) {
      if (now[index] < 1000) continue
      expect.soft(later[index] / now[index], specialty).toBeGreaterThan(0.5)
      expect.soft(later[index] / now[index], specialty).toBeLessThan(2)
    }
  })

  it.for(codes)('ends a year as its fit expects: %s', async (code, { annotate }) => {
    const pack = shippedPack(code)
    const expected = expectedShares(pack, false)
    const end = await simulated(pack)
    await annotate(`${code}: list ${(100 * (end.list / expected.list - 1)).toFixed(2)}%, within 18 ${(end.within18 - expected.within18).toFixed(2)}, over 52 ${(end.over52 - expected.over52).toFixed(2)}`)
    expect(Math.abs(end.list / expected.list - 1)).toBeLessThan(0.02)
    expect(Math.abs(end.within18 - expected.within18)).toBeLessThan(1.5)
    expect(Math.abs(end.over52 - expected.over52)).toBeLessThan(0.8)
  })
})

describe('a pack whose fitted drift goes on', () => {
  it.for(['ENG', 'QYG'])('ends a year as its drifting law expects, with fewer over 52 weeks than at a held level: %s', async (code) => {
    const pack = shippedPack(code)
    const [expected, level] = [expectedShares(pack, true), expectedShares(pack, false)]
    const [end, held] = [await simulated(pack, 1), await simulated(pack)]
    expect(expected.over52).toBeLessThan(level.over52)
    // The two runs share their people, so that chance hardly comes between them.
    expect(Math.abs(end.over52 - held.over52 - (expected.over52 - level.over52))).toBeLessThan(0.25)
    expect(end.over52).toBeLessThan(held.over52)
    expect(Math.abs(end.list / expected.list - 1)).toBeLessThan(0.02)
    expect(Math.abs(end.within18 - expected.within18)).toBeLessThan(1.5)
  })
})
