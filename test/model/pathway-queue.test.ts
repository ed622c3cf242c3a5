import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { takeDue } from '../../src/model/calendar.ts'
import { changeStratum, createQueue, eventStep, hold, isHeld, leave, leaveHeld, leaveMany, NEVER, OUTCOME, reserve, resetQueue, returnToQueue, scheduleExit, stratumNow, takeComebacks } from '../../src/model/pathway-queue.ts'
import type { PathwayQueue } from '../../src/model/pathway-queue.ts'
import { joinWith, personAt } from './queue-fixture.ts'

const STRATA = 3
const STARTS = 4
const COHORTS = STARTS * STRATA
const STEPS = 8

interface Member {
  /** Cohort that it joined the list in. */
  readonly origin: number
  readonly ordinal: number
  stratum: number
  /** Cohort that it queues with, or goes to when held; {@link OUTCOME} for somebody held for its outcome. */
  place: number
  /** Step until which it is held; null where it queues. */
  heldUntil: number | null
  /** What is left of its threshold. */
  left: number
  exit: number
}

type Deed =
  | { readonly kind: 'join'; readonly cohort: number; readonly origin: number; readonly exit: number }
  | { readonly kind: 'leave' | 'leave-many' | 'exit' | 'move'; readonly which: number; readonly exit: number }
  | { readonly kind: 'hold'; readonly which: number; readonly steps: number; readonly place: number; readonly left: number }
  | { readonly kind: 'next-step' }

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constant('join' as const), cohort: fc.nat(COHORTS - 1), origin: fc.nat(STRATA - 1), exit: fc.constantFrom(0, 3, 5, NEVER) }),
  fc.record({ kind: fc.constantFrom('leave' as const, 'leave-many' as const, 'exit' as const, 'move' as const, 'move' as const), which: fc.nat(), exit: fc.constantFrom(1, 4, NEVER) }),
  fc.record({ kind: fc.constant('hold' as const), which: fc.nat(), steps: fc.integer({ min: 1, max: STEPS }), place: fc.integer({ min: OUTCOME, max: STARTS - 1 }), left: fc.double({ min: 0, max: 9, noNaN: true }) }),
  fc.record({ kind: fc.constant('next-step' as const) }),
)

const listCohort = ({ origin, stratum }: Member): number => origin - (origin % STRATA) + stratum

/** A queue, and the same people in a plain map from slot to member. */
class Both {
  readonly queue: PathwayQueue
  members = new Map<number, Member>()
  step = 0
  ordinal = 0
  constructor(queue: PathwayQueue) {
    this.queue = queue
    // Exposures differ from cohort to cohort, so that a threshold not carried over shows.
    for (let cohort = 0; cohort < COHORTS; cohort++) queue.exposure[cohort] = cohort / 4
  }

  act(deeds: readonly Deed[]): void {
    for (const each of deeds) {
      if (each.kind === 'join') this.join(each)
      else if (each.kind === 'next-step') this.nextStep()
      else if (this.members.size > 0) this.change(each)
    }
  }

  join({ cohort, origin, exit }: Deed & { kind: 'join' }): void {
    const { queue } = this
    const full = queue.high + 1 > queue.capacity
    reserve(queue, 1)
    // Those who wait move together, in their order.
    if (full) this.members = new Map([...this.members].toSorted(([a], [b]) => a - b).map(([, each], slot) => [slot, each]))
    const stratum = cohort % STRATA
    const member: Member = { origin: cohort - stratum + origin, ordinal: this.ordinal++, stratum, place: cohort, heldUntil: null, left: this.ordinal / 7, exit }
    const slot = joinWith(queue, cohort, stratum, member.ordinal, queue.exposure[cohort] + member.left, member.origin)
    if (this.members.has(slot)) throw new Error(`slot ${slot} was given twice`)
    scheduleExit(queue, slot, exit, 2)
    this.members.set(slot, member)
  }

