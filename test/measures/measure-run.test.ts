import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCensus, FLOWS } from '../../src/model/census.ts'
import type { Flow } from '../../src/model/census.ts'
import type { SpendLine } from '../../src/model/tables.ts'
import { buildCatalogue } from '../../src/measures/catalogue.ts'
import { STANDARD_HEALTH } from '../../src/measures/health/assumptions.ts'
import { createMeasurer } from '../../src/measures/measure-run.ts'
import type { SeriesKey } from '../../src/measures/types.ts'
import { compiledScenario, filledCensus, seriesOf, setFlow, setWaiting } from './synthetic.ts'

type Parts = Parameters<typeof compiledScenario>[0]

/** Measures one run of the censuses given, one per service. */
function measure(parts: Parts, censuses: readonly ReturnType<typeof createCensus>[]) {
  const compiled = compiledScenario(parts)
  const catalogue = buildCatalogue(compiled)
  const measurer = createMeasurer(compiled, catalogue, STANDARD_HEALTH)
  censuses.forEach((census, index) => measurer.addService(index, census))
  const values = measurer.finish()
  return { catalogue, values, read: (key: Partial<SeriesKey>) => seriesOf(catalogue, values, key) }
}

const group = (id: string): Partial<SeriesKey> => ({ dimension: 'deprivation', group: id })

describe('a list of known answers', () => {
  const census = createCensus(1, 2)
  setWaiting(census, { row: 1, stage: 0, stratum: 0, band: 10 }, 30)
  setWaiting(census, { row: 1, stage: 1, stratum: 0, band: 64 }, 10)
  setWaiting(census, { row: 1, stage: 0, stratum: 1, band: 4 }, 60)
  census.unmetNeed.set([0, 0, 50, 20])
  const { read } = measure({ steps: 1, population: [1000, 4000] }, [census])

  it('counts the list by stage and group', () => {
    expect(read({ measure: 'waiting' })).toEqual([0, 100])
    expect(read({ measure: 'waiting', stage: 'first-appointment' })).toEqual([0, 90])
    expect(read({ measure: 'waiting', stage: 'admission' })).toEqual([0, 10])
    expect(read({ measure: 'waiting', ...group('1') })).toEqual([0, 40])
    expect(read({ measure: 'waiting', stage: 'admission', ...group('1') })).toEqual([0, 10])
  })

  it('measures waits over both stages together', () => {
    expect(read({ measure: 'within-18-weeks' })).toEqual([Number.NaN, 0.9])
    expect(read({ measure: 'over-52-weeks' })[1]).toBe(0.1)
    expect(read({ measure: 'over-65-weeks' })[1]).toBe(0)
    expect(read({ measure: 'over-52-weeks-count' })).toEqual([0, 10])
    expect(read({ measure: 'mean-wait' })[1]).toBe((30 * 10.5 + 10 * 64.5 + 60 * 4.5) / 100)
    expect(read({ measure: 'median-wait' })[1]).toBeCloseTo(4 + 50 / 60, 12)
    expect(read({ measure: 'percentile-92-wait' })[1]).toBeCloseTo(64.2, 12)
    expect(read({ measure: 'within-18-weeks', ...group('1') })[1]).toBe(0.75)
  })

  it('draws the lines of 18, 52 and 65 weeks where the published bands do', () => {
    const lines = createCensus(1, 1)
    for (const band of [17, 18, 51, 52, 53, 64, 65, 104]) setWaiting(lines, { row: 1, stage: 0, stratum: 0, band }, 1)
    const atLines = measure({ steps: 1, population: [1] }, [lines])
    const shares = ['within-18-weeks', 'over-52-weeks', 'over-65-weeks'].map((name) => atLines.read({ measure: name })[1])
    expect(shares).toEqual([1 / 8, 5 / 8, 2 / 8])
    expect(atLines.read({ measure: 'over-52-weeks-count' })[1]).toBe(5)
  })

  it('measures gaps, most deprived against least, with residents as weights', () => {
    const gap = group('gap')
    expect(read({ measure: 'absolute-gap:within-18-weeks', ...gap })).toEqual([Number.NaN, -0.25])
    expect(read({ measure: 'relative-gap:within-18-weeks', ...gap })[1]).toBe(0.75)
    // Midpoints of 20% and 80% of residents are half the population apart: the slope is the gap ÷ 0.5.
    expect(read({ measure: 'slope-index:within-18-weeks', ...gap })[1]).toBeCloseTo(-0.5, 12)
    expect(read({ measure: 'relative-index:within-18-weeks', ...gap })[1]).toBeCloseTo(0.7 / 1.2, 10)
    expect(read({ measure: 'absolute-gap:unmet-need-per-1000', ...gap })).toEqual([0, 45])
  })

  it('measures unmet need as a stock and per 1,000 residents', () => {
    expect(read({ measure: 'unmet-need' })).toEqual([0, 70])
    expect(read({ measure: 'unmet-need-per-1000' })).toEqual([0, 14])
    expect(read({ measure: 'unmet-need-per-1000', ...group('2') })).toEqual([0, 5])
  })
})

