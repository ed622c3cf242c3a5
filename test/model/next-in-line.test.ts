import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseNext, createSelectionMemory, resetSelection } from '../../src/model/next-in-line.ts'
import type { Moment, SelectionMemory, StepSlots } from '../../src/model/next-in-line.ts'
import { createQueue, join, leave, reserve } from '../../src/model/pathway-queue.ts'
import type { PathwayQueue } from '../../src/model/pathway-queue.ts'

const STARTS = 12
const WEIGHTS = [1, 3, 0.2, 2, 5, 0.01, 1]

interface Person {
  readonly start: number
  readonly stratum: number
  readonly threshold: number
}

interface Slots {
  readonly openInTurn: number
  readonly openByChance: number
  readonly independent: number
  readonly reservedInTurn: readonly number[]
  readonly reservedByChance: readonly number[]
}

interface Round {
  readonly slots: Slots
  readonly headStart: readonly number[]
  readonly kappaGuess: number
}

interface Case {
  readonly strata: number
  readonly people: readonly Person[]
  readonly access: readonly number[]
  readonly rounds: readonly Round[]
}

const few = (max: number): fc.Arbitrary<number[]> => fc.array(fc.nat(max), { minLength: 3, maxLength: 3 })
const anyCase: fc.Arbitrary<Case> = fc.record({
  strata: fc.integer({ min: 1, max: 3 }),
  people: fc
    // Often many of one week: slots in turn then run out within it, and the rest of it competes by chance.
    .array(
      fc.record({
        start: fc.oneof(fc.nat(STARTS - 1), fc.constantFrom(0, 1, STARTS - 1)),
        stratum: fc.nat(2),
        threshold: fc.oneof(fc.double({ min: 1e-9, max: 20, noNaN: true }), fc.double({ min: 1e-3, max: 0.1, noNaN: true })),
      }),
      { maxLength: 80, size: 'max' },
    )
    .map((people) => people.toSorted((a, b) => a.start - b.start)),
  access: fc.array(fc.double({ min: 0.05, max: 4, noNaN: true }), { minLength: 3, maxLength: 3 }),
  rounds: fc.array(
    fc.record({
      slots: fc.record({
        openInTurn: fc.nat(6),
        openByChance: fc.nat(6),
        independent: fc.nat(3),
        reservedInTurn: few(3),
        reservedByChance: few(3),
      }),
      headStart: few(6),
      kappaGuess: fc.double({ min: -14, max: 4, noNaN: true }).map((power) => Math.exp(power)),
    }),
    { minLength: 1, maxLength: 6 },
  ),
})

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

/** The rule as its documentation has it, person by person and with sorting: the definition that the kernel is held to. */
class Definition {
  readonly waiting: Person[]
  readonly exposure = new Map<string, number>()
  readonly some: Case
  constructor(some: Case) {
    this.some = some
    this.waiting = some.people.filter(({ stratum }) => stratum < some.strata)
  }

  exposureOf({ start, stratum }: Person): number {
    return this.exposure.get(`${start}/${stratum}`) ?? 0
  }

  /** Who is served in a round, with the exposures carried on; returns slots unused too. */
  serve({ slots: given, headStart }: Round, now: number): { served: Set<Person>; unused: number } {
    const slots = this.released(given)
    const offered = slots.openInTurn + slots.openByChance + slots.independent + total(slots.reservedInTurn) + total(slots.reservedByChance)
    const unused = Math.max(0, offered - this.waiting.length)
    if (offered >= this.waiting.length) return { served: new Set(this.waiting.splice(0)), unused }
    const served = new Set<Person>()
    const kappa = slots.reservedInTurn.map(() => 0)
    const weightOf = ({ start, stratum }: Person): number => WEIGHTS[Math.min(now - start + headStart[stratum], WEIGHTS.length - 1)]
    const take = (count: number, only: number | null, key: (person: Person) => number): number => {
      const able = this.waiting.filter((person) => !served.has(person) && (only === null || person.stratum === only))
      const chosen = able.toSorted((a, b) => key(a) - key(b)).slice(0, count)
      chosen.forEach((person) => served.add(person))
      return chosen.length === 0 ? 0 : key(chosen[chosen.length - 1])
    }
    const turn = (person: Person): number => {
      const left = person.threshold - this.exposureOf(person)
      return person.start - headStart[person.stratum] + left / (1 + left)
    }
    const due = (person: Person): number => (person.threshold - this.exposureOf(person)) / weightOf(person) - kappa[person.stratum]
    slots.reservedInTurn.forEach((count, stratum) => take(count, stratum, turn))
    take(slots.openInTurn, null, turn)
    let openByChance = slots.openByChance
    slots.reservedByChance.forEach((count, stratum) => {
      const able = Math.min(count, this.waiting.filter((person) => person.stratum === stratum && !served.has(person)).length)
      openByChance += count - able
      kappa[stratum] += take(able, stratum, due)
    })
    const { access } = this.some
    const independent = take(slots.independent, null, (person) => due(person) / access[person.stratum])
    kappa.forEach((_, stratum) => {
      kappa[stratum] += independent * access[stratum]
    })
    const open = take(openByChance, null, due)
    for (let start = 0; start <= now; start++) {
      kappa.forEach((own, stratum) => {
        const person = { start, stratum, threshold: 0 }
        this.exposure.set(`${start}/${stratum}`, this.exposureOf(person) + weightOf(person) * (own + open))
      })
    }
    this.waiting.splice(0, this.waiting.length, ...this.waiting.filter((person) => !served.has(person)))
    return { served, unused }
  }

