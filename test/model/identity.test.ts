import { describe, expect, it } from 'vitest'
import { ADDITIONAL_ORDINAL, CELL_ORDINAL, deriveKey, DIRECT_ORDINAL, PURPOSE, serviceKey } from '../../src/model/identity.ts'
import type { Key } from '../../src/model/identity.ts'
import { threefry } from '../../src/model/threefry.ts'

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
    // Counter: (ordinal, purpose + occurrence). Purposes are apart by more than any number of missed appointments.
    const purposes = Object.values(PURPOSE).toSorted((a, b) => a - b)
    for (let index = 1; index < purposes.length; index++) expect(purposes[index] - purposes[index - 1]).toBeGreaterThanOrEqual(0x10000)
    // A cell would need hundreds of millions of people to run into the ordinals of the next kind of arrival.
    const firsts = [0, DIRECT_ORDINAL, ADDITIONAL_ORDINAL, 2 ** 31]
    for (let kind = 1; kind < firsts.length; kind++) expect(firsts[kind] - firsts[kind - 1]).toBeGreaterThan(5e8)
    expect(CELL_ORDINAL).toBeLessThan(0)
  })
})
