import { describe, expect, it } from 'vitest'
import { FLOWS } from '../../src/model/census.ts'
import { ADDITIONAL_ORDINAL, CELL_ORDINAL, deriveKey, DIRECT_ORDINAL, LATE_ORDINAL, PURPOSE, serviceKey, stratumKeys } from '../../src/model/identity.ts'
import type { Key } from '../../src/model/identity.ts'
import type { SlotPool } from '../../src/model/tables.ts'
import { threefry } from '../../src/model/threefry.ts'
import { flowAt, flowOver, level, poolOf, simulate, tablesOf, waitingByBand } from './tables-fixture.ts'

const SEED: Key = [123456789, -987654321]

/** A key as one 64-bit number. */
const asNumber = ([high, low]: Key): bigint => (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)

function distinct(keys: BigUint64Array): number {
  keys.sort()
  let count = keys.length > 0 ? 1 : 0
  for (let index = 1; index < keys.length; index++) if (keys[index] !== keys[index - 1]) count++
  return count
}

/** Different codes, in no particular order. */
const codeOf = (index: number): string => Math.imul(index + 1, 0x9e3779b1).toString(36)

describe('keys by identity', () => {
  it('tell apart every (system, specialty, start, stratum) cell of all systems of England over five years', () => {
    const systems = Array.from({ length: 43 }, (_, index) => `Q${String.fromCharCode(65 + (index % 26), 65 + Math.floor(index / 26))}`)
    const specialties = Array.from({ length: 24 }, (_, index) => (index < 19 ? `C_${100 + index * 10}` : `X0${index - 17}`))
    const starts = 105 + 260
    const strata = 5
    const keys = new BigUint64Array(systems.length * specialties.length * starts * strata)
    const words = new Int32Array(2)
    let filled = 0
    for (const system of systems) {
      for (const specialty of specialties) {
        const key = serviceKey(SEED, 0, system, specialty)
        for (let cell = 0; cell < starts * strata; cell++) {
          threefry(key[0], key[1], Math.floor(cell / strata), cell % strata, words)
          keys[filled++] = asNumber([words[0], words[1]])
        }
      }
    }
    expect(filled).toBe(1_883_400)
    // Of 1.9 million random 64-bit keys, two are equal with a chance of 1 in 10 million.
    expect(distinct(keys)).toBe(filled)
  })

  it('tell apart replications, systems and specialties, and the two that swap names', () => {
    const keys: bigint[] = []
    for (let replication = 0; replication < 500; replication++) {
      for (const [system, specialty] of [['QYG', 'C_100'], ['QYG', 'C_110'], ['QOP', 'C_100'], ['C_100', 'QYG']]) {
        keys.push(asNumber(serviceKey(SEED, replication, system, specialty)))
      }
    }
    expect(distinct(BigUint64Array.from(keys))).toBe(2000)
  })

  it('tell apart 200,000 codes', () => {
    const keys = BigUint64Array.from({ length: 200_000 }, (_, index) => asNumber(serviceKey(SEED, 0, 'QYG', codeOf(index))))
    // Hashes of 32 bits would collide about five times.
    expect(distinct(keys)).toBe(200_000)
  })

  it('change in about half their bits when one bit of the seed changes', () => {
    let flipped = 0
    const trials = 64 * 50
    for (let trial = 0; trial < trials; trial++) {
      const bit = trial % 64
      const base = deriveKey(SEED, trial, 7)
      const changed: Key = bit < 32 ? [SEED[0] ^ (1 << bit), SEED[1]] : [SEED[0], SEED[1] ^ (1 << (bit - 32))]
      for (let rest = asNumber(base) ^ asNumber(deriveKey(changed, trial, 7)); rest > 0n; rest &= rest - 1n) flipped++
    }
    // Mean 32 of 64; the standard error over 3,200 trials is 4 / √3200 = 0.07.
    expect(Math.abs(flipped / trials - 32)).toBeLessThan(0.3)
  })

  it('never give two draws of a cell the same counter', () => {
    // Counter: (ordinal, purpose + occurrence). Every occurrence that the kernel uses of every purpose, as long as nobody
    // is given 65,536 appointments.
    const least: Partial<Record<keyof typeof PURPOSE, readonly number[]>> = {
      exits: [0, 1, 2, 3, 4],
      clockStartsSpread: [0, 1, 2, 3, 4, 5],
      // Both stages and as many levels as a stratum index can tell apart at a stage.
      deterioration: [0, 1].flatMap((stage) => Array.from({ length: 256 }, (_, rank) => stage * 256 + rank)),
    }
    const many = Array.from({ length: 0x10000 }, (_, occasion) => occasion)
    const repeated: readonly string[] = ['appointment', 'rebooking', 'admissionAttendance', 'readmission', 'pathway']
    const counters = Object.entries(PURPOSE).flatMap(([name, purpose]) => {
      const occurrences = least[name as keyof typeof PURPOSE] ?? (repeated.includes(name) ? many : [0])
      return occurrences.map((occurrence) => purpose | occurrence)
    })
    expect(new Set(counters).size).toBe(counters.length)
    // A cell would need hundreds of millions of people to run into the ordinals of the next kind of arrival.
    const firsts = [0, DIRECT_ORDINAL, ADDITIONAL_ORDINAL, LATE_ORDINAL, 2 ** 31]
    for (let kind = 1; kind < firsts.length; kind++) expect(firsts[kind] - firsts[kind - 1]).toBeGreaterThan(5e8)
    expect(CELL_ORDINAL).toBeLessThan(0)
  })
})

