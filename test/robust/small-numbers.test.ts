/** Small numbers, searched for in every byte of every output: a recognisable value is planted where it must not be told. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportedFile } from '../../src/app/engine/export-files.ts'
import { screenResults } from '../../src/app/engine/screen-results.ts'
import { loadStudy } from '../../src/cli/load-study.ts'
import { runSummary } from '../../src/cli/run-summary.ts'
import { summaryLines } from '../../src/cli/summary-table.ts'
import { targetLines } from '../../src/cli/targets-table.ts'
import { styleFor } from '../../src/cli/terminal.ts'
import { resultFile, RESULT_FILE_KINDS } from '../../src/browser.ts'
import { createInlineBackend } from '../../src/execution/inline.ts'
import { runStudy } from '../../src/experiment/run-study.ts'
import { renderReport } from '../../src/report/render-report.ts'
import { readResults } from '../../src/results/read-folder.ts'
import type { StudyResults } from '../../src/results/types.ts'
import { writeResults } from '../../src/results/write-results.ts'
import { parseStudy } from '../../src/scenario/parse.ts'
import { fairwait } from '../cli/fairwait-process.ts'
import { isProtected, SMALL_GROUP_STUDY } from './small-study.ts'

/** Fewer people than are told, and digits that nothing else has; as a share, a percentage, rounded or not. */
const PLANTED = 7.123_459_871
const TRACES = /(?<![\d.])(7\.123(?!\d)|7\.1235(?!\d)|7\.1234[56]|712\.3[45]?(?!\d)|712\.34[56])/

/** Where the value stands in a text, with a few characters around it; null where it does not. */
function traceIn(text: string): string | null {
  const at = TRACES.exec(text)?.index
  return at === undefined ? null : text.slice(Math.max(0, at - 60), at + 20)
}

let folder = ''
let planted: StudyResults
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-small-'))
  writeFileSync(join(folder, 'study.yaml'), SMALL_GROUP_STUDY)
  const { study } = await loadStudy(join(folder, 'study.yaml'))
  planted = withPlanted(await runStudy(study, createInlineBackend()))
  await writeResults(planted, join(folder, 'out'), [])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The results, with the value in every number about the small group: means, spreads, differences, single runs. */
function withPlanted(results: StudyResults): StudyResults {
  const { keys, dates } = results.catalogue
  const planting = (values: Float64Array, each: number): Float64Array => {
    const copy = values.slice()
    keys.forEach(({ dimension, group }, series) => {
      if (isProtected(dimension, group)) copy.fill(PLANTED, series * each, (series + 1) * each)
    })
    return copy
  }
  const all = (values: Float64Array): Float64Array => planting(values, dates.length)
  return {
    ...results,
    scenarios: results.scenarios.map((each) => ({ ...each, mean: all(each.mean), sd: all(each.sd), difference: all(each.difference), differenceSd: all(each.differenceSd) })),
    runRows: { ...results.runRows, runs: results.runRows.runs.map((run) => ({ ...run, values: planting(run.values, results.runRows.dateIndices.length) })) },
  }
}

