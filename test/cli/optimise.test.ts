import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandIn } from '../captured-command.ts'
import { fairwait } from './fairwait-process.ts'

/** Two groups, two lists, one envelope: money for appointments or for attendance, aimed or not. */
const STUDY = `schemaVersion: 1
name: split
baseline:
  groups: [50000, 50000]
  specialties:
    - code: T_001
      clockStartsPerWeek: [60, 40]
      waiting: [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200]
      firstAppointmentsPerWeek: 100
      admissionsPerWeek: 30
      admittedShare: 0.25
    - code: T_002
      clockStartsPerWeek: [20, 30]
      waiting: [100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100]
      firstAppointmentsPerWeek: 40
      admissionsPerWeek: 15
      admittedShare: 0.3
time: { start: 2026-04-06, weeks: 20 }
replications: 3
assumptions:
  dnaRate: { deprivation: { 1: 0.15, 2: 0.05 } }
scenarios:
  as-now: {}
  per-head:
    invest: [{ lever: capacity, budget: { perYear: 600000 } }]
  support:
    invest: [{ lever: attendance-support, budget: { perYear: 600000 } }]
targets:
  - { id: shorter, measure: waiting, atMost: 4000, by: 2026-08-01 }
`

/** A list that is gone by the date of its target: its mean wait is that of nobody. */
const NOBODY_LEFT = `schemaVersion: 1
name: nobody
baseline:
  groups: [5000, 5000]
  specialties:
    - { code: T_001, clockStartsPerWeek: [0.001, 0.001], waiting: [2, 2, 2, 2], firstAppointmentsPerWeek: 4, admissionsPerWeek: 4, admittedShare: 0.25 }
time: { start: 2026-04-06, weeks: 20 }
replications: 2
scenarios:
  as-now: {}
  per-head:
    invest: [{ lever: capacity, budget: { perYear: 60000 } }]
targets:
  - { id: short, measure: mean-wait, atMost: 2, by: 2026-08-01 }
`

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-optimise-'))
  writeFileSync(join(folder, 'split.yaml'), STUDY)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Estimate {
  readonly mean: number
  readonly lower: number
  readonly upper: number
}
interface Front {
  readonly evaluated: number
  readonly front: {
    readonly id: string
    readonly objectives: Record<string, Estimate>
    readonly programmes: { readonly lever: string; readonly budget: { readonly perYear: number } }[]
  }[]
  readonly scenarios: { readonly id: string; readonly beatenBy: string[]; readonly beats: string[]; readonly objectives: Record<string, Estimate> }[]
}

const SMALL = ['split.yaml', '--objectives', 'waiting', 'gap', '--population', '8', '--quiet']

const optimise = async (...args: string[]): Promise<Front> => {
  const { code, stdout, stderr } = await commandIn(['optimise', ...SMALL, '--json', ...args], folder)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as Front
}

/** What `search.json` holds, as far as it is damaged here. */
interface Saved {
  readonly search: { readonly tried: readonly { readonly variables: readonly number[] }[] }
}
type Tried = Saved['search']['tried']

const withTried = (change: (tried: Tried) => readonly unknown[]) => (saved: Saved): unknown => ({ ...saved, search: { ...saved.search, tried: change(saved.search.tried) } })
const DAMAGED: Readonly<Record<string, (saved: Saved) => unknown>> = {
  'a part is lost': withTried((tried) => tried.slice(1)),
  'splits outside their bounds': withTried((tried) => tried.map((each) => ({ ...each, variables: each.variables.map(() => 2) }))),
  'splits kept that were never tried': withTried((tried) => tried.map((each) => ({ ...each, violation: 1 }))),
  'a list': (saved) => [saved],
}

