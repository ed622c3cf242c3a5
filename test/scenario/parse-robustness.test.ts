import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors.ts'
import { parseStudy } from '../../src/scenario/parse.ts'
import { complaints, SMALL_STUDY } from './helpers.ts'

const recovery = readFileSync(new URL('../../scenarios/recovery.yaml', import.meta.url), 'utf8')

/** Words of schema libraries that must never reach a user. */
const LEAKED = /Invalid input|expected \w+, received|Unrecognized key|Too (big|small)|zod|Cannot read prop|undefined/i

/** Reads text; returns null where it is a sound study, the refusal where it is not; any other error is a defect. */
async function refusalOf(source: string): Promise<InputError | null> {
  try {
    await parseStudy(source, 'study.yaml')
    return null
  } catch (error) {
    if (error instanceof InputError) return error
    throw error
  }
}

/** Reads many texts; returns what is wrong with the refusals themselves. */
async function faultsOf(texts: fc.Arbitrary<string>, seed: number, numRuns: number): Promise<string[]> {
  const faults: string[] = []
  let refused = 0
  await fc.assert(
    fc.asyncProperty(texts, async (source) => {
      const refusal = await refusalOf(source)
      if (refusal === null) return
      refused++
      const named = refusal.problems.every((problem) => problem.message !== '' && problem.file === 'study.yaml')
      if (refusal.problems.length === 0 || !named) faults.push(`no message or no file for ${source}`)
      // What the text itself said may be quoted; the checks' own words may not leak.
      if (!LEAKED.test(source) && LEAKED.test(refusal.message)) faults.push(refusal.message)
    }),
    { seed, numRuns },
  )
  return refused > numRuns / 2 ? faults : [`only ${refused} texts were refused: nothing was tested`]
}

describe('reading a study never fails but with a message for the user', () => {
  it('on arbitrary text', async () => {
    expect(await faultsOf(fc.string({ unit: 'binary', maxLength: 200 }), 21, 400)).toEqual([])
  })

  it('on text made of the signs of YAML', async () => {
    const signs = ['{', '}', '[', ']', ':', ' ', '\n', '-', '&a', '*a', '!', '|', '>', '"', "'", '#', '?', ',', '\t', 'a', '1', '<<']
    const texts = fc.array(fc.constantFrom(...signs), { maxLength: 60 }).map((parts) => parts.join(''))
    expect(await faultsOf(texts, 22, 600)).toEqual([])
  })

  it('on arbitrary JSON', async () => {
    expect(await faultsOf(fc.json(), 23, 300)).toEqual([])
  })

  it('on a shipped study with pieces cut out, put in, or repeated', async () => {
    const change = fc.record({
      at: fc.nat({ max: recovery.length }),
      cut: fc.nat({ max: 30 }),
      put: fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('null', '-1', '1e999', '[]', '{}', '"', ': ', '\n  ', '.inf', '*x')),
    })
    const texts = fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) =>
      changes.reduce((source, { at, cut, put }) => source.slice(0, at) + put + source.slice(at + cut), recovery),
    )
    expect(await faultsOf(texts, 24, 300)).toEqual([])
  })

  it('on a sound study with one value replaced by anything', async () => {
    const places = ['1000, 2000, 3000', 'T_1', '12', '[7, 5, 3]', '2026-04-06', '20', '{}', 'small']
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.json({ maxDepth: 3 }), async (place, value) => {
        // Through resolving too: anything but an InputError is thrown on by the helper.
        const messages = await complaints(SMALL_STUDY.replace(place, () => value))
        expect(messages.join('\n')).not.toMatch(/received|Invalid input/)
      }),
      { seed: 25, numRuns: 300 },
    )
  })
})