describe('rates over the trailing 52 weeks', () => {
  const steps = 60
  const census = createCensus(steps, 1)
  for (let row = 1; row <= steps; row += 1) {
    setFlow(census, row, 0, 'admitted', row <= 8 ? 3 : 1)
    setFlow(census, row, 0, 'nonAdmitted', 2)
    setFlow(census, row, 0, 'removed', 100)
    setFlow(census, row, 0, 'needArising', 10)
  }
  const { read } = measure({ steps, population: [2000] }, [census])

  it('count clock stops for care, not removals, and are scaled up while fewer weeks have passed', () => {
    const treated = read({ measure: 'treated-per-1000' })
    expect(treated[0]).toBeNaN()
    expect(treated[1]).toBeCloseTo((5 * 52) / 2, 10)
    expect(treated[10]).toBeCloseTo(((8 * 5 + 2 * 3) * 5.2) / 2, 10)
    expect(treated[52]).toBeCloseTo((8 * 5 + 44 * 3) / 2, 10)
    expect(treated[60]).toBeCloseTo((52 * 3) / 2, 10)
  })

  it('rest on clock stops to date, which add up every week from the start', () => {
    expect(read({ measure: 'clock-stops-admitted-to-date' }).filter((_, row) => row % 20 === 0)).toEqual([0, 36, 56, 76])
    expect(read({ measure: 'clock-stops-non-admitted-to-date' })[60]).toBe(120)
    expect(read({ measure: 'first-appointments-to-date' })[60]).toBe(120)
    expect(read({ measure: 'removed-to-date' })[60]).toBe(6000)
  })

  it('divide by the need of the same weeks', () => {
    const perNeed = read({ measure: 'treated-per-need' })
    expect(perNeed[0]).toBeNaN()
    expect(perNeed[1]).toBeCloseTo(0.5, 12)
    expect(perNeed[60]).toBeCloseTo(0.3, 12)
  })

  it('look back 52 weeks, not 52 steps, where a step is a day', () => {
    const daily = measure({ steps, population: [2000], stepsPerWeek: 7 }, [census])
    expect(daily.read({ measure: 'treated-per-1000' })[60]).toBeCloseTo(((8 * 5 + 52 * 3) * (364 / 60)) / 2, 10)
  })
})

