import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCalendar, enterAt, renameEntries, resetCalendar, takeFrom, type Calendar } from '../../src/model/calendar.ts'

const STEPS = 6

/** Takes everything of a step. */
function all(calendar: Calendar, step: number): number[] {
  const taken: number[] = []
  for (let slot = takeFrom(calendar, step); slot >= 0; slot = takeFrom(calendar, step)) taken.push(slot)
  return taken
}

/** What happens to a calendar: entries come, steps are emptied, slots are renamed. */
const happenings = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: fc.record({ kind: fc.constant('enter' as const), step: fc.nat(STEPS - 1), slot: fc.nat(40) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('take' as const), step: fc.nat(STEPS - 1) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('rename' as const), gone: fc.uniqueArray(fc.nat(40)), due: fc.array(fc.nat(STEPS - 1), { minLength: 41, maxLength: 41 }) }) },
  ),
  { maxLength: 400 },
)

describe('the calendar', () => {
  it('gives back, last entered first, exactly what was entered and still holds', () => {
    fc.assert(
      fc.property(happenings, (happened) => {
        const calendar = createCalendar(STEPS, 4)
        let expected = Array.from({ length: STEPS }, (): number[] => [])
        const taken: { readonly found: number[]; readonly expected: number[] }[] = []
        const take = (step: number): void => {
          taken.push({ found: all(calendar, step), expected: expected[step].toReversed() })
          expected[step] = []
        }
        for (const each of happened) {
          if (each.kind === 'enter') {
            enterAt(calendar, each.step, each.slot)
            expected[each.step].push(each.slot)
          } else if (each.kind === 'take') {
            take(each.step)
          } else {
            const moved = Int32Array.from({ length: 41 }, (_, slot) => (each.gone.includes(slot) ? -1 : 40 - slot))
            renameEntries(calendar, Uint16Array.from(each.due), moved)
            expected = expected.map((slots, step) => slots.filter((slot) => moved[slot] >= 0 && each.due[slot] === step).map((slot) => moved[slot]))
          }
        }
        for (let step = 0; step < STEPS; step++) take(step)
        expect(taken.map(({ found }) => found)).toEqual(taken.map((each) => each.expected))
      }),
      { seed: 7, numRuns: 300 },
    )
  })

  it('uses memory again', () => {
    const calendar = createCalendar(STEPS, 0)
    for (let round = 0; round < 50; round++) {
      for (let slot = 0; slot < 100; slot++) enterAt(calendar, round % STEPS, slot)
      all(calendar, round % STEPS)
    }
    // 100 entries in blocks of 15.
    expect(calendar.high).toBe(7 * 16)
  })

  it('is empty after a reset, also for more steps', () => {
    const calendar = createCalendar(2, 10)
    enterAt(calendar, 1, 3)
    resetCalendar(calendar, STEPS)
    for (let step = 0; step < STEPS; step++) expect(all(calendar, step)).toEqual([])
  })
})
