import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BANDS } from '../../../src/baseline/types.ts'
import { caseMixShare } from '../../../src/model/compile/case-mix.ts'
import { InputError } from '../../../src/errors.ts'
import { adjust, AGE, compiled, GROUPS, specialty, sum, system, TWO_LEVELS, WEEKS, type StudyParts } from './study-builder.ts'

const FULL: StudyParts = { dimensions: [AGE], priority: TWO_LEVELS }

/** Group of a stratum of the full study: 3 groups × 2 ages × 2 levels. */
const groupOf = (stratum: number): number => Math.floor(stratum / 4)

describe('strata', () => {
  it('run through deprivation, then age, then priority, the level fastest', () => {
    const [{ dimensions, strata }] = compiled(FULL)
    const groupsOf = (id: string): readonly number[] => dimensions.find((dimension) => dimension.id === id)?.groupOfStratum ?? []
    expect(strata).toBe(12)
    expect(groupsOf('deprivation')).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
    expect(groupsOf('age')).toEqual([0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1])
    expect(groupsOf('priority')).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1])
  })

  it('keep every group its residents, with ages as shared and levels alike', () => {
    const [{ population, dimensions }] = compiled(FULL)
    expect([0, 1, 2].map((group) => sum(population, (stratum) => groupOf(stratum) === group))).toEqual([30_000, 40_000, 50_000].map((people) => expect.closeTo(people, 6) as number))
    expect(population[2]).toBeCloseTo((30_000 * 0.1) / 2, 9)
    expect(dimensions.find(({ id }) => id === 'age')?.groups.map((group) => group.population)).toEqual([30_000 * 0.9 + 40_000 * 0.8 + 50_000 * 0.75, 3000 + 8000 + 12_500].map((people) => expect.closeTo(people, 6) as number))
    expect(dimensions.map(({ id, ofResidents }) => [id, ofResidents])).toEqual([['deprivation', true], ['age', true], ['deprivation-age', true], ['priority', false]])
  })

  it('keep every group its clock starts, split as the shares say, those listed directly by the shares at admission', () => {
    const [{ services: [whole] }] = compiled()
    const [{ services: [split] }] = compiled(FULL)
    const starts = [50, 30, 20]
    for (let group = 0; group < GROUPS; group++) {
      const own = (cells: Float64Array | null): number => sum(cells?.subarray(0, 12) ?? null, (stratum) => groupOf(stratum) === group)
      expect(own(split.clockStarts)).toBeCloseTo(whole.clockStarts[group], 10)
      expect(own(split.directStarts)).toBeCloseTo(whole.directStarts?.[group] ?? 0, 10)
      expect(own(split.clockStarts) + own(split.directStarts)).toBeCloseTo(starts[group], 10)
    }
    // Group 1, 65+, urgent: 50 × 0.9 not direct × 0.3 aged × 0.2; direct 50 × 0.1 × 0.3 × 0.3.
    expect(split.clockStarts[3]).toBeCloseTo(50 * 0.9 * 0.3 * 0.2, 12)
    expect(split.directStarts?.[3]).toBeCloseTo(50 * 0.1 * 0.3 * 0.3, 12)
  })

  it('keep the list of every group and week to the person, and split it over all weeks as the shares say', () => {
    const [{ services: [service] }] = compiled(FULL)
    const { initial } = service.first
    for (let group = 0; group < GROUPS; group++) {
      for (let week = 0; week < 20; week++) {
        expect(sum([0, 1, 2, 3].map((own) => initial[(group * 4 + own) * BANDS + week]))).toBe([10, 8, 5][group])
      }
    }
    const ofStratum = (stratum: number): number => sum(initial.subarray(stratum * BANDS, (stratum + 1) * BANDS))
    // Group 1: 200 people × age 0.65 or 0.35 × level 0.9 or 0.1; carried rounding is within about a person of it.
    ;[0.65 * 0.9, 0.65 * 0.1, 0.35 * 0.9, 0.35 * 0.1].forEach((share, stratum) => expect(Math.abs(ofStratum(stratum) - 200 * share)).toBeLessThanOrEqual(1.5))
    expect(sum(service.admission.initial)).toBe(60 + 40 + 20)
  })

  it('of several systems follow one another, and are reported together, by system, and by both', () => {
    const [{ strata, dimensions, population, services, specialties }] = compiled({ baselines: [system('A'), system('B', [specialty('T_1'), specialty('T_2')], [1000, 2000, 3000])] })
    expect(strata).toBe(6)
    expect(services.map(({ code, systemOfStratum, studyIndex }) => [code, systemOfStratum[0], studyIndex[0]])).toEqual([['T_1', 'A', 0], ['T_1', 'B', 3], ['T_2', 'B', 3]])
    expect(specialties.map(({ code }) => code)).toEqual(['T_1', 'T_2'])
    expect(services.map((service) => service.specialty)).toEqual([0, 0, 1])
    expect(dimensions[0].groups.map((group) => group.population)).toEqual([31_000, 42_000, 53_000])
    expect(dimensions.slice(1).map(({ id, ordered, groups }) => [id, ordered, groups.map((group) => group.id)])).toEqual([
      ['system', false, ['A', 'B']],
      ['system-deprivation', false, ['A/1', 'A/2', 'A/3', 'B/1', 'B/2', 'B/3']],
    ])
    expect([...population]).toEqual([30_000, 40_000, 50_000, 1000, 2000, 3000])
  })

  it('are reported by region too, where the systems are of several', () => {
    const placed = (code: string, region?: string) => ({ ...system(code), system: { code, name: code, ...(region === undefined ? {} : { region }) } })
    const idsOf = (...baselines: readonly ReturnType<typeof placed>[]): string[] => compiled({ baselines })[0].dimensions.map(({ id }) => id)
    const [{ dimensions }] = compiled({ baselines: [placed('A', 'South West'), placed('B', 'London'), placed('C', 'South West')] })
    expect(dimensions.slice(3).map(({ id, ordered, ofResidents, groupOfStratum, groups }) => [id, ordered, ofResidents, groupOfStratum, groups.map(({ id: group, population }) => [group, population])])).toEqual([
      ['region', false, true, [1, 1, 1, 0, 0, 0, 1, 1, 1], [['London', 120_000], ['South West', 240_000]]],
      ['region-deprivation', false, true, [3, 4, 5, 0, 1, 2, 3, 4, 5], [['London/1', 30_000], ['London/2', 40_000], ['London/3', 50_000], ['South West/1', 60_000], ['South West/2', 80_000], ['South West/3', 100_000]]],
    ])
    expect(idsOf(placed('A', 'London'), placed('B', 'London'))).not.toContain('region')
    expect(idsOf(placed('A', 'London'), placed('B', 'South West'), placed('C'))).not.toContain('region')
  })

  it('are refused where systems have different groups', () => {
    expect(() => compiled({ baselines: [system('A'), system('B', [specialty('T_1')], [1, 2])] })).toThrow(InputError)
  })
})

