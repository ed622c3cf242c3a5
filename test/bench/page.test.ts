import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { performancePage } from '../../bench/page.ts'
import type { Circumstances } from '../../bench/record.ts'

const shipped = readFileSync(new URL('../../docs/performance.md', import.meta.url), 'utf8')

const circumstances: Circumstances = {
  date: '2026-02-01',
  commit: 'abc1234',
  processor: 'A processor',
  processors: 2,
  memoryGigabytes: 8,
  architecture: 'x64',
  node: 'v24.0.0',
  gcc: null,
  simpy: null,
  loadBefore: 0,
}

const seconds = (median: number) => ({ median, least: median, greatest: median, repeats: 1 })

describe('the page of performance', () => {
  it('has a place for every part, and says which were not measured', () => {
    const page = performancePage(shipped, {})
    expect(page.match(/Not measured yet\./g)).toHaveLength(8)
  })

  it('keeps what stands outside the markers, and fills in anew what stands between them', () => {
    const once = performancePage(shipped, { threads: { sizes: [{ replications: 4, one: seconds(4), two: seconds(2) }], circumstances } })
    const again = performancePage(once, {})
    expect(again).toBe(performancePage(shipped, {}))
    expect(once).toContain('two threads are 2.00 times as fast as one; met (at least 1.8)')
    expect(once).toContain('commit abc1234')
  })

  it('says of an aim that was missed that it was', () => {
    const slow = { sizes: [{ replications: 4, one: seconds(4), two: seconds(3) }], circumstances }
    expect(performancePage(shipped, { threads: slow })).toContain('1.33 times as fast as one; **missed** (at least 1.8)')
  })

  it('says that the machine was busy where it was', () => {
    const quiet = { sizes: [{ replications: 4, one: seconds(4), two: seconds(2) }], circumstances }
    const busy = { ...quiet, circumstances: { ...circumstances, loadBefore: 3 } }
    expect(performancePage(shipped, { threads: quiet })).not.toContain('The machine was busy')
    expect(performancePage(shipped, { threads: busy })).toContain('The machine was busy')
  })

  it('refuses a page without a place for a part', () => {
    expect(() => performancePage(shipped.replace('<!-- bench:threads -->', ''), {})).toThrow(/no place for/)
  })
})
