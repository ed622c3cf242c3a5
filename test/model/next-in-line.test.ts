import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseMore, chooseNext, endChoice } from '../../src/model/next-in-line.ts'
import type { Moment } from '../../src/model/next-in-line.ts'
import { createQueue, leave, reserve } from '../../src/model/pathway-queue.ts'
import type { PathwayQueue } from '../../src/model/pathway-queue.ts'
import { createSelectionMemory } from '../../src/model/selection-memory.ts'
import type { SelectionMemory } from '../../src/model/selection-memory.ts'
import { setPools } from '../../src/model/step-pools.ts'
import { SOURCES } from '../../src/model/tables.ts'
import type { SlotPool, Source } from '../../src/model/tables.ts'
import { joinWith, personAt } from './queue-fixture.ts'
import { tablesOf } from './tables-fixture.ts'

const STARTS = 12
const STRATA = 3
const WEIGHTS = [1, 3, 0.2, 2, 5, 0.01, 1]

interface Person {
  readonly start: number
  readonly stratum: number
  readonly threshold: number
}

interface Pool {
  readonly source: Source
  readonly inTurn: number
  readonly byChance: number
  /** By stratum; null where it is open to all alike. */
  readonly access: readonly number[] | null
  readonly releaseTo: number
  /** Slots lost in the step that are offered again: in turn, by chance. */
  readonly again: readonly [number, number]
}

interface Round {
  readonly pools: readonly Pool[]
  readonly headStart: readonly number[]
  readonly groupWeight: readonly number[]
  readonly long: { readonly fromAge: number; readonly headStart: number; readonly weight: number }
  readonly kappaGuess: number
}

interface Case {
  readonly strata: number
  readonly people: readonly Person[]
  readonly rounds: readonly Round[]
}

/** Slots to give: by pool, in turn and by chance. */
type Offer = readonly (readonly [number, number])[]

interface Choice {
  /** Who is served, and by slots of which source. */
  readonly served: ReadonlyMap<Person, Source>
  readonly unused: number
}

