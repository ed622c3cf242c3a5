import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ranksOf } from '../../../src/scenario/draws/correlate.ts'
import { concreteStudy } from '../../../src/scenario/resolve.ts'
import type { ConcreteStudy } from '../../../src/scenario/study.ts'
import { complaints, resolved, SMALL_STUDY } from '../helpers.ts'

const DRAWS = 64
/** Four uncertain numbers whose range cuts nothing off, so that slices can be counted. */
const UNCERTAIN = `${SMALL_STUDY.replace('base: {}', `base: {}
  plan:
    invest:
      - { lever: capacity, budget: { perYear: { dist: uniform, min: 100000, max: 200000 } } }`)}
draws: ${DRAWS}
assumptions:
  dnaRate: { dist: uniform, min: 0.05, max: 0.15 }
  backfillShare: { dist: beta, mean: 0.3, sd: 0.05 }
  capacityFactor: { dist: triangular, min: 0.9, mode: 1, max: 1.2 }
`
const TIES = `correlations:
  - { between: [assumptions.dnaRate, assumptions.backfillShare], rank: 0.6 }
  - { between: ["scenarios.plan.invest[0].budget.perYear", assumptions.dnaRate], rank: -0.4 }
`

/** What the draws of a study hold. */
async function drawn(source: string, draws = DRAWS): Promise<Record<'dna' | 'backfill' | 'capacity' | 'money', number[]>> {
  const study = await resolved(source)
  const all = Array.from({ length: draws }, (_, draw) => concreteStudy(study, draw))
  const each = (read: (study: ConcreteStudy) => unknown): number[] => all.map((one) => Number(read(one)))
  return {
    dna: each(({ assumptions }) => assumptions.dnaRate[0]),
    backfill: each(({ assumptions }) => assumptions.backfillShare),
    capacity: each(({ assumptions }) => assumptions.capacityFactor),
    money: each(({ scenarios }) => scenarios.find(({ id }) => id === 'plan')?.invest[0].budget.perYear),
  }
}

const slicesOf = (values: readonly number[], min: number, max: number): number[] =>
  values.map((value) => Math.floor(((value - min) / (max - min)) * values.length)).toSorted((a, b) => a - b)

function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranksOf(a), ranksOf(b)]
  const n = a.length
  const squares = a.reduce((sum, _, k) => sum + (x[k] - y[k]) ** 2, 0)
  return 1 - (6 * squares) / (n * (n * n - 1))
}

describe('drawMethod', () => {
  it('leaves a study without it the very numbers that it always gave', async () => {
    const { dna, backfill, money } = await drawn(UNCERTAIN, 2)
    // No-regression values, from before there was a choice of method.
    expect({ dna, backfill, money }).toEqual({
      dna: [0.07890984375502318, 0.10481713265505421],
      backfill: [0.33831606857318736, 0.29501757801186695],
      money: [113851.29130819166, 148701.46324562177],
    })
    expect(await drawn(`${UNCERTAIN}drawMethod: independent\n`, 2)).toEqual(await drawn(UNCERTAIN, 2))
  })

  it.each(['latin-hypercube', 'sobol'])('spreads %s draws one to each equal slice of every parameter', async (method) => {
    const { dna, money, backfill } = await drawn(`${UNCERTAIN}drawMethod: ${method}\n`)
    const whole = Array.from({ length: DRAWS }, (_, slice) => slice)
    expect(slicesOf(dna, 0.05, 0.15)).toEqual(whole)
    expect(slicesOf(money, 100_000, 200_000)).toEqual(whole)
    // Independent draws would be off by 0.05 ÷ √64 = 0.006 (one standard error).
    expect(Math.abs(backfill.reduce((sum, each) => sum + each, 0) / DRAWS - 0.3)).toBeLessThan(0.001)
  })

  it('draws the same again from the same study, whichever draw is asked for first', async () => {
    const source = `${UNCERTAIN}drawMethod: latin-hypercube\n${TIES}`
    const [forwards, backwards] = [await resolved(source), await resolved(source)]
    const late = concreteStudy(backwards, 40)
    concreteStudy(forwards, 0)
    expect(concreteStudy(forwards, 40)).toEqual(late)
    expect(await drawn(source.replace('name: small', 'name: small\nseed: another'), 3)).not.toEqual(await drawn(source, 3))
  })

  it('gives a parameter of a latin hypercube the same draws whatever else is uncertain', async () => {
    const alone = `${SMALL_STUDY}draws: 64\ndrawMethod: latin-hypercube\nassumptions: { dnaRate: { dist: uniform, min: 0.05, max: 0.15 } }\n`
    const study = await resolved(alone)
    const dna = Array.from({ length: DRAWS }, (_, draw) => concreteStudy(study, draw).assumptions.dnaRate[0])
    expect((await drawn(`${UNCERTAIN}drawMethod: latin-hypercube\n`)).dna).toEqual(dna)
  })

  it('keeps the draws that there were when Sobol points are added', async () => {
    const few = await drawn(`${UNCERTAIN.replace('draws: 64', 'draws: 16')}drawMethod: sobol\n`, 16)
    const many = await drawn(`${UNCERTAIN}drawMethod: sobol\n`, 16)
    expect(many).toEqual(few)
  })

  it('takes means, and no design, where the study takes no draws', async () => {
    const study = await resolved(UNCERTAIN.replace('draws: 64', 'draws: 0').concat('drawMethod: sobol\n', TIES))
    expect(concreteStudy(study, 0).assumptions.dnaRate[0]).toBeCloseTo(0.1, 12)
  })
})

