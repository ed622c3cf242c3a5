import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { abandonResults, prepareResultsFolder, replaceResults } from '../../src/results/results-folder.ts'

/** Turns of the event loop until something is done. */
async function turnsUntil(work: Promise<unknown>): Promise<number> {
  let turns = 0
  const turn = (): void => {
    turns += 1
    next = setImmediate(turn)
  }
  let next = setImmediate(turn)
  await work
  clearImmediate(next)
  return turns
}

/** A process id that no process has: beyond the largest that Linux gives. */
const DEAD = 4_194_305
const TAG = hostname().replaceAll(/[^\w]/g, '_')

describe('putting results in place', () => {
  let root: string
  let out: string
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'fairwait-folder-'))
    out = join(root, 'study')
  })
  afterEach(() => rm(root, { recursive: true, force: true }))

  const writer = (text: string) => async (stage: string) => {
    await writeFile(join(stage, 'series.csv'), text)
    await writeFile(join(stage, 'manifest.json'), text)
  }
  const leave = async (state: string, pid: number, text: string): Promise<string> => {
    const path = join(root, `.study.fairwait-${state}-${TAG}-${pid}`)
    await mkdir(path)
    await writeFile(join(path, 'series.csv'), text)
    return path
  }

  it('makes the folder and its parents', async () => {
    out = join(root, 'a', 'b')
    await replaceResults(out, writer('new'))
    expect(await readFile(join(out, 'series.csv'), 'utf8')).toBe('new')
    expect(await readdir(join(root, 'a'))).toEqual(['b'])
  })

  it('replaces old results as a whole, dropping files that the new ones lack', async () => {
    await mkdir(out)
    await writeFile(join(out, 'report.html'), 'old')
    await replaceResults(out, writer('new'))
    expect((await readdir(out)).toSorted()).toEqual(['manifest.json', 'series.csv'])
    expect(await readdir(root)).toEqual(['study'])
  })

  it("leaves other people's files alone", async () => {
    await mkdir(out)
    await writeFile(join(out, 'notes.txt'), 'mine')
    await writeFile(join(out, 'series.csv'), 'old')
    await replaceResults(out, writer('new'))
    expect(await readFile(join(out, 'notes.txt'), 'utf8')).toBe('mine')
    expect(await readFile(join(out, 'series.csv'), 'utf8')).toBe('new')
    expect(await readdir(root)).toEqual(['study'])
  })

  it('is given up or finished by the time that an interrupt has tidied up, at whatever moment it comes', async () => {
    const seen = new Set<string>()
    await replaceResults(out, writer('old'))
    const turnsOfAll = await turnsUntil(replaceResults(out, writer('old')))
    // From before anything is done to half as long again as everything took.
    for (let moment = 0; moment < 60; moment++) {
      await replaceResults(out, writer('old'))
      const work = replaceResults(out, writer('new')).catch(() => undefined)
      for (let turn = 0; turn < (turnsOfAll * moment) / 40; turn++) await new Promise(setImmediate)
      await abandonResults(out)
      expect(await readdir(root)).toEqual(['study'])
      const [series, manifest] = await Promise.all(['series.csv', 'manifest.json'].map((name) => readFile(join(out, name), 'utf8')))
      expect(series).toBe(manifest)
      seen.add(series)
      await work
      expect(await readdir(root)).toEqual(['study'])
    }
    expect(seen).toEqual(new Set(['old', 'new']))
  })

  it('keeps the old results and leaves nothing of the new when writing fails', async () => {
    await replaceResults(out, writer('old'))
    await expect(
      replaceResults(out, async (stage) => {
        await writer('new')(stage)
        throw Object.assign(new Error('write'), { code: 'ENOSPC', syscall: 'write' })
      }),
    ).rejects.toThrow(/no space left/)
    expect(await readFile(join(out, 'series.csv'), 'utf8')).toBe('old')
    expect(await readdir(root)).toEqual(['study'])
  })

  it('deletes what a killed process left half-written, and keeps the old results', async () => {
    await replaceResults(out, writer('old'))
    await leave('partial', DEAD, 'half')
    await prepareResultsFolder(out)
    expect(await readdir(root)).toEqual(['study'])
    expect(await readFile(join(out, 'series.csv'), 'utf8')).toBe('old')
  })

  it('finishes what a process was killed while putting in place', async () => {
    await replaceResults(out, writer('old'))
    await leave('sealed', DEAD, 'new')
    await prepareResultsFolder(out)
    expect(await readdir(root)).toEqual(['study'])
    expect(await readFile(join(out, 'series.csv'), 'utf8')).toBe('new')
  })

  it('has the new results after a kill between the two renames', async () => {
    await leave('old', DEAD, 'old')
    await leave('sealed', DEAD, 'new')
    await prepareResultsFolder(out)
    expect(await readdir(root)).toEqual(['study'])
    expect(await readFile(join(out, 'series.csv'), 'utf8')).toBe('new')
  })

  it('does not touch the temporary folder of a process that runs, or of another host', async () => {
    const running = await leave('partial', process.ppid, 'theirs')
    const elsewhere = join(root, `.study.fairwait-partial-other_host-${DEAD}`)
    await mkdir(elsewhere)
    await prepareResultsFolder(out)
    expect(await readFile(join(running, 'series.csv'), 'utf8')).toBe('theirs')
    expect(await readdir(elsewhere)).toEqual([])
  })

  it('refuses a path that is a file, or that leads through one, in words', async () => {
    await writeFile(out, 'a file')
    await expect(replaceResults(out, writer('new'))).rejects.toThrow(/this is a file; choose another folder/)
    await expect(replaceResults(join(out, 'below'), writer('new'))).rejects.toThrow(UserError)
    expect(await readFile(out, 'utf8')).toBe('a file')
    expect(await readdir(root)).toEqual(['study'])
  })

  it('lets a defect through as it is', async () => {
    await expect(replaceResults(out, () => Promise.reject(new TypeError('a defect')))).rejects.toThrow(TypeError)
    expect(await readdir(root)).toEqual([])
  })
})
