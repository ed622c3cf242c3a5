/** The closed forms of `fairwait plan` against what the R package NHSRwaitinglist prints in its tests and vignette. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as formulas from '../../src/baseline/plan/formulas.ts'

type Case = Readonly<Record<string, number>>
type Published = Readonly<Record<keyof typeof CALCULATED, readonly Case[]>>

const CALCULATED = {
  load: ({ demand, capacity }: Case) => formulas.load(demand, capacity),
  target_mean_wait: ({ target, factor }: Case) => formulas.targetMeanWaitWeeks(target, factor),
  target_queue_size: ({ demand, target, factor }: Case) => formulas.targetListSize(demand, target, factor),
  relief_capacity: ({ demand, queue, target_queue, weeks }: Case) => formulas.reliefCapacityPerWeek(demand, queue, target_queue, weeks),
  target_capacity: ({ demand, target, factor, cv_demand, cv_capacity }: Case) => formulas.targetCapacityPerWeek(demand, target, factor, cv_demand, cv_capacity),
  pressure: ({ mean_wait, target }: Case) => formulas.pressure(mean_wait, target),
  factor_from_compliance: ({ compliance }: Case) => formulas.factorFromCompliance(compliance),
} as const

const file = new URL('../../../shared/validation/capacity-planning.json', import.meta.url)
const isThere = existsSync(file)
if (!isThere) console.warn('skipped: the published planning figures are not beside this project (../shared/validation)')

describe.skipIf(!isThere)('planning figures published elsewhere', () => {
  const published = isThere ? (JSON.parse(readFileSync(file, 'utf8')) as Published) : null
  const cases = Object.entries(CALCULATED).flatMap(([name, calculate]) =>
    (published?.[name as keyof Published] ?? []).map((given, index) => ({ name: `${name} ${index + 1}`, given, calculate })),
  )

  it('are all there', () => {
    expect(cases.length).toBe(14)
  })

  it.each(cases)('$name is met to six digits', ({ given, calculate }) => {
    const expected = given['expected'] ?? given['factor']
    const found = calculate(given) ?? Number.NaN
    // Half a unit of the sixth significant digit.
    expect(Math.abs(found - expected)).toBeLessThanOrEqual(0.5 * 10 ** (Math.floor(Math.log10(expected)) - 5))
  })
})
