/** What money must never do, on a real list: laws that hold to the bit and to the penny. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileScenario } from '../../src/model/compile/index.ts'
import { concreteStudy } from '../../src/scenario/concrete.ts'
import { LEVERS } from '../../src/scenario/study.ts'
import { listStudy, runAll } from './behaviour-fixture.ts'

const custom = ', custom: { acts: [{ on: dna, effectPerUnit: 0.3 }, { on: slots-first, effectPerUnit: 1 }], unitCost: 50, source: a test }'
const programme = (lever: string, budget: string, rest = ''): string =>
  `{ lever: ${lever}, budget: { ${budget} }${rest}${lever === 'custom' ? custom : ''} }`

/** Whether two runs are the same to the bit. */
const isSame = (one: Float64Array, other: Float64Array): boolean => Buffer.from(one.buffer).equals(Buffer.from(other.buffer))

describe('a budget of nought', () => {
  it('leaves every number of every run as it is in the reference, whatever the lever', async () => {
    const scenarios = LEVERS.map((lever) => `  ${lever}: { invest: [${programme(lever, 'perYear: 0')}] }\n`).join('')
    const runs = runAll(await listStudy(`  reference: {}\n${scenarios}`, { weeks: 40, sample: 0.1 }), 2)
    for (const lever of LEVERS) {
      for (const replication of [0, 1]) {
        expect({ lever, same: isSame(runs.values(lever, replication), runs.values('reference', replication)) }).toEqual({ lever, same: true })
      }
    }
  }, 300_000)
})

describe('theta of nought', () => {
  it('is universal: every number of every run, whatever need is counted by', async () => {
    const money = 'perYear: 6000000, from: 2026-04-01'
    const bases = ['use', 'unmet-need', 'population']
    const scenarios = bases.map((need) => `  by-${need}: { invest: [${programme('capacity', money, `, allocate: { rule: proportionate, theta: 0, need: ${need} }`)}] }\n`).join('')
    const runs = runAll(await listStudy(`  universal: { invest: [${programme('capacity', money)}] }\n${scenarios}`, { weeks: 40, sample: 0.1 }), 2)
    for (const need of bases) {
      expect({ need, same: isSame(runs.values(`by-${need}`, 1), runs.values('universal', 1)) }).toEqual({ need, same: true })
    }
  }, 300_000)
})

describe('money', () => {
  const allocation = fc.oneof(
    fc.constantFrom('{ rule: universal }', '{ rule: need }', '{ rule: level-up }', '{ rule: pace-of-change, to: { rule: need }, perYear: 0.05 }'),
    fc.integer({ min: 0, max: 30 }).map((tenths) => `{ rule: proportionate, theta: ${tenths / 10} }`),
    fc.subarray([1, 2, 3, 4, 5], { minLength: 1 }).map((groups) => `{ rule: targeted, groups: [${groups.join(', ')}] }`),
  )
  const anyProgramme = fc.record({
    lever: fc.constantFrom(...LEVERS),
    perYear: fc.integer({ min: 0, max: 50_000_000 }),
    rampWeeks: fc.integer({ min: 0, max: 52 }),
    late: fc.integer({ min: 0, max: 10 }),
    allocation,
  })

  it('is never spent beyond its budget: every programme, year, group and specialty adds up, to the penny', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyProgramme, { minLength: 1, maxLength: 3 }), async (programmes) => {
        const written = programmes.map(({ lever, perYear, rampWeeks, late, allocation: allocate }) =>
          programme(lever, `perYear: ${perYear}, from: 2026-04-01, rampWeeks: ${rampWeeks}, late: { share: ${late / 10}, weeks: 26 }`, `, allocate: ${allocate}`),
        )
        const study = await listStudy(`  reference: {}\n  plan: { invest: [${written.join(', ')}] }\n`, { weeks: 60 })
        const { budgets, spend } = compileScenario(concreteStudy(study, 0), 1)
        for (const { budgetPence, spentPence, unspentPence } of budgets) {
          expect(spentPence).toBeGreaterThanOrEqual(0)
          expect(unspentPence).toBeGreaterThanOrEqual(0)
          expect(spentPence + unspentPence).toBe(budgetPence)
          expect(Number.isInteger(budgetPence)).toBe(true)
        }
        const spent = budgets.reduce((sum, { spentPence }) => sum + spentPence, 0)
        expect(spend.reduce((sum, { pencePerStep }) => sum + pencePerStep.reduce((a, b) => a + b, 0), 0)).toBe(spent)
      }),
      { seed: 20_265, numRuns: 60 },
    )
  }, 300_000)
})
