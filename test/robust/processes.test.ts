/** Processes that are stopped, meet each other, or find a disk that does not take what they write. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import seedrandom from 'seedrandom'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadStudy } from '../../src/cli/load-study.ts'
import { createInlineBackend } from '../../src/execution/inline.ts'
import { runStudy } from '../../src/experiment/run-study.ts'
import { fairwait, startFairwait } from '../cli/fairwait-process.ts'
import { SMALL_GROUP_STUDY } from './small-study.ts'

const DESIGN = `schemaVersion: 1
name: small-sweep
study: study.yaml
method: grid
replications: 40
measures: [waiting]
factors: [{ path: "baseline.specialties[0].firstAppointmentsPerWeek", values: [50, 60] }]
`

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-processes-'))
  writeFileSync(join(folder, 'study.yaml'), SMALL_GROUP_STUDY)
  writeFileSync(join(folder, 'design.yaml'), DESIGN)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Names of what is half written, anywhere below the folder. */
const halfWritten = (): string[] => readdirSync(folder, { recursive: true }).map(String).filter((name) => /\.partial-|fairwait-(partial|sealed|old)|\.tmp$/.test(name))

/** Every file that the folder's manifest names is there, and is what the manifest says. */
function requireWhole(out: string): void {
  const { outputs } = JSON.parse(readFileSync(join(folder, out, 'manifest.json'), 'utf8')) as { outputs: { path: string; sha256: string }[] }
  for (const { path, sha256 } of outputs) expect({ path, sha256: createHash('sha256').update(readFileSync(join(folder, out, path))).digest('hex') }).toEqual({ path, sha256 })
}

const LONG: Readonly<Record<string, readonly string[]>> = {
  run: ['run', 'study.yaml', '--replications', '60', '--workers', '2'],
  sweep: ['sweep', 'design.yaml', '--workers', '2'],
  solve: ['solve', 'study.yaml', '--scenario', 'ahead', '--vary', 'scenarios.ahead.invest[0].budget.perYear', '--between', '10000', '5000000', '--target', 'waiting <= 300 by 2026-05-31', '--precision', '10', '--workers', '2'],
  sensitivity: ['sensitivity', 'study.yaml', '--on', 'scenarios.ahead.invest[0].budget.perYear=0.5:2', '--scenario', 'ahead', '--measure', 'waiting', '--runs', '4000', '--workers', '2'],
  optimise: ['optimise', 'study.yaml', '--generations', '400', '--workers', '2'],
  decompose: ['decompose', 'study.yaml', '--scenario', 'ahead', '--replications', '900', '--workers', '2'],
}
const SIGNALS: readonly (readonly [string, NodeJS.Signals, number])[] = [
  ...['run', 'sweep', 'solve'].flatMap((name) => (['SIGINT', 'SIGTERM', 'SIGINT'] as const).map((signal, index) => [name, signal, index] as const)),
  ['sensitivity', 'SIGINT', 0],
  ['optimise', 'SIGTERM', 0],
  ['decompose', 'SIGINT', 0],
]

describe('a signal at any moment', () => {
  const random = seedrandom('signals')

  it.each(SIGNALS)(
    'ends %s by %s (%i) in words or lets it end, and leaves nothing half written',
    async (name, signal) => {
      const out = `signal-${name}`
      const { child, finished } = startFairwait([...LONG[name], '--out', out], folder)
      // Later than Node needs to start: before it listens, the system itself ends a process.
      await wait(1500 + random() * 5000)
      child.kill(signal)
      const { code, stderr } = await finished
      expect([0, 4, 130, null]).toContain(code)
      expect(stderr).not.toMatch(/\n\s+at /)
      expect(stderr.includes('Interrupted')).toBe(code === 130)
      expect(halfWritten()).toEqual([])
      if (existsSync(join(folder, out, 'manifest.json'))) requireWhole(out)
    },
    120_000,
  )
})

