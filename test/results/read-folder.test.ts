import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadStudy } from '../../src/cli/load-study.ts'
import { InputError } from '../../src/errors.ts'
import { createInlineBackend } from '../../src/execution/inline.ts'
import { runStudy } from '../../src/experiment/run-study.ts'
import { renderReport } from '../../src/report/render-report.ts'
import { readResults } from '../../src/results/read-folder.ts'
import { withoutSmallNumbers } from '../../src/results/small-numbers.ts'
import type { StudyResults } from '../../src/results/types.ts'
import { writeResults } from '../../src/results/write-results.ts'

const LABORATORY = fileURLToPath(new URL('../../scenarios/laboratory.yaml', import.meta.url))

let folder = ''
let written: StudyResults
let back: StudyResults

const files = (name: string): Promise<Uint8Array> => readFile(join(folder, name))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairwait-read-folder-'))
  const { study } = await loadStudy(LABORATORY, { weeks: 60, replications: 3 })
  const targets = [target('within', 'all', 'within-18-weeks', 0.5), target('equal', 'gap', 'slope-index:within-18-weeks', 0.01)]
  written = withoutSmallNumbers(await runStudy({ ...study, targets }, createInlineBackend()))
  await writeResults(written, folder, [])
  back = await readResults(files)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function target(id: string, group: string, measure: string, limit: number): StudyResults['study']['targets'][number] {
  return { id, title: id, specialty: 'all', group, measure, limitKind: 'atLeast', limit, by: '2026-12-31', requiredIn: [] }
}

describe('a results folder read back', () => {
  it('holds the study, the catalogue and the runs that were written', () => {
    expect(back.study).toEqual(written.study)
    expect(back.catalogue).toEqual(written.catalogue)
    expect(back.measures).toEqual(written.measures)
    expect(back.runRows).toEqual(written.runRows)
    expect(back.performance).toEqual(written.performance)
  })

  it('holds every number of all specialties together to the bit, differences among them', () => {
    const dates = written.catalogue.dates.length
    const together = written.catalogue.keys.flatMap(({ specialty }, series) => (specialty === 'all' ? [series] : []))
    expect(together.length).toBeGreaterThan(100)
    const numbers = ['mean', 'sd', 'n', 'difference', 'differenceSd', 'differenceN'] as const
    for (const [index, scenario] of written.scenarios.entries()) {
      for (const number of numbers) {
        const of = (all: Float64Array | Int32Array): number[] => together.flatMap((series) => Array.from(all.subarray(series * dates, (series + 1) * dates)))
        expect(of(back.scenarios[index][number])).toEqual(of(scenario[number]))
      }
    }
  })

  it('leaves undefined what the tables do not hold of single specialties, and only that', () => {
    const { keys, dates } = written.catalogue
    const series = keys.findIndex(({ specialty, measure }) => specialty !== 'all' && measure === 'mean-wait')
    const own = Array.from(back.scenarios[1].mean.slice(series * dates.length, (series + 1) * dates.length))
    const stored = new Set(written.runRows.dateIndices)
    expect(own.map((value) => Number.isNaN(value))).toEqual(dates.map((_, date) => !stored.has(date)))
    expect(own[dates.length - 1]).toBe(written.scenarios[1].mean[(series + 1) * dates.length - 1])
  })

  it('holds money to the penny', () => {
    expect(written.scenarios.some(({ budgets }) => budgets.length > 0)).toBe(true)
    expect(back.scenarios.map(({ budgets }) => budgets)).toEqual(written.scenarios.map(({ budgets }) => budgets))
  })

  it('holds what became of targets, limits to six digits', () => {
    expect(back.targets.length).toBe(written.targets.length)
    for (const [index, { scenario, target: { id }, date, runs, probability, value, firstMet, keptFrom }] of written.targets.entries()) {
      const read = back.targets[index]
      expect(read).toMatchObject({ scenario, target: { id }, date, runs, firstMet, keptFrom })
      expect(read.probability.mean).toBe(probability.mean)
      expect(read.value.lower).toBeCloseTo(value.lower, 5)
    }
  })

  it('renders to the report that was written, byte for byte', async () => {
    expect(await renderReport(back)).toBe(await readFile(join(folder, 'report.html'), 'utf8'))
  })
})

describe('a folder that is not whole', () => {
  const manifest = async (): Promise<Record<string, unknown>> =>
    JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Record<string, unknown>
  /** The folder with one file replaced, or missing. */
  const changed = (name: string, bytes: Uint8Array | null) => (wanted: string) => {
    if (wanted !== name) return files(wanted)
    return bytes === null ? Promise.reject(new Error('ENOENT')) : Promise.resolve(bytes)
  }
  const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

  it.for(['manifest.json', 'series.parquet', 'differences.parquet', 'runs.parquet', 'summary.json'])('says that %s is missing', async (name) => {
    await expect(readResults(changed(name, null))).rejects.toThrow(`${name}: is not in the folder`)
  })

  it.for(['manifest.json', 'series.parquet', 'differences.parquet', 'runs.parquet', 'summary.json'])('says that %s is damaged', async (name) => {
    const bytes = await files(name)
    await expect(readResults(changed(name, bytes.slice(0, bytes.length / 2)))).rejects.toThrow(`${name}: is damaged`)
  })

  it('refuses tables of another study', async () => {
    const whole = await manifest()
    const study = { ...(whole['study'] as object), scenarios: [(whole['study'] as StudyResults['study']).scenarios[0]] }
    await expect(readResults(changed('manifest.json', json({ ...whole, study })))).rejects.toThrow('does not fit')
  })

  it('refuses a manifest of another format, another schema version, or without its parts', async () => {
    const whole = await manifest()
    await expect(readResults(changed('manifest.json', json({ hello: 1 })))).rejects.toThrow('no manifest')
    await expect(readResults(changed('manifest.json', json(null)))).rejects.toThrow('no manifest')
    await expect(readResults(changed('manifest.json', json({ ...whole, schemaVersion: 2 })))).rejects.toThrow('schema version 2')
    for (const part of ['study', 'catalogue', 'outputs', 'performance']) {
      await expect(readResults(changed('manifest.json', json({ ...whole, [part]: undefined })))).rejects.toThrow(InputError)
    }
    await expect(
      readResults(changed('manifest.json', json({ ...whole, catalogue: { dimensions: [], dates: ['2026-01-01'], series: 1e300 } }))),
    ).rejects.toThrow(InputError)
  })

  it('names the hashes of its files in the manifest', async () => {
    const { outputs } = (await manifest()) as unknown as { readonly outputs: readonly { readonly path: string; readonly sha256: string }[] }
    const found = await Promise.all(outputs.map(async ({ path }) => createHash('sha256').update(await files(path)).digest('hex')))
    expect(found).toEqual(outputs.map(({ sha256 }) => sha256))
    await writeFile(join(folder, 'note.txt'), 'other files do not matter')
    await expect(readResults(files)).resolves.toBeDefined()
  })
})
