import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { studentTQuantile } from '../../src/measures/interval.ts'
import { comparisonSentence } from '../../src/report/comparison-words.ts'
import { decompositionSection, readDecomposition } from '../../src/report/decomposition.ts'
import { differencesSection } from '../../src/report/differences.ts'
import { dimensionFigures } from '../../src/report/dimension-figures.ts'
import { intervalScale, intervalSvg } from '../../src/report/interval-svg.ts'
import { createReader, type Estimate } from '../../src/report/reader.ts'
import { runsNeeded, uncertaintySection } from '../../src/report/uncertainty.ts'
import type { StudyResults } from '../../src/results/types.ts'
import { fixtureResults } from '../results/fixture.ts'

const results = fixtureResults({ weeks: 60 })
const textOf = (parts: readonly { readonly markup: string }[]): string =>
  parts.map(({ markup }) => markup).join(' ').replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const estimate = (mean: number, difference: number, half: number): Estimate => ({
  mean,
  lower: mean - half,
  upper: mean + half,
  difference,
  differenceLower: difference - half,
  differenceUpper: difference + half,
})

describe('the sentence on a scenario', () => {
  const say = (own: number, reference: number, half: number): string =>
    comparisonSentence({
      scenario: 'S',
      reference: 'R',
      when: 'by 31 March 2029',
      gapAt18Weeks: { estimate: estimate(own, own - reference, half), reference },
    })

  it('says how much a gap narrows, with the sizes that its interval holds', () => {
    expect(say(-0.014, -0.02, 0.003)).toBe('Compared with “R”, by 31 March 2029 under “S” the gap at 18 weeks narrows by 0.60 points (0.30 to 0.90).')
  })

  it('says that a gap reverses where its sides change places', () => {
    expect(say(0.01, -0.02, 0.003)).toContain('reverses, from −2.00 points to +1.00 points: a change of 3.00 points (2.70 to 3.30)')
  })

  it('claims a direction exactly where the interval leaves out nought', () => {
    const size = fc.double({ min: -0.1, max: 0.1, noNaN: true })
    fc.assert(
      fc.property(size, size, fc.double({ min: 1e-6, max: 0.1, noNaN: true }), (own, reference, half) => {
        const isClear = Math.abs(own - reference) > half
        const text = say(own, reference, half)
        expect(/narrows|widens|reverses/.test(text)).toBe(isClear)
        expect(text.includes('no clear difference')).toBe(!isClear)
      }),
      { seed: 8, numRuns: 200 },
    )
  })
})

describe('intervals in cells', () => {
  it('puts better on the right whichever way better is', () => {
    const mark = { mean: -5, lower: -6, upper: -4, isClear: true }
    const dotAt = (isReversed: boolean): number => Number(/cx="([\d.]+)"/.exec(intervalSvg(mark, intervalScale([mark], isReversed)).markup)?.[1])
    const zero = (isReversed: boolean): number => Number(/x1="([\d.]+)"/.exec(intervalSvg(mark, intervalScale([mark], isReversed)).markup)?.[1])
    expect(dotAt(true)).toBeGreaterThan(zero(true))
    expect(dotAt(false)).toBeLessThan(zero(false))
  })
})

describe('what differs between scenarios', () => {
  it('lists what scenarios set differently, and nothing that is the same in all', () => {
    const text = textOf(differencesSection(createReader(results)))
    expect(text).toMatch(/Programme capacity: θ – – 1.5 – – –/)
    expect(text).toMatch(/Shock: weeks/)
    expect(text).not.toContain('seed')
    const alike = { ...results, study: { ...results.study, scenarios: results.study.scenarios.slice(0, 1) } }
    expect(textOf(differencesSection(createReader(alike)))).toContain('nothing that differs')
  })
})

describe('how sure it is', () => {
  it('names the fewest runs whose interval leaves out nought, to within a hundredth', () => {
    for (const [sd, size] of [[1, 1], [1, 0.1], [5, 0.3]] as const) {
      const runs = runsNeeded(sd, size)
      const half = (n: number): number => (studentTQuantile(0.975, n - 1) * sd) / Math.sqrt(n)
      expect(half(runs)).toBeLessThan(size)
      expect(half(Math.max(2, Math.floor(runs * 0.98) - 1))).toBeGreaterThanOrEqual(size)
    }
  })

  it('tells parameters from chance where a study has draws and replications, and says that it cannot elsewhere', () => {
    expect(textOf(uncertaintySection(createReader(results)))).not.toContain('Parameters or chance')
    // Each draw shifts its runs by as much as it is; replications of a draw differ by a hundredth of that.
    const runs = results.runRows.runs.map((run, index) => {
      const [draw, replication] = [Math.floor((index % 5) / 2), index % 2]
      const shift = run.scenario === results.study.reference ? 0 : draw + replication / 100
      return { ...run, draw, replication, values: run.values.map((_, at) => at + shift) }
    })
    const nested: StudyResults = { ...results, study: { ...results.study, draws: 3, replications: 2 }, runRows: { ...results.runRows, runs } }
    const text = textOf(uncertaintySection(createReader(nested)))
    expect(text).toContain('mean over 3 draws')
    expect(text).toMatch(/Parameters or chance.*(99\.\d|100\.0)% parameters/)
  })
})

