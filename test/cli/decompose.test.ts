import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { headStartLaboratory } from '../experiment/decompose/laboratory.ts'
import { commandIn, type Answer } from '../captured-command.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-decompose-'))
  writeFileSync(join(folder, 'lab.json'), headStartLaboratory(2))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (...args: string[]): Promise<Answer> => commandIn(['decompose', 'lab.json', ...args], folder)

interface Json {
  readonly schemaVersion: number
  readonly measure: string
  readonly date: string
  readonly explanations: readonly {
    readonly question: string
    readonly whole: { readonly mean: number }
    readonly rest: { readonly mean: number }
    readonly mechanisms: readonly { readonly id: string; readonly share: number; readonly contribution: { readonly mean: number } }[]
  }[]
}

describe('fairwait decompose', () => {
  it('prints tables and sentences within 80 columns', async () => {
    const { code, stdout, stderr } = await run('--scenario', 'head-start', '--measure', 'mean-wait')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(Math.max(...stdout.split('\n').map((line) => Array.from(line).length))).toBeLessThanOrEqual(80)
    expect(stdout).toContain('What makes the gap under head-start')
    expect(stdout).toContain('What head-start changes against reference')
    expect(stdout).toMatch(/^Missed appointments /m)
    expect(stdout).not.toMatch(/NaN|undefined/)
    expect(stdout).not.toContain('\u001B')
  })

  it('runs no coalition again that a store holds, and comes to the same shares', async () => {
    const args = ['--scenario', 'head-start', '--measure', 'mean-wait', '--store', 'kept']
    const first = await run(...args, '--out', 'first', '--workers', '2')
    // Coalitions that leave a scenario alone share its runs: fewer are simulated even the first time.
    expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/ runs from the store, [1-9]\d* simulated/) as string })
    const again = await run(...args, '--out', 'again', '--workers', '1')
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining(' runs from the store, 0 simulated.') as string })
    await run(...args.slice(0, -2), '--out', 'without')
    const made = (name: string): string => readFileSync(join(folder, name, 'decomposition.json'), 'utf8')
    expect(made('first')).toBe(made('without'))
    expect(made('again')).toBe(made('without'))
    // Of more replications only the further ones are run.
    expect((await run(...args, '--replications', '3')).stdout).toMatch(/[1-9]\d* runs from the store, [1-9]\d* simulated/)
  })

  it.each(['unmet-need-per-1000', 'treated-per-need'])('explains the need gap as it does the visible one: %s', async (measure) => {
    const { code, stdout } = await run('--measure', measure, '--json')
    expect(code).toBe(0)
    const json = JSON.parse(stdout) as Json
    expect(json.measure).toBe(`slope-index:${measure}`)
    const [{ whole, rest, mechanisms }] = json.explanations
    const parts = mechanisms.reduce((sum, { contribution }) => sum + contribution.mean, rest.mean)
    expect(parts).toBeCloseTo(whole.mean, 9)
  })

  it('prints one versioned object whose parts sum to the whole', async () => {
    const { code, stdout } = await run('--scenario', 'head-start', '--json')
    expect(code).toBe(0)
    const json = JSON.parse(stdout) as Json
    expect(json).toMatchObject({ schemaVersion: 1, measure: 'slope-index:within-18-weeks', date: '2026-08-23' })
    expect(json.explanations.map(({ question }) => question)).toEqual(['gap', 'change'])
    for (const { whole, rest, mechanisms } of json.explanations) {
      const parts = mechanisms.reduce((sum, { contribution }) => sum + contribution.mean, rest.mean)
      expect(parts).toBeCloseTo(whole.mean, 12)
    }
  })

  it('writes tables, a page and a waterfall for each question, and leaves what else is there', async () => {
    mkdirSync(join(folder, 'why'))
    writeFileSync(join(folder, 'why', 'series.csv'), 'kept')
    const { code } = await run('--scenario', 'head-start', '--date', '2026-08-20', '--out', 'why', '--quiet')
    expect(code).toBe(0)
    expect(readdirSync(join(folder, 'why')).toSorted()).toEqual([
      'decomposition-change.svg',
      'decomposition-gap.svg',
      'decomposition.csv',
      'decomposition.html',
      'decomposition.json',
      'series.csv',
    ])
    const text = (name: string): string => readFileSync(join(folder, 'why', name), 'utf8')
    expect(text('series.csv')).toBe('kept')
    const rows = text('decomposition.csv').trimEnd().split('\n').map((line) => line.split(','))
    // Two questions, each with three mechanisms, their sum, the rest and the whole.
    expect(rows).toHaveLength(1 + 2 * 6)
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([12]))
    expect(text('decomposition.html')).toContain('A head start')
    expect(text('decomposition.html')).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/)
    expect(text('decomposition-gap.svg')).toContain('Missed appointments')
    expect(text('decomposition-gap.svg')).toMatch(/role="img" aria-label="Under “A head start” the gap/)
  })

  it('gives the same answer with one thread and with three', async () => {
    const one = await run('--json', '--workers', '1')
    const three = await run('--json', '--workers', '3')
    expect(three.stdout).toBe(one.stdout)
  })

  it.each([
    [['--scenario', 'headstart'], 3, 'unknown scenario "headstart"; did you mean "head-start"?'],
    [['--measure', 'within-18-week'], 3, 'did you mean "within-18-weeks"?'],
    [['--index', 'slope'], 3, 'unknown index "slope"'],
    [['--date', '2040-01-01'], 3, 'it must be from 2026-04-05 to 2026-08-23'],
    [['--date', '2026-02-30'], 2, 'It must be a date like 2029-03-31.'],
    [['--max-runs', '5'], 2, 'too few'],
    [['--out', 'lab.json'], 1, 'lab.json: the results cannot be written'],
  ])('refuses %j with exit code %i and says why', async (args, exitCode, words) => {
    const { code, stdout, stderr } = await run(...args)
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' })
    expect(stderr).toContain(words)
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})
