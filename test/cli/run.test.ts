import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandIn } from '../captured-command.ts'
import { fairwait, startFairwait } from './fairwait-process.ts'

const LABORATORY = fileURLToPath(new URL('../../scenarios/laboratory.yaml', import.meta.url))
const SMALL = ['run', LABORATORY, '--replications', '3', '--weeks', '30']

/** Results that must be the same bytes for equal studies. */
const EXACT_FILES = ['series.csv', 'series.parquet', 'runs.parquet', 'summary.json', 'workbook.xlsx']

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-run-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hashes = (out: string): string[] =>
  EXACT_FILES.map((name) => createHash('sha256').update(readFileSync(join(folder, out, name))).digest('hex'))

describe('fairwait run', () => {
  it('prints a table within 80 columns and the path of a report that is there', async () => {
    const { code, stdout, stderr } = await fairwait(SMALL, folder)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(Math.max(...stdout.split('\n').map((line) => Array.from(line).length))).toBeLessThanOrEqual(80)
    expect(stdout).not.toContain('\u001B')
    expect(stdout).not.toContain('NaN')
    expect(stdout).toContain('Gap at 18 wk')
    const report = /^Report: (.+)$/m.exec(stdout)?.[1] ?? ''
    expect(report).toBe(join('output', 'laboratory', 'report.html'))
    expect(readFileSync(join(folder, report), 'utf8')).toContain('</html>')
  })

  it('gives the same bytes with one worker and with two, and when run again', async () => {
    for (const [out, workers] of [['one', '1'], ['two', '2'], ['again', '2']]) {
      const { code } = await fairwait([...SMALL, '--out', out, '--workers', workers, '--quiet'], folder)
      expect(code).toBe(0)
    }
    expect(hashes('two')).toEqual(hashes('one'))
    expect(hashes('again')).toEqual(hashes('two'))
  })

  it('gives other numbers with another seed', async () => {
    await commandIn([...SMALL, '--out', 'seed-a', '--seed', 'a', '--quiet'], folder)
    await commandIn([...SMALL, '--out', 'seed-b', '--seed', 'b', '--quiet'], folder)
    expect(hashes('seed-a')[0]).not.toBe(hashes('seed-b')[0])
  })

  it('prints one JSON object that agrees with summary.json', async () => {
    const { code, stdout } = await commandIn([...SMALL, '--out', 'json', '--json'], folder)
    expect(code).toBe(0)
    const printed = JSON.parse(stdout) as {
      format: string
      version: number
      reference: string
      files: string[]
      scenarios: { id: string; date: string; waiting: { mean: number } }[]
    }
    expect(printed).toMatchObject({ format: 'fairwait-run', version: 1 })
    expect(readdirSync(join(folder, 'json')).toSorted()).toEqual(printed.files.toSorted())
    const summary = JSON.parse(readFileSync(join(folder, 'json', 'summary.json'), 'utf8')) as {
      reference: string
      rows: Record<string, unknown>[]
    }
    expect(printed.reference).toBe(summary.reference)
    for (const scenario of printed.scenarios) {
      const row = summary.rows.find(
        (each) =>
          each['scenario'] === scenario.id &&
          each['date'] === scenario.date &&
          each['specialty'] === 'all' &&
          each['group'] === 'all' &&
          each['measure'] === 'waiting',
      )
      expect(row?.['mean']).toBeCloseTo(scenario.waiting.mean, 6)
    }
  })

  it('prints only the path of the report when quiet', async () => {
    const { stdout, stderr } = await fairwait([...SMALL, '--out', 'quiet', '--quiet'], folder)
    expect(stdout).toBe(`${join('quiet', 'report.html')}\n`)
    expect(stderr).toBe('')
  })

  it('refuses a scenario that the study does not have, with 3', async () => {
    const { code, stderr } = await commandIn([...SMALL, '--out', 'none', '--scenario', 'no-such-scenario'], folder)
    expect(code).toBe(3)
    expect(stderr).toContain('no-such-scenario')
    expect(existsSync(join(folder, 'none'))).toBe(false)
  })

  it('refuses to write where a file stands, before it simulates anything', async () => {
    writeFileSync(join(folder, 'taken'), 'mine')
    const { code, stderr } = await commandIn([...SMALL, '--replications', '10000', '--out', 'taken'], folder)
    expect(code).toBe(1)
    expect(stderr).toContain('taken')
    expect(readFileSync(join(folder, 'taken'), 'utf8')).toBe('mine')
  })
})

describe('an interrupt', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('by %s ends a long run within two seconds, with 130 and nothing left', async (name) => {
    const before = readdirSync(folder)
    const endless = ['run', LABORATORY, '--replications', '10000', '--weeks', '520', '--out', 'interrupted']
    const { child, finished } = startFairwait(endless, folder)
    await new Promise((resolve) => setTimeout(resolve, 2500))
    const start = performance.now()
    child.kill(name)
    const { code, stdout, stderr } = await finished
    expect(performance.now() - start).toBeLessThan(2000)
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
    expect(stderr).toContain('Interrupted')
    expect(readdirSync(folder)).toEqual(before)
  })
  it('while results are being written leaves neither results nor their makings', async () => {
    const before = readdirSync(folder)
    const { child, finished } = startFairwait(
      ['run', LABORATORY, '--replications', '1', '--weeks', '1040', '--out', 'half'],
      folder,
    )
    while (readdirSync(folder).length === before.length && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    child.kill('SIGINT')
    const { code, stderr } = await finished
    expect(code).toBe(130)
    expect(stderr).toContain('Interrupted')
    expect(readdirSync(folder)).toEqual(before)
  })
})
