import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors.ts'
import { parseStudy } from '../../src/scenario/parse.ts'
import { concreteStudy } from '../../src/scenario/resolve.ts'
import { complaints, FULL_STUDY, resolved, SMALL_STUDY } from './helpers.ts'

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

  /** What is wrong with the refusals of texts that are resolved and made concrete too. */
  async function faultsWhenResolved(texts: fc.Arbitrary<string>, seed: number, numRuns: number): Promise<string[]> {
    const faults: string[] = []
    const seen = { sound: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(texts, async (source) => {
        try {
          concreteStudy(await resolved(source), 1)
          seen.sound++
        } catch (error) {
          if (!(error instanceof InputError)) throw error
          seen.refused++
          const places = error.problems.every(({ file, line, message }) => file === 'study.yaml' && (line !== undefined || /the file|resource|deep/.test(message)))
          if (!places) faults.push(`no place: ${error.message}`)
          if (!LEAKED.test(source) && LEAKED.test(error.message)) faults.push(error.message)
        }
      }),
      { seed, numRuns },
    )
    return Math.min(seen.sound, seen.refused) < numRuns / 20 ? [`only ${JSON.stringify(seen)}`] : faults
  }

  it('on a study of every mechanism with numbers, names and dates changed, through resolving and drawing', async () => {
    const tokens = [...FULL_STUDY.matchAll(/[\w.+-]+/g)].map(({ index, 0: token }) => ({ index, token }))
    const others = fc.oneof(
      fc.constantFrom('0', '1', '-1', '0.5', '2', '1e9', '60', 'week', '"1 + week"', '{}', '[]', 'null', 'all', '2026-06-01', 'T_1', 'AAA'),
      fc.constantFrom(...tokens.map(({ token }) => token)),
    )
    const change = fc.record({ at: fc.nat({ max: tokens.length - 1 }), other: others })
    const texts = fc.array(change, { minLength: 1, maxLength: 2 }).map((changes) =>
      changes
        .toSorted((a, b) => b.at - a.at)
        .reduce((source, { at, other }) => source.slice(0, tokens[at].index) + other + source.slice(tokens[at].index + tokens[at].token.length), FULL_STUDY),
    )
    expect(await faultsWhenResolved(texts, 26, 600)).toEqual([])
  })

  it('on a study of every mechanism with a line left out or repeated, through resolving and drawing', async () => {
    const lines = FULL_STUDY.split('\n')
    const texts = fc
      .array(fc.record({ at: fc.nat({ max: lines.length - 1 }), twice: fc.boolean() }), { minLength: 1, maxLength: 3 })
      .map((changes) => lines.flatMap((line, index) => {
        const change = changes.find(({ at }) => at === index)
        return change === undefined ? [line] : change.twice ? [line, line] : []
      }).join('\n'))
    expect(await faultsWhenResolved(texts, 27, 300)).toEqual([])
  })
})
