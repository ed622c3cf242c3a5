import { describe, expect, it } from 'vitest'
import { assumptionsText, listAssumptions } from '../../src/cli/assumptions.ts'
import { ASSUMPTIONS, PART_DEFAULTS } from '../../src/scenario/assumptions.ts'
import { resolved, SMALL_STUDY } from './helpers.ts'

describe('the list of assumptions', () => {
  it('names every assumption and fits 80 columns', () => {
    const all = [...ASSUMPTIONS, ...PART_DEFAULTS]
    const text = assumptionsText(listAssumptions(all, null), null)
    for (const { id } of all) expect(text).toContain(id)
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

  it('tells each change of a study and of its scenarios with the conditions under which it holds', async () => {
    const study = await resolved(
      SMALL_STUDY.replace('base: {}', 'base: { adjust: [{ assumption: dnaRate, odds: 1.2, deprivation: [1, 2] }] }')
      + 'adjust: [{ assumption: dnaRate, set: 0.1, specialties: [T_1], from: 2026-05-01 }]\n',
    )
    const dna = listAssumptions(ASSUMPTIONS, study).find(({ id }) => id === 'dnaRate')
    expect(dna?.changes).toEqual([
      { where: 'study', value: [0, 0, 0] },
      { where: 'study, specialties T_1, from 2026-05-01', change: 'set', value: 0.1 },
      { where: 'base, deprivation 1 2', change: 'odds', value: 1.2 },
    ])
    expect(assumptionsText(listAssumptions(ASSUMPTIONS, study), study)).toContain('base, deprivation 1 2: odds 1.2')
  })
})
