import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { targetLines } from '../../src/cli/targets-table.ts'
import { styleFor } from '../../src/cli/terminal.ts'
import { withTargets } from '../results/targets-fixture.ts'
import { fixtureResults } from '../results/fixture.ts'
import { commandIn } from '../captured-command.ts'
import { fairwait } from './fairwait-process.ts'

const plain = styleFor({ write: () => undefined }, {})

describe('the table of targets', () => {
  const results = withTargets(fixtureResults({ weeks: 60 }))
  const lines = targetLines(results, plain)

  it('is not there for a study without targets', () => {
    expect(targetLines(fixtureResults({ weeks: 60 }), plain)).toEqual([])
  })

  it('names every target once, and every scenario, with the share of runs and the mean on the date', () => {
    for (const [index, { title }] of results.study.targets.entries()) {
      const named = lines.filter((line) => line.startsWith(`T${index + 1} `) && line.includes(title.slice(0, 60)))
      expect(named).toHaveLength(1)
    }
    const row = lines.find((line) => line.startsWith('no-investment '))
    expect(row).toMatch(/^no-investment +40% \(61\.0%\) +–\*/)
  })

  it('marks where a target is required, and says what the marks mean', () => {
    const text = lines.join('\n')
    expect(text).toContain('*: required')
    expect(text).toContain('–: not judged')
    const free = { ...results.study.targets[0], requiredIn: [] }
    const judged = results.targets.flatMap((each) => (each.target.id === free.id ? [{ ...each, target: free }] : []))
    const bare = targetLines({ ...results, study: { ...results.study, targets: [free] }, targets: judged }, plain)
    expect(bare.join('\n')).not.toMatch(/\*|not judged/)
  })

  it('shows beside a gap the other gap on the same date: need beside waits, waits beside need', () => {
    const [first] = results.targets
    const gapTarget = (measure: string) => ({ ...first.target, id: measure, measure, group: 'gap', requiredIn: [] })
    const textFor = (measure: string): string => {
      const target = gapTarget(measure)
      const outcomes = results.scenarios.map(({ id }) => ({ ...first, scenario: id, target }))
      return targetLines({ ...results, study: { ...results.study, targets: [target] }, targets: outcomes }, plain).join('\n')
    }
    const { keys, dates } = results.catalogue
    const series = keys.findIndex((key) => key.specialty === 'all' && key.measure === 'slope-index:unmet-need-per-1000')
    const need = results.scenarios[0].mean[series * dates.length + dates.indexOf(first.date ?? '')]
    const ofWaits = textFor('slope-index:within-18-weeks')
    expect(ofWaits).toContain('T1 need')
    expect(ofWaits.split('\n').find((line) => line.startsWith('no-investment'))).toContain(need.toFixed(1))
    expect(ofWaits).toContain('the gap in unmet need')
    expect(textFor('slope-index:unmet-need-per-1000')).toContain('T1 waits')
    expect(textFor('slope-index:treated-per-need')).toContain('T1 waits')
  })

  it('fits 80 columns however many targets there are and whatever they are called', () => {
    const title = `${'x'.repeat(300)}\u001B[2J\n<b>`
    const targets = Array.from({ length: 50 }, (_, index) => ({ ...results.study.targets[0], id: `t${index}`, title }))
    const outcomes = results.scenarios.flatMap(({ id }) =>
      targets.map((target) => ({ ...results.targets[0], scenario: id, target })),
    )
    const many = targetLines({ ...results, study: { ...results.study, targets }, targets: outcomes }, plain)
    for (const line of many) {
      expect(Array.from(line).length).toBeLessThanOrEqual(80)
      expect(line).not.toMatch(/\p{Cc}/u)
    }
    expect(many.join(' ').match(/\bT50\b/g)).toHaveLength(2)
  })
})