describe('fairwait optimise', () => {
  it('finds splits of exactly the envelope that beat doing nothing, and writes a study for each that runs', async () => {
    const { front, scenarios, evaluated } = await optimise('--generations', '2', '--out', 'best')
    expect(evaluated).toBe(24)
    for (const { programmes } of front) {
      expect(programmes.reduce((sum, { budget }) => sum + budget.perYear, 0)).toBe(600_000)
    }
    const asNow = scenarios.find(({ id }) => id === 'as-now')
    expect(Math.min(...front.map(({ objectives }) => objectives['waiting'].mean))).toBeLessThan(Number(asNow?.objectives['waiting'].lower))
    expect(scenarios.flatMap(({ beatenBy }) => beatenBy).length).toBeGreaterThan(0)

    const { code, stdout } = await fairwait(['run', join('best', 'choice-1.yaml'), '--scenario', 'choice-1', '--json'], folder)
    expect(code).toBe(0)
    expect(stdout).toContain('"choice-1"')
  })

  it('goes on from a stopped search to the same front, with one worker or two', async () => {
    const whole = await optimise('--generations', '2', '--out', 'whole', '--workers', '2')
    await optimise('--generations', '1', '--out', 'stopped', '--workers', '1')
    expect(await optimise('--generations', '2', '--out', 'stopped', '--resume', '--workers', '1')).toEqual(whole)
    for (const name of ['front.csv', 'search.json', 'choice-1.yaml']) {
      expect(readFileSync(join(folder, 'stopped', name), 'utf8')).toBe(readFileSync(join(folder, 'whole', name), 'utf8'))
    }
  }, 180_000)

  it('holds a target for missed where nobody is left to judge it by, and goes on from such a search as well', async () => {
    writeFileSync(join(folder, 'nobody.yaml'), NOBODY_LEFT)
    const args = ['optimise', 'nobody.yaml', '--objectives', 'mean-wait', 'spend', '--meet', 'short', '--population', '4', '--fresh', '2', '--workers', '1', '--quiet']
    const whole = await commandIn([...args, '--generations', '2', '--out', 'nobody'], folder)
    expect(whole).toMatchObject({ code: 0, stderr: '' })
    expect(whole.stdout).toMatch(/as-now +– +0/)
    expect((JSON.parse(readFileSync(join(folder, 'nobody', 'front.json'), 'utf8')) as { front: { violation: unknown }[] }).front[0].violation).toBeNull()
    await commandIn([...args, '--generations', '1', '--out', 'nobody-yet'], folder)
    expect(await commandIn([...args, '--generations', '2', '--out', 'nobody-yet', '--resume'], folder)).toMatchObject({ code: 0, stderr: '' })
    for (const name of ['front.csv', 'search.json']) {
      expect(readFileSync(join(folder, 'nobody-yet', name), 'utf8')).toBe(readFileSync(join(folder, 'nobody', name), 'utf8'))
    }
  })

  it('takes from a store what "run --store" and an earlier search left there, and finds the same', async () => {
    const args = ['optimise', ...SMALL, '--generations', '1', '--store', 'shared']
    const without = await optimise('--generations', '1', '--out', 'without')
    expect((await commandIn(['run', 'split.yaml', '--replications', '7', '--store', 'shared', '--quiet'], folder)).code).toBe(0)
    const first = await commandIn([...args, '--out', 'first'], folder)
    const runs = /(\d+) runs from the store, (\d+) simulated/.exec(first.stdout)
    // The three scenarios of the study at least, on the four fresh replications.
    expect(Number(runs?.[1])).toBeGreaterThanOrEqual(12)
    expect(Number(runs?.[2])).toBeGreaterThan(0)
    const again = await commandIn([...args, '--out', 'again', '--json'], folder)
    expect(JSON.parse(again.stdout)).toEqual(without)
    expect((await commandIn([...args, '--out', 'once-more'], folder)).stdout).toContain(' 0 simulated.')
    expect(readFileSync(join(folder, 'first', 'front.json'), 'utf8')).toBe(readFileSync(join(folder, 'without', 'front.json'), 'utf8'))
  })

  it('refuses to go on with a search of other settings, or one that is not whole', async () => {
    await optimise('--generations', '1', '--out', 'other')
    const changed = ['optimise', ...SMALL, '--generations', '2', '--out', 'other', '--resume', '--envelope', '500000']
    const { code, stderr } = await commandIn(changed, folder)
    expect(code).toBe(3)
    expect(stderr).toContain('with other settings')

    const saved = JSON.parse(readFileSync(join(folder, 'other', 'search.json'), 'utf8')) as Saved
    for (const [what, damaged] of Object.entries(DAMAGED)) {
      writeFileSync(join(folder, 'other', 'search.json'), JSON.stringify(damaged(saved)))
      const answer = await commandIn(['optimise', ...SMALL, '--generations', '2', '--out', 'other', '--resume'], folder)
      expect({ what, code: answer.code, stderr: answer.stderr }).toEqual({ what, code: 3, stderr: expect.stringContaining('the search in other cannot be read') as string })
    }
  })

  it('spends less than the envelope where spending is an objective', async () => {
    const { code, stdout } = await commandIn(
      ['optimise', 'split.yaml', '--objectives', 'waiting', 'spend', '--population', '8', '--generations', '1', '--out', 'less', '--json'],
      folder,
    )
    expect(code).toBe(0)
    const totals = (JSON.parse(stdout) as Front).front.map(({ programmes }) => programmes.reduce((sum, { budget }) => sum + budget.perYear, 0))
    expect(Math.min(...totals)).toBeLessThan(500_000)
    expect(Math.max(...totals)).toBeLessThanOrEqual(600_000)
  })

  it.each([
    [['split.yaml', '--objectives', 'waitin', 'gap'], 'did you mean "waiting"?'],
    [['split.yaml', '--objectives', 'waiting'], 'at least two different objectives'],
    [['split.yaml', '--levers', 'capcity'], 'did you mean "capacity"?'],
    [['split.yaml', '--aim', 'T_01'], 'did you mean "T_001"?'],
    [['split.yaml', '--meet', 'shortr'], 'did you mean "shorter"?'],
    [['split.yaml', '--resume'], 'holds no search to go on with'],
  ])('refuses %j with 3 and says why', async (args, reason) => {
    const { code, stderr, stdout } = await commandIn(['optimise', ...args, '--out', 'refused'], folder)
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toContain(reason)
    expect(existsSync(join(folder, 'refused'))).toBe(false)
  })
})