describe('keys of strata', () => {
  const parts = { steps: 1, strata: 4, systems: ['Q1', 'Q1', 'Q2', 'Q2'], ownIndex: [0, 1, 0, 1] }
  const pairOf = (keys: Int32Array, stratum: number): string => keys.subarray(2 * stratum, 2 * stratum + 2).join()

  it('are those of their own system, simulated alone or with others', () => {
    const together = stratumKeys(SEED, 5, tablesOf(parts), 2)
    for (const [stratum, system] of parts.systems.entries()) expect(pairOf(together, stratum)).toBe(serviceKey(SEED, 5, system, 'T_1', 2).join())
    const alone = stratumKeys(SEED, 5, tablesOf({ steps: 1, strata: 2, systems: ['Q2', 'Q2'] }), 2)
    expect(pairOf(alone, 0)).toBe(pairOf(together, 2))
  })

  it('make the same people of a system alone and beside another, with slots of its own', () => {
    const starts = (step: number, stratum: number): number => [9, 5, 7, 3][stratum] + (step % 3)
    const common = { steps: 60, hazards: { died: level(0.01) }, admittedShare: 0.4, dnaRate: 0.2, clockStartsSpread: 0.3 }
    const pools = (own: readonly (readonly number[])[]): SlotPool[] => own.map((access) => poolOf({ slots: 8, access, inTurnShare: 0.5 }))
    const both = simulate(tablesOf({ ...common, ...parts, steps: 60, clockStarts: starts, firstSlots: { open: () => 0, pools: pools([[1, 1, 0, 0], [0, 0, 1, 1]]) } }))
    const alone = simulate(tablesOf({ ...common, strata: 2, systems: ['Q2', 'Q2'], clockStarts: (step, stratum) => starts(step, stratum + 2), firstSlots: { open: () => 0, pools: pools([[1, 1]]) } }))
    for (let row = 0; row <= 60; row++) {
      for (const stratum of [0, 1]) {
        expect(waitingByBand(both, row, 0, stratum + 2)).toEqual(waitingByBand(alone, row, 0, stratum))
        for (const flow of FLOWS) expect(flowAt(both, flow, row, stratum + 2)).toBe(flowAt(alone, flow, row, stratum))
      }
    }
    expect(flowOver(alone, 'died')).toBeGreaterThan(20)
  })
})