describe('case mix', () => {
  it('splits each group into those whom the independent sector accepts and those whom it does not', () => {
    const [{ services: [service], dimensions }] = compiled({
      assumptions: { independentSectorShareAdmission: 0.3, independentSectorSuitable: [0.5, 0.6, 0.9] },
    })
    expect(dimensions.at(-1)?.groups.map(({ id }) => id)).toEqual(['accepted', 'nhs-only'])
    expect(service.clockStarts[1] / service.clockStarts[0]).toBeCloseTo(1, 12)
    expect(service.clockStarts[5] / service.clockStarts[4]).toBeCloseTo(1 / 9, 12)
    const independent = service.admission.pools.find(({ source }) => source === 'independent-sector')
    expect([...(independent?.access?.subarray(0, 6) ?? [])]).toEqual([1, 0, 1, 0, 1, 0])
  })

  it('with two limits has a class between, which the wider source accepts', () => {
    const [{ services: [service] }] = compiled({
      assumptions: {
        independentSectorShareAdmission: 0.3,
        hubShareAdmission: 0.2,
        independentSectorSuitable: [0.5, 0.5, 0.5],
        hubSuitable: [0.7, 0.7, 0.4],
      },
    })
    const access = (source: string): number[] => [...(service.admission.pools.find((pool) => pool.source === source)?.access?.subarray(0, 9) ?? [])]
    expect(access('independent-sector')).toEqual([1, 0, 0, 1, 0, 0, 1, 1, 0])
    expect(access('hub')).toEqual([1, 1, 0, 1, 1, 0, 1, 0, 0])
    expect(service.clockStarts[1] / service.clockStarts[0]).toBeCloseTo(0.2 / 0.5, 12)
  })

  it('shares out everybody', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(share, { minLength: 0, maxLength: 2 }), (suitable) => {
        const shares = Array.from({ length: suitable.length + 1 }, (_, caseMix) => caseMixShare(caseMix, suitable))
        expect(sum(shares)).toBeCloseTo(1, 12)
        expect(shares.every((each) => each >= 0)).toBe(true)
      }),
      { seed: 131 },
    )
  })

  it('cannot differ between scenarios, which share their people', () => {
    expect(() => compiled({ scenarios: [{ adjustments: [adjust('hubSuitable', 'set', 0.5)] }] })).toThrow(/adjust it for the whole study/)
  })
})

describe('a sample', () => {
  it('of a tenth has a tenth of people, clock starts, unmet need and slots, each within a person of it', () => {
    const assumptions = { referralPropensity: [0.7, 0.8, 0.9], unmetNeedInitialWeeks: 26, independentSectorShareFirst: 0.2 }
    const [{ services: [whole] }] = compiled({ assumptions, dimensions: [AGE], priority: TWO_LEVELS })
    const [{ services: [tenth], sample }] = compiled({ assumptions, dimensions: [AGE], priority: TWO_LEVELS, sample: 0.1 })
    expect(sample).toBe(0.1)
    const alike = (one: ArrayLike<number>, other: ArrayLike<number>, within: number): void => expect(Math.abs(sum(one) - 0.1 * sum(other))).toBeLessThanOrEqual(within)
    alike(tenth.first.initial, whole.first.initial, 0.5)
    alike(tenth.admission.initial, whole.admission.initial, 0.5)
    alike(tenth.unmetNeed.initial, whole.unmetNeed.initial, 3)
    alike(tenth.clockStarts, whole.clockStarts, 1e-6)
    alike(tenth.unmetNeed.arising, whole.unmetNeed.arising, 1e-6)
    tenth.first.pools.forEach((pool, index) => alike(pool.slots, whole.first.pools[index].slots, 1))
    expect(sum(tenth.first.pools.at(-1)?.slots ?? [])).toBeGreaterThan(0.1 * 70 * WEEKS)
  })
})
