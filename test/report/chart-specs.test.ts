import { describe, expect, it } from 'vitest'
import { chartSvg } from '../../src/report/chart-svg.ts'
import { dateLabels, linePanel } from '../../src/report/chart-specs.ts'

const DAY = 86_400_000

/** Labels of the time axis of a line over so many weeks from a Sunday in January on. */
async function labelsOver(weeks: number): Promise<string[]> {
  const points = Array.from({ length: weeks + 1 }, (_, week) => ({
    date: new Date(Date.UTC(2026, 0, 25) + week * 7 * DAY).toISOString().slice(0, 10),
    value: 100 + week,
    line: 'one',
  }))
  const svg = await chartSvg(linePanel(points, { one: { colour: '#12436D', dash: [1, 0], width: 2 } }, { title: 'people', domain: [0, 500], format: ',.0f' }))
  return [...svg.matchAll(/>([^<>]*(?:[A-Z][a-z]{2}|\b20\d\d)[^<>]*)</g)].map(([, label]) => label)
}

describe('the time axis of a chart', () => {
  it.each([4, 8, 13, 26, 30, 52, 104, 156, 260])('has two labels or more over %i weeks', async (weeks) => {
    const labels = await labelsOver(weeks)
    expect(new Set(labels).size).toBeGreaterThanOrEqual(2)
    expect(labels).toHaveLength(new Set(labels).size)
  })

  it('names the same dates wherever it is drawn', async () => {
    const zone = process.env['TZ']
    const drawn: string[][] = []
    try {
      for (const place of ['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati']) {
        process.env['TZ'] = place
        drawn.push(await labelsOver(4), await labelsOver(13), await labelsOver(260))
      }
    } finally {
      if (zone === undefined) delete process.env['TZ']
      else process.env['TZ'] = zone
    }
    expect(drawn.slice(3, 6)).toEqual(drawn.slice(0, 3))
    expect(drawn.slice(6)).toEqual(drawn.slice(0, 3))
  })

  it('names years alone over three years', () => {
    expect(dateLabels([0, 1100 * DAY]).format).toBe('%Y')
  })
})
