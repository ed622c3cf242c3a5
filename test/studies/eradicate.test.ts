/** What it would take to end the gap in need: the command that the study gives, small. */
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { fairwait } from '../cli/fairwait-process.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

interface Solved {
  readonly status: string
  readonly value: number | null
  readonly tried: readonly { readonly value: number; readonly met: number; readonly mean: number }[]
}

describe('fairwait solve scenarios/eradicate.yaml', () => {
  it('finds how much of the difference in referral must go, and that none of it going is not enough', async () => {
    const { code, stdout, stderr } = await fairwait(
      ['solve', 'scenarios/eradicate.yaml', '--vary', 'parameters.referralGapClosed', '--scenario', 'end-need-gap', '--between', '0', '1', '--probability', '0.5',
        '--target', 'abs(slope-index:unmet-need-per-1000) <= 250 by 2027-03-31', '--weeks', '61', '--sample', '0.02', '--replications-cap', '2', '--precision', '0.1', '--json', '--quiet'],
      ROOT,
    )
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+/)
    expect(code).toBe(0)
    const solved = JSON.parse(stdout) as Solved
    expect(solved.status).toBe('solved')
    expect(solved.value).toBeGreaterThan(0)
    expect(solved.value).toBeLessThan(1)
    const [none] = solved.tried
    expect(none).toMatchObject({ value: 0, met: 0 })
  }, 300_000)
})
