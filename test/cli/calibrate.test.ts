/** What `fairwait calibrate` looks at before it fits, which takes minutes on a whole country. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bandRow, HEADER } from '../baseline/series/week-bands.ts'
import { commandIn } from '../captured-command.ts'

const MONTHS = ['2025-09', '2025-10', '2025-11', '2025-12', '2026-01']
const SERIES = [
  HEADER,
  ...MONTHS.flatMap((month) => [
    bandRow(month, 'QYG', '1A', 'C_110', { 3: 3000, 60: 1000 }),
    bandRow(month, 'QYG', '1B', 'C_110', { 0: 4000, 20: 2000 }),
    bandRow(month, 'QYG', '2', 'C_110', { 0: 10_000, 17: 8000, 18: 70_000, 104: 1000 }),
    bandRow(month, 'QYG', '2A', 'C_110', { 0: 2000, 17: 4000 }),
    bandRow(month, 'QYG', '3', 'C_110', {}, 0, 20_000),
  ]),
].join('\n')

describe('fairwait calibrate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fairwait-calibrate-'))
  beforeAll(() => {
    writeFileSync(join(folder, 'series.csv'), `${SERIES}\n`)
    mkdirSync(join(folder, 'empty'))
    mkdirSync(join(folder, 'wrong'))
    writeFileSync(join(folder, 'wrong/QYG-2026-01.json'), '{"format":"another"}')
    writeFileSync(join(folder, 'a-file'), 'as it was')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const calibrate = (...args: string[]) => commandIn(['calibrate', 'series.csv', '--quiet', ...args], folder)

  it('writes its fit, and nothing else beside it', async () => {
    const { code, stderr } = await calibrate('--out', 'fits/fit.json')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(readFileSync(join(folder, 'fits/fit.json'), 'utf8'))).toMatchObject({ format: 'fairwait-calibration', until: '2026-01' })
  })

  it.each([
    ['empty', /QYG-2026-01\.json is not there, so the fit of QYG has nowhere to go/],
    ['wrong', /QYG-2026-01\.json: is not a baseline pack/],
  ])('refuses packs in a folder that is %s with 3, before it makes a folder for its fit', async (packs, reason) => {
    const { code, stderr } = await calibrate('--packs', packs, '--out', `for-${packs}/fit.json`)
    expect({ code, stderr }).toMatchObject({ code: 3, stderr: expect.stringMatching(reason) as string })
    expect(existsSync(join(folder, `for-${packs}`))).toBe(false)
  })

  it('ends with 1 where its folder cannot be made, in words', async () => {
    const { code, stderr } = await calibrate('--out', 'a-file/fit.json')
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('part of the path is a file, not a folder') as string })
    expect(readFileSync(join(folder, 'a-file'), 'utf8')).toBe('as it was')
  })
})
