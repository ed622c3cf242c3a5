import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors.ts'
import { parseStudy } from '../../src/scenario/parse.ts'
import { complaints, SMALL_STUDY } from './helpers.ts'

const recovery = readFileSync(new URL('../../scenarios/recovery.yaml', import.meta.url), 'utf8')

/** Words of schema libraries that must never reach a user. */
const LEAKED = /Invalid input|expected \w+, received|Unrecognized key|Too (big|small)|zod|Cannot read prop|undefined/i

async function soundOrRefused(source: string): Promise<void> {
  try {
    await parseStudy(source, 'study.yaml')
  } catch (error) {
    expect(error).toBeInstanceOf(InputError)
    const { problems, message } = error as InputError
    expect(problems.length).toBeGreaterThan(0)
    expect(problems.every((problem) => problem.message.length > 0 && problem.file === 'study.yaml')).toBe(true)
    // What the text itself said may be quoted; the checks' own words may not leak.
    if (!LEAKED.test(source)) expect(message).not.toMatch(LEAKED)
  }
}

describe('reading a study never fails but with a message for the user', () => {
  it('on arbitrary text', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), soundOrRefused), { seed: 21, numRuns: 400 })
  })

  it('on text made of the signs of YAML', async () => {
    const signs = fc.constantFrom('{', '}', '[', ']', ':', ' ', '\n', '-', '&a', '*a', '!', '|', '>', '"', "'", '#', '?', ',', '\t', 'a', '1', '<<')
    await fc.assert(fc.asyncProperty(fc.array(signs, { maxLength: 60 }).map((parts) => parts.join('')), soundOrRefused), {
      seed: 22,
      numRuns: 600,
    })
  })

  it('on arbitrary JSON', async () => {
    await fc.assert(fc.asyncProperty(fc.json(), soundOrRefused), { seed: 23, numRuns: 300 })
  })

  it('on a shipped study with pieces cut out, put in, or repeated', async () => {
    const change = fc.record({
      at: fc.nat({ max: recovery.length }),
      cut: fc.nat({ max: 30 }),
      put: fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('null', '-1', '1e999', '[]', '{}', '"', ': ', '\n  ', '.inf', '*x')),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        let source = recovery
        for (const { at, cut, put } of changes) source = source.slice(0, at) + put + source.slice(at + cut)
        await soundOrRefused(source)
      }),
      { seed: 24, numRuns: 300 },
    )
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
