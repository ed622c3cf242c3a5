import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ONE_QUEUE } from '../one-queue.ts'
import { commandIn } from '../captured-command.ts'
import { fairwait, startFairwait } from './fairwait-process.ts'

const LABORATORY = {
  ...ONE_QUEUE,
  replications: 2,
  parameters: { slots: 15 },
  scenarios: { 'as-it-is': {}, more: { invest: [{ lever: 'capacity', budget: { perYear: 100_000, years: 1 } }] } },
  targets: [{ id: 'short', measure: 'waiting', atMost: 600, by: '2026-10-04' }],
}
const SLOTS = ['--vary', 'baseline.specialties[0].firstAppointmentsPerWeek', '--scenario', 'as-it-is', '--between', '10', '40']
/** Slots a week at which the list is at most 600 with a probability of 80%: the quantile of Poisson(520), ÷ 26. */
const TRUE_SLOTS = 539 / 26

interface Solved {
  readonly status: string
  readonly value: number | null
  readonly lower: number | null
  readonly upper: number | null
  readonly sure: boolean
  readonly monotone: boolean
  readonly runs: { readonly ran: number; readonly stored: number }
  readonly tried: readonly { readonly value: number; readonly met: number }[]
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-solve-'))
  writeFileSync(join(folder, 'study.yaml'), JSON.stringify(LABORATORY))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function solveJson(...args: string[]): Promise<Solved> {
  const { code, stdout, stderr } = await commandIn(['solve', 'study.yaml', '--json', ...args], folder)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as Solved
}

describe('fairwait solve', () => {
  it('finds slots whose number can be reckoned by hand, within its interval', async () => {
    const { status, value, lower, upper, sure, monotone } = await solveJson(...SLOTS, '--target', 'waiting <= 600 by 2026-10-04', '--seed', 'by-hand')
    expect({ status, sure, monotone }).toEqual({ status: 'solved', sure: true, monotone: true })
    expect(lower).toBeLessThanOrEqual(TRUE_SLOTS)
    expect(upper).toBeGreaterThanOrEqual(TRUE_SLOTS)
    expect(Math.abs((value ?? 0) - TRUE_SLOTS)).toBeLessThan(0.8)
  })

  it('writes the same bytes with one worker and with two', async () => {
    const args = [...SLOTS, '--target', 'short', '--replications-cap', '17']
    await solveJson(...args, '--workers', '1', '--out', 'one')
    await solveJson(...args, '--workers', '2', '--out', 'two')
    for (const name of ['solve.json', 'solve.csv']) {
      expect(readFileSync(join(folder, 'two', name), 'utf8')).toBe(readFileSync(join(folder, 'one', name), 'utf8'))
    }
    expect(readFileSync(join(folder, 'one', 'solve.csv'), 'utf8').split('\n')[0]).toMatch(/^value,replication,margin,target,waiting/)
  })

  it('runs nothing again that a store holds, and comes to the same answer', async () => {
    const args = [...SLOTS, '--target', 'short', '--replications-cap', '17', '--store', 'kept']
    const first = await solveJson(...args)
    const again = await solveJson(...args)
    expect(first.runs.stored).toBe(0)
    expect(again.runs).toEqual({ ran: 0, stored: first.runs.ran })
    expect({ ...again, runs: null }).toEqual({ ...first, runs: null })
  })

  it('takes whole runs of "run --store" for what they are', async () => {
    const study = { ...LABORATORY, baseline: { ...LABORATORY.baseline, specialties: [{ ...LABORATORY.baseline.specialties[0], firstAppointmentsPerWeek: 10 }] } }
    writeFileSync(join(folder, 'at-ten.yaml'), JSON.stringify(study))
    const run = await commandIn(['run', 'at-ten.yaml', '--scenario', 'as-it-is', '--replications', '5', '--store', 'shared', '--quiet'], folder)
    expect(run.code).toBe(0)
    const { runs } = await solveJson(...SLOTS, '--target', 'short', '--replications-cap', '17', '--store', 'shared')
    expect(runs.stored).toBe(5)
  })

  it('prints the answer, the interval and the values tried within 80 columns', async () => {
    const { code, stdout } = await fairwait(['solve', 'study.yaml', ...SLOTS, '--target', 'short', '--replications-cap', '17'], folder)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Answer: 2\d(\.\d+)? \(96\.6% interval 2\d(\.\d+)? to 2\d(\.\d+)?\)\.$/m)
    expect(stdout).toMatch(/^2\d(\.\d+)? < +1\d 17 /m)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('varies money of a programme, which the answer names in pounds', async () => {
    const vary = ['--vary', 'scenarios.more.invest[0].budget.perYear', '--replications-cap', '8', '--probability', '0.5']
    const { stdout, code } = await commandIn(['solve', 'study.yaml', ...vary, '--target', 'waiting <= 650 by 2026-10-04'], folder)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Answer: £\d/m)
    expect(stdout.replaceAll('\n', ' ')).toContain('in at least 50% of runs of more.')
  })

  it('ends with 4 where the target cannot be met, and says how near it comes', async () => {
    const { code, stdout, stderr } = await fairwait(
      ['solve', 'study.yaml', ...SLOTS.slice(0, -2), '10', '12', '--target', 'short', '--replications-cap', '17', '--out', 'missed'],
      folder,
    )
    expect(code).toBe(4)
    expect(stdout).toContain('Cannot be met between 10 and 12.')
    expect(stdout).toContain('Nearest at 12')
    expect(stderr).toContain('the target cannot be met between 10 and 12')
    expect(existsSync(join(folder, 'missed', 'solve.json'))).toBe(true)
  })

  it('says that a target is met already', async () => {
    const solved = await solveJson(...SLOTS.slice(0, -2), '30', '40', '--target', 'short', '--replications-cap', '17')
    expect(solved).toMatchObject({ status: 'already-met', value: 30, sure: true })
  })
})

describe('what cannot be solved', () => {
  const target = ['--target', 'short']
  it.for([
    [['--vary', 'scenarios.mroe.invest[0].budget.perYear', ...target, '--between', '0', '1'], /--vary: .*did you mean "scenarios.more/],
    [['--vary', 'parameters.slots', ...target], /--scenario: is needed.*as-it-is, more/],
    [['--vary', 'parameters.slots', '--scenario', 'mor', ...target], /--scenario: unknown scenario "mor"; did you mean "more"\?/],
    [['--vary', 'scenarios.more.invest[0].allocate.theta', ...target], /--between: is needed/],
    [['--vary', 'scenarios.more.invest[0].budget.perYear', ...target, '--between', '5', '5'], /--between: the bounds run from 5 to 5/],
    [['--vary', 'scenarios.more.invest[0].budget.perYear', ...target, '--between', '-5', '5'], /--between: .*perYear = -5/],
    [['--vary', 'scenarios.more.invest[0].budget.perYear', '--target', 'sort'], /--target: unknown target "sort"; did you mean "short"\?/],
    [['--vary', 'scenarios.more.invest[0].budget.perYear', '--target', 'waiting <= 3 by 2030-01-01'], /--target by: /],
    [['--vary', 'scenarios.more.invest[0].budget.perYear', ...target, '--weeks', '4'], /--target: the target is judged on 2026-10-04, after/],
  ] as const)('%j is refused with 3, before anything is run', async ([args, message]) => {
    const { code, stdout, stderr } = await commandIn(['solve', 'study.yaml', ...args, '--out', 'refused'], folder)
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toMatch(message)
    expect(existsSync(join(folder, 'refused', 'solve.json'))).toBe(false)
  })

  it.for([
    [['--target', 'short'], /--vary is needed/],
    [['--vary', 'parameters.slots'], /--target is needed/],
    [['--vary', 'parameters.slots', '--target', 'short', '--probability', '1'], /above 0 and below 1/],
    [['--vary', 'parameters.slots', '--target', 'short', '--between', '1', '2', '3'], /two numbers/],
    [['--vary', 'parameters.slots', '--target', 'short', '--between', '1'], /two numbers/],
    [['--vary', 'parameters.slots', '--target', 'short', '--precison', '1'], /Did you mean --precision\?/],
  ] as const)('%j is wrong usage', async ([args, message]) => {
    const { code, stderr } = await commandIn(['solve', 'study.yaml', ...args], folder)
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
  })

  it('ends with 130 where it is interrupted, and leaves nothing half written', async () => {
    const { child, finished } = startFairwait(['solve', 'study.yaml', ...SLOTS, '--target', 'short', '--precision', '0.01', '--replications-cap', '4000', '--out', 'stopped'], folder)
    setTimeout(() => child.kill('SIGINT'), 4000)
    const { code } = await finished
    expect(code).toBe(130)
    expect(existsSync(join(folder, 'stopped', 'solve.json'))).toBe(false)
  }, 20_000)
})
