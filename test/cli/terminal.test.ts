import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cut, jsonLine, padded, plainText, printable, progressLineOn, sparkline, styleFor, tableLines, textWidth, wrapped } from '../../src/cli/terminal.ts'
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
    const row = fc.tuple(fc.string({ maxLength: 60, unit: 'grapheme' }), fc.nat(9_999_999).map(String), fc.nat(999).map(String))
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
        const lines = tableLines(rows, 40)
        for (const [index, line] of lines.entries()) {
          expect(textWidth(line)).toBeLessThanOrEqual(40)
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
    [true, { TERM: 'dumb' }, 'list'],
    [false, { FORCE_COLOR: '1' }, `${ESCAPE}[1mlist${ESCAPE}[22m`],
    [false, { FORCE_COLOR: '' }, `${ESCAPE}[1mlist${ESCAPE}[22m`],
    [true, { FORCE_COLOR: '0' }, 'list'],
    [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, `${ESCAPE}[1mlist${ESCAPE}[22m`],
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

describe('the width of a text', () => {
  it.each([
    ['list', 4],
    ['', 0],
    ['待機リスト', 10],
    ['ｶﾞ', 2],
    ['Ｗ', 2],
    ['한국', 4],
    ['e\u0301te\u0301', 3],
    ['नमस्ते', 4],
    ['👩‍⚕️', 2],
    ['🏥', 2],
    ['▁▂█', 3],
    ['–…£', 3],
    ['\u200B', 0],
  ])('of %j is %i columns', (text, width) => {
    expect(textWidth(text)).toBe(width)
  })

  it('is what cutting and filling keep to, whatever the script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.integer({ min: 1, max: 30 }), (text, width) => {
        expect(textWidth(cut(text, width))).toBeLessThanOrEqual(width)
        expect(textWidth(padded(cut(text, width), width, 'right'))).toBe(width)
        expect(cut(text, width).startsWith(cut(text, width).replace(/…$/u, ''))).toBe(true)
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  it('is never above 80 in wrapped lines, which lose no word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const lines = wrapped(text)
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(80)
        expect(lines.join('').replaceAll(' ', '')).toBe(plainText(text).replaceAll(' ', ''))
      }),
      { seed: 6, numRuns: 200 },
    )
  })
})

describe('text of a user', () => {
  it('cannot turn a line round, and keeps its lines where it has several', () => {
    expect(plainText('a\u202Eb\u2066c\u2028d')).toBe('a b c d')
    expect(printable(`one${ESCAPE}[31m\ntwo\u009B2J`)).toBe('one [31m\ntwo 2J')
  })

  it('comes back from JSON as it was, and is inert on the way', () => {
    const value = { title: `a${ESCAPE}[31m\u009B2J\u007F\u202E` }
    expect(JSON.parse(jsonLine(value))).toEqual(value)
    expect(jsonLine(value)).not.toMatch(/[\p{Cc}\u202E]/u)
  })

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