describe('what makes the gap', () => {
  const whole = { mean: -0.02, lower: -0.03, upper: -0.01 }
  const file = {
    schemaVersion: 1,
    study: 'recovery',
    scenario: { id: 'no-investment', title: 'No new investment' },
    reference: { id: 'no-investment', title: 'No new investment' },
    measure: 'slope-index:within-18-weeks',
    date: results.catalogue.dates[20],
    method: 'exact',
    coalitions: 2,
    orders: 0,
    runs: 4,
    replications: 2,
    leftOut: 0,
    withoutGradient: [],
    explanations: [
      {
        question: 'gap',
        whole,
        explained: whole,
        rest: { mean: 0, lower: null, upper: null },
        mechanisms: [{ id: 'attendance', title: 'Missed appointments', contribution: whole, samplingError: 0, takenOutAlone: whole }],
      },
    ],
  }

  it('shows the waterfall of a decomposition of this study, with the gap of both sets of runs', async () => {
    const section = await decompositionSection(createReader(results), readDecomposition(JSON.stringify(file)))
    expect(textOf(section)).toMatch(/There the gap is −2\.00 points; in this report’s own runs it is −1\.9\d on that date/)
    expect(section.map(({ markup }) => markup).join('')).toContain('Missed appointments')
  })

  it('names the command where there is none, where it is of another study, and where the file is something else', async () => {
    const foreign = { ...file, scenario: { id: 'elsewhere', title: 'Elsewhere' } }
    for (const text of ['', '{', '[]', '{"schemaVersion":1}', JSON.stringify({ ...file, schemaVersion: 2 }), JSON.stringify(foreign)]) {
      const section = await decompositionSection(createReader(results), readDecomposition(text))
      expect(textOf(section)).toContain('fairwait decompose recovery.yaml')
    }
  })
})

describe('other groups', () => {
  /** The results as though deprivation groups were groups of this dimension. */
  const withDimension = (groups: number): StudyResults => {
    const [deprivation] = results.catalogue.dimensions
    const labels = Array.from({ length: groups }, (_, index) => ({ id: String(index + 1), label: `Place ${index + 1} <b>`, population: 1000 }))
    const known = results.catalogue.keys.flatMap((key, series) => (key.dimension === 'deprivation' ? [{ key, series }] : []))
    const width = results.catalogue.dates.length
    const extend = (values: Float64Array): Float64Array => Float64Array.from(Array.from(values).concat(known.flatMap(({ series }) => Array.from(values.slice(series * width, (series + 1) * width)))))
    return {
      ...results,
      study: { ...results.study, dimensions: [{ id: 'place', title: 'Place', ordered: false, groups: labels, residents: [], clockStarts: [], list: [] }] },
      catalogue: {
        ...results.catalogue,
        dimensions: [deprivation, { id: 'place', ordered: false, ofResidents: true, groups: labels }],
        keys: [...results.catalogue.keys, ...known.map(({ key }) => ({ ...key, dimension: 'place' }))],
      },
      scenarios: results.scenarios.map((scenario) => ({
        ...scenario,
        mean: extend(scenario.mean),
        sd: extend(scenario.sd),
        difference: extend(scenario.difference),
        differenceSd: extend(scenario.differenceSd),
        n: Int32Array.from([...scenario.n, ...known.flatMap(() => Array.from({ length: width }, () => 5))]),
        differenceN: Int32Array.from([...scenario.differenceN, ...known.flatMap(() => Array.from({ length: width }, () => 5))]),
      })),
    }
  }

  it.each([3, 5])('charts a dimension of %i groups, with a panel for each scenario and a table', async (groups) => {
    const [share] = await dimensionFigures(createReader(withDimension(groups)))
    expect(share.markup).toContain('Share waiting within 18 weeks by place')
    expect(share.markup.match(/class="panel"/g)).toHaveLength(results.scenarios.length)
    expect(share.markup.match(/<th scope="row">/g)).toHaveLength(results.scenarios.length * groups)
    expect(share.markup).toContain('Place 1 &lt;b&gt;')
    expect(share.markup).not.toContain('<b>')
  })

  it('is empty for a study of deprivation alone', async () => {
    expect(await dimensionFigures(createReader(results))).toEqual([])
  })
})
