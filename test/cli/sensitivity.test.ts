import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandIn } from '../captured-command.ts'
import { fairwait } from './fairwait-process.ts'

/** Two groups and one queue, with four uncertain numbers, one of which does nothing: nobody fills a missed slot late. */
const STUDY = `schemaVersion: 1
name: lab
title: Two groups, uncertain
baseline:
  groups: [50000, 50000]
  specialties:
    - code: T_001
      clockStartsPerWeek: 100
      waiting: [100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100]
      firstAppointmentsPerWeek: 100
      admissionsPerWeek: 30
      admittedShare: 0.25
time: { start: 2026-04-06, weeks: 20 }
replications: 2
assumptions:
  dnaRate: { dist: beta, mean: 0.08, sd: 0.02 }
  dischargeAfterDna: { dist: uniform, min: 0.1, max: 0.9 }
  unmetNeedResolutionPerWeek: { dist: uniform, min: 0.01, max: 0.03 }
scenarios:
  as-now: {}
  plan:
    invest:
      - lever: capacity
        budget: { perYear: 400000 }
        parameters: { costPerFirstAppointment: { dist: uniform, min: 100, max: 400 } }
targets:
  - { id: shorter, measure: waiting, atMost: 1410, by: 2026-08-01 }
`

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-sensitivity-'))
  writeFileSync(join(folder, 'lab.yaml'), STUDY)
  writeFileSync(join(folder, 'tied.yaml'), `${STUDY}correlations:\n  - { between: [assumptions.dnaRate, assumptions.dischargeAfterDna], rank: 0.7 }\n`)
  writeFileSync(join(folder, 'certain.yaml'), STUDY.replaceAll(/\{ dist: .*\}(?= \})/g, '200').replaceAll(/\{ dist: .*\}/g, '0.1'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Estimate {
  readonly value: number
}
interface Result {
  readonly output: { readonly scenario: string; readonly date: string }
  readonly method: { readonly points: number; readonly results: Record<string, { first: Estimate; total: Estimate; meanAbsolute: Estimate; width: number }> }
  readonly valueOfInformation: { readonly evpi: number; readonly evppi: Record<string, number>; readonly best: string }
  readonly discovery: { readonly missed: number; readonly sentence: string; readonly limits: { readonly input: string }[] }
}

const run = async (...args: string[]): Promise<Result> => {
  const { code, stdout, stderr } = await commandIn(['sensitivity', 'lab.yaml', '--json', ...args], folder)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as Result
}

const COST = 'scenarios.plan.invest[0].parameters.costPerFirstAppointment'
const IDLE = 'assumptions.unmetNeedResolutionPerWeek'

describe('fairwait sensitivity', () => {
  it.each(['sobol', 'morris'] as const)('gives a parameter without effect none, and one with effect some, by %s', async (method) => {
    const { method: found } = await run('--method', method, '--measure', 'waiting', '--scenario', 'plan')
    const size = (id: string): number => (method === 'sobol' ? found.results[id].total.value : found.results[id].meanAbsolute.value)
    expect(size(IDLE)).toBe(0)
    expect(size(COST)).toBeGreaterThan(method === 'sobol' ? 0.02 : 5)
    expect(size('assumptions.dischargeAfterDna')).toBeGreaterThan(method === 'sobol' ? 0.1 : 20)
  })

  it('draws parameters together that the study correlates, counts them as one, and says so', async () => {
    const out = join(folder, 'tied')
    const { code, stdout } = await commandIn(['sensitivity', 'tied.yaml', '--method', 'morris', '--runs', '16', '--measure', 'waiting', '--out', out], folder)
    expect(code).toBe(0)
    expect(stdout).toContain('group 1: assumptions.dischargeAfterDna, assumptions.dnaRate')
    expect(stdout).toContain('moved together and count as one')
    expect(stdout).toMatch(/^Parameter or group +mean/m)
    expect(stdout).toContain('over the whole range of the parameter or group')
    const both = 'assumptions.dischargeAfterDna + assumptions.dnaRate'
    const found = JSON.parse(readFileSync(join(out, 'sensitivity.json'), 'utf8')) as Result & { readonly correlated: string[][] }
    expect(found.correlated).toEqual([['assumptions.dischargeAfterDna', 'assumptions.dnaRate']])
    expect(Object.keys(found.method.results).toSorted()).toEqual([both, IDLE, COST].toSorted())
    // Three groups, not four parameters: four trajectories of four points.
    expect(found.method.points).toBe(16)
    expect(readFileSync(join(out, 'sensitivity.csv'), 'utf8')).toContain(`${both},mean,,,`)
  })

  it('leaves a scenario without the lever untouched by the cost of it: every point meets the same luck', async () => {
    const { method, output } = await run('--method', 'tornado', '--measure', 'waiting')
    expect(output.scenario).toBe('as-now')
    expect(method.results[COST].width).toBe(0)
    expect(method.results['assumptions.dischargeAfterDna'].width).toBeGreaterThan(0)
  })

  it('gives the same numbers with one worker and with two, and writes its files whole', async () => {
    const args = ['--method', 'morris', '--runs', '20', '--measure', 'waiting', '--scenario', 'plan']
    const one = await run(...args, '--workers', '1', '--out', 'one')
    expect(await run(...args, '--workers', '2')).toEqual(one)
    const design = readFileSync(join(folder, 'one', 'design.csv'), 'utf8').trimEnd().split('\n')
    expect(design).toHaveLength(21)
    expect(design[0].split(',')).toHaveLength(6)
    expect(JSON.parse(readFileSync(join(folder, 'one', 'sensitivity.json'), 'utf8'))).toEqual(one)
    expect(readFileSync(join(folder, 'one', 'sensitivity.csv'), 'utf8')).toMatch(/^input,statistic,value,lower,upper\n/)
  })

  it('runs nothing again that a store holds, whichever question asked for it first, and comes to the same answer', async () => {
    const args = ['sensitivity', 'lab.yaml', '--method', 'tornado', '--measure', 'waiting', '--scenario', 'plan', '--store', 'kept']
    const first = await commandIn([...args, '--workers', '2', '--out', 'first'], folder)
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('0 runs from the store, 18 simulated.') as string })
    const again = await commandIn([...args, '--workers', '1', '--out', 'again'], folder)
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('18 runs from the store, 0 simulated.') as string })
    const without = await commandIn([...args.slice(0, -2), '--out', 'without'], folder)
    expect(without.stdout).not.toContain('from the store')
    for (const file of ['sensitivity.json', 'sensitivity.csv', 'design.csv']) {
      const bytes = readFileSync(join(folder, 'without', file), 'utf8')
      expect(readFileSync(join(folder, 'first', file), 'utf8')).toBe(bytes)
      expect(readFileSync(join(folder, 'again', file), 'utf8')).toBe(bytes)
    }
    // Of more replications a part is there; of another seed nothing.
    const other = await commandIn([...args.slice(0, -2), '--replications', '3', '--store', 'kept'], folder)
    expect(other.stdout).toContain('18 runs from the store, 9 simulated.')
    expect((await commandIn([...args, '--seed', 'another'], folder)).stdout).toContain('0 runs from the store, 18 simulated.')
  })

  it('refuses a store of another version of the engine, with 3, before anything is simulated', async () => {
    mkdirSync(join(folder, 'older', 'fairwait-0.0.1', 'journal'), { recursive: true })
    const { code, stderr } = await commandIn(['sensitivity', 'lab.yaml', '--method', 'tornado', '--store', 'older'], folder)
    expect(code).toBe(3)
    expect(stderr).toContain('fairwait-0.0.1')
  })

  it('varies assumptions that are named, by factors, in every scenario that uses them', async () => {
    const { method } = await run('--method', 'tornado', '--scenario', 'plan', '--measure', 'waiting', '--on', 'lever.capacity.costPerAdmission=0.5:2')
    expect(method.points).toBe(3)
    expect(method.results['lever.capacity.costPerAdmission'].width).toBeGreaterThan(5)
  })

  it('varies any number of the study file by its place, beside assumptions', async () => {
    const place = 'scenarios.plan.invest[0].budget.perYear'
    const { method } = await run('--method', 'tornado', '--scenario', 'plan', '--measure', 'waiting', '--on', 'lever.capacity.costPerAdmission', `${place}=0.5:2`)
    expect(method.points).toBe(5)
    expect(method.results[place].width).toBeGreaterThan(5)
    expect(method.results['lever.capacity.costPerAdmission'].width).toBeGreaterThan(5)
    // Without the money the place changes nothing.
    const { method: reference } = await run('--method', 'tornado', '--measure', 'waiting', '--on', place, 'baseline.specialties[0].firstAppointmentsPerWeek=0.9:1.1')
    expect(reference.results[place].width).toBe(0)
    expect(reference.results['baseline.specialties[0].firstAppointmentsPerWeek'].width).toBeGreaterThan(100)
  })

  it('values information within its bounds, and describes where a target is missed', async () => {
    const { valueOfInformation, discovery } = await run('--value-of-information', '--discover', 'shorter', '--scenario', 'as-now', '--runs', '64')
    for (const each of Object.values(valueOfInformation.evppi)) {
      expect(each).toBeGreaterThanOrEqual(0)
      expect(each).toBeLessThanOrEqual(valueOfInformation.evpi * 1.05 + 1)
    }
    expect(valueOfInformation.evppi[IDLE]).toBe(0)
    expect(discovery.missed).toBeGreaterThan(0.1)
    expect(discovery.missed).toBeLessThan(0.9)
    expect(discovery.limits.map(({ input }) => input)).toContain('assumptions.dischargeAfterDna')
    expect(discovery.sentence).toMatch(/Mostly where .*(below|above|between)/)
  })

  it('prints at most 80 columns', async () => {
    const { stdout } = await fairwait(['sensitivity', 'lab.yaml', '--method', 'tornado', '--value-of-information', '--runs', '40', '--discover', 'shorter'], folder)
    for (const line of stdout.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(80)
    expect(stdout).toContain('EVPPI')
  })

  it.each([
    [['certain.yaml'], 'has no uncertain parameter'],
    [['lab.yaml', '--measure', 'waitin'], 'did you mean "waiting"?'],
    [['lab.yaml', '--scenario', 'plam'], 'did you mean "plan"?'],
    [['lab.yaml', '--discover', 'shortest'], 'did you mean "shorter"?'],
    [['lab.yaml', '--on', 'dnaRat'], 'did you mean "dnaRate"?'],
    [['lab.yaml', '--on', 'dnaRate'], 'is a distribution in this study already'],
    [['lab.yaml', '--on', 'privatePerWeek'], 'is 0 in this study'],
    [['lab.yaml', '--on', 'lever.outreach.costPerPersonFound'], 'belongs to a lever that no scenario of this study uses'],
    [['lab.yaml', '--on', 'lever.capacity.costPerAdmission=2:1'], 'factors are written LOW:HIGH'],
    [['lab.yaml', '--on', 'scenarios.plan.invest[0].budget.perYaer'], 'did you mean "scenarios.plan.invest[0].budget.perYear"?'],
    [['lab.yaml', '--on', 'scenarios.plan.invest[0].lever'], 'is no plain number in the study file'],
    [['lab.yaml', '--on', 'time.weeks'], 'is part of the calendar'],
    [['lab.yaml', '--on', 'baseline.specialties[0].admittedShare=1:9'], 'must be at most 1'],
    [['lab.yaml', '--runs', '10'], 'it needs at least 48'],
    [['lab.yaml', '--date', '2030-01-01'], 'is outside the projection'],
  ])('refuses %j with 3 and says why, before anything is simulated', async (args, reason) => {
    const { code, stderr, stdout } = await commandIn(['sensitivity', ...args, '--out', 'refused'], folder)
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toContain(reason)
    expect(stderr).not.toContain('    at ')
    expect(existsSync(join(folder, 'refused'))).toBe(false)
  })
})