  change(each: Exclude<Deed, { kind: 'join' | 'next-step' }>): void {
    const { queue, members } = this
    const [slot, member] = [...members][each.which % members.size]
    if (each.kind === 'exit') {
      scheduleExit(queue, slot, each.exit, 2)
      member.exit = each.exit
    } else if (each.kind === 'move') {
      if (member.stratum === STRATA - 1) return
      changeStratum(queue, slot, member.stratum, member.stratum + 1)
      member.stratum++
      if (member.place !== OUTCOME) member.place++
    } else if (each.kind === 'hold') {
      if (member.heldUntil !== null) return
      const place = each.place === OUTCOME ? OUTCOME : each.place * STRATA + member.stratum
      queue.threshold[slot] = each.left
      hold(queue, slot, member.stratum, this.step + each.steps, place)
      Object.assign(member, { place, heldUntil: this.step + each.steps, left: each.left })
    } else if (each.kind === 'leave-many') {
      if (member.heldUntil !== null) return
      leaveMany(queue, Int32Array.of(slot), 1, Uint16Array.from({ length: COHORTS }, (_, cohort) => cohort % STRATA))
      members.delete(slot)
    } else {
      leave(queue, slot, member.stratum)
      members.delete(slot)
    }
  }

  /** Those held until the next step come back, or leave with their outcome. */
  nextStep(): void {
    const { queue, members } = this
    if (++this.step >= STEPS) return
    const due = new Set([...members].filter(([, { heldUntil }]) => heldUntil === this.step).map(([slot]) => slot))
    for (const slot of comebacksIn(queue, this.step)) {
      const member = members.get(slot)
      if (member === undefined || !due.delete(slot)) throw new Error(`slot ${slot} is not due`)
      if (queue.heldPlace[slot] === OUTCOME) {
        leaveHeld(queue, slot)
        members.delete(slot)
      } else {
        returnToQueue(queue, slot)
        member.heldUntil = null
      }
    }
    if (due.size > 0) throw new Error(`${due.size} are still held`)
  }
}

/** What can be seen of a queue. */
interface Observed {
  readonly total: number
  readonly byCohort: readonly number[]
  readonly waiting: readonly number[]
  readonly byStratum: readonly number[]
  /** By slot: who is there; null where nobody is. */
  readonly slots: readonly (Member | null)[]
  /** By step: slots whose exit is due. */
  readonly due: readonly ReadonlySet<number>[]
}

/** Slots that the calendar names for a step and whose own exit is that step, each once. */
function dueIn(queue: PathwayQueue, step: number): Set<number> {
  const copy = structuredClone(queue.calendar)
  const due = takeDue(copy, step, queue.people)
  return new Set(copy.entries.subarray(0, due))
}

/** Slots of those held until a step, who come back. */
function comebacksIn(queue: PathwayQueue, step: number): number[] {
  const count = takeComebacks(queue, step)
  return [...queue.comebacks.entries.subarray(0, count)]
}

/** By slot of those held: until which step. */
function untilBySlot(queue: PathwayQueue): Map<number, number> {
  const copy = { ...queue, comebacks: structuredClone(queue.comebacks) }
  return new Map(Array.from({ length: STEPS }, (_, step) => comebacksIn(copy, step).map((slot) => [slot, step] as const)).flat())
}

function observe(queue: PathwayQueue): Observed {
  const until = untilBySlot(queue)
  const member = (slot: number): Member | null => {
    const held = isHeld(queue, slot)
    const { cohort, origin, ordinal } = personAt(queue, slot)
    if (cohort === queue.cohorts && !held) return null
    const place = held ? queue.heldPlace[slot] : cohort
    return {
      origin,
      ordinal,
      stratum: stratumNow(queue, slot),
      place,
      // Whoever is held beyond the horizon is in no step of the calendar.
      heldUntil: held ? (until.get(slot) ?? STEPS) : null,
      left: expect.closeTo(queue.threshold[slot] - (held ? 0 : queue.exposure[cohort]), 9) as number,
      exit: eventStep(queue, slot),
    }
  }
  return {
    total: queue.liveTotal,
    byCohort: [...queue.live.subarray(0, queue.cohorts)],
    waiting: [...queue.waiting.subarray(0, queue.cohorts)],
    byStratum: [...queue.liveByStratum],
    slots: Array.from({ length: queue.high }, (_, slot) => member(slot)),
    due: Array.from({ length: STEPS }, (_, step) => dueIn(queue, step)),
  }
}