/** Everything in a file, as text: archives unpacked, tables decoded, numbers written out. */
async function textOf(path: string): Promise<string> {
  const bytes = readFileSync(path)
  if (path.endsWith('.parquet')) {
    return JSON.stringify(await parquetReadObjects({ file: await asyncBufferFromFile(path) }), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
  }
  return unpacked(bytes)
}

function unpacked(bytes: Uint8Array): string {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return Buffer.from(bytes).toString('utf8')
  return Object.values(unzipSync(bytes)).map(unpacked).join('\n')
}

const filesIn = (of: string): string[] => readdirSync(of, { recursive: true }).map((name) => join(of, String(name))).filter((path) => statSync(path).isFile())

describe('a number of a group of fewer than ten people', () => {
  it('is found by this search where nothing hides it', async () => {
    const open = { ...planted, study: { ...planted.study, smallNumbers: 0 } }
    await writeResults(open, join(folder, 'open'), [])
    const texts = await Promise.all(['series.csv', 'series.parquet', 'runs.parquet', 'differences.parquet', 'workbook.xlsx'].map((name) => textOf(join(folder, 'open', name))))
    expect(texts.map((text) => traceIn(text) !== null)).toEqual([true, true, true, true, true])
  })

  it('is in no file of a results folder', async () => {
    const files = filesIn(join(folder, 'out'))
    expect(files.length).toBeGreaterThan(15)
    const found = await Promise.all(files.map(async (file) => [file, traceIn(await textOf(file))]))
    expect(found.filter(([, trace]) => trace !== null)).toEqual([])
  })

  it('is in no report made again from the folder, and not in what is read back', async () => {
    const back = await readResults((name) => Promise.resolve(new Uint8Array(readFileSync(join(folder, 'out', name)))))
    expect(traceIn(await renderReport(back))).toBeNull()
    expect(back.scenarios.some(({ mean, sd }) => mean.includes(PLANTED) || sd.includes(PLANTED))).toBe(false)
  })

  it('is in nothing that a run prints: table, targets, JSON', () => {
    const style = styleFor({ write: () => true }, {})
    const printed = [...summaryLines(planted, style), ...targetLines(planted, style), JSON.stringify(runSummary(planted, 'out', []))]
    expect(traceIn(printed.join('\n'))).toBeNull()
  })

  it('is in nothing that the app shows or exports, and in no file of the library', async () => {
    const kinds = ['series.csv', 'runs.csv', 'summary.json', 'workbook.xlsx', 'report.html', 'results.zip'] as const
    const { file } = await parseStudy(SMALL_GROUP_STUDY, 'study.yaml')
    for (const kind of kinds) expect(traceIn(unpacked((await exportedFile(kind, planted, file, { name: 'fairwait', version: '0' })).bytes))).toBeNull()
    for (const kind of RESULT_FILE_KINDS) expect(traceIn(unpacked(await resultFile(kind, planted)))).toBeNull()
    const shown = screenResults(planted, { phase: 'done' } as Parameters<typeof screenResults>[1])
    expect(traceIn(JSON.stringify(shown, (_, value: unknown) => (value instanceof Float64Array ? Array.from(value) : value)))).toBeNull()
  })
})

const DESIGN = `schemaVersion: 1
name: small-sweep
study: study.yaml
method: grid
replications: 2
measures: [waiting, clock-starts, "slope-index:within-18-weeks"]
factors: [{ path: "baseline.specialties[0].firstAppointmentsPerWeek", values: [50, 60] }]
`

describe('in a sweep, too,', () => {
  it('neither the tables nor the store hold numbers of the small group, and the other groups are there', async () => {
    writeFileSync(join(folder, 'design.yaml'), DESIGN)
    const { code, stderr } = await fairwait(['sweep', 'design.yaml', '--out', 'swept', '--workers', '1'], folder)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const tables = filesIn(join(folder, 'swept')).filter((path) => path.endsWith('.parquet'))
    expect(tables.length).toBeGreaterThan(2)
    for (const path of tables) {
      const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path) })
      const told = rows.filter((row) => isProtected(String(row['dimension']), String(row['group'])))
      expect(told.length).toBeGreaterThan(0)
      expect(told.filter((row) => ['value', 'mean', 'sd', 'difference'].some((column) => typeof row[column] === 'number'))).toEqual([])
      const many = rows.filter((row) => row['dimension'] === 'ethnicity' && row['group'] === 'many' && row['measure'] === 'waiting')
      expect(many.length).toBeGreaterThan(0)
      expect(many.every((row) => typeof (row['value'] ?? row['mean']) === 'number')).toBe(true)
    }
    const lines = readFileSync(join(folder, 'swept', 'runs.csv'), 'utf8').trimEnd().split('\n').filter((line) => /ethnicity,(\d\/)?few,/.test(line))
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.every((line) => line.endsWith(','))).toBe(true)
  }, 120_000)
})
