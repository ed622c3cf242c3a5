/** What commands write beside results folders: whole, or not at all. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrateFile } from '../../src/cli/migrate.ts'
import { prepareFile, prepareFolder, writeFileAside, writeFiles } from '../../src/cli/write-files.ts'
import { prepareResultsFolder } from '../../src/results/results-folder.ts'
import { openRunStore } from '../../src/results/store/run-store.ts'
import type { StudyData } from '../../src/scenario/migrate.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-write-files-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const LARGE = 'x'.repeat(100_000)

describe('files that a command writes', () => {
  it('stand in their folder, which is made, and nothing stands beside them', async () => {
    await writeFiles(join(folder, 'new/deep'), { 'a.csv': 'a\n', 'b.json': '{}' })
    expect(readdirSync(join(folder, 'new/deep')).toSorted()).toEqual(['a.csv', 'b.json'])
    await writeFileAside(join(folder, 'one/fit.json'), '{}')
    expect(readdirSync(join(folder, 'one'))).toEqual(['fit.json'])
  })

  it('are refused in words where a folder or a file is in the way, and leave no part of themselves', async () => {
    mkdirSync(join(folder, 'taken/fit.json'), { recursive: true })
    writeFileSync(join(folder, 'a-file'), 'as it was')
    await expect(writeFileAside(join(folder, 'taken/fit.json'), '{}')).rejects.toThrow(/fit\.json: cannot be written: there is a folder of that name\. .*--out FILE$/)
    await expect(prepareFile(join(folder, 'taken/fit.json'))).rejects.toThrow(/fit\.json: cannot be written: there is a folder of that name/)
    await expect(prepareFile(join(folder, 'a-file'))).resolves.toBeUndefined()
    await expect(writeFiles(join(folder, 'a-file'), { 'a.csv': '' })).rejects.toThrow(/a-file: the results cannot be written: part of the path is a file/)
    await expect(prepareFolder(join(folder, 'a-file/below'))).rejects.toThrow(/part of the path is a file/)
    expect(readdirSync(join(folder, 'taken'))).toEqual(['fit.json'])
    expect(readFileSync(join(folder, 'a-file'), 'utf8')).toBe('as it was')
  })
})

describe('a small disk', () => {
  const mounted = (options: string): boolean => {
    mkdirSync(join(folder, 'disk'), { recursive: true })
    return process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', join(folder, 'disk')]).status === 0
  }
  const reason = 'a small file system can only be mounted by root on Linux'

  it('that is full is told, and nothing is left on it: no file of several, and no half of a migrated study', async ({ skip }) => {
    if (!mounted('size=64k')) skip(reason)
    try {
      await expect(writeFiles(join(folder, 'disk'), { 'a.csv': 'a\n', 'b.csv': LARGE })).rejects.toThrow(/no space left on the disk/)
      await expect(writeFileAside(join(folder, 'disk/fit.json'), LARGE)).rejects.toThrow(/no space left on the disk/)
      writeFileSync(join(folder, 'old.yaml'), `schemaVersion: 1\ndescription: ${LARGE}\n`)
      const steps = [{ from: 1, migrate: (data: StudyData) => ({ data, changes: [] }) }]
      await expect(migrateFile(join(folder, 'old.yaml'), join(folder, 'disk/new.yaml'), steps)).rejects.toThrow(/no space left on the disk/)
      expect(readdirSync(join(folder, 'disk'))).toEqual([])
    } finally {
      spawnSync('umount', [join(folder, 'disk')])
    }
  })

  it('that is read-only is told as that, however far below it a folder is named', async ({ skip }) => {
    if (!mounted('size=1m,ro')) skip(reason)
    try {
      for (const path of ['disk', 'disk/below', 'disk/far/below']) {
        await expect(prepareFolder(join(folder, path))).rejects.toThrow(/the disk is read-only/)
        await expect(prepareResultsFolder(join(folder, path))).rejects.toThrow(/the disk is read-only/)
        expect(() => openRunStore(join(folder, path), 'fairwait 0.0.0')).toThrow(/the disk is read-only/)
      }
    } finally {
      spawnSync('umount', [join(folder, 'disk')])
    }
  })
})
