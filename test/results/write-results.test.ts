import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confidenceInterval } from '../../src/measures/interval.ts'
import { reportingDateIndices } from '../../src/measures/reporting-dates.ts'
import { RESULT_FILES } from '../../src/results/results-folder.ts'
import type { StudyResults } from '../../src/results/types.ts'
import { writeResults } from '../../src/results/write-results.ts'
import { fixtureResults } from './fixture.ts'

const INPUTS = [{ path: 'scenarios/recovery.yaml', sha256: 'ef'.repeat(32) }]
/** They say when, and how fast. */
const ABOUT_THE_RUN: readonly string[] = ['manifest.json', 'ro-crate-metadata.json']
const HOSTILE = '=HYPERLINK("http://example.org","x"),"\n<&>'

describe('a results folder', () => {
  let root: string
  let folder: string
  let results: StudyResults
  let csv: Record<string, string>[]

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'fairwait-results-'))
    folder = join(root, 'out')
    results = fixtureResults({ hostileText: HOSTILE })
    await writeResults(results, folder, INPUTS)
    csv = parse(await readFile(join(folder, 'series.csv')), { columns: true })
  })

  afterAll(() => rm(root, { recursive: true, force: true }))

  const sha256 = async (path: string): Promise<string> =>
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex')

  it('holds every file and nothing else, with no temporary left beside it', async () => {
    expect((await readdir(folder)).toSorted()).toEqual([...RESULT_FILES].toSorted())
    expect(await readdir(root)).toEqual(['out'])
  })

  it('has the same tables, summary, workbook and report when equal results are written again', async () => {
    const again = join(root, 'again')
    const slower = {
      ...fixtureResults({ hostileText: HOSTILE }),
      performance: { pathways: 1, kernelSeconds: 2, wallSeconds: 3, workers: 4 },
    }
    await writeResults(slower, again, INPUTS)
    for (const name of RESULT_FILES.filter((each) => !ABOUT_THE_RUN.includes(each))) {
      expect([name, await sha256(join(again, name))]).toEqual([name, await sha256(join(folder, name))])
    }
    expect(await sha256(join(again, 'manifest.json'))).not.toBe(await sha256(join(folder, 'manifest.json')))
    await rm(again, { recursive: true })
  })

  it('has the hash of every output, the inputs and the timings in its manifest', async () => {
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
    expect(manifest.outputs.map(({ path }: { path: string }) => path).toSorted()).toEqual(
      RESULT_FILES.filter((name) => !ABOUT_THE_RUN.includes(name)).toSorted(),
    )
    for (const { path, sha256: expected, bytes } of manifest.outputs) {
      expect(await sha256(join(folder, path))).toBe(expected)
      expect((await readFile(join(folder, path))).length).toBe(bytes)
    }
    expect(manifest.inputs).toEqual(INPUTS)
    expect(manifest.performance).toEqual(results.performance)
    expect(manifest).toMatchObject({
      seed: 'recovery-2026',
      engine: { name: 'fairwait' },
      node: process.version,
      study: { name: 'recovery' },
    })
  })

  it('holds all specialties together every week in every measure, gaps among them', () => {
    const { keys, dates } = results.catalogue
    const expected =
      keys.filter(({ specialty }) => specialty === 'all').length * dates.length * results.scenarios.length
    expect(csv.filter(({ specialty }) => specialty === 'all')).toHaveLength(expected)
    expect(Object.keys(csv[0]).join(',')).toBe(
      'scenario,date,system,specialty,stage,dimension,group,measure,mean,sd,lower,upper,n',
    )
  })

  it.each([
    'waiting',
    'clock-starts',
    'clock-stops-admitted',
    'clock-stops-non-admitted',
    'removed',
    'withdrew',
    'private',
    'emergency',
    'died',
    'discharged-after-dna',
  ])('holds %s of each specialty and group every week, once', (measure) => {
    const rows = csv.filter((row) => row.specialty === 'C_110' && row.stage === 'all' && row.measure === measure)
    const places = new Set(rows.map((row) => [row.scenario, row.group, row.date].join()))
    expect(rows).toHaveLength(results.scenarios.length * 6 * results.catalogue.dates.length)
    expect(places.size).toBe(rows.length)
  })

  it('holds the other measures of a single specialty, and its gaps, at reporting dates', () => {
    const { dates } = results.catalogue
    const reporting = reportingDateIndices(dates).map((index) => dates[index])
    for (const measure of ['median-wait', 'spend-to-date', 'slope-index:within-18-weeks']) {
      const rows = csv.filter((row) => row.specialty === 'C_110' && row.measure === measure)
      expect(rows.length).toBeGreaterThan(0)
      expect([...new Set(rows.map(({ date }) => date))]).toEqual(reporting)
    }
  })

  it('gives in series.csv the numbers of the summary, to the double or to six digits', () => {
    const rows = new Map(
      csv.map((row) => [[row.scenario, row.date, row.specialty, row.stage, row.group, row.measure].join('|'), row]),
    )
    const { keys, dates } = results.catalogue
    for (const scenario of results.scenarios) {
      for (const [series, key] of keys.entries()) {
        const index = dates.length - 1
        const at = series * dates.length + index
        const row = rows.get([scenario.id, dates[index], key.specialty, key.stage, key.group, key.measure].join('|'))
        expect(Number(row?.mean)).toBe(scenario.mean[at])
        const { lower } = confidenceInterval(scenario.mean[at], scenario.sd[at], scenario.n[at])
        expect(Math.abs(Number(row?.lower) - lower)).toBeLessThanOrEqual(Math.abs(lower) * 5.001e-6)
      }
    }
  })

  it('leaves undefined numbers empty', () => {
    const undefinedRows = csv.filter(
      (row) => row.measure === 'treated-per-1000' && row.date === results.catalogue.dates[0],
    )
    expect(undefinedRows.length).toBeGreaterThan(0)
    for (const row of undefinedRows)
      expect([row.mean, row.sd, row.lower, row.upper, row.n]).toEqual(['', '', '', '', '0'])
  })

  it('has the same table in series.parquet, with numbers at full precision', async () => {
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(join(folder, 'series.parquet')) })
    expect(rows).toHaveLength(csv.length)
    for (let index = 0; index < rows.length; index += 97) {
      const { sd, lower, upper, mean, ...rest } = rows[index]
      const { sd: sdText, lower: lowerText, upper: upperText, mean: meanText, ...texts } = csv[index]
      expect(Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]))).toEqual(texts)
      expect(mean ?? '').toEqual(meanText === '' ? '' : Number(meanText))
      for (const [exact, text] of [
        [sd, sdText],
        [lower, lowerText],
        [upper, upperText],
      ]) {
        expect(text === '').toBe(exact === null)
        expect(Math.abs((exact ?? 0) - Number(text))).toBeLessThanOrEqual(Math.abs(exact ?? 0) * 5.001e-6)
      }
    }
  })

  it('keeps each run at the reporting dates in runs.parquet', async () => {
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(join(folder, 'runs.parquet')) })
    const { runs, dateIndices } = results.runRows
    const perRun = results.catalogue.keys.length * dateIndices.length
    expect(rows).toHaveLength(runs.length * perRun)
    for (let index = 0; index < rows.length; index += 1009) {
      const run = runs[Math.floor(index / perRun)]
      const value = run.values[index % perRun]
      expect(rows[index]).toMatchObject({
        scenario: run.scenario,
        draw: run.draw,
        replication: run.replication,
        value: Number.isNaN(value) ? null : value,
      })
      expect(rows[index].date).toBe(results.catalogue.dates[dateIndices[index % dateIndices.length]])
    }
  })

  it('has summary rows at every reporting date, of single specialties at the last, and money that reconciles', async () => {
    const summary = JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8'))
    expect(Object.keys(summary)).toEqual(['schemaVersion', 'study', 'reference', 'scenarios', 'rows', 'money', 'targets'])
    const allStages = results.catalogue.keys.filter(({ stage }) => stage === 'all')
    const together = allStages.filter(({ specialty }) => specialty === 'all').length
    const dates = results.runRows.dateIndices.length
    expect(summary.rows).toHaveLength((together * dates + allStages.length - together) * results.scenarios.length)
    expect(Object.keys(summary.rows[0])).toEqual([
      'scenario',
      'date',
      'specialty',
      'dimension',
      'group',
      'measure',
      'mean',
      'lower',
      'upper',
      'difference',
      'differenceLower',
      'differenceUpper',
    ])
    const gap = summary.rows.filter(
      (row: { group: string; measure: string; specialty: string }) =>
        row.group === 'gap' && row.measure === 'slope-index:within-18-weeks' && row.specialty === 'all',
    )
    expect(gap).toHaveLength(results.scenarios.length * results.runRows.dateIndices.length)
    for (const { budget, spent, unspent } of summary.money) {
      expect(Math.round(budget * 100)).toBe(Math.round(spent * 100) + Math.round(unspent * 100))
    }
    expect(summary.money).toHaveLength(results.scenarios.flatMap(({ budgets }) => budgets).length)
  })

  it('has in the workbook no formula but sums and checks of ours, and text that is never a formula', async () => {
    const parts = unzipSync(await readFile(join(folder, 'workbook.xlsx')))
    const all = Object.values(parts)
      .map((part) => strFromU8(part))
      .join('')
    expect(all).toContain('=HYPERLINK(&quot;http')
    for (const [, formula] of all.matchAll(/<f>(.*?)<\/f>/g))
      expect(formula).toMatch(/^(SUM\([A-Z0-9:,]+\)|SUM\('Accounts'![A-Z0-9:]+\)|ROUND\([A-Z0-9-]+(SUM\([A-Z0-9:]+\))?,2\)|0)$/)
  })

  it('describes its tables as a data package', async () => {
    const descriptor = JSON.parse(await readFile(join(folder, 'datapackage.json'), 'utf8'))
    const table = descriptor.resources.find(({ path }: { path: string }) => path === 'series.csv')
    expect(table.schema.fields.map(({ name }: { name: string }) => name)).toEqual(Object.keys(csv[0]))
    expect(table.hash).toBe(`sha256:${await sha256(join(folder, 'series.csv'))}`)
  })
})
