import { describe, expect, it } from 'vitest'
import { assumptionsText, listAssumptions } from '../../src/cli/assumptions.ts'
import { ASSUMPTIONS } from '../../src/scenario/assumptions.ts'
import { resolved, SMALL_STUDY } from './helpers.ts'

describe('the list of assumptions', () => {
  it('names every assumption and fits 80 columns', () => {
    const text = assumptionsText(listAssumptions(ASSUMPTIONS, null), null)
    for (const { id } of ASSUMPTIONS) expect(text).toContain(id)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(text).not.toMatch(/^\*/m)
  })

  it('marks what a study changes, with the value and where', async () => {
    const study = await resolved(
      `${SMALL_STUDY.replace('base: {}', 'base: { invest: [{ lever: outreach, budget: { perYear: 1 }, parameters: { costPerPersonFound: 99 } }] }')}assumptions: { dnaRate: 0.2 }\n`,
    )
    const text = assumptionsText(listAssumptions(ASSUMPTIONS, study), study)
    expect(text).toMatch(/^\* dnaRate/m)
    expect(text).toContain('study: 0.2 / 0.2 / 0.2')
    expect(text).toMatch(/^\* lever\.outreach\.costPerPersonFound/m)
    expect(text).toContain('base/outreach: 99')
    expect(text).toMatch(/^ {2}lever\.outreach\.maxShareOfUnmetPerWeek/m)
  })
})
