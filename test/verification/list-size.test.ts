import { describe, expect, it } from 'vitest'
import { listAt, level, simulateMany, tablesOf } from '../model/tables-fixture.ts'
import type { ServiceParts } from '../model/tables-fixture.ts'
import { ALPHA, binomial, goodnessOfFit, poisson, power, tally } from './statistics.ts'

const WEEKS = 52
const SLOTS = 10
const REPLICATIONS = 4000
/** Longer lists are lumped together; the exact chains below have no weight there to speak of. */
const MOST = 220

interface Chain {
  readonly startsPerWeek: number
  /** Chance of not leaving by another cause in a week. */
  readonly stay?: number
  /** Chance of missing an appointment. */
  readonly dnaRate?: number
}

/**
 * Exact probabilities of the list's size after so many weeks: Lindley's recursion, carried out on the whole
 * probability vector. In a week Poisson people join, each of all who wait stays with a fixed chance, and up to
 * {@link SLOTS} of the rest are seen, each attending with a fixed chance.
 */
function exactListSize({ startsPerWeek, stay = 1, dnaRate = 0 }: Chain): number[] {
  const starts = poisson(startsPerWeek, MOST)
  const stays = Array.from({ length: MOST + 1 }, (_, people) => binomial(people, stay))
  const attends = Array.from({ length: SLOTS + 1 }, (_, people) => binomial(people, 1 - dnaRate))
  let list = Array.from({ length: MOST + 1 }, (_, people): number => (people === 0 ? 1 : 0))
  for (let week = 0; week < WEEKS; week++) {
    const waiting = spread(list, (people, add) => starts.slice(0, MOST + 1 - people).forEach((chance, more) => add(people + more, chance)))
    const staying = spread(waiting, (people, add) => stays[people].forEach((chance, left) => add(left, chance)))
    list = spread(staying, (people, add) => attends[Math.min(people, SLOTS)].forEach((chance, seen) => add(people - seen, chance)))
  }
  return list
}

type Add = (people: number, chance: number) => void

/** One transition of the probability vector. */
function spread(from: readonly number[], transition: (people: number, add: Add) => void): number[] {
  const to = from.map(() => 0)
  from.forEach((weight, people) => {
    if (weight < 1e-15) return
    transition(people, (next, chance) => {
      to[next] += weight * chance
    })
  })
  return to
}

function listSizes(parts: Partial<ServiceParts>): number[] {
  const tables = tablesOf({ steps: WEEKS, firstSlots: { open: () => SLOTS }, ...parts })
  return tally(simulateMany(tables, REPLICATIONS, (census) => listAt(census, WEEKS)), MOST)
}

describe('the list after a year', () => {
  it.for([0.7, 0.9, 1, 1.1])('has its exact distribution at load %d', async (load, { annotate }) => {
    const exact = exactListSize({ startsPerWeek: load * SLOTS })
    const fit = goodnessOfFit(listSizes({ clockStarts: () => load * SLOTS }), exact)
    const detects = power(exact, exactListSize({ startsPerWeek: load * SLOTS * 1.05 }), REPLICATIONS)
    await annotate(`load ${load}: χ² ${fit.chiSquare.toFixed(1)} on ${fit.degrees}, p ${fit.p.toFixed(3)}; power for 5% more starts ${detects.toFixed(4)}`)
    expect(fit.p).toBeGreaterThan(ALPHA)
    expect(detects).toBeGreaterThan(0.95)
  })

  it.for([0, 1])('has the distribution of the exact chain with exits, in-turn share %d', async (inTurnShare, { annotate }) => {
    const hazards = { removed: level(0.01), withdrew: level(0.006), private: level(0.004), emergency: level(0.006), died: level(0.004) }
    const exact = exactListSize({ startsPerWeek: 11, stay: Math.exp(-0.03) })
    const fit = goodnessOfFit(listSizes({ clockStarts: () => 11, hazards, firstSlots: { open: () => SLOTS, inTurnShare } }), exact)
    const detects = power(exact, exactListSize({ startsPerWeek: 11, stay: Math.exp(-0.033) }), REPLICATIONS)
    await annotate(`in-turn share ${inTurnShare}: χ² ${fit.chiSquare.toFixed(1)} on ${fit.degrees}, p ${fit.p.toFixed(3)}; power for hazards 10% higher ${detects.toFixed(4)}`)
    expect(fit.p).toBeGreaterThan(ALPHA)
    expect(detects).toBeGreaterThan(0.95)
  })

  it.for([0, 1])('has the distribution of the exact chain with missed appointments, in-turn share %d', async (inTurnShare, { annotate }) => {
    const exact = exactListSize({ startsPerWeek: 8.5, dnaRate: 0.15 })
    const fit = goodnessOfFit(listSizes({ clockStarts: () => 8.5, dnaRate: 0.15, firstSlots: { open: () => SLOTS, inTurnShare } }), exact)
    const detects = power(exact, exactListSize({ startsPerWeek: 8.5, dnaRate: 0.165 }), REPLICATIONS)
    await annotate(`in-turn share ${inTurnShare}: χ² ${fit.chiSquare.toFixed(1)} on ${fit.degrees}, p ${fit.p.toFixed(3)}; power for 16.5% missed ${detects.toFixed(4)}`)
    expect(fit.p).toBeGreaterThan(ALPHA)
    expect(detects).toBeGreaterThan(0.95)
  })
})
