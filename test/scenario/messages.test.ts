import { describe, expect, it } from 'vitest'
import { outsideLimit, text, unknownName } from '../../src/scenario/messages.ts'
import { quoted } from '../../src/scenario/quoted.ts'

describe('what a file says, inside a message', () => {
  it('stands in quotation marks, its own escaped, and is cut where it is long', () => {
    expect(quoted('a "name"\n')).toBe(String.raw`"a \"name\"\n"`)
    expect(quoted('x'.repeat(60))).toBe(`"${'x'.repeat(60)}"`)
    expect(quoted('x'.repeat(61))).toBe(`"${'x'.repeat(60)}…"`)
  })
})

describe('a name that is not known', () => {
  const names = Array.from({ length: 14 }, (_, index) => `measure-${index}`)

  it('is answered with the nearest, or with what is allowed, a long list cut', () => {
    expect(unknownName('measure', 'measure-33', names)).toBe('unknown measure "measure-33"; did you mean "measure-3"?')
    expect(unknownName('measure', 'quite another thing', names)).toMatch(/allowed: measure-0, .*measure-11, … \(14 in all\)$/)
    expect(unknownName('measure', ['a'], ['waiting'])).toBe('unknown measure a list; allowed: waiting')
  })
})

describe('limits', () => {
  it('speak of one character and one entry as of one', () => {
    expect(outsideLimit('string', 'least', 1, true, '')).toBe('must be at least 1 character long')
    expect(outsideLimit('array', 'most', 1, true, [1, 2])).toBe('must have at most 1 entry')
    expect(outsideLimit('array', 'most', 2, true, [1, 2, 3])).toBe('must have at most 2 entries')
    expect(outsideLimit('number', 'most', 5, false, 5)).toBe('must be below 5; found 5')
  })
})

describe('a key that stands twice', () => {
  it('is told with the line of the first, where that is known', () => {
    expect([text.duplicateKey('name', 3), text.duplicateKey('name', undefined)]).toEqual([
      'the key "name" appears twice (first on line 3); keep one',
      'the key "name" appears twice; keep one',
    ])
  })
})
