import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AVERAGE_WEEK } from '../../src/baseline/calendar.ts'
import { deriveBaseline, sharesWithOdds } from '../../src/baseline/derive.ts'
import type { Baseline, BaselinePack, SpecialtyBaseline } from '../../src/baseline/types.ts'
import { defaultAssumptions, full, importedPack, packOf, shippedPack, specialty } from './packs.ts'
import { sum } from './rtt-csv.ts'

const assumptions = defaultAssumptions()

/** What an average week is expected to do to one specialty: the list's change, and its parts. */
function expectedWeek(entry: SpecialtyBaseline, pack: BaselinePack): { starts: number; treated: number; exits: number; list: number; admissionChange: number } {
  const { startShare } = pack.deprivation
  const seen = entry.firstAppointmentsPerWeek * sum(entry.admittedShare.map((share, group) => share * startShare[group]))
  const decisions = seen + sum(entry.clockStartsPerWeek.map((starts, group) => starts * entry.directShare[group]))
  const leaving = (lists: readonly (readonly number[])[]): number =>
    sum(
      lists.flatMap((list, group) =>
        list.map((people, week) => {
          const { privatePerWeek, emergencyPerWeek, deathPerWeek } = assumptions
          const other = privatePerWeek[group] + emergencyPerWeek[group] + deathPerWeek[group]
          return people * (entry.removedPerWeek[week] + entry.withdrewPerWeek[week] + other)
        }),
      ),
    )
  const dna = sum(startShare.map((share, group) => (share * assumptions.dnaRate[group] * assumptions.dischargeAfterDna[group]) / (1 - assumptions.dnaRate[group])))
  const exitsAdmission = leaving(entry.waitingAdmission)
  return {
    starts: sum(entry.clockStartsPerWeek) * AVERAGE_WEEK,
    treated: (entry.firstAppointmentsPerWeek - seen + entry.admissionsPerWeek) * AVERAGE_WEEK,
    exits: leaving(entry.waitingFirst) + exitsAdmission + dna * entry.firstAppointmentsPerWeek * AVERAGE_WEEK,
    list: sum(entry.waitingFirst.flat()) + sum(entry.waitingAdmission.flat()),
    admissionChange: (decisions - entry.admissionsPerWeek) * AVERAGE_WEEK - exitsAdmission,
  }
}

function total(baseline: Baseline, pick: (entry: SpecialtyBaseline) => number): number {
  return sum(baseline.specialties.map(pick))
}

describe('a baseline derived from one month of Cheshire and Merseyside', () => {
  const pack = importedPack('QYG')
  const baseline = deriveBaseline(pack, assumptions)

  it('starts on the day after the lists were counted, with five groups and every specialty', () => {
    expect(baseline.asOf).toBe('2026-02-01')
    expect(baseline.groups.map((group) => group.population)).toEqual(pack.deprivation.population)
    expect(baseline.specialties.map((entry) => entry.code)).toEqual(pack.specialties.map((entry) => entry.code))
  })

  it('puts published months on a standard week of five working days', () => {
    expect(total(baseline, (entry) => sum(entry.clockStartsPerWeek))).toBeCloseTo((86_695 / 21) * 5, 3)
    expect(total(baseline, (entry) => entry.admissionsPerWeek)).toBeCloseTo((12_091 / 21) * 5, 6)
  })

  it('changes the list in an average first week by less than a quarter of one per cent', () => {
    const weeks = baseline.specialties.map((entry) => expectedWeek(entry, pack))
    const change = sum(weeks.map((week) => week.starts - week.treated - week.exits))
    const list = sum(weeks.map((week) => week.list))
    expect(list).toBe(346_862)
    expect(Math.abs(change) / list).toBeLessThan(0.0025)
    expect(sum(weeks.map((week) => week.exits))).toBeGreaterThan(0.1 * sum(weeks.map((week) => week.treated)))
  })

  it('keeps every large specialty from running away: under 2% of its list a week', () => {
    const large = baseline.specialties.map((entry) => ({ entry, week: expectedWeek(entry, pack) })).filter(({ week }) => week.list > 5_000)
    const running = large.filter(({ week }) => Math.abs(week.starts - week.treated - week.exits) / week.list > 0.02)
    expect(large).toHaveLength(18)
    expect(running.map(({ entry }) => entry.name)).toEqual([])
  })

  it('takes as many decisions to admit as leave the admission list', () => {
    const changes = baseline.specialties.map((entry) => Math.abs(expectedWeek(entry, pack).admissionChange))
    expect(Math.max(...changes)).toBeLessThan(0.5)
  })

  it('says what is modelled, with the licence first', () => {
    expect(baseline.notes[0]).toContain('Open Government Licence')
    expect(baseline.notes.join('\n')).toContain('14.6%')
  })
})

