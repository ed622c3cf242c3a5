import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { QALE_BY_QUINTILE } from '../../src/measures/distribution/assumptions.ts'
import { atkinsonGain } from '../../src/measures/distribution/preference.ts'
import { atkinsonEquivalent } from '../../src/measures/indices/aversion.ts'

const path = fileURLToPath(new URL('../../../shared/validation/equally-distributed-equivalent.json', import.meta.url))
const present = existsSync(path)
const absent = present ? '' : ' (skipped: ../shared/validation is not beside the project)'

interface Published {
  readonly qale: readonly number[]
  readonly relative_weight_of_one_qaly_in_group_1_versus_group_5: { readonly atkinson: Readonly<Record<string, number>> }
}

describe.skipIf(!present)(`net health against published equity weights${absent}`, () => {
  const data: Published = present
    ? JSON.parse(readFileSync(path, 'utf8'))
    : { qale: [], relative_weight_of_one_qaly_in_group_1_versus_group_5: { atkinson: {} } }
  const weights = Object.entries(data.relative_weight_of_one_qaly_in_group_1_versus_group_5.atkinson)
  const share = QALE_BY_QUINTILE.map(() => 1 / QALE_BY_QUINTILE.length)
  const oneMore = (group: number): number[] => QALE_BY_QUINTILE.map((_, each) => (each === group ? 1 : 0))

  it('starts from the published levels of health, and has weights to compare', () => {
    expect(data.qale).toEqual([...QALE_BY_QUINTILE])
    expect(weights).toHaveLength(2)
  })

  it.each(weights)('weighs a year in group 1 against one in group 5 as published at ε = %s, from our own levels', (epsilon, expected) => {
    const gain = (group: number): number =>
      atkinsonEquivalent(share, QALE_BY_QUINTILE.map((level, each) => level + oneMore(group)[each]), Number(epsilon)) -
      atkinsonEquivalent(share, QALE_BY_QUINTILE, Number(epsilon))
    expect(gain(0) / gain(4)).toBeCloseTo(expected, 6)
  })

  it.each(weights)('comes to the same by the gain in welfare, but for its curvature, at ε = %s', (epsilon, expected) => {
    const gain = (group: number): number =>
      atkinsonGain(share, { levels: QALE_BY_QUINTILE, gains: oneMore(group) }, Number(epsilon))
    expect(Math.abs(gain(0) / gain(4) / expected - 1)).toBeLessThan(0.001)
  })
})
