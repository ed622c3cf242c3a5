import { describe, expect, it } from 'vitest'
import { simulateMany, tablesOf, waitingByBand } from './tables-fixture.ts'

/** Runs of one step in which one slot is given, missed half of the time, and offered again: how often it comes to the 50 recent ones, behind two who have waited. */
function comesToRecent(inTurnShare: number, slots: number): number {
  const waited = 10
  const tables = tablesOf({
    steps: 1,
    waitingFirst: [Array.from({ length: waited + 1 }, (_, week) => (week === 0 ? 50 : week === waited ? 2 : 0))],
    firstSlots: { open: () => slots, inTurnShare },
    dnaRate: 0.5,
    dischargeAfterDna: 1,
    backfillShare: 1,
  })
  return simulateMany(tables, 4000, (census) => 50 - waitingByBand(census, 1, 0, 0)[1]).filter((left) => left > 0).length / 4000
}

describe('a missed slot offered again', () => {
  it('goes in turn where it was a slot in turn: to the recent only when both who have waited longer missed it', () => {
    // ¼, standard error 0.007.
    expect(Math.abs(comesToRecent(1, 1) - 0.25)).toBeLessThan(0.03)
  })

  it('goes by chance where it was one by chance, to anybody who waits', () => {
    // One offer of one slot, and as many again as were missed before, each to one of 50 in 52: 1 − 2 ÷ 52 at the first,
    // and else at a later one, if the first was missed.
    const first = 50 / 52
    const second = (2 / 52) * 0.5 * (50 / 51)
    const third = (2 / 52) * 0.5 * (1 / 51) * 0.5
    expect(Math.abs(comesToRecent(0, 1) - (first + second + third))).toBeLessThan(0.012)
  })
})
