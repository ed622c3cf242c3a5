import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StudyFile } from '../../../src/app/contract.ts'
import { createHistory } from '../../../src/app/screen/history.ts'
import { beyondHorizon, withinHorizon } from '../../../src/app/screen/horizon.ts'
import { brokenLines } from '../../../src/app/screen/picture-file.ts'

const START = '2026-02-01'
const study = (weeks: number): StudyFile => ({
  schemaVersion: 1,
  name: 'given',
  baseline: 'baselines/QYG-2026-01.json',
  time: { weeks },
  scenarios: {
    none: {},
    late: {
      title: 'Late',
      invest: [{ lever: 'capacity', budget: { perYear: 1, from: '2027-04-01' } }],
      shocks: [{ kind: 'winter', weeks: ['2026-02-01', '2026-12-07'] }],
    },
  },
  targets: [{ id: 'goal', measure: 'within-18-weeks', atLeast: 0.9, by: '2026-02-28' }],
})

describe('a horizon', () => {
  it('names what lies beyond it, and how far one would have to look', () => {
    expect(beyondHorizon(study(104), START)).toEqual({ items: [], weeks: 1 })
    expect(beyondHorizon(study(4), START).items).toEqual(['money of “Late”', 'a shock in “Late”'])
    expect(beyondHorizon(study(3), START).items).toContain('target “goal”')
  })

  it('leaves nothing beyond it once that is left out, or looked at, however short it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), (weeks) => {
        expect(beyondHorizon(withinHorizon(study(weeks), START), START).items).toEqual([])
        const beyond = beyondHorizon(study(weeks), START)
        expect(beyondHorizon(study(Math.max(weeks, beyond.weeks)), START).items).toEqual([])
      }),
    )
  })
})

describe('history', () => {
  it('takes changes of one name back together where they were close, and the oldest first out', () => {
    let now = 0
    const history = createHistory(() => now)
    const moment = (weeks: number) => ({ file: study(weeks), opened: study(1), compared: ['none'], editing: 'none' })
    for (const [weeks, at] of [[1, 0], [2, 500], [3, 900], [4, 5000]] as const) {
      now = at
      history.keep(moment(weeks), 'slider')
    }
    expect([history.takeBack()?.file.time.weeks, history.takeBack()?.file.time.weeks, history.takeBack()]).toEqual([4, 1, undefined])
    for (let weeks = 1; weeks <= 60; weeks += 1) history.keep(moment(weeks), `change ${weeks}`)
    let taken = 0
    while (history.takeBack() !== undefined) taken += 1
    expect(taken).toBe(50)
  })
})

describe('lines of a saved picture', () => {
  it('hold every word in order, none longer than the most but a single word', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/)), fc.integer({ min: 5, max: 40 }), (words, most) => {
        const lines = brokenLines(words.join(' '), most)
        expect(lines.join(' ')).toBe(words.join(' '))
        expect(lines.every((line) => line.length <= most || !line.includes(' '))).toBe(true)
      }),
    )
  })
})
