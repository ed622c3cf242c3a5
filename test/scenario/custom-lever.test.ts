import { describe, expect, it } from 'vitest'
import { complaints, resolved, SMALL_STUDY } from './helpers.ts'

const withCustom = (block: string): string =>
  SMALL_STUDY.replace('  base: {}\n', `  base:\n    invest:\n      - lever: custom\n        budget: { perYear: 1000 }\n        custom: { ${block} }\n`)

const SOUND = 'acts: [{ on: dna, effectPerUnit: 0.3 }, { on: removals, effectPerUnit: 2 }], unitCost: 50, uptake: { mostDeprived: 0.5, leastDeprived: 0.9 }, lagWeeks: 8, source: a pilot'

describe('a custom lever', () => {
  it('becomes parameters, with defaults for what is left out, and keeps its source', async () => {
    const [{ invest: [programme] }] = (await resolved(withCustom(SOUND))).scenarios
    expect(programme.parameters).toMatchObject({ unitCost: 50, dnaEffect: 0.3, removalsEffect: 2, needEffect: 0, lagWeeks: 8, decayHalfLifeWeeks: 0, uptakeMostDeprived: 0.5, uptakeLeastDeprived: 0.9, maxReach: 0.1, halfSaturation: 0.5 })
    expect(programme.source).toBe('a pilot')
  })

  it('takes one uptake for all, and distributions that are drawn by their place in the file', async () => {
    const [{ invest: [programme] }] = (await resolved(withCustom('acts: [{ on: dna, effectPerUnit: { dist: uniform, min: 0.1, max: 0.3 } }], unitCost: 50, uptake: 0.6, source: a pilot'))).scenarios
    expect(programme.parameters).toMatchObject({ uptakeMostDeprived: 0.6, uptakeLeastDeprived: 0.6, dnaEffect: { dist: 'uniform', key: 'scenarios.base.invest[0].custom.acts[0].effectPerUnit' } })
  })

  const faults: readonly (readonly [string, string, string])[] = [
    ['an unknown act', SOUND.replace('on: removals', 'on: removal'), 'study.yaml:13:65 scenarios.base.invest[0].custom.acts[1].on: unknown act "removal"; did you mean "removals"?'],
    ['an effect out of its range', SOUND.replace('0.3', '1.3'), 'study.yaml:13:52 scenarios.base.invest[0].custom.acts[0].effectPerUnit: must be between 0 and 1; it is 1.3'],
    ['the same act twice', SOUND.replace('on: removals', 'on: dna'), 'study.yaml:13:65 scenarios.base.invest[0].custom.acts[1].on: dna is listed twice'],
    ['no price', SOUND.replace('unitCost: 50, ', ''), 'study.yaml:13:17 scenarios.base.invest[0].custom.unitCost: is missing'],
    ['no acts', SOUND.replace(/acts: \[.*?\]/, 'acts: []'), 'study.yaml:13:25 scenarios.base.invest[0].custom.acts: must have at least 1 entry'],
    ['parameters beside it', `${SOUND} }\n        parameters: { lagWeeks: 3`, 'study.yaml:14:9 scenarios.base.invest[0].parameters: unknown key "parameters"'],
    ['no source', SOUND.replace(', source: a pilot', ''), 'study.yaml:13:17 scenarios.base.invest[0].custom.source: is missing'],
  ]
  it.each(faults)('is refused with %s, at its place', async (_what, block, message) => {
    const found = await complaints(withCustom(block))
    expect(found.map((line) => line.slice(0, message.length))).toContain(message)
  })
})
