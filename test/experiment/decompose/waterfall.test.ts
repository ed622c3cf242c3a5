import { describe, expect, it } from 'vitest'
import { explain } from '../../../src/experiment/decompose/explain.ts'
import { exactPlan } from '../../../src/experiment/decompose/shapley.ts'
import type { Decomposition, Explanation } from '../../../src/experiment/decompose/types.ts'
import { MEASURES } from '../../../src/measures/catalogue.ts'
import type { MeasureInfo } from '../../../src/measures/types.ts'
import { waterfallBars, waterfallFigure } from '../../../src/report/waterfall-figure.ts'
import { waterfallPage } from '../../../src/report/waterfall-page.ts'
import { waterfallSentence } from '../../../src/report/waterfall-words.ts'

function infoOf(measure: string): MeasureInfo {
  const info = MEASURES.find(({ id }) => id === measure)
  if (info === undefined) throw new Error(`no measure ${measure}`)
  return info
}

const WITHIN = infoOf('slope-index:within-18-weeks')
const WAIT = infoOf('slope-index:mean-wait')

/** Additive: attendance makes −2 points, going private +0.5, and −0.1 is left; each run a little off. */
const RUNS = [-1, 0, 1].map((noise) => (mask: number) => -0.001 + noise * 0.0001 - (mask & 1 ? 0.02 + noise * 0.0002 : 0) + (mask & 2 ? 0.005 : 0))
const GAP = explain('gap', ['attendance', 'private'], exactPlan(2), RUNS)

const decomposition = (...explanations: Explanation[]): Decomposition => ({
  scenario: { id: 'money', title: 'Money & <more>' },
  reference: { id: 'as-it-is', title: 'As it is' },
  measure: WITHIN.id,
  date: '2029-03-31',
  method: 'exact',
  coalitions: 4,
  orders: 0,
  runs: 12,
  replications: 3,
  leftOut: 0,
  withoutGradient: ['need'],
  explanations,
})

describe('the waterfall', () => {
  it('begins at nothing, each bar where the one above ends, and the whole reaches as far as its parts', () => {
    const bars = waterfallBars(GAP, WITHIN)
    expect(bars.map(({ label }) => label)).toEqual(['Missed appointments', 'Going private', 'No mechanism here', 'The gap'])
    expect(bars[0].start).toBe(0)
    for (const [index, bar] of bars.slice(1, -1).entries()) expect(bar.start).toBe(bars[index].end)
    const whole = bars[3]
    expect(whole.start).toBe(0)
    expect(whole.end).toBeCloseTo(bars[2].end, 9)
    expect(whole.end).toBeCloseTo(-1.6, 9)
  })

  it('colours by what the sign means for the most deprived, and says the sign', () => {
    const kinds = (info: MeasureInfo): string[] => waterfallBars(GAP, info).map(({ kind }) => kind)
    expect(kinds(WITHIN)).toEqual(['against', 'favours', 'rest', 'whole'])
    // A negative gap in the mean wait is a shorter wait of the most deprived.
    expect(kinds(WAIT)).toEqual(['favours', 'against', 'rest', 'whole'])
    expect(waterfallBars(GAP, WITHIN).map(({ text }) => text)).toEqual(['−2.00', '+0.50', '−0.10', '−1.60'])
  })

  it('has a name, a number and a row of the table for every part', async () => {
    const figure = await waterfallFigure(decomposition(GAP), GAP, WITHIN)
    for (const text of ['Missed appointments', 'Going private', 'No mechanism here', '−2.00', '+0.50']) {
      expect(figure.panels[0].svg).toContain(text)
      expect(figure.table.markup).toContain(text)
    }
    expect(figure.table.markup).toContain('All mechanisms together')
  })
})

describe('the sentence', () => {
  it('gives the gap, its parts, and what would be left', () => {
    expect(waterfallSentence(decomposition(GAP), GAP, WITHIN)).toBe(
      'Under “Money & <more>” the gap on 31 March 2029 is −1.60 points (95% interval −1.62 to −1.58): the most deprived are worse off. '
        + 'The mechanisms together make −1.50 points: missed appointments −2.00 and going private +0.50. '
        + 'With no difference between groups −0.10 points would be left.',
    )
  })

  it('says of a change which way it goes', () => {
    const change = explain('change', ['order-policy'], exactPlan(1), [0.0099, 0.01, 0.0101].map((size) => (mask: number) => mask * size))
    const sentence = waterfallSentence(decomposition(change), change, WITHIN)
    expect(sentence).toContain('Against “As it is”, “Money & <more>” changes the gap on 31 March 2029 by +1.00 points')
    expect(sentence).toContain('towards the most deprived')
    expect(sentence).toContain('Nothing else is part of it.')
  })

  it('claims nothing that is not clear of zero', () => {
    const noise = explain('gap', ['attendance'], exactPlan(1), [-1, 1].map((sign) => (mask: number) => sign * (0.01 + 0.02 * mask)))
    const sentence = waterfallSentence(decomposition(noise), noise, WITHIN)
    expect(sentence).toContain('which is not clear of zero')
    expect(sentence).toContain('No mechanism makes a part of it that is clear of zero.')
    expect(sentence).not.toContain('%)')
    expect(sentence).toContain('no more than chance')
  })
})

describe('the page', () => {
  it('is one document without script or network, with text that stays text', async () => {
    const page = await waterfallPage('Study <b>', decomposition(GAP), WITHIN)
    expect(page).toContain('Study &lt;b&gt;')
    expect(page).toContain('Money &amp; &lt;more&gt;')
    expect(page).not.toMatch(/<script|src=|url\(/)
    expect(page).toContain('all 4 coalitions')
    expect(page).toContain('need per head')
  })
})
