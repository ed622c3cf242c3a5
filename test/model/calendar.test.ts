import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCalendar, enterAt, renameEntries, resetCalendar, takeDue, type Calendar } from '../../src/model/calendar.ts'
import { EVENT, WORDS } from '../../src/model/person.ts'

const STEPS = 6

const SLOTS = 41

/** Records of slots whose events are in these steps. */
function peopleDue(steps: readonly number[]): Int32Array {
  const people = new Int32Array(SLOTS * WORDS)
  steps.forEach((step, slot) => {
    people[slot * WORDS + EVENT] = step
  })
  return people
}

/** Takes everything of a step. */
function all(calendar: Calendar, step: number): number[] {
  const taken = takeDue(calendar, step, peopleDue(Array.from({ length: SLOTS }, () => step)))
  return [...calendar.entries.subarray(0, taken)]
}

/** What happens to a calendar: entries come, steps are emptied, slots are renamed. */
const happenings = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: fc.record({ kind: fc.constant('enter' as const), step: fc.nat(STEPS - 1), slot: fc.nat(40) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('take' as const), step: fc.nat(STEPS - 1) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('rename' as const, 'take-due' as const), step: fc.nat(STEPS - 1), due: fc.array(fc.nat(STEPS - 1), { minLength: SLOTS, maxLength: SLOTS }) }) },
  ),
  { maxLength: 400 },
)

describe('the calendar', () => {
  it('gives back, last entered first, exactly what was entered and still holds, whatever was renamed or dropped', () => {
    fc.assert(
      fc.property(happenings, (happened) => {
        const calendar = createCalendar(STEPS, 4)
        let expected = Array.from({ length: STEPS }, (): number[] => [])
        const taken: { readonly found: number[]; readonly expected: number[] }[] = []
        const take = (step: number): void => {
          taken.push({ found: all(calendar, step), expected: expected[step].toReversed() })
          expected[step] = []
        }
        const takeThoseDue = (step: number, due: readonly number[]): void => {
          const count = takeDue(calendar, step, peopleDue(due))
          taken.push({ found: [...calendar.entries.subarray(0, count)], expected: expected[step].filter((slot) => due[slot] === step).toReversed() })
          expected[step] = []
        }
        for (const each of happened) {
          if (each.kind === 'enter') {
            enterAt(calendar, each.step, each.slot)
            expected[each.step].push(each.slot)
          } else if (each.kind === 'take') {
            take(each.step)
          } else if (each.kind === 'take-due') {
            takeThoseDue(each.step, each.due)
          } else {
            renameEntries(calendar, takeDue, peopleDue(each.due), Int32Array.from({ length: SLOTS }, (_, slot) => SLOTS - 1 - slot))
            expected = expected.map((slots, step) => slots.filter((slot) => each.due[slot] === step).map((slot) => SLOTS - 1 - slot))
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
