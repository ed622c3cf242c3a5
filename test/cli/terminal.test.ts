import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cut, plainText, progressLineOn, sparkline, styleFor, tableLines } from '../../src/cli/terminal.ts'
import { duration } from '../../src/cli/messages.ts'

const ESCAPE = '\u001B'

function terminal(isTTY: boolean): { isTTY: boolean; text: string; write(text: string): void } {
  return {
    isTTY,
    text: '',
    write(text) {
      this.text += text
    },
  }
}

describe('a table', () => {
  it('keeps its lines within the width and every number whole, whatever the names', () => {
    const row = fc.tuple(fc.string({ maxLength: 60 }), fc.nat(9_999_999).map(String), fc.nat(999).map(String))
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
        const lines = tableLines(rows, 40)
        for (const [index, line] of lines.entries()) {
          expect(Array.from(line).length).toBeLessThanOrEqual(40)
          expect(line.endsWith(rows[index][2])).toBe(true)
          expect(line).toContain(rows[index][1])
        }
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('puts names to the left and numbers to the right', () => {
    expect(tableLines([['Scenario', 'List'], ['calm', '1,204'], ['strikes', '98']])).toEqual([
      'Scenario  List',
      'calm     1,204',
      'strikes     98',
    ])
  })
})

describe('a sparkline', () => {
  it('goes from the lowest block to the highest over its range, with the first and last value shown', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], [0, 7], 8)).toBe('▁▂▃▄▅▆▇█')
    expect(sparkline([0, 5, 5, 5, 5, 5, 7], [0, 7], 2)).toBe('▁█')
  })

  it('is flat where nothing changes, and empty where nothing is defined', () => {
    expect(sparkline([3, 3, 3], [3, 3], 3)).toBe('▁▁▁')
    expect(sparkline([Number.NaN, 1], [0, 1], 2)).toBe(' █')
    expect(sparkline([], [0, 1], 5)).toBe('')
  })

  it('never leaves its width', () => {
    const values = fc.array(fc.double({ noDefaultInfinity: true }), { maxLength: 300 })
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 40 }), (series, width) => {
        expect(sparkline(series, [-1, 1], width)).toHaveLength(Math.min(width, series.length))
      }),
      { seed: 2, numRuns: 200 },
    )
  })
})

describe('emphasis', () => {
  it.each([
    [true, {}, `${ESCAPE}[1mlist${ESCAPE}[22m`],
    [true, { NO_COLOR: '1' }, 'list'],
    [true, { NO_COLOR: '' }, `${ESCAPE}[1mlist${ESCAPE}[22m`],
    [false, {}, 'list'],
  ])('on a terminal (%s) with %o is %j', (isTTY, environment, expected) => {
    expect(styleFor(terminal(isTTY), environment).bold('list')).toBe(expected)
  })
})

describe('progress', () => {
  it('is written over itself on a terminal, and wiped at the end', () => {
    const stream = terminal(true)
    const line = progressLineOn(stream, true)
    line.show('one')
    line.clear()
    expect(stream.text).toBe(`\r${ESCAPE}[2Kone\r${ESCAPE}[2K`)
  })

  it.each([
    [false, true],
    [true, false],
  ])('is silent where terminal is %s and wanted is %s', (isTTY, wanted) => {
    const stream = terminal(isTTY)
    const line = progressLineOn(stream, wanted)
    line.show('one')
    line.clear()
    expect(stream.text).toBe('')
  })
})

describe('text of a user', () => {
  it('cannot steer the terminal', () => {
    expect(plainText(`title${ESCAPE}[2J\r\nmore\u009B31m`)).toBe('title [2J more 31m')
  })

  it('is cut with an ellipsis only where it is too long', () => {
    expect(cut('orthopaedics', 12)).toBe('orthopaedics')
    expect(cut('orthopaedics', 6)).toBe('ortho…')
  })
})

describe('a duration', () => {
  it.each([
    [0.4, '0 s'],
    [59.4, '59 s'],
    [59.6, '1 min 0 s'],
    [72, '1 min 12 s'],
    [7500, '2 h 5 min'],
  ])('of %d seconds reads %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text)
  })
})
