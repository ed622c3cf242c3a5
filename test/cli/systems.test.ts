import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { REFERENCE } from '../../src/baseline/reference/reference.ts'
import { shippedSystems } from '../../src/cli/find-pack.ts'
import { loadStudy } from '../../src/cli/load-study.ts'
import { createInlineBackend } from '../../src/execution/inline.ts'
import { runStudy } from '../../src/experiment/run-study.ts'
import { codeOf, systemsOf } from '../../src/scenario/baselines.ts'
import { fairwait } from './fairwait-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'fairwait-systems-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const recovery = fileURLToPath(new URL('../../scenarios/recovery.yaml', import.meta.url))
const codes = shippedSystems().map(({ code }) => code)

describe('systems', () => {
  it('are England and the 42 integrated care boards, England first', () => {
    expect(codes).toHaveLength(43)
    expect(codes).toEqual(['ENG', ...Object.keys(REFERENCE.areas).toSorted()])
  })

  it('are listed by code, region and name, within 80 columns', async () => {
    const { code, stdout } = await fairwait(['systems'], folder)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^QYG +North West +Cheshire and Merseyside$/m)
    expect(stdout.trimEnd().split('\n')).toHaveLength(44)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })
})

describe('--baseline', () => {
  it.each(codes)('%s takes the place of the baseline of a study, and the study is sound with it', async (code) => {
    const { study } = await loadStudy(recovery, { baseline: code.toLowerCase() })
    expect(systemsOf(study.baseline).map(codeOf)).toEqual([code])
    expect(study.name).toBe(`recovery-${code.toLowerCase()}`)
  })

  it('runs another system, whose list is where its pack says', async () => {
    const { study, inputs } = await loadStudy(recovery, { baseline: 'QOP', weeks: 1, replications: 1, sample: 0.02, scenarios: ['no-investment'] })
    const { catalogue, scenarios } = await runStudy(study, createInlineBackend())
    const series = catalogue.keys.findIndex(({ specialty, dimension, measure }) => specialty === 'all' && dimension === 'all' && measure === 'waiting')
    const [system] = systemsOf(study.baseline)
    const lists = system.kind === 'pack' ? system.pack.specialties.flatMap((each) => [...each.waitingWithDecision, ...each.waitingWithoutDecision]) : []
    const waiting = lists.reduce((sum, people) => sum + people, 0)
    expect(scenarios[0].mean[series * catalogue.dates.length] / waiting).toBeCloseTo(1, 2)
    expect(inputs[1].path).toMatch(/QOP/)
  })

  it.each([
    ['QE11', /--baseline: "QE11" is neither .* did you mean "QE1"/],
    ['Lancashire and South Cumbia', /did you mean "QE1"/],
    ['packs/none.json', /"packs\/none.json" is neither the code of a system nor the path of a baseline pack/],
  ])('%s is refused with what is allowed', async (written, message) => {
    const { code, stdout, stderr } = await fairwait(['run', recovery, '--baseline', written], folder)
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toMatch(message)
  })

  it('is held against the specialties that the study names', async () => {
    const study = join(folder, 'named.yaml')
    const lines = ['schemaVersion: 1', 'name: named', 'baseline: baselines/QYG-2026-01.json', 'time: { weeks: 60 }', 'scenarios:',
      '  base: {}', '  more: { invest: [{ lever: capacity, specialties: [C_999], budget: { perYear: 1000 } }] }']
    writeFileSync(study, lines.join('\n'))
    await expect(loadStudy(study, { baseline: 'QE1' })).rejects.toThrow(/named.yaml:7:\d+ .*unknown specialty "C_999"/)
  })
})