/** The same of the plain map, for a queue that has used `high` slots. */
function expected(members: ReadonlyMap<number, Member>, high: number): Observed {
  const all = [...members.values()]
  const queueing = all.filter(({ heldUntil }) => heldUntil === null)
  const member = (slot: number): Member | null => {
    const own = members.get(slot)
    return own === undefined ? null : { ...own, heldUntil: own.heldUntil === null ? null : Math.min(STEPS, own.heldUntil) }
  }
  return {
    total: queueing.length,
    byCohort: Array.from({ length: COHORTS }, (_, cohort) => queueing.filter(({ place }) => place === cohort).length),
    waiting: Array.from({ length: COHORTS }, (_, cohort) => all.filter((own) => listCohort(own) === cohort).length),
    byStratum: Array.from({ length: STRATA }, (_, stratum) => queueing.filter((own) => own.stratum === stratum).length),
    slots: Array.from({ length: high }, (_, slot) => member(slot)),
    due: Array.from({ length: STEPS }, (_, step) => new Set([...members].filter(([, { exit }]) => exit === step).map(([slot]) => slot))),
  }
}

describe('the pathway queue', () => {
  it('holds exactly those who joined and have not left, each where it is and with what is left of its threshold, through holding, moving, reuse and growth', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 150 }), (deeds) => {
        const both = new Both(createQueue(COHORTS, STRATA, STEPS, 2))
        both.act(deeds)
        expect(expected(both.members, both.queue.high)).toEqual(observe(both.queue))
      }),
      { seed: 31, numRuns: 400 },
    )
  })

  it('after a reset, behaves as a new one, also for other numbers of cohorts and steps', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60 }), fc.array(deed, { maxLength: 60 }), (before, after) => {
        const queue = createQueue(2, STRATA, 1, 2)
        resetQueue(queue, COHORTS, STRATA, STEPS)
        new Both(queue).act(before)
        resetQueue(queue, COHORTS, STRATA, STEPS)
        const both = new Both(queue)
        both.act(after)
        expect(expected(both.members, queue.high)).toEqual(observe(queue))
      }),
      { seed: 32, numRuns: 150 },
    )
  })

  it('moves those who wait together when its slots are used up, and only then', () => {
    const queue = createQueue(1, 1, 4, 12)
    reserve(queue, 12)
    const room = queue.capacity
    for (let ordinal = 0; ordinal < room; ordinal++) joinWith(queue, 0, 0, ordinal, ordinal)
    for (let slot = 0; slot < room; slot++) if (slot !== 2) leave(queue, slot, 0)
    expect(queue.high).toBe(room)
    reserve(queue, 1)
    expect({ high: queue.high, ordinal: personAt(queue, 0).ordinal, threshold: queue.threshold[0] }).toEqual({ high: 1, ordinal: 2, threshold: 2 })
    expect(queue.capacity).toBe(room)
  })

  it('never fills more than a quarter of its slots with those who wait when it has made room', () => {
    const queue = createQueue(1, 1, 1, 4)
    const filled: number[] = []
    for (let ordinal = 0; ordinal < 5000; ordinal++) {
      const full = queue.high === queue.capacity
      reserve(queue, 1)
      if (full) filled.push(queue.high / queue.capacity)
      joinWith(queue, 0, 0, ordinal, 1)
    }
    expect(filled.length).toBeGreaterThan(2)
    expect(Math.max(...filled)).toBeLessThanOrEqual(1 / 4)
  })

  it('forgets, when it moves, whoever left while held, and brings the others back in their order', () => {
    const queue = createQueue(1, 1, 4, 8)
    reserve(queue, 8)
    const room = queue.capacity
    const slots = Array.from({ length: room }, (_, ordinal) => joinWith(queue, 0, 0, ordinal, 1))
    for (const slot of slots.slice(0, 3)) hold(queue, slot, 0, 2, 0)
    leave(queue, slots[1], 0)
    for (const slot of slots.slice(3)) leave(queue, slot, 0)
    reserve(queue, 1)
    expect(comebacksIn(queue, 2).map((slot) => personAt(queue, slot).ordinal)).toEqual([2, 0])
  })

  it('looks again at the places of those who come back to before everybody who waits', () => {
    const queue = createQueue(3, 1, 4, 4)
    reserve(queue, 1)
    const slot = joinWith(queue, 2, 0, 0, 1)
    hold(queue, slot, 0, 2, 0)
    queue.oldestStart = 2
    expect(comebacksIn(queue, 2)).toEqual([slot])
    returnToQueue(queue, slot)
    expect(queue.oldestStart).toBe(0)
  })
})
