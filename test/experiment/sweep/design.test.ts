import { describe, expect, it } from 'vitest'
import { InputError } from '../../../src/errors.ts'
import { parseDesign } from '../../../src/experiment/sweep/design.ts'

const HEAD = `schemaVersion: 1
name: test
study: laboratory.yaml
measures: [waiting]
`

async function refusal(text: string): Promise<string> {
  try {
    await parseDesign(text, 'design.yaml')
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
  return 'accepted'
}

describe('a design file', () => {
  it('fills in what is left out', async () => {
    const { design } = await parseDesign(`${HEAD}method: grid\n`, 'design.yaml')
    expect(design).toMatchObject({ replications: 1, draws: 0, specialties: ['all'], dates: [], budget: { runs: 100_000, minutes: null }, until: null })
  })

  it.each([
    ['an unknown key', 'method: grid\nreplication: 3\n', 'design.yaml:6:1 replication: unknown key "replication"; did you mean "replications"?'],
    ['an unknown method', 'method: gird\n', 'design.yaml:5:9 method: must be'],
    ['an empty grid', 'method: grid\nfactors:\n  - { path: time.weeks, values: [] }\n', 'design.yaml:7:33 factors[0].values: has no values'],
    ['a reversed range', 'method: sobol\nruns: 4\nfactors:\n  - { path: time.weeks, range: [9, 2] }\n', 'the range runs from 9 down to 2; write the lower end first: [2, 9]'],
    ['a factor without values', 'method: grid\nfactors:\n  - { path: time.weeks }\n', 'needs exactly one of values, range and distribution'],
    ['a grid over a range without levels', 'method: grid\nfactors:\n  - { path: time.weeks, range: [2, 9] }\n', 'needs "levels"'],
    ['a sample without its size', 'method: sobol\nfactors:\n  - { path: time.weeks, range: [2, 9] }\n', 'runs: is missing'],
    ['a grid with a size of its own', 'method: grid\nruns: 4\n', 'runs: has no use with the method grid'],
    ['a table with a short row', 'method: table\nfactors: [{ path: a }, { path: b }]\ntable: [[1, 2], [3]]\n', 'table[1]: must have one value for each factor, 2; it has 1'],
    ['a factor named twice', 'method: grid\nfactors: [{ path: a, values: [1] }, { path: a, values: [2] }]\n', 'factors[1].path: is a factor twice'],
    ['an unknown distribution', 'method: sobol\nruns: 2\nfactors: [{ path: a, distribution: { dist: gama, mean: 1, sd: 1 } }]\n', 'did you mean "gamma"?'],
    ['until with draws', 'method: grid\ndraws: 2\nuntil: { measure: waiting, scenario: a, halfWidth: 1, maxReplications: 9 }\n', 'cannot be used with draws'],
    ['until on a measure that is not kept', 'method: grid\nuntil: { measure: died, scenario: a, halfWidth: 1, maxReplications: 9 }\n', 'until.measure: unknown measure "died"'],
    ['a key that appears twice', 'method: grid\nmethod: grid\n', 'the key "method" appears twice (first on line 5); keep one'],
  ])('refuses %s, and says where and what to do', async (_, rest, message) => {
    expect(await refusal(HEAD + rest)).toContain(message)
  })

  it('suggests the measure that was meant', async () => {
    expect(await refusal(HEAD.replace('[waiting]', '[wating]') + 'method: grid\n')).toContain('did you mean "waiting"?')
  })

  it.each([['nothing', ''], ['a list', '- 1\n'], ['text', 'hello\n']])('refuses %s', async (_, text) => {
    expect(await refusal(text)).toMatch(/a design/)
  })
})
