/** England's published months, where they are beside the project: what the fits have to reach. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkMonthAhead } from '../../src/baseline/calibrate/check-fit.ts'
import { fitService } from '../../src/baseline/calibrate/fit-service.ts'
import { monthEffects } from '../../src/baseline/calibrate/forecast-flows.ts'
import { readMonthlyTotals } from '../../src/baseline/series/read-monthly.ts'
import { readSeries } from '../../src/baseline/series/read-series.ts'
import { together } from '../../src/baseline/series/read-week-bands.ts'
import { KnownSeries } from '../../src/baseline/series/types.ts'
import { runBacktest } from '../../src/experiment/backtest/run-backtest.ts'
import type { BacktestMethod, BacktestMode, BacktestRow } from '../../src/experiment/backtest/types.ts'

const shared = (name: string): string => fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url))
const PANEL = shared('weekband-england-constant-panel-2024-04-to-2026-01.csv')
const MONTHLY = shared('rtt-england-monthly-2007-04-to-2026-01.csv')
const present = existsSync(PANEL) && existsSync(MONTHLY)
if (!present) process.stderr.write('skipped: published month-ends are not beside the project\n')

describe.skipIf(!present)('England, known to February 2025', () => {
  it('reproduces the fitted months one month ahead: stops within 0.05, the list within 0.02, removals in total', async () => {
    const [area] = await readSeries([PANEL], null)
    const known = new KnownSeries(together(area.specialties), '2025-02')
    const check = checkMonthAhead(known, fitService(known))
    expect(check.nonAdmitted).toBeLessThan(0.05)
    expect(check.admitted).toBeLessThan(0.05)
    expect(check.list).toBeLessThan(0.02)
    expect(check.withDecision).toBeLessThan(0.02)
    expect(check.within18Size).toBeLessThan(1)
    expect(check.removals).toBeCloseTo(1, 1)
  })

  it('given the flows is within 0.02 of the published bands after one month and 0.035 after eleven, and over 52 weeks within 0.4 points', async () => {
    const [area] = await readSeries([PANEL], null)
    const totals = await readMonthlyTotals(MONTHLY)
    const rows = runBacktest({ area, origins: ['2025-02'], bySpecialty: false, whole: null, effectsAt: (origin) => monthEffects(totals, origin) })
    const of = (mode: BacktestMode, method: BacktestMethod, ahead: number): BacktestRow => {
      const row = rows.find((each) => each.mode === mode && each.method === method && each.monthsAhead === ahead)
      if (row === undefined) throw new Error(`no ${mode} ${method} ${ahead}`)
      return row
    }
    expect(of('given-flows', 'fairwait', 1).distance).toBeLessThan(0.02)
    const eleven = of('given-flows', 'fairwait', 11)
    expect(eleven.distance).toBeLessThan(0.035)
    expect(Math.abs(eleven.error.over52)).toBeLessThan(0.4)
    // Without the drift that was fitted, as studies run by default, too many would be over 52 weeks.
    expect(of('given-flows', 'held-level', 11).error.over52).toBeGreaterThan(eleven.error.over52 + 0.2)
    // With their unreported removals known too, nothing is left to go wrong with the number of people.
    expect(Math.abs(of('given-removals', 'fairwait', 11).error.list)).toBeLessThan(1)
    expect(Math.abs(of('forecast', 'fairwait', 11).error.list)).toBeLessThan(3)
    for (const method of ['first-come-first-served', 'random-order'] as const) {
      expect(of('given-flows', method, 11).distance).toBeGreaterThan(2 * (eleven.distance ?? 1))
    }
  })
})