/** A queue of two groups that shortens with the plan only: 1,500 wait at the start. */
const STUDY = `schemaVersion: 1
name: queue
baseline:
  groups: [50000, 50000]
  specialties:
    - code: T_001
      clockStartsPerWeek: 100
      waiting: [100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100]
      firstAppointmentsPerWeek: 100
      admissionsPerWeek: 30
      admittedShare: 0.25
time: { start: 2026-04-06, weeks: 30 }
replications: 3
scenarios:
  as-now: {}
  plan:
    invest: [{ lever: capacity, budget: { perYear: 1500000 } }]
targets:
  - { id: shorter, measure: waiting, atMost: 1200, by: 2026-09-30, required: REQUIRED }
  - { id: even, measure: "slope-index:within-18-weeks", within: 0.5, by: 2026-09-30 }
`

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-targets-'))
  for (const [name, required] of [['plan', '[plan]'], ['all', 'true'], ['none', 'false']]) {
    writeFileSync(join(folder, `${name}.yaml`), STUDY.replace('REQUIRED', required))
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface SummaryTarget {
  readonly scenario: string
  readonly target: string
  readonly date: string
  readonly required: boolean
  readonly probability: number
  readonly mean: number
}

const summaryOf = (out: string): { rows: Record<string, unknown>[]; targets: SummaryTarget[] } =>
  JSON.parse(readFileSync(join(folder, out, 'summary.json'), 'utf8')) as ReturnType<typeof summaryOf>

describe('fairwait run with targets', () => {
  it('writes every scenario and target to summary.json, the same bytes with one worker and with two', async () => {
    const runs = ['1', '2'].map((workers) =>
      fairwait(['run', 'plan.yaml', '--out', `w${workers}`, '--workers', workers], folder),
    )
    const [{ stdout }] = await Promise.all(runs)
    const { targets } = summaryOf('w1')
    expect(targets.map(({ scenario, target, required }) => [scenario, target, required])).toEqual([
      ['as-now', 'shorter', false],
      ['as-now', 'even', false],
      ['plan', 'shorter', true],
      ['plan', 'even', false],
    ])
    expect(targets.map(({ probability }) => probability)).toEqual([0, 1, 1, 1])
    expect(readFileSync(join(folder, 'w2', 'summary.json'))).toEqual(readFileSync(join(folder, 'w1', 'summary.json')))
    expect(stdout).toMatch(/^plan +100%\* /m)
    const report = readFileSync(join(folder, 'w1', 'report.html'), 'utf8')
    expect(report).toContain('Waiting: at most 1,200 pathways by 30 September 2026')
  })

  it('gives the value that series.csv has on the same date', async () => {
    await commandIn(['run', 'plan.yaml', '--out', 'series', '--quiet'], folder)
    const csv = readFileSync(join(folder, 'series', 'series.csv'), 'utf8').split('\n')
    for (const { scenario, date, mean, target } of summaryOf('series').targets) {
      const series = target === 'shorter' ? 'all,all,waiting' : 'deprivation,gap,slope-index:within-18-weeks'
      const row = csv.find((line) => line.startsWith(`${scenario},${date},`) && line.includes(`,all,all,${series},`))
      expect(Number(row?.split(`,${series},`)[1].split(',')[0])).toBe(mean)
    }
  })
})

describe('fairwait run --check', () => {
  it('ends with 0 where every required target is met', async () => {
    const met = ['run', 'plan.yaml', '--out', 'met', '--check', '--quiet']
    const { code, stderr } = await commandIn(met, folder)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('ends with 4 where one is missed, says which and by what, and writes the results all the same', async () => {
    const missed = ['run', 'all.yaml', '--out', 'missed', '--check', '--quiet']
    const { code, stdout, stderr } = await fairwait(missed, folder)
    expect(code).toBe(4)
    expect(stderr.replace(/1,\d\d\d on/, '1,NNN on')).toBe(
      'A required target is not met:\n' +
        '  as-now: shorter (Waiting: at most 1,200 pathways by 30 September 2026): ' +
        'met in 0% of runs; mean 1,NNN on 4 October 2026\n',
    )
    expect(existsSync(join(folder, stdout.trim()))).toBe(true)
  })

  it('asks nothing of a run that does not say --check', async () => {
    const { code } = await commandIn(['run', 'all.yaml', '--out', 'unchecked', '--quiet'], folder)
    expect(code).toBe(0)
  })

  it('does not take a target for met that the run is too short to judge', async () => {
    const short = ['run', 'plan.yaml', '--out', 'short', '--weeks', '8', '--check', '--quiet']
    const { code, stderr } = await commandIn(short, folder)
    expect(code).toBe(4)
    expect(stderr).toContain('plan: shorter')
    expect(stderr).toContain('cannot be judged, since the projection ends before 30 September 2026')
  })

  it.each([
    ['no target is required', ['none.yaml']],
    ['the scenario that must meet it is left out', ['plan.yaml', '--scenario', 'as-now']],
  ])('is refused with 3, before anything is simulated, where %s', async (_, args) => {
    const { code, stderr } = await commandIn(['run', ...args, '--out', 'nothing', '--check'], folder)
    expect(code).toBe(3)
    expect(stderr).toContain(`${args[0]} targets: --check has nothing to check: no target is required in the scenarios`)
    expect(existsSync(join(folder, 'nothing'))).toBe(false)
  })
})