describe('a specialty of two services, in two systems', () => {
  /** Services as given by specialty; each has people of its own, all of whom have waited as many weeks as they are. */
  const runOf = (specialties: readonly number[], order: readonly number[]) => {
    const codes = specialties.map((_, index) => `C_${100 + index}`)
    const apart = compiledScenario({ steps: 1, population: [10, 10], services: codes })
    const services = apart.services.map((tables, index) => ({ ...tables, specialty: specialties[index] }))
    const compiled = { ...apart, services, specialties: apart.specialties.slice(0, Math.max(...specialties) + 1) }
    const catalogue = buildCatalogue(compiled)
    const measurer = createMeasurer(compiled, catalogue, STANDARD_HEALTH)
    for (const index of order) {
      const census = createCensus(1, 2)
      setWaiting(census, { row: 1, stage: 0, stratum: 0, band: [5, 20, 7][index] }, [5, 20, 7][index])
      measurer.addService(index, census)
    }
    const values = measurer.finish()
    return (specialty: string, name: string) => seriesOf(catalogue, values, { specialty, measure: name })[1]
  }

  it.each([[[0, 1, 2]], [[2, 1, 0]], [[1, 2, 0]]])('is measured of both together among others, in order %j', (order) => {
    const read = runOf([0, 0, 1], order)
    expect(['all', 'C_100', 'C_101'].map((specialty) => read(specialty, 'waiting'))).toEqual([32, 25, 7])
    expect(read('C_100', 'within-18-weeks')).toBe(5 / 25)
    expect(read('C_101', 'within-18-weeks')).toBe(1)
  })

  it('is measured of both together where there is no other', () => {
    const read = runOf([0, 0], [0, 1])
    expect(['all', 'C_100'].map((specialty) => read(specialty, 'waiting'))).toEqual([25, 25])
    expect(read('C_100', 'within-18-weeks')).toBe(5 / 25)
  })
})

describe('counts of a week', () => {
  /** The kernel's events behind each measure. */
  const EVENTS: Readonly<Record<string, readonly Flow[]>> = {
    'clock-starts': ['clockStarts'],
    'additional-starts': ['additionalStarts'],
    'clock-stops-admitted': ['admitted'],
    'clock-stops-non-admitted': ['nonAdmitted'],
    removed: ['removed'],
    withdrew: ['withdrew'],
    private: ['private'],
    emergency: ['emergency'],
    died: ['died'],
    'discharged-after-dna': ['dischargedAfterDna'],
    dna: ['dna'],
    'decisions-to-admit': ['decisionsToAdmit'],
    need: ['needArising', 'diverted'],
    'late-starts': ['lateStarts'],
    'unmet-need-ended': ['unmetResolved'],
    'unmet-need-emergency': ['unmetEmergency'],
    diverted: ['diverted'],
    'cancelled-by-patient': ['cancelledByPatient'],
    'cancelled-by-hospital': ['cancelledByHospital'],
    'further-appointments': ['furtherAppointments'],
    deteriorated: ['deteriorated'],
    'slots-independent-sector': ['independentSlots'],
    'slots-hub': ['hubSlots'],
    'slots-mutual-aid': ['aidSlots'],
    'slots-lost': ['slotsLost'],
  }

  it('are each of its own events', () => {
    const census = createCensus(1, 1)
    FLOWS.forEach((flow, index) => setFlow(census, 1, 0, flow, 2 ** index))
    const { read } = measure({ steps: 1, population: [1] }, [census])
    const counted = Object.keys(EVENTS).map((name) => [name, read({ measure: name })[1]])
    const expected = Object.entries(EVENTS).map(([name, flows]) => [name, flows.reduce((sum, flow) => sum + 2 ** FLOWS.indexOf(flow), 0)])
    expect(counted).toEqual(expected)
    expect(new Set(Object.values(EVENTS).flat())).toEqual(new Set(FLOWS))
  })
})