describe('a command that takes seconds and listens to no signal', () => {
  const random = seedrandom('short')

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('is ended by %s at once: report leaves the old or the new, and can be run again', async (signal) => {
    const out = `report-${signal}`
    expect((await fairwait(['run', 'study.yaml', '--out', out, '--workers', '1', '--quiet'], folder)).code).toBe(0)
    const { child, finished } = startFairwait(['report', out], folder)
    await wait(random() * 2500)
    child.kill(signal)
    const { code, stderr } = await finished
    expect([0, null]).toContain(code)
    expect(stderr).toBe('')
    requireWhole(out)
    expect((await fairwait(['report', out], folder)).code).toBe(0)
    requireWhole(out)
  }, 120_000)
})

describe('two processes on one results folder', () => {
  it('both end in order, and the folder holds one whole set', async () => {
    const run = (seed: string) => fairwait(['run', 'study.yaml', '--out', 'shared', '--seed', seed, '--workers', '1', '--quiet'], folder)
    const both = await Promise.all([run('one'), run('two')])
    for (const { code, stderr } of both) {
      expect([0, 1]).toContain(code)
      expect(stderr).not.toMatch(/unexpected|\n\s+at /)
    }
    expect(both.some(({ code }) => code === 0)).toBe(true)
    requireWhole('shared')
    expect(halfWritten()).toEqual([])
  }, 180_000)

  it('of a sweep: the second is kept out in words, or comes when the first has ended', async () => {
    const sweep = () => fairwait(['sweep', 'design.yaml', '--out', 'shared-sweep', '--workers', '1'], folder)
    const both = await Promise.all([sweep(), sweep()])
    expect(both.some(({ code }) => code === 0)).toBe(true)
    for (const { code, stderr } of both) {
      expect([0, 1]).toContain(code)
      expect(stderr).not.toMatch(/unexpected|\n\s+at /)
    }
  }, 180_000)
})

describe('a results folder that is a symbolic link', () => {
  it('stays one, and its target gets the results', async () => {
    mkdirSync(join(folder, 'elsewhere', 'target'), { recursive: true })
    symlinkSync(join(folder, 'elsewhere', 'target'), join(folder, 'link'))
    expect((await fairwait(['run', 'study.yaml', '--out', 'link', '--workers', '1', '--quiet'], folder)).code).toBe(0)
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true)
    requireWhole(join('elsewhere', 'target'))
  }, 120_000)

  it('to nowhere is refused, and nothing is made where it points', async () => {
    symlinkSync(join(folder, 'nowhere', 'deep'), join(folder, 'dangling'))
    const { code, stderr } = await fairwait(['run', 'study.yaml', '--out', 'dangling', '--workers', '1', '--quiet'], folder)
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringMatching(/^dangling: the results cannot be written/) as string })
    expect(existsSync(join(folder, 'nowhere'))).toBe(false)
  }, 120_000)
})

describe('a disk', () => {
  const mounted = (name: string, options: string): boolean => {
    mkdirSync(join(folder, name))
    return process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', join(folder, name)]).status === 0
  }

  it.for([
    ['that is full', 'full', 'size=64k', 'no space left on the disk'],
    ['that is read-only', 'locked', 'size=1m,ro', 'read-only'],
  ])('%s is told, with exit code 1 and nothing left on it', { timeout: 120_000 }, async ([_what, name, options, reason], { skip }) => {
    if (!mounted(name, options)) skip('a small file system can only be mounted by root on Linux')
    try {
      const { code, stderr } = await fairwait(['run', 'study.yaml', '--out', join(name, 'out'), '--workers', '1'], folder)
      expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining(reason) as string })
      expect(stderr).not.toMatch(/\n\s+at /)
      expect(readdirSync(join(folder, name))).toEqual([])
    } finally {
      spawnSync('umount', [join(folder, name)])
    }
  })
})

describe('a clock that jumps', () => {
  it('back and forth changes no result, and no progress goes backwards', async () => {
    const { study } = await loadStudy(join(folder, 'study.yaml'))
    const jumps = [0, 1e12, -5e9, 3, Number.MAX_SAFE_INTEGER, -1]
    let calls = 0
    const done: number[] = []
    const jumping = await runStudy(study, createInlineBackend(), { now: () => jumps[calls++ % jumps.length], onProgress: (runs) => void done.push(runs) })
    const steady = await runStudy(study, createInlineBackend())
    expect(jumping.scenarios).toEqual(steady.scenarios)
    expect(jumping.runRows).toEqual(steady.runRows)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(calls).toBeGreaterThan(0)
  })
})
