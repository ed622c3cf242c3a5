import { describe, expect, it } from 'vitest'
import { BANDS } from '../../../src/baseline/types.ts'
import { layOutStrata, reportedDimensions } from '../../../src/model/compile/strata.ts'
import { adjust, AGE, compiled, study, sum, system, TWO_LEVELS, type StudyParts } from './study-builder.ts'

/** A made-up dimension, of which one group is a PLUS group. */
const INCLUSION = {
  id: 'inclusion',
  title: 'Inclusion',
  ordered: false,
  groups: [{ id: 'none', label: 'None' }, { id: 'homeless', label: 'Homeless', plus: true as const }],
  residents: [[0.95, 0.05], [0.97, 0.03], [0.98, 0.02]],
  clockStarts: [[0.95, 0.05], [0.97, 0.03], [0.98, 0.02]],
  list: [[0.95, 0.05], [0.97, 0.03], [0.98, 0.02]],
}

describe('Core20PLUS', () => {
  const dimensionOf = (parts: StudyParts) => compiled(parts)[0].dimensions.find(({ id }) => id === 'core20plus')

  it('is the most deprived fifth with all PLUS groups wherever they live, and comes before the others', () => {
    const core = dimensionOf({ dimensions: [INCLUSION, AGE] })
    // Deprivation × inclusion × age: of three groups the first holds the most deprived fifth.
    expect(core?.groupOfStratum).toEqual([0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0])
    expect([core?.ordered, core?.ofResidents]).toEqual([true, true])
    expect(core?.groups.map(({ id }) => id)).toEqual(['core20plus', 'others'])
    expect(core?.groups[0].population).toBeCloseTo(30_000 + 40_000 * 0.03 + 50_000 * 0.02, 6)
    expect(core?.groups[1].population).toBeCloseTo(40_000 * 0.97 + 50_000 * 0.98, 6)
  })

  it.each([[5, 1], [10, 2], [4, 1]])('is of %i groups the first %i', (count, core20) => {
    const each = <T>(value: T): T[] => Array.from({ length: count }, () => value)
    const rows = each([0.9, 0.1])
    const built = study({ baselines: [system('A', [], each(1000))], dimensions: [{ ...INCLUSION, residents: rows, clockStarts: rows, list: rows }] })
    const { dimensions } = reportedDimensions(built, layOutStrata(built))
    const groupOf = dimensions.find(({ id }) => id === 'core20plus')?.groupOfStratum ?? []
    expect(groupOf.filter((_, stratum) => stratum % 2 === 0)).toEqual(each(0).map((_, group) => (group < core20 ? 0 : 1)))
    expect(groupOf.filter((_, stratum) => stratum % 2 === 1)).toEqual(each(0))
  })

  it('is not reported where no group is said to be a PLUS group', () => {
    expect(dimensionOf({ dimensions: [AGE] })).toBeUndefined()
  })
})

describe('joint shares of several dimensions', () => {
  const rows = [[0.7, 0.2, 0.02, 0.08], [0.6, 0.3, 0.05, 0.05], [0.5, 0.4, 0.06, 0.04]]
  const turned = rows.map((row) => row.toReversed())
  const joint = { residents: rows, clockStarts: turned, list: [rows[1], rows[2], rows[0]] }
  const [{ population, services: [service] }] = compiled({ dimensions: [INCLUSION, AGE], joint })

  it('are the strata’s own, of residents, clock starts and lists each', () => {
    const residents = [30_000, 40_000, 50_000]
    expect([...population]).toEqual(rows.flatMap((row, group) => row.map((share) => expect.closeTo(residents[group] * share, 6) as number)))
    expect([...service.clockStarts.subarray(0, 4)]).toEqual(turned[0].map((share) => expect.closeTo(50 * 0.9 * share, 9) as number))
    const listed = [0, 1, 2, 3].map((own) => sum(service.first.initial.subarray(own * BANDS, (own + 1) * BANDS)))
    expect(sum(listed)).toBe(200)
    listed.forEach((people, own) => expect(Math.abs(people - 200 * rows[1][own])).toBeLessThanOrEqual(1.5))
  })
})

describe('late presentation', () => {
  const unmet = { referralPropensity: [0.7, 0.8, 0.9], unmetNeedInitialWeeks: 20, latePresentationLevel: 1 }
  const urgent = (parts: StudyParts): number[] => {
    const [{ services: [{ unmetNeed }] }] = compiled({ priority: TWO_LEVELS, ...parts })
    return [sum(unmetNeed.initial, (own) => own % 2 === 0), sum(unmetNeed.initial, (own) => own % 2 === 1)]
  }

  it('moves unmet need to the level at which it presents, in every scenario as soon as one has it', () => {
    const [routine, none] = urgent({ assumptions: unmet })
    expect(routine).toBeGreaterThan(0)
    expect(none).toBe(0)
    for (const parts of [
      { assumptions: { ...unmet, latePresentationPerWeek: [0, 0, 0.01] } },
      { assumptions: { ...unmet, latePresentationPerWeek: [0, Array<number>(60).fill(0).with(59, 0.01), 0] } },
      { assumptions: unmet, scenarios: [{ id: 'a' }, { id: 'b', adjustments: [adjust('latePresentationPerWeek', 'set', 0.01)] }] },
    ] satisfies StudyParts[]) expect(urgent(parts)).toEqual([0, routine])
    expect(urgent({ assumptions: { ...unmet, latePresentationPerWeek: [0, Array<number>(60).fill(0), 0] } })).toEqual([routine, 0])
  })
})