describe('every shipped pack', () => {
  it('gives finite rates: weights above zero, hazards from zero to a half, shares from zero to one', () => {
    for (const code of ['ENG', 'QT6', 'QWO', 'QR1', 'QHG']) {
      for (const pack of [shippedPack(code), importedPack(code)]) {
        for (const entry of deriveBaseline(pack, assumptions).specialties) {
          for (const weight of [...entry.chanceWeightFirst, ...entry.chanceWeightAdmission]) expect(weight > 0 && weight <= 60).toBe(true)
          for (const [week, removed] of entry.removedPerWeek.entries()) expect(removed >= 0 && removed + entry.withdrewPerWeek[week] <= 0.5).toBe(true)
          for (const share of entry.admittedShare) expect(share >= 0 && share <= 1).toBe(true)
        }
      }
    }
  })

  it('says what is fitted, with the licence first', () => {
    const { notes } = deriveBaseline(shippedPack('QYG'), assumptions)
    expect(notes[0]).toContain('Open Government Licence')
    expect(notes.join('\n')).toContain('12 pairs of consecutive month-ends up to 2026-01')
  })

  it('balances England to a tenth of one per cent a week', () => {
    const pack = shippedPack('ENG')
    const weeks = deriveBaseline(pack, assumptions).specialties.map((entry) => expectedWeek(entry, pack))
    expect(sum(weeks.map((week) => week.list))).toBe(7_187_677)
    expect(Math.abs(sum(weeks.map((week) => week.starts - week.treated - week.exits)))).toBeLessThan(7_188)
  })
})

describe('the chance of being next', () => {
  const england = deriveBaseline(importedPack('ENG'), assumptions)
  const orthopaedics = england.specialties.find((entry) => entry.code === 'C_110')

  it('is level from week 6 to 30 and steep towards 52 and 65, as lists are really served', () => {
    const weight = orthopaedics?.chanceWeightFirst ?? []
    const middle = weight.slice(6, 31)
    expect(Math.max(...middle) / Math.min(...middle)).toBeLessThan(1.6)
    expect(weight[52] / weight[20]).toBeGreaterThan(2)
    expect(weight[60] / weight[52]).toBeGreaterThan(1.2)
  })

  it('does not take the Christmas weeks for a burst', () => {
    const weight = orthopaedics?.chanceWeightFirst ?? []
    expect(weight[5] / weight[8]).toBeLessThan(1.4)
  })

  it('of a tiny specialty follows the curve of the whole', () => {
    const [large] = importedPack('QYG').specialties
    const tiny = specialty({ code: 'X03', waitingWithoutDecision: [1], nonAdmittedStops: [0, 0, 1], clockStarts: 1 })
    const [of, small] = deriveBaseline(packOf([large, tiny]), assumptions).specialties
    for (const week of [1, 10, 30, 50]) {
      const ratio = small.chanceWeightFirst[week] / small.chanceWeightFirst[20] / (of.chanceWeightFirst[week] / of.chanceWeightFirst[20])
      expect(ratio).toBeGreaterThan(0.5)
      expect(ratio).toBeLessThan(2)
    }
  })
})

describe('any pack', () => {
  const bands = fc.array(fc.nat(30), { maxLength: 105 })
  const specialties = fc.record({
    waitingWithoutDecision: bands,
    waitingWithDecision: bands,
    admittedStops: bands,
    nonAdmittedStops: bands,
    clockStarts: fc.nat(500),
  })

  it('derives to finite numbers and the same people, even where lists or stops are empty', () => {
    fc.assert(
      fc.property(fc.array(specialties, { minLength: 1, maxLength: 3 }), (given) => {
        const pack = packOf(given.map((entry, index) => specialty({ ...entry, code: `T_${index}` })))
        for (const [index, entry] of deriveBaseline(pack, assumptions).specialties.entries()) {
          const numbers = [
            ...entry.clockStartsPerWeek,
            entry.firstAppointmentsPerWeek,
            entry.admissionsPerWeek,
            ...entry.admittedShare,
            ...entry.removedPerWeek,
            ...entry.withdrewPerWeek,
          ]
          for (const number of numbers) expect(Number.isFinite(number) && number >= 0).toBe(true)
          for (const weight of [...entry.chanceWeightFirst, ...entry.chanceWeightAdmission]) {
            expect(Number.isFinite(weight) && weight > 0).toBe(true)
          }
          expect(sum(entry.waitingFirst.flat())).toBe(sum(full(given[index].waitingWithoutDecision)))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('of several months loses unreported what its own stock and flow say', () => {
    const pack = packOf(importedPack('QYG').specialties, { unreportedRemovalShare: 0.1 })
    const weeks = deriveBaseline(pack, assumptions).specialties.map((entry) => expectedWeek(entry, pack))
    const exits = sum(weeks.map((week) => week.exits))
    expect(exits / (exits + sum(weeks.map((week) => week.treated)))).toBeCloseTo(0.1, 2)
  })
})

describe('admitted shares by group', () => {
  it('keep the weighted mean and the odds ratios', () => {
    const shares = [0.33, 0.16, 0.13, 0.16, 0.22]
    const odds = fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), odds, (mean, ratios) => {
        const result = sharesWithOdds(mean, ratios, shares)
        expect(sum(result.map((share, group) => share * shares[group]))).toBeCloseTo(mean, 9)
        const ratio = result[0] / (1 - result[0]) / (result[4] / (1 - result[4]))
        expect(ratio / (ratios[0] / ratios[4])).toBeCloseTo(1, 6)
      }),
    )
  })

  it('are all none or all one where the mean is', () => {
    expect(sharesWithOdds(0, [1, 2], [0.5, 0.5])).toEqual([0, 0])
    expect(sharesWithOdds(1, [1, 2], [0.5, 0.5])).toEqual([1, 1])
  })
})
