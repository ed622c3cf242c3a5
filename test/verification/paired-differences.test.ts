import { describe, expect, it } from 'vitest'
import { pairedRatios } from './paired-runs.ts'

/** Least factor asked for; of rare events, which are moved by who is treated before, it is smaller. */
const LEAST: Readonly<Record<string, number>> = {
  'people waiting at the end': 5,
  'waiting over 18 weeks': 5,
  'waiting over 52 weeks': 5,
  'gap in the share within 18 weeks': 5,
  'deaths while waiting': 2,
}

describe('paired differences on the shipped study, trauma and orthopaedics', () => {
  it('vary far less than differences of unrelated runs', async ({ annotate }) => {
    const ratios = (await pairedRatios(['C_110'], 48)).get('C_110') ?? new Map<string, number>()
    await annotate([...ratios].map(([name, ratio]) => `${name}: ${ratio.toFixed(1)} times`).join('; '))
    for (const [name, least] of Object.entries(LEAST)) expect(ratios.get(name)).toBeGreaterThan(least)
  })
})
