import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MEASURES } from '../../src/measures/definitions.ts'
import { chanceText, dateWords, limitText, measuredText } from '../../src/measures/value-text.ts'

describe('a number in words', () => {
  it.each([
    [0.6134, 'share', '61.3%'],
    [-0.0041, 'difference of shares', '-0.41'],
    [-0.00001, 'difference of shares', '0.00'],
    [286_412.4, 'pathways', '286,412'],
    [13.64, 'weeks', '13.6'],
    [1.0192, 'ratio', '1.019'],
    [1_234_567.8, '£', '£1,234,568'],
    [-5, '£ a week', '-£5'],
    [Number.NaN, 'share', '–'],
  ])('writes %d, a %s, as %s', (value, unit, text) => {
    expect(measuredText(value, unit)).toBe(text)
  })

  it.each([
    [0.92, 'share', '92%'],
    [0.0125, 'share', '1.25%'],
    [0.005, 'difference of shares', '0.5 points'],
    [-0.07, 'difference of shares', '-7 points'],
    [250_000, 'pathways', '250,000 pathways'],
    [18.5, 'weeks', '18.5 weeks'],
  ])('writes the limit %d, a %s, as it was asked for: %s', (value, unit, text) => {
    expect(limitText(value, unit)).toBe(text)
  })

  it('has a sign or words for every unit that is measured, but for plain ratios', () => {
    const units = new Set(MEASURES.map((measure) => measure.unit))
    const bare = [...units].filter((unit) => !/[%£a-z]/.test(limitText(1, unit)))
    expect(bare).toEqual(['ratio'])
  })
})

describe('a share of runs', () => {
  it('says none or all only where it is none or all', () => {
    expect([0, 0.001, 0.275, 0.9999, 1, Number.NaN].map(chanceText)).toEqual(['0%', '<1%', '28%', '>99%', '100%', '–'])
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        expect(chanceText(share) === '0%').toBe(share === 0)
        expect(chanceText(share) === '100%').toBe(share === 1)
      }),
      { seed: 21 },
    )
  })
})

it('writes a date in words', () => {
  expect(dateWords('2029-03-31')).toBe('31 March 2029')
})
