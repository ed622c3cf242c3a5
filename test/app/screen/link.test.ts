import { deflateSync, strToU8 } from 'fflate'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkFragment, MOST_BYTES, MOST_CHARACTERS, readFragment } from '../../../src/app/screen/link.ts'

const base64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

describe('a study in a link', () => {
  it('comes back as it was, whatever is written in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (written) => {
        // Half a surrogate pair has no UTF-8.
        const studyText = written.toWellFormed()
        const fragment = linkFragment(studyText)
        expect(fragment).not.toBeNull()
        expect(readFragment(fragment ?? '')).toEqual({ kind: 'study', text: studyText })
      }),
      { seed: 8, numRuns: 100 },
    )
  })

  it('is a fraction of the study in length', () => {
    const studyText = 'scenarios:\n'.repeat(500)
    expect(linkFragment(studyText)?.length).toBeLessThan(studyText.length / 10)
  })

  it('is refused where the study is too long for it', () => {
    expect(linkFragment('x'.repeat(MOST_BYTES + 1))).toBeNull()
  })
})

describe('a fragment from elsewhere', () => {
  it('is left alone where it is not a study', () => {
    expect(readFragment('')).toEqual({ kind: 'none' })
    expect(readFragment('#results')).toEqual({ kind: 'none' })
  })

  it('is broken, and throws nothing, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (rest) => {
        expect(['study', 'broken']).toContain(readFragment(`#study=${rest}`).kind)
      }),
      { seed: 9, numRuns: 300 },
    )
    expect(readFragment('#study=<script>')).toEqual({ kind: 'broken' })
  })

  it('is dropped before it has grown to what a study can be', () => {
    const bomb = base64Url(deflateSync(new Uint8Array(20_000_000), { level: 9 }))
    expect(bomb.length).toBeLessThan(MOST_CHARACTERS)
    expect(readFragment(`#study=${bomb}`)).toEqual({ kind: 'broken' })
  })

  it('is broken where it was cut short', () => {
    const whole = base64Url(deflateSync(strToU8('name: recovery\n'.repeat(50))))
    expect(readFragment(`#study=${whole.slice(0, -8)}`)).toEqual({ kind: 'broken' })
  })
})