  /** Reserved slots beyond a stratum's people go to all, those by chance first. */
  released(given: Slots): Slots {
    const { strata } = this.some
    const slots = { ...given, reservedInTurn: given.reservedInTurn.slice(0, strata), reservedByChance: given.reservedByChance.slice(0, strata) }
    for (let stratum = 0; stratum < strata; stratum++) {
      const people = this.waiting.filter((person) => person.stratum === stratum).length
      while (slots.reservedInTurn[stratum] + slots.reservedByChance[stratum] > people) {
        if (slots.reservedByChance[stratum] > 0) {
          slots.reservedByChance[stratum]--
          slots.openByChance++
        } else {
          slots.reservedInTurn[stratum]--
          slots.openInTurn++
        }
      }
    }
    return slots
  }
}

/** The kernel's queue and memory, fed round by round like the definition. */
class Kernel {
  readonly some: Case
  readonly queue: PathwayQueue
  readonly memory: SelectionMemory
  constructor(some: Case) {
    this.some = some
    this.queue = createQueue((STARTS + some.rounds.length) * some.strata, some.strata, 1, 4)
    this.memory = createSelectionMemory(some.strata)
    resetSelection(this.memory)
    some.access.slice(0, some.strata).forEach((access, stratum) => {
      this.memory.access[stratum] = access
    })
    some.people.forEach(({ start, stratum, threshold }, ordinal) => {
      if (stratum >= some.strata) return
      reserve(this.queue, 1)
      join(this.queue, start * some.strata + stratum, stratum, ordinal, threshold)
    })
  }

  serve({ slots: given, headStart, kappaGuess }: Round, now: number): { served: Set<Person>; unused: number } {
    const { queue, memory, some } = this
    const slots: StepSlots = {
      ...given,
      reservedInTurn: Int32Array.from(given.reservedInTurn.slice(0, some.strata)),
      reservedByChance: Int32Array.from(given.reservedByChance.slice(0, some.strata)),
    }
    memory.slots = slots
    memory.kappaGuess.fill(kappaGuess)
    const moment: Moment = {
      nowStart: now,
      bandOfAge: Int32Array.from({ length: 100 }, (_, age) => age),
      chanceWeight: Float64Array.from(WEIGHTS),
      headStartWeeks: Int32Array.from(headStart.slice(0, some.strata)),
      stepsPerWeek: 1,
    }
    const unused = chooseNext(queue, moment, memory)
    const chosen = [...memory.served.subarray(0, memory.servedCount)]
    const served = new Set(chosen.map((slot) => some.people[queue.ordinal[slot]]))
    if (served.size !== chosen.length) throw new Error('somebody was served twice')
    chosen.forEach((slot) => leave(queue, slot, queue.cohort[slot] % some.strata))
    return { served, unused }
  }
}

describe('who is next', () => {
  it('is, round after round and for any mixture of slots, who the definition says', () => {
    fc.assert(
      fc.property(anyCase, (some) => {
        const definition = new Definition(some)
        const kernel = new Kernel(some)
        some.rounds.forEach((round, index) => {
          expect(kernel.serve(round, STARTS - 1 + index)).toEqual(definition.serve(round, STARTS - 1 + index))
        })
      }),
      { seed: 61, numRuns: 2000 },
    )
  })

  it('does not depend on the guess at κ, which is for speed only', () => {
    fc.assert(
      fc.property(anyCase, fc.constantFrom(1e-9, 1e-3, 1, 1e6), (some, kappaGuess) => {
        const one = new Kernel(some)
        const other = new Kernel(some)
        some.rounds.forEach((round, index) => {
          const now = STARTS - 1 + index
          expect(other.serve({ ...round, kappaGuess }, now)).toEqual(one.serve(round, now))
        })
      }),
      { seed: 62, numRuns: 500 },
    )
  })

  it('is everybody where slots suffice, with the rest of the slots unused', () => {
    const people = [0, 3, 3, 11].map((start): Person => ({ start, stratum: 0, threshold: 1 + start }))
    const round: Round = {
      slots: { openInTurn: 2, openByChance: 2, independent: 1, reservedInTurn: [1], reservedByChance: [1] },
      headStart: [0],
      kappaGuess: 1,
    }
    const { served, unused } = new Kernel({ strata: 1, people, access: [1], rounds: [round] }).serve(round, STARTS - 1)
    expect(served.size).toBe(4)
    expect(unused).toBe(3)
  })
})
