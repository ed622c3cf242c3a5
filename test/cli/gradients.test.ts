import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BaselinePack } from '../../src/baseline/types.ts'
import { fairwait, type Finished } from './fairwait-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'fairwait-gradients-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const whole = JSON.parse(readFileSync(fileURLToPath(new URL('../../scenarios/baselines/QYG-2026-01.json', import.meta.url)), 'utf8')) as BaselinePack
const file = (name: string, pack: unknown): string => {
  writeFileSync(join(folder, name), JSON.stringify(pack))
  return name
}
/** One specialty, so that it takes seconds. */
const SMALL = file('small.json', { ...whole, specialties: whole.specialties.filter(({ code }) => code === 'C_110') })

describe('fairwait gradients', () => {
  let run: Finished
  beforeAll(async () => {
    run = await fairwait(['gradients', SMALL, '--out', 'fit.json'], folder)
  }, 240_000)

  it('prints what the figures tell, what they do not, and what makes the gap, in at most 80 columns', () => {
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' })
    expect(run.stdout).toMatch(/^Cheshire and Merseyside: gradients fitted to the published gaps$/m)
    expect(run.stdout).toMatch(/^ {2}need .* 1\.00 {2}as before$/m)
    expect(run.stdout).toMatch(/^ {2}Access to the independent sector +−/m)
    expect(run.stdout).toMatch(/Were 2% of appointments and admissions cancelled/)
    expect(Math.max(...run.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('writes the same as JSON, with the pack that it was made from, and no unrounded digits', () => {
    const written = readFileSync(join(folder, 'fit.json'), 'utf8')
    const fits = JSON.parse(written) as { format: string; areas: { unknowns: { id: string; spreadLeft: number }[] }[]; packs: { system: string }[] }
    expect(fits.format).toBe('fairwait-gradients')
    expect(fits.packs.map(({ system }) => system)).toEqual(['QYG'])
    expect(fits.areas[0].unknowns.find(({ id }) => id === 'need')?.spreadLeft).toBeGreaterThan(0.98)
    expect(written).not.toMatch(/\.\d{9}/)
  })

  it.each([
    ['an unknown system', ['gradients', 'QYX'], 3, /QYX.*did you mean/s],
    ['a file that is no pack', ['gradients', file('none.json', { format: 'else' })], 3, /none\.json/],
    ['a pack of tenths', ['gradients', file('tenths.json', tenths(whole))], 3, /tenths\.json.*10 groups/s],
    ['regions of a board', ['gradients', SMALL, '--regions'], 2, /--regions is about England/],
    ['an option that is not there', ['gradients', '--region'], 2, /unknown option/],
    ['an empty file name', ['gradients', SMALL, '--out', ''], 2, /must not be empty/],
  ] as const)('refuses %s', async (_, args, code, message) => {
    const refused = await fairwait([...args], folder)
    expect(refused.code).toBe(code)
    expect(refused.stderr).toMatch(message)
    expect(refused.stderr).not.toMatch(/\n\s+at /)
    expect(refused.stdout).toBe('')
  })

  it('leaves no half of a file where it cannot write one', async () => {
    const refused = await fairwait(['gradients', SMALL, '--out', join(SMALL, 'fit.json'), '--quiet'], folder)
    expect(refused.code).toBe(1)
    expect(refused.stderr).toMatch(/fit|small\.json/)
    expect(existsSync(join(folder, SMALL, 'fit.json'))).toBe(false)
  }, 240_000)
})

/** The same residents and lists in ten groups. */
function tenths(pack: BaselinePack): BaselinePack {
  const halves = (values: readonly number[]): number[] => values.flatMap((value) => [value / 2, value / 2])
  const { deprivation } = pack
  const rows = deprivation.populationByAge.flatMap((row) => [row.map((people) => Math.floor(people / 2)), row.map((people) => Math.ceil(people / 2))])
  return {
    ...pack,
    deprivation: {
      ...deprivation,
      population: rows.map((row) => row.reduce((a, b) => a + b, 0)),
      populationByAge: rows,
      listShare: halves(deprivation.listShare),
      startShare: halves(deprivation.startShare),
    },
  }
}
