import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fenced, ROOT } from './pages.ts'

const PAGE = 'docs/extending.md'
const STUDY = `schemaVersion: 1
name: extended
baseline: baselines/QHL-2026-01.json
time: { weeks: 4 }
replications: 1
sample: 0.02
scenarios:
  as-now: {}
  calls: { invest: [{ lever: telephone-calls, budget: { perYear: 1000000 } }] }
`

describe('the examples of additions', () => {
  const copy = mkdtempSync(join(tmpdir(), 'fairwait-extending-'))
  const results = join(copy, 'output/extended')
  const fairwait = (...args: string[]) => spawnSync(process.execPath, ['src/cli/main.ts', ...args], { cwd: copy, encoding: 'utf8' })
  beforeAll(() => {
    for (const part of ['src', 'workers', 'package.json']) cpSync(join(ROOT, part), join(copy, part), { recursive: true })
    mkdirSync(join(copy, 'scenarios/baselines'), { recursive: true })
    cpSync(join(ROOT, 'scenarios/baselines/QHL-2026-01.json'), join(copy, 'scenarios/baselines/QHL-2026-01.json'))
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
    writeFileSync(join(copy, 'study.yaml'), STUDY)
  })
  afterAll(() => rmSync(copy, { recursive: true }))

  it('each add fewer than twenty lines', () => {
    const added = fenced(PAGE, 'diff').map((diff) => diff.split('\n').filter((line) => /^\+(?!\+\+)/.test(line)).length)
    expect(added).toHaveLength(4)
    expect(Math.max(...added)).toBeLessThan(20)
  })

  it('apply to the code as it is', () => {
    for (const diff of fenced(PAGE, 'diff')) {
      const { status, stderr } = spawnSync('git', ['apply', '--unidiff-zero', '-'], { cwd: copy, input: diff, encoding: 'utf8' })
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    }
  })

  it('do what they say: a lever that spends, a measure, a table and a command', () => {
    const { status, stderr } = fairwait('run', 'study.yaml', '--workers', '1', '--quiet')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(readFileSync(join(results, 'money.csv'), 'utf8')).toContain('telephone-calls')
    const weeks = readFileSync(join(results, 'series.csv'), 'utf8').split('\n').filter((line) => line.includes(',all,all,all,emergency-or-died,'))
    expect(weeks.length).toBeGreaterThan(0)
    expect(readFileSync(join(results, 'list.csv'), 'utf8')).toMatch(/^date,as-now,calls\n2026-01-31,156500,156500\n/)
    expect(fairwait('count', 'study.yaml').stdout).toBe('2\n')
  })
})