const ofStrata = <T>(own: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(own, { minLength: STRATA, maxLength: STRATA })

/** Pools of any access, also closed ones and ones that overlap, each passing on to any later one or to none. */
const anyPools = fc
  .array(
    fc.record({
      source: fc.constantFrom(...SOURCES),
      inTurn: fc.nat(5),
      byChance: fc.nat(5),
      access: fc.option(ofStrata(fc.oneof(fc.constant(0), fc.double({ min: 0.05, max: 4, noNaN: true })))),
      release: fc.nat(4),
      again: fc.tuple(fc.nat(2), fc.nat(2)),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((pools): Pool[] => pools.map(({ release, ...pool }, index) => ({ ...pool, releaseTo: index + release < pools.length && release > 0 ? index + release : -1 })))

const anyCase: fc.Arbitrary<Case> = fc.record({
  strata: fc.integer({ min: 1, max: STRATA }),
  people: fc
    // Often many of one week: slots in turn then run out within it, and the rest of it competes by chance.
    .array(
      fc.record({
        start: fc.oneof(fc.nat(STARTS - 1), fc.constantFrom(0, 1, STARTS - 1)),
        stratum: fc.nat(STRATA - 1),
        threshold: fc.oneof(fc.double({ min: 1e-9, max: 20, noNaN: true }), fc.double({ min: 1e-3, max: 0.1, noNaN: true })),
      }),
      { maxLength: 80, size: 'max' },
    )
    // No two alike: ties of two real numbers are not what this is about.
    .map((people) => people.map((person, index) => ({ ...person, threshold: person.threshold * (1 + index * 1e-6) })).toSorted((a, b) => a.start - b.start)),
  rounds: fc.array(
    fc.record({
      pools: anyPools,
      headStart: ofStrata(fc.nat(6)),
      groupWeight: ofStrata(fc.constantFrom(1, 1, 0.1, 3)),
      long: fc.record({ fromAge: fc.constantFrom(4, 9, 1000), headStart: fc.nat(5), weight: fc.constantFrom(1, 0.5, 20) }),
      kappaGuess: fc.double({ min: -14, max: 4, noNaN: true }).map((power) => Math.exp(power)),
    }),
    { minLength: 1, maxLength: 6 },
  ),
})

/** The rule as its documentation has it, person by person and with sorting: the definition that the kernel is held to. */
class Definition {
  waiting: Person[]
  readonly exposure = new Map<string, number>()
  kappa: number[] = []
  readonly strata: number
  constructor(some: Case) {
    this.strata = some.strata
    this.waiting = some.people.filter(({ stratum }) => stratum < some.strata)
  }

  left(person: Person): number {
    return person.threshold - (this.exposure.get(`${person.start}/${person.stratum}`) ?? 0)
  }

  /** A step's two offers of slots; exposures are added after both. */
  serve(round: Round, now: number): [Choice, Choice] {
    this.kappa = Array.from({ length: this.strata }, () => 0)
    const choices: [Choice, Choice] = [this.give(round, slotsOf(round), now), this.give(round, againOf(round), now)]
    for (let start = 0; start <= now; start++) {
      this.kappa.forEach((own, stratum) => {
        const cohort = `${start}/${stratum}`
        this.exposure.set(cohort, (this.exposure.get(cohort) ?? 0) + this.weightOf(round, { start, stratum }, now) * own)
      })
    }
    return choices
  }

  weightOf({ headStart, groupWeight, long }: Round, { start, stratum }: Omit<Person, 'threshold'>, now: number): number {
    return WEIGHTS[Math.min(now - start + headStart[stratum], WEIGHTS.length - 1)] * groupWeight[stratum] * (now - start >= long.fromAge ? long.weight : 1)
  }

  /** Gives an offer of slots, first all in turn and then all by chance, pool by pool. */
  give(round: Round, offer: Offer, now: number): Choice {
    const { pools, headStart, long } = round
    const { kappa } = this
    const served = new Map<Person, Source>()
    let unused = 0
    const give = (mode: 0 | 1, take: (pool: Pool, count: number) => number): void => {
      const passedOn = pools.map(() => 0)
      pools.forEach((pool, index) => {
        const wanted = offer[index][mode] + passedOn[index]
        const left = wanted - take(pool, wanted)
        if (pool.releaseTo >= 0) passedOn[pool.releaseTo] += left
        else unused += left
      })
    }
    const accessOf = ({ access }: Pool, stratum: number): number => (access === null ? 1 : access[stratum])
    const choose = (pool: Pool, count: number, key: (person: Person) => number): Person[] => {
      const able = this.waiting.filter((person) => !served.has(person) && accessOf(pool, person.stratum) > 0)
      const chosen = able.toSorted((a, b) => key(a) - key(b)).slice(0, count)
      chosen.forEach((person) => served.set(person, pool.source))
      return chosen
    }
    const turn = (person: Person): number => {
      const longer = now - person.start >= long.fromAge ? long.headStart : 0
      return person.start - headStart[person.stratum] - longer + this.left(person) / (1 + this.left(person))
    }
    give(0, (pool, count) => choose(pool, count, turn).length)
    give(1, (pool, count) => {
      const key = (person: Person): number => (this.left(person) / this.weightOf(round, person, now) - kappa[person.stratum]) / accessOf(pool, person.stratum)
      const chosen = choose(pool, count, key)
      const step = chosen.length === 0 ? 0 : key(chosen[chosen.length - 1])
      kappa.forEach((_, stratum) => {
        kappa[stratum] += step * accessOf(pool, stratum)
      })
      return chosen.length
    })
    this.waiting = this.waiting.filter((person) => !served.has(person))
    return { served, unused }
  }
}

const slotsOf = ({ pools }: Round): Offer => pools.map(({ inTurn, byChance }) => [inTurn, byChance])
const againOf = ({ pools }: Round): Offer => pools.map(({ again }) => again)

/** The kernel's queue and memory, fed round by round like the definition. */
class Kernel {
  readonly some: Case
  readonly queue: PathwayQueue
  readonly memory: SelectionMemory
  constructor(some: Case) {
    this.some = some
    this.queue = createQueue((STARTS + some.rounds.length) * some.strata, some.strata, 1, 4)
    this.memory = createSelectionMemory(some.strata)
    some.people.forEach(({ start, stratum, threshold }, ordinal) => {
      if (stratum >= some.strata) return
      reserve(this.queue, 1)
      joinWith(this.queue, start * some.strata + stratum, stratum, ordinal, threshold)
    })
  }

  momentOf({ headStart, groupWeight, long }: Round, now: number): Moment {
    return {
      nowStart: now,
      bandOfAge: Int32Array.from({ length: 100 }, (_, age) => age),
      stepsPerWeek: 1,
      chanceWeight: Float64Array.from(WEIGHTS),
      groupWeight: Float64Array.from(groupWeight),
      headStart: Int32Array.from(headStart),
      headStartWeeks: Int32Array.from(headStart),
      longWaitFrom: long.fromAge,
      longWaitHeadStart: long.headStart,
      longWaitWeight: long.weight,
    }
  }

  serve(round: Round, now: number): Choice {
    const { memory, some } = this
    const { first } = tablesOf({ steps: 1, strata: some.strata, firstSlots: { open: () => 0, pools: round.pools.map((pool) => tableOf(pool, some.strata)) } })
    setPools(memory.pools, first, 0, some.strata)
    memory.kappaGuess.fill(round.kappaGuess)
    return this.take(round, chooseNext(this.queue, this.momentOf(round, now), memory))
  }

  serveMore(round: Round, now: number): Choice {
    againOf(round).forEach(([inTurn, byChance], pool) => {
      this.memory.pools.inTurn[pool] = inTurn
      this.memory.pools.byChance[pool] = byChance
    })
    return this.take(round, chooseMore(this.queue, this.momentOf(round, now), this.memory))
  }

  endStep(round: Round, now: number): void {
    endChoice(this.queue, this.momentOf(round, now), this.memory)
  }

  /** Those chosen leave the queue. */
  take({ pools }: Round, unused: number): Choice {
    const { queue, memory, some } = this
    const chosen = [...memory.served.subarray(0, memory.servedCount)]
    const served = new Map(chosen.map((slot, index) => [some.people[personAt(queue, slot).ordinal], pools[memory.servedBy[index]].source]))
    if (served.size !== chosen.length) throw new Error('somebody was served twice')
    chosen.forEach((slot) => leave(queue, slot, personAt(queue, slot).cohort % some.strata))
    return { served, unused }
  }
}

function tableOf({ source, inTurn, byChance, access, releaseTo }: Pool, strata: number): SlotPool {
  return {
    source,
    slots: Int32Array.of(inTurn + byChance),
    inTurn: Int32Array.of(inTurn),
    access: access === null ? null : Float64Array.from(access.slice(0, strata)),
    releaseTo,
  }
}

describe('who is next', () => {
  it('is, round after round and for any pools, who the definition says, by slots of the same source', () => {
    fc.assert(
      fc.property(anyCase, (some) => {
        const definition = new Definition(some)
        const kernel = new Kernel(some)
        some.rounds.forEach((round, index) => {
          const now = STARTS - 1 + index
          const [first, more] = definition.serve(round, now)
          expect(kernel.serve(round, now)).toEqual(first)
          expect(kernel.serveMore(round, now)).toEqual(more)
          kernel.endStep(round, now)
        })
      }),
      { seed: 61, numRuns: 1500 },
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
          expect(other.serveMore(round, now)).toEqual(one.serveMore(round, now))
          one.endStep(round, now)
          other.endStep(round, now)
          expect(other.queue.exposure).toEqual(one.queue.exposure)
        })
      }),
      { seed: 62, numRuns: 400 },
    )
  })

  it('is nobody whom every pool is closed to, however many slots there are', () => {
    const people = [0, 3, 3, 11].map((start, index): Person => ({ start, stratum: index % 2, threshold: 1 + start }))
    const pool: Pool = { source: 'nhs', inTurn: 4, byChance: 4, access: [1, 0], releaseTo: -1, again: [0, 0] }
    const round: Round = { pools: [pool], headStart: [0, 0], groupWeight: [1, 1], long: { fromAge: 99, headStart: 0, weight: 1 }, kappaGuess: 1 }
    const { served, unused } = new Kernel({ strata: 2, people, rounds: [round] }).serve(round, STARTS - 1)
    expect([...served.keys()].map(({ stratum }) => stratum)).toEqual([0, 0])
    expect(unused).toBe(6)
  })
})
