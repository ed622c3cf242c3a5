/** A study of two systems, ages and priority, from its file to the folder of results and the page. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createInlineBackend } from '../../src/execution/inline.ts'
import { runStudy } from '../../src/experiment/run-study.ts'
import { renderReport } from '../../src/report/render-report.ts'
import type { StudyResults } from '../../src/results/types.ts'
import { writeResults } from '../../src/results/write-results.ts'
import { resolved } from '../scenario/helpers.ts'

const system = (code: string, name: string): string =>
  `{ code: ${code}, name: ${name}, groups: [3000, 4000], specialties: [{ code: T_1, clockStartsPerWeek: 60, waiting: [50, 50, 40, 40], firstAppointmentsPerWeek: 58, admissionsPerWeek: 10, admittedShare: 0.2 }] }`

const study = (replications: number): string => `
schemaVersion: 1
name: two
title: Two systems
baseline: { systems: [${system('AAA', 'Northshire')}, ${system('BBB', 'Southshire')}] }
time: { start: 2026-04-06, weeks: 12 }
replications: ${replications}
sample: 0.5
priority: standard
dimensions: [{ id: age, title: Age, ordered: true, groups: [{ id: young, label: Young }, { id: old, label: Old }], residents: [0.7, 0.3] }]
assumptions: { dnaRate: { by: system, values: { AAA: 0.2 } }, inTurnShareFirst: 0.5 }
scenarios:
  apart: { title: Apart }
  together:
    title: Together
    mutualAid: [{ from: AAA, to: BBB, firstSlotsPerWeek: 8 }]
    adjust: [{ assumption: diversionShare, set: 0.1, systems: [BBB], from: 2026-05-04 }]
`

const textOf = (html: string): string => html.replace(/<style>[\s\S]*?<\/style>/, '').replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

describe('results of two systems', () => {
  let root: string
  let results: StudyResults
  let csv: Record<string, string>[]

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'fairwait-systems-'))
    results = await runStudy(await resolved(study(3)), createInlineBackend())
    await writeResults(results, join(root, 'out'), [])
    csv = parse(await readFile(join(root, 'out', 'series.csv')), { columns: true })
  })
  afterAll(() => rm(root, { recursive: true, force: true }))

  it('name the system of a row where it is of one, and all where it is of both', async () => {
    const systems = (rows: readonly Record<string, unknown>[]): Record<string, string[]> =>
      Object.fromEntries([...Map.groupBy(rows, ({ dimension }) => String(dimension))].map(([dimension, own]) => [dimension, [...new Set(own.map((row) => String(row.system)))].toSorted()]))
    const expected = { all: ['all'], deprivation: ['all'], age: ['all'], priority: ['all'], system: ['AAA', 'BBB'], 'system-deprivation': ['AAA', 'BBB'] }
    expect(systems(csv)).toMatchObject(expected)
    const runs = await parquetReadObjects({ file: await asyncBufferFromFile(join(root, 'out', 'runs.parquet')) })
    expect(systems(runs)).toMatchObject(expected)
    const ofGroup = csv.filter(({ dimension }) => dimension === 'system-deprivation')
    expect(ofGroup.every((row) => row.group.startsWith(`${row.system}/`))).toBe(true)
  })

  it('add systems up to the whole in every table', async () => {
    const { rows } = JSON.parse(await readFile(join(root, 'out', 'summary.json'), 'utf8')) as { rows: Record<string, string | number>[] }
    const own = rows.filter(({ measure, specialty, scenario }) => measure === 'waiting' && specialty === 'all' && scenario === 'together')
    const at = (dimension: string, group: string): number[] => own.filter((row) => row.dimension === dimension && row.group === group).map(({ mean }) => Number(mean))
    expect(at('all', 'all').length).toBeGreaterThan(1)
    at('all', 'all').forEach((total, date) => expect(at('system', 'AAA')[date] + at('system', 'BBB')[date]).toBeCloseTo(total, 6))
  })

  it('are on the page: both systems, waits by group, what mechanisms counted, and every adjustment', async () => {
    const text = textOf(await renderReport(results))
    expect(text).toContain('Northshire and Southshire (AAA and BBB)')
    expect(text).toContain('Share waiting within 18 weeks by system')
    expect(text).toContain('Share waiting within 18 weeks by age')
    expect(text).toContain('Share waiting within 18 weeks by clinical priority')
    expect(text).toMatch(/What mechanisms counted.*Answered by advice.*Slots of other systems/u)
    expect(text).toContain('3 levels of clinical priority')
    expect(text).toContain('50% were simulated')
    expect(text).toContain('Adjusted in “Together”: BBB; from 4 May 2026')
    expect(text).toContain('Adjusted in every scenario: AAA')
    expect(text).toContain('Cost of a slot lost, as of a first appointment 200')
    expect(text).not.toContain('NaN')
  })

  it('of one run have neither a spread nor limits, in any table', async () => {
    const alone = await runStudy(await resolved(study(1)), createInlineBackend())
    await writeResults(alone, join(root, 'alone'), [])
    const rows: Record<string, string>[] = parse(await readFile(join(root, 'alone', 'series.csv')), { columns: true })
    expect(new Set(rows.flatMap(({ sd, lower, upper }) => [sd, lower, upper]))).toEqual(new Set(['']))
    const parquet = await parquetReadObjects({ file: await asyncBufferFromFile(join(root, 'alone', 'series.parquet')) })
    expect(new Set(parquet.flatMap(({ sd, lower, upper }) => [sd, lower, upper]))).toEqual(new Set([null]))
  })
})
