import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createQueue, join, leave, NEVER, reserve, resetQueue, scheduleExit } from '../../src/model/pathway-queue.ts'
import type { PathwayQueue } from '../../src/model/pathway-queue.ts'

const STRATA = 3
const STARTS = 4
const STEPS = 6

interface Member {
  readonly cohort: number
  readonly ordinal: number
  readonly threshold: number
  missed: number
  exit: number
}

type Deed = { readonly kind: 'join'; readonly cohort: number; readonly exit: number } | { readonly kind: 'leave' | 'move'; readonly which: number; readonly exit: number }

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constant('join' as const), cohort: fc.nat(STARTS * STRATA - 1), exit: fc.constantFrom(0, 3, 5, NEVER) }),
  fc.record({ kind: fc.constantFrom('leave' as const, 'move' as const), which: fc.nat(), exit: fc.constantFrom(1, 4, NEVER) }),
)

/** Does the deeds to a queue and to a plain map from slot to member. */
function act(queue: PathwayQueue, deeds: readonly Deed[]): Map<number, Member> {
  const members = new Map<number, Member>()
  let ordinal = 0
  for (const each of deeds) {
    if (each.kind === 'join') {
      reserve(queue, 1)
      const member = { cohort: each.cohort, ordinal: ordinal++, threshold: ordinal / 7, missed: 0, exit: each.exit }
      const slot = join(queue, member.cohort, member.cohort % STRATA, member.ordinal, member.threshold)
      if (members.has(slot)) throw new Error(`slot ${slot} was given twice`)
      scheduleExit(queue, slot, each.exit, 2)
      members.set(slot, member)
      continue
    }
    if (members.size === 0) continue
    const [slot, member] = [...members][each.which % members.size]
    if (each.kind === 'leave') {
      leave(queue, slot, member.cohort % STRATA)
      members.delete(slot)
    } else {
      scheduleExit(queue, slot, each.exit, 2)
      member.exit = each.exit
      member.missed = ++queue.missed[slot]
    }
  }
  return members
}

/** Slots that the calendar names for a step and whose own exit is that step, each once. */
function due(queue: PathwayQueue, step: number): Set<number> {
  const slots = new Set<number>()
  for (let event = queue.eventHead[step]; event >= 0; event = queue.eventNext[event]) {
    if (queue.exitStep[queue.eventSlot[event]] === step) slots.add(queue.eventSlot[event])
  }
  return slots
}

/** What can be seen of a queue. */
interface Observed {
  readonly total: number
  readonly byCohort: readonly number[]
  readonly byStratum: readonly number[]
  /** By slot: who is there; null where nobody is. */
  readonly slots: readonly (Member | null)[]
  /** By step: slots whose exit is due. */
  readonly due: readonly ReadonlySet<number>[]
}

function observe(queue: PathwayQueue): Observed {
  const member = (slot: number): Member | null =>
    queue.cohort[slot] === queue.cohorts
      ? null
      : { cohort: queue.cohort[slot], ordinal: queue.ordinal[slot], threshold: queue.threshold[slot], missed: queue.missed[slot], exit: queue.exitStep[slot] }
  return {
    total: queue.liveTotal,
    byCohort: [...queue.live.subarray(0, queue.cohorts)],
    byStratum: [...queue.liveByStratum],
    slots: Array.from({ length: queue.high }, (_, slot) => member(slot)),
    due: Array.from({ length: STEPS }, (_, step) => due(queue, step)),
  }
}

/** The same of the plain map, for a queue that has used `high` slots. */
function expected(members: ReadonlyMap<number, Member>, high: number): Observed {
  const all = [...members.values()]
  return {
    total: all.length,
    byCohort: Array.from({ length: STARTS * STRATA }, (_, cohort) => all.filter((member) => member.cohort === cohort).length),
    byStratum: Array.from({ length: STRATA }, (_, stratum) => all.filter(({ cohort }) => cohort % STRATA === stratum).length),
    slots: Array.from({ length: high }, (_, slot) => members.get(slot) ?? null),
    due: Array.from({ length: STEPS }, (_, step) => new Set([...members].filter(([, { exit }]) => exit === step).map(([slot]) => slot))),
  }
}

describe('the pathway queue', () => {
  it('holds exactly those who joined and have not left, each as it joined, through reuse and growth', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 150 }), (deeds) => {
        const queue = createQueue(STARTS * STRATA, STRATA, STEPS, 2)
        const members = act(queue, deeds)
        expect(observe(queue)).toEqual(expected(members, queue.high))
      }),
      { seed: 31, numRuns: 150 },
    )
  })

  it('after a reset, behaves as a new one, also for other numbers of cohorts', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60 }), fc.array(deed, { maxLength: 60 }), (before, after) => {
        const queue = createQueue(2, STRATA, STEPS, 2)
        resetQueue(queue, STARTS * STRATA, STRATA)
        act(queue, before)
        resetQueue(queue, STARTS * STRATA, STRATA)
        const members = act(queue, after)
        expect(observe(queue)).toEqual(expected(members, queue.high))
      }),
      { seed: 32, numRuns: 100 },
    )
  })

  it('reuses the slots of those who left before it takes new ones', () => {
    const queue = createQueue(1, 1, 1, 4)
    reserve(queue, 3)
    const slots = [0, 1, 2].map((ordinal) => join(queue, 0, 0, ordinal, 1))
    leave(queue, slots[1], 0)
    expect(join(queue, 0, 0, 3, 1)).toBe(slots[1])
    expect(queue.high).toBe(3)
  })
})