describe('flows and money', () => {
  const line = (specialty: string, deprivationGroup: number, pence: readonly number[]): SpendLine => ({
    programme: 'p', lever: 'capacity', kind: 'revenue', system: 'LAB', specialty, group: deprivationGroup, pencePerStep: Float64Array.from(pence),
  })
  const first = createCensus(2, 2)
  const second = createCensus(2, 2)
  setFlow(first, 1, 0, 'dischargedAfterDna', 7)
  setFlow(second, 1, 1, 'dischargedAfterDna', 5)
  const { read } = measure(
    {
      steps: 2,
      population: [10, 10],
      services: ['C_100', 'C_110'],
      spend: [line('C_110', 0, [101, 0]), line('C_110', 1, [99, 50]), line('all', 1, [100, 100])],
    },
    [first, second],
  )

  it('are nothing at the start, and flows of services add up', () => {
    expect(read({ measure: 'discharged-after-dna' })).toEqual([0, 12, 0])
    expect(read({ measure: 'discharged-after-dna', specialty: 'C_110' })).toEqual([0, 5, 0])
    expect(read({ measure: 'discharged-after-dna', ...group('1') })).toEqual([0, 7, 0])
  })

  it('give spend in pounds by specialty and group, and to date', () => {
    expect(read({ measure: 'spend' })).toEqual([0, 3, 1.5])
    expect(read({ measure: 'spend-to-date' })).toEqual([0, 3, 4.5])
    expect(read({ measure: 'spend', ...group('2') })).toEqual([0, 1.99, 1.5])
    expect(read({ measure: 'spend-to-date', specialty: 'C_110', ...group('1') })).toEqual([0, 1.01, 1.01])
    expect(read({ measure: 'spend', specialty: 'C_100' })).toEqual([0, 0, 0])
  })

  it('refuse spend on a specialty that is not simulated', () => {
    expect(() => measure({ steps: 1, population: [1], spend: [line('C_999', 0, [1])] }, [createCensus(1, 1)])).toThrow(
      'spend on C_999',
    )
  })
})

describe('any census', () => {
  const shapes = fc.record({
    seed: fc.integer({ min: 1, max: 2 ** 31 }),
    steps: fc.integer({ min: 1, max: 6 }),
    population: fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 6 }),
    services: fc.constantFrom(['C_100'], ['C_100', 'C_110', 'C_120']),
  })
  const counted = ['waiting', 'clock-starts', 'removed', 'need', 'dna', 'unmet-need', 'over-52-weeks-count']

  it('gives counts of everybody that are the sum over groups, and of all that are the sum over services', () => {
    fc.assert(
      fc.property(shapes, ({ seed, steps, population, services }) => {
        const censuses = services.map((_, index) => filledCensus(steps, population.length, seed + index))
        const { read } = measure({ steps, population, services }, censuses)
        const addUp = (keys: Partial<SeriesKey>[]): number[] =>
          keys.map((key) => read(key)).reduce((sum, series) => sum.map((value, row) => value + series[row]))
        for (const name of counted) {
          const groups = population.map((_, index) => ({ measure: name, ...group(String(index + 1)) }))
          expect(read({ measure: name })).toEqual(addUp(groups))
          expect(read({ measure: name })).toEqual(addUp(services.map((specialty) => ({ measure: name, specialty }))))
        }
        const stages = ['first-appointment', 'admission'].map((stage) => ({ measure: 'waiting', stage }))
        expect(read({ measure: 'waiting' })).toEqual(addUp(stages))
      }),
      { seed: 8, numRuns: 40 },
    )
  })

  it('gives shares within 0 to 1, and never an infinite number', () => {
    fc.assert(
      fc.property(shapes, ({ seed, steps, population, services }) => {
        const censuses = services.map((_, index) => filledCensus(steps, population.length, seed + index))
        const { catalogue, values } = measure({ steps, population, services }, censuses)
        expect(values.every((value) => Number.isNaN(value) || Number.isFinite(value))).toBe(true)
        const rows = catalogue.dates.length
        catalogue.keys.forEach((key, index) => {
          if (!['within-18-weeks', 'over-52-weeks', 'over-65-weeks'].includes(key.measure)) return
          const series = values.subarray(index * rows, (index + 1) * rows)
          expect(series.every((share) => Number.isNaN(share) || (share >= 0 && share <= 1))).toBe(true)
        })
      }),
      { seed: 9, numRuns: 40 },
    )
  })

  it('leaves no gap between groups that are alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 }), fc.integer({ min: 2, max: 6 }), (seed, groups) => {
        const one = filledCensus(2, 1, seed)
        const alike = createCensus(2, groups)
        const copy = (from: Int32Array, to: Int32Array, width: number): void => {
          to.forEach((_, cell) => {
            to[cell] = from[Math.floor(cell / (width * groups)) * width + (cell % width)]
          })
        }
        copy(one.waiting, alike.waiting, one.bands)
        copy(one.flows, alike.flows, one.flows.length / 3)
        copy(one.unmetNeed, alike.unmetNeed, 1)
        const { catalogue, values } = measure({ steps: 2, population: Array.from({ length: groups }, () => 700) }, [alike])
        let equal = 0
        catalogue.keys.forEach((key, index) => {
          if (key.group !== 'gap' || !/^(?:absolute-gap|slope-index)/u.test(key.measure)) return
          const gaps = [...values.subarray(index * 3, index * 3 + 3)]
          expect(gaps.every((gap) => Number.isNaN(gap) || gap === 0)).toBe(true)
          if (gaps.at(-1) === 0) equal += 1
        })
        // Waits, unmet need and treatment per head are defined in every such census, need may not be.
        expect(equal).toBeGreaterThanOrEqual(2 * 2 * 8)
      }),
      { seed: 10, numRuns: 40 },
    )
  })
})