describe('correlations', () => {
  it.each(['independent', 'latin-hypercube', 'sobol'])('reaches the ranks asked for with %s draws, and leaves the rest', async (method) => {
    const { dna, backfill, capacity, money } = await drawn(
      `${UNCERTAIN.replace('draws: 64', 'draws: 400')}drawMethod: ${method}\n${TIES}`,
      400,
    )
    expect(Math.abs(rankCorrelation(dna, backfill) - 0.6)).toBeLessThan(0.04)
    expect(Math.abs(rankCorrelation(dna, money) + 0.4)).toBeLessThan(0.04)
    expect(Math.abs(rankCorrelation(backfill, money))).toBeLessThan(0.04)
    // Not tied to anything: 400 independent pairs have standard error 0.05.
    expect(Math.abs(rankCorrelation(capacity, dna))).toBeLessThan(0.2)
  })

  it('leaves what is not correlated the draws that it had', async () => {
    const plain = await drawn(UNCERTAIN)
    expect((await drawn(UNCERTAIN + TIES)).capacity).toEqual(plain.capacity)
  })

  it('keeps each margin of a latin hypercube whole', async () => {
    const { dna, money } = await drawn(`${UNCERTAIN}drawMethod: latin-hypercube\n${TIES}`)
    const whole = Array.from({ length: DRAWS }, (_, slice) => slice)
    expect(slicesOf(dna, 0.05, 0.15)).toEqual(whole)
    expect(slicesOf(money, 100_000, 200_000)).toEqual(whole)
  })

  it.each([
    ['an unknown method', 'drawMethod: sobel', 'drawMethod: unknown method of drawing "sobel"; did you mean "sobol"?'],
    [
      'a parameter that is none',
      'correlations: [{ between: [assumptions.dnaRat, assumptions.backfillShare], rank: 0.2 }]',
      'correlations[0].between[0]: unknown uncertain parameter "assumptions.dnaRat"; did you mean "assumptions.dnaRate"?',
    ],
    [
      'a parameter with itself',
      'correlations: [{ between: [assumptions.dnaRate, assumptions.dnaRate], rank: 0.2 }]',
      'correlations[0].between: must be two different parameters',
    ],
    [
      'a pair twice',
      'correlations: [{ between: [assumptions.dnaRate, assumptions.backfillShare], rank: 0.2 }, { between: [assumptions.backfillShare, assumptions.dnaRate], rank: 0.1 }]',
      'correlations[1].between: this pair is listed twice',
    ],
    ['a rank of 1', 'correlations: [{ between: [assumptions.dnaRate, assumptions.backfillShare], rank: 1 }]', 'correlations[0].rank: must be below 1; found 1'],
    [
      'ranks that contradict one another',
      'correlations: [{ between: [assumptions.dnaRate, assumptions.backfillShare], rank: 0.9 }, { between: [assumptions.dnaRate, assumptions.capacityFactor], rank: 0.9 }]',
      'correlations: cannot all hold at once (pairs that are not listed count as 0): list the pairs left out, or bring the ranks nearer to 0, all of them to at most 0.76 times what they are',
    ],
  ])('refuses %s, with its place', async (_, line, message) => {
    const [complaint] = await complaints(UNCERTAIN + line)
    expect(complaint).toMatch(/^study\.yaml:\d+:\d+ /)
    expect(complaint).toContain(message)
  })

  it('takes contradicting ranks once they are as small as it said', async () => {
    const line = 'correlations: [{ between: [assumptions.dnaRate, assumptions.backfillShare], rank: 0.684 }, { between: [assumptions.dnaRate, assumptions.capacityFactor], rank: 0.684 }]'
    expect(await complaints(UNCERTAIN + line)).toEqual([])
  })

  it('refuses fewer draws than it takes to correlate', async () => {
    const [complaint] = await complaints(UNCERTAIN.replace('draws: 64', 'draws: 3') + TIES)
    expect(complaint).toContain('needs more draws than parameters that are correlated: at least 4; the study takes 3')
  })

  it('never gives a draw outside its distribution, whatever the ranks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: -0.95, max: 0.95, noNaN: true }), fc.integer({ min: 3, max: 40 }), async (rank, draws) => {
        const { dna } = await drawn(
          `${UNCERTAIN.replace('draws: 64', `draws: ${draws}`)}drawMethod: latin-hypercube\ncorrelations: [{ between: [assumptions.dnaRate, assumptions.backfillShare], rank: ${rank.toFixed(4)} }]\n`,
          draws,
        )
        expect(slicesOf(dna, 0.05, 0.15)).toEqual(Array.from({ length: draws }, (_, slice) => slice))
      }),
      { seed: 5, numRuns: 12 },
    )
  })
})
