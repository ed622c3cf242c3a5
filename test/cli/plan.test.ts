import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { queuesOfCsv } from '../../src/cli/plan-file.ts'
import { InputError } from '../../src/errors.ts'
import { commandIn } from '../captured-command.ts'
import { fairwait } from './fairwait-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'fairwait-plan-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const HEADER = 'specialty,clock_starts_per_week,capacity_per_week,waiting,mean_wait_weeks'
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return name
}
const LIST = file('list.csv', `${HEADER},cv_demand,cv_capacity\nOrthopaedics,30,27,1200,63,1.1,1.2\nDermatology,42,45,300,8,,\n`)

interface PlanJson {
  readonly rows: readonly Readonly<Record<string, string | number | null>>[]
}

describe('fairwait plan', () => {
  it('prints the figures of the published examples from a file', async () => {
    const { code, stdout } = await fairwait(['plan', LIST, '--weeks', '52', '--compliance', '0.98168436111126578', '--json'], folder)
    expect(code).toBe(0)
    // 1 − e⁻⁴, so that the factor is 4.
    const row = (JSON.parse(stdout) as PlanJson).rows.find(({ specialty }) => specialty === 'Orthopaedics')
    expect(row?.['load']).toBeCloseTo(1.1111111, 6)
    expect(row?.['target_list_size']).toBeCloseTo(390, 6)
    expect(row?.['relief_capacity_per_week']).toBeCloseTo(61.153846, 6)
    expect(row?.['pressure']).toBeCloseTo(2.42307692, 8)
    expect(row?.['weeks_to_clear']).toBeNull()
  })

  it('takes the code of a system, and prints tables of at most 80 columns', async () => {
    const { code, stdout } = await commandIn(['plan', 'qyg'], folder)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Cheshire and Merseyside: 92% within 18 weeks, in 26 weeks$/m)
    expect(stdout).toMatch(/^1 most deprived /m)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('says beside each figure what the simulation says', async () => {
    const { code, stdout, stderr } = await commandIn(['plan', LIST, '--weeks', '52', '--simulate', '--csv'], folder)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const [header, ...lines] = stdout.trimEnd().split('\n').map((line) => line.split(','))
    const row = lines.find(([specialty]) => specialty === 'Orthopaedics') ?? []
    const value = (name: string): number => Number(row[header.indexOf(name)])
    // Poisson clock starts, about 30 a week for 26 weeks: the list is right to a few standard deviations, √(30 × 26) = 28.
    expect(Math.abs(value('target_list_size_simulated') - value('target_list_size'))).toBeLessThan(3 * 28)
    expect(Math.abs(value('waiting_as_it_is_simulated') - (1200 + 3 * 26))).toBeLessThan(3 * 28)
    expect(value('load_difference')).toBeCloseTo(value('load_simulated') - value('load_formula'), 12)
    expect(value('load_lower')).toBeLessThan(value('load_simulated'))
  }, 60_000)

  it('simulates the same twice', async () => {
    const runs = await Promise.all([1, 2].map(() => fairwait(['plan', LIST, '--simulate', '--json'], folder)))
    expect(runs[0].stdout).toBe(runs[1].stdout)
  }, 60_000)

  it.each([
    [['plan', 'QYGG'], 3, /plan: "QYGG" is neither .* did you mean "QYG"/],
    [['plan', 'none.csv'], 3, /none.csv: there is no such file/],
    [['plan', LIST, '--compliance', '1'], 2, /above 0 and below 1/],
    [['plan', LIST, '--weeks', '0'], 2, /above 0 and at most 520/],
    [['plan', LIST, '--relief-weeks', '2.5'], 2, /whole number of weeks/],
    [['plan', LIST, '--json', '--csv'], 2, /give one/],
    [['plan', file('pack.json', '{ "format": "other" }')], 3, /^pack.json: is not a baseline pack/],
  ])('%j exits with %i and says why', async (args, exitCode, message) => {
    const { code, stdout, stderr } = await commandIn(args, folder)
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/^\s+at .+:\d+/m)
  })
})

describe("a planner's file", () => {
  const complaint = (text: string): string => {
    try {
      queuesOfCsv(text, 'f.csv')
      return ''
    } catch (error) {
      if (error instanceof InputError) return error.message
      throw error
    }
  }

  it('may have groups, a byte-order mark, Windows line ends, quotes, and rows of commas', () => {
    const queues = queuesOfCsv(`\uFEFF${HEADER},group\r\n"Eyes, and ears",1,2,3,4,most deprived\r\n,,,,,\r\n`, 'f.csv')
    expect(queues).toEqual([expect.objectContaining({ specialty: 'Eyes, and ears', group: 'most deprived', waiting: 3, cvDemand: 1 })])
  })

  it.each([
    ['', /f.csv: is empty/],
    [HEADER, /f.csv: has a header and no rows/],
    ['specialty;waiting\n', /f.csv:1: .*semicolons/],
    [`${HEADER.replace('waiting', 'waitng')}\nA,1,1,1,1`, /f.csv:1: column "waiting" is missing; did you mean "waitng"/],
    [`${HEADER},kapacity\nA,1,1,1,1,1`, /f.csv:1: unknown column "kapacity"; allowed/],
    [`${HEADER},waiting\nA,1,1,1,1,1`, /f.csv:1: column "waiting" is there twice/],
    [`${HEADER}\nA,1,1,1`, /f.csv:2: has 4 cells and the header 5/],
    [`${HEADER}\nA,-1,1,1,1`, /f.csv:2 clock_starts_per_week: "-1" is not allowed; it must be a number from 0/],
    [`${HEADER}\nA,1,"1,000",1,1`, /f.csv:2 capacity_per_week: "1,000" is not allowed/],
    [`${HEADER}\nA,1,1,=1+1,1`, /f.csv:2 waiting: "=1\+1" is not allowed/],
    [`${HEADER}\nA,1,1,NaN,Infinity`, /f.csv:2 waiting: "NaN".*\nf.csv:2 mean_wait_weeks: "Infinity"/],
    [`${HEADER}\nA,1,1,1,1\nA,1,1,1,1`, /f.csv:3 specialty: the same specialty and group stand on line 2/],
    [`${HEADER},group\nA,1,1,1,1,x\nB,1,1,1,1,`, /f.csv:3 group: must not be empty/],
    [`${HEADER}\nAll,1,1,1,1`, /"All" is the name of the totals/],
    [`${HEADER}\n"A,1,1,1,1`, /f.csv.*not readable as CSV/],
  ])('%j is refused with line and reason', (text, message) => {
    expect(complaint(text)).toMatch(message)
  })
})