describe('a stratum in several dimensions', () => {
  it('counts once in each', () => {
    const deprivation = {
      id: 'deprivation',
      ordered: true,
      ofResidents: true,
      groups: [{ id: '1', label: '', population: 30 }, { id: '2', label: '', population: 70 }],
      groupOfStratum: [0, 0, 1, 1],
    }
    const sex = {
      id: 'sex',
      ordered: false,
      ofResidents: true,
      groups: [{ id: 'f', label: '', population: 60 }, { id: 'm', label: '', population: 40 }],
      groupOfStratum: [0, 1, 0, 1],
    }
    const census = createCensus(1, 4)
    for (const stratum of [0, 1, 2, 3]) setWaiting(census, { row: 1, stage: 0, stratum, band: 0 }, 10 ** stratum)
    const { read } = measure({ steps: 1, population: [10, 20, 50, 20], dimensions: [deprivation, sex] }, [census])
    expect(read({ measure: 'waiting' })[1]).toBe(1111)
    expect(read({ measure: 'waiting', ...group('2') })[1]).toBe(1100)
    expect(read({ measure: 'waiting', dimension: 'sex', group: 'm' })[1]).toBe(1010)
  })
})

describe('a measurer', () => {
  const parts = { steps: 3, population: [5, 6, 7], services: ['C_100', 'C_110'] }
  const compiled = compiledScenario(parts)
  const catalogue = buildCatalogue(compiled)

  it('gives each run a block of its own, free of the run before', () => {
    const measurer = createMeasurer(compiled, catalogue, STANDARD_HEALTH)
    const run = (seed: number): Float64Array => {
      measurer.addService(1, filledCensus(3, 3, seed + 1))
      measurer.addService(0, filledCensus(3, 3, seed))
      return measurer.finish()
    }
    const first = run(1)
    const copy = first.slice()
    expect(run(50)).not.toEqual(copy)
    expect(first).toEqual(copy)
    expect(run(1)).toEqual(copy)
  })

  it('notices a service left out or given twice, and a catalogue of another study', () => {
    const measurer = createMeasurer(compiled, catalogue, STANDARD_HEALTH)
    measurer.addService(0, filledCensus(3, 3, 1))
    expect(() => measurer.finish()).toThrow('before all its services')
    expect(() => measurer.addService(0, filledCensus(3, 3, 1))).toThrow('twice')
    expect(() => createMeasurer(compiledScenario({ ...parts, steps: 4 }), catalogue, STANDARD_HEALTH)).toThrow('another study')
  })
})
