/**
 * Random numbers by identity. Every draw is a function of who it is for and what it is for, never of position
 * or call order:
 *
 *     seed words → replication and draw → (system, specialty) → cell (stratum, start step) → pathway ordinal × purpose × occurrence
 *
 * so two scenarios share every draw that both need, and one more arrival changes nobody else's. Ordinals of
 * additional arrivals (outreach) have their own range. Within a cell the counter holds (ordinal, purpose and
 * occurrence) exactly, so no two draws of a cell can collide; across cells the 64-bit keys are hashed.
 */
import type { ServiceTables } from './tables.ts'
import { threefry } from './threefry.ts'

/** What a draw is for; kept in the high half of the counter's second word, the occurrence in the low half. */
export const PURPOSE = {
  /** Words: service threshold of the first-appointment queue; exit threshold of cause 0. */
  start: 0x10000,
  /** Four half words for the exit thresholds of causes 1 to 4; occurrence c: the lower half of cause c. */
  exits: 0x20000,
  /** Words: attendance; outcome. Occurrence: appointments given so far. */
  appointment: 0x40000,
  /** Words: service threshold after an appointment given without an outcome; backfill of its slot. Occurrence: as above. */
  rebooking: 0x50000,
  /** Words: service threshold of the admission queue; half-week of the stop. */
  admission: 0x60000,
  /** Per cell: clock starts. */
  clockStarts: 0x70000,
  directStarts: 0xb0000,
  additionalStarts: 0x80000,
  unreferredNeed: 0x90000,
  unmetResolution: 0xa0000,
  lateStarts: 0xc0000,
  unmetEmergency: 0xd0000,
  diverted: 0xe0000,
  /** Per system and step; occurrence: pairs of words of one factor. */
  clockStartsSpread: 0xf0000,
  /** Words: threshold of moving up a level; none. Occurrence: stage × 256 + level. */
  deterioration: 0x100000,
  /** Words: attendance; discharge. Occurrence: admissions given so far. */
  admissionAttendance: 0x110000,
  /** Words: service threshold after an admission that did not take place; backfill of its slot. Occurrence: as above. */
  readmission: 0x130000,
  /** Words: whether a further appointment is needed; whether tests are. Occurrence: as above. */
  pathway: 0x120000,
} as const

/** Ordinals of base arrivals with a decision to admit from the start; those of other base arrivals start at 0. */
export const DIRECT_ORDINAL = 0x20000000

/** Ordinals of additional arrivals start here. */
export const ADDITIONAL_ORDINAL = 0x40000000

/** Ordinals of those who present late, out of unmet need, start here. */
export const LATE_ORDINAL = 0x60000000

/** The ordinal under which a cell's own counts are drawn; no pathway has it. */
export const CELL_ORDINAL = -1

/** A 64-bit key as two 32-bit words. */
export type Key = readonly [number, number]

/** 64-bit text hash (two FNV-1a lanes): a stable name for a system or specialty code. */
function hashText(text: string): Key {
  let a = 0x811c9dc5
  let b = 0x050c5d1f
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ code, 0x01000193) ^ (a >>> 15)
  }
  return [a | 0, b | 0]
}

/** Derives a key from a key and two words. */
export function deriveKey(key: Key, word0: number, word1: number): Key {
  const out = new Int32Array(2)
  threefry(key[0], key[1], word0, word1, out)
  return [out[0], out[1]]
}

/**
 * The key of one specialty of one system in one replication.
 * @param seed two words made from the study's text seed
 * @param draw of the uncertain parameters, 0 where none are drawn: each draw meets its own chance
 */
export function serviceKey(seed: Key, replication: number, systemCode: string, specialtyCode: string, draw = 0): Key {
  const run = deriveKey(seed, replication, draw)
  const system = hashText(systemCode)
  const specialty = hashText(specialtyCode)
  return deriveKey(deriveKey(run, system[0], system[1]), specialty[0], specialty[1])
}

/**
 * The keys of a service's strata, two words each: each stratum's from its own system, so that people are the same
 * whether their system is simulated alone or with others.
 */
export function stratumKeys(seed: Key, replication: number, tables: ServiceTables, draw = 0): Int32Array {
  const keys = new Int32Array(2 * tables.strata)
  const bySystem = new Map<string, Key>()
  tables.systemOfStratum.forEach((system, stratum) => {
    const key = bySystem.get(system) ?? serviceKey(seed, replication, system, tables.code, draw)
    bySystem.set(system, key)
    keys.set(key, 2 * stratum)
  })
  return keys
}
