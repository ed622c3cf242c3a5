/** The examples of docs/read-back.md, run as they stand where their tools can be had. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fairwait } from '../cli/fairwait-process.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PAGE = readFileSync(join(ROOT, 'docs/read-back.md'), 'utf8')
const EXAMPLES = [...PAGE.matchAll(/^```([a-z]+)(?: ([a-z]+))?\n([^]*?)^```$/gm)].map(([, language, needs = '', code]) => ({ language, needs, code }))

let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-read-back-'))
  const sweep = await fairwait(['sweep', join(ROOT, 'scenarios/sweeps/slots-and-head-start.yaml')], folder)
  const run = await fairwait(['run', join(ROOT, 'scenarios/laboratory.yaml'), '--weeks', '26', '--quiet'], folder)
  if (sweep.code !== 0 || run.code !== 0) throw new Error(sweep.stderr + run.stderr)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A program in which an import works, or null. */
function programWith(programs: readonly string[], probe: readonly string[]): string | null {
  return programs.find((program) => spawnSync(program, probe, { stdio: 'ignore' }).status === 0) ?? null
}

// Debian's own Python has Debian's packages, whichever Python comes first on the path.
const PYTHONS = ['/usr/bin/python3', 'python3']
const TOOLS: Readonly<Record<string, { readonly of: string; readonly program: string | null; readonly run: string }>> = {
  python: { of: 'pandas', program: programWith(PYTHONS, ['-c', 'import pandas']), run: '-c' },
  'python pyarrow': { of: 'pyarrow', program: programWith(PYTHONS, ['-c', 'import pandas, pyarrow']), run: '-c' },
  r: { of: 'R', program: programWith(['Rscript'], ['-e', '1']), run: '-e' },
  // The statement alone is on the page; any Python with the module runs it.
  sql: { of: 'DuckDB for Python', program: programWith(PYTHONS, ['-c', 'import duckdb']), run: '-c' },
  'r arrow': { of: 'arrow for R', program: programWith(['Rscript'], ['-e', 'library(arrow); library(dplyr)']), run: '-e' },
}

/** Python that prints what a statement finds, a line for each row. */
const PRINT_ROWS = 'import duckdb, sys\nfor row in duckdb.sql(sys.argv[1]).fetchall(): print(*row)'

interface Row {
  readonly [column: string]: string
}

/** Rows of a CSV file without quoted fields. */
function rowsOf(path: string): Row[] {
  const [head, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n').map((line) => line.split(','))
  return lines.map((line) => Object.fromEntries(head.map((name, column) => [name, line[column]])))
}

function expectedOfSweep(): number[][] {
  const rows = rowsOf(join(folder, 'output/slots-and-head-start/summary.csv')).filter(
    (row) => row['scenario'] === 'head-start' && row['measure'] === 'waiting' && row['dimension'] === 'all' && row['stage'] === 'all',
  )
  const last = rows.map((row) => row['date']).toSorted().at(-1)
  return rows.filter((row) => row['date'] === last).map((row) => [Number(row['point']), Number(row['difference'])])
}

function expectedOfSeries(): (string | number)[][] {
  const { rows } = JSON.parse(readFileSync(join(folder, 'output/laboratory/summary.json'), 'utf8')) as {
    rows: { scenario: string; date: string; specialty: string; group: string; measure: string; mean: number; lower: number; upper: number }[]
  }
  const chosen = rows.filter((row) => row.specialty === 'all' && row.group === '1' && row.measure === 'waiting')
  const last = chosen.map((row) => row.date).toSorted().at(-1)
  return chosen.filter((row) => row.date === last).map(({ scenario, mean, lower, upper }) => [scenario, mean, lower, upper])
}

describe('the examples of the page about reading results back', () => {
  it('are there for every tool that it names', () => {
    expect(EXAMPLES.map(({ language, needs }) => `${language} ${needs}`.trim())).toEqual(['python', 'python pyarrow', 'python', 'r', 'r arrow', 'sql'])
  })

  it.for(EXAMPLES.map(({ language, needs, code }, index) => ({ name: `${language} ${needs}`.trim(), number: index + 1, code })))(
    'number $number ($name) prints what the summary holds',
    ({ name, code }, { skip }) => {
      const { of, program, run } = TOOLS[name]
      if (program === null) return skip(`${of} is not installed`)
      const { status, stdout, stderr } = spawnSync(program, [run, ...(name === 'sql' ? [PRINT_ROWS, code] : [code])], { cwd: folder, encoding: 'utf8' })
      expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' })
      const printed = stdout.trimEnd().split('\n').map((line) => line.split(' '))
      const expected = code.includes('series.csv') ? expectedOfSeries() : expectedOfSweep()
      expect(expected.length).toBeGreaterThan(2)
      expect(printed.map(([key]) => key)).toEqual(expected.map(([key]) => String(key)))
      const numbers = printed.flatMap(([, ...rest]) => rest.map(Number))
      for (const [index, number] of expected.flatMap(([, ...rest]) => rest.map(Number)).entries()) {
        // The series keep six significant digits of limits.
        expect(numbers[index]).toBeCloseTo(number, 2)
      }
    },
  )
})
