/** A sweep's folder made again, run by run. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandIn, type Answer } from '../captured-command.ts'
import { FIXED_DAY, slotsDesign, writeDesign } from './sweep-fixture.ts'

let folder = ''
const run = (...args: string[]): Promise<Answer> => commandIn(args, folder, FIXED_DAY)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-sweep-reproduce-'))
  writeDesign(folder, slotsDesign(3))
  await run('sweep', 'design.yaml', '--out', 'made', '--quiet')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const pathOf = (name: string): string => join(folder, 'made', name)

describe('fairwait reproduce of a sweep', () => {
  it('runs everything again, also what was added later, and finds every file the same', async () => {
    expect((await run('expand', 'made', '--replications', '6', '--quiet')).code).toBe(0)
    const { code, stdout, stderr } = await run('reproduce', 'made', '--workers', '1', '--quiet')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('All 8 files came out the same')
  })

  it('says with 3 that a file was changed by hand, and what writes it again', async () => {
    const before = readFileSync(pathOf('points.csv'), 'utf8')
    writeFileSync(pathOf('points.csv'), `${before}7\n`)
    const { code, stderr } = await run('reproduce', 'made', '--quiet')
    writeFileSync(pathOf('points.csv'), before)
    expect(code).toBe(3)
    expect(stderr).toMatch(/points\.csv: was changed .*"fairwait collect made"/)
  })

  it('says with 4 that numbers differ, and where, though the data package was made to agree', async () => {
    const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
    const [before, description] = [readFileSync(pathOf('runs.csv'), 'utf8'), readFileSync(pathOf('datapackage.json'), 'utf8')]
    const changed = before.replace(/waiting,(\d+)/, 'waiting,1$1')
    expect(changed).not.toBe(before)
    writeFileSync(pathOf('runs.csv'), changed)
    writeFileSync(pathOf('datapackage.json'), description.replace(hashOf(before), hashOf(changed)))
    const { code, stdout, stderr } = await run('reproduce', 'made', '--quiet')
    expect(code).toBe(4)
    expect(stdout).toMatch(/runs\.csv +different\n +runs\.csv: line 2/)
    expect(stderr).toContain('2 files came out different: runs.csv, datapackage.json')
  })

  it('refuses a sweep of which nothing was collected', async () => {
    rmSync(pathOf('datapackage.json'))
    const { code, stderr } = await run('reproduce', 'made', '--quiet')
    expect(code).toBe(3)
    expect(stderr).toContain('"fairwait collect made" writes them')
  })
})
