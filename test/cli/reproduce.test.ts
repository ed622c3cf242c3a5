import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandIn } from '../captured-command.ts'
import { fairwait } from './fairwait-process.ts'

const LABORATORY = fileURLToPath(new URL('../../scenarios/laboratory.yaml', import.meta.url))

interface Manifest {
  engine: { version: string }
  study: { seed: string }
  outputs: { path: string; bytes: number; sha256: string }[]
}

let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-reproduce-test-'))
  const { code, stderr } = await commandIn(['run', LABORATORY, '--weeks', '20', '--replications', '2', '--out', 'made', '--quiet'], folder)
  if (code !== 0) throw new Error(stderr)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const manifestOf = (name: string): Manifest => JSON.parse(readFileSync(join(folder, name, 'manifest.json'), 'utf8')) as Manifest
const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

/** A copy of the folder, changed. */
function copy(name: string, change: (path: string, manifest: Manifest) => void): string {
  const path = join(folder, name)
  cpSync(join(folder, 'made'), path, { recursive: true })
  const manifest = manifestOf(name)
  change(path, manifest)
  writeFileSync(join(path, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`)
  return name
}

/** The manifest says what the files are, as if another version had made them so. */
function agree(path: string, manifest: Manifest): void {
  manifest.outputs = manifest.outputs.map((output) => ({ ...output, sha256: sha256(join(path, output.path)) }))
}

describe('fairwait reproduce', () => {
  it('runs a folder again with any number of workers, and finds every file the same', async () => {
    const { code, stdout, stderr } = await fairwait(['reproduce', 'made', '--workers', '1'], folder)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(`All ${manifestOf('made').outputs.length} files came out the same`)
  })

  it('says with 4 which files differ and where they part', async () => {
    const name = copy('other-numbers', (path, manifest) => {
      const text = readFileSync(join(path, 'series.csv'), 'utf8').split('\n')
      text[3] = text[3].replace(/waiting,[\d.]+/, 'waiting,7')
      writeFileSync(join(path, 'series.csv'), text.join('\n'))
      writeFileSync(join(path, 'runs.parquet'), Buffer.concat([readFileSync(join(path, 'runs.parquet')), Buffer.from([0])]))
      agree(path, manifest)
    })
    const { code, stdout, stderr } = await fairwait(['reproduce', name], folder)
    expect(code).toBe(4)
    expect(stdout).toMatch(/^series\.csv +different\n  series\.csv: line 4\n    then .*waiting,7,.*\n    now  .*waiting,/m)
    const bytes = readFileSync(join(folder, 'made', 'runs.parquet')).length
    expect(stdout).toContain(`byte ${(bytes + 1).toLocaleString('en-GB')} of ${(bytes + 1).toLocaleString('en-GB')} then, ${bytes.toLocaleString('en-GB')} now`)
    expect(stderr).toContain('2 files came out different: series.csv, runs.parquet')
  })

  it('tells another study by its numbers, as data where JSON is asked for', async () => {
    const name = copy('other-seed', (_, manifest) => {
      manifest.study.seed = 'other'
    })
    const { code, stdout } = await commandIn(['reproduce', name, '--json'], folder)
    expect(code).toBe(4)
    const { format, version, files } = JSON.parse(stdout) as { format: string; version: number; files: { file: string; same: boolean; before: string }[] }
    expect({ format, version }).toEqual({ format: 'fairwait-reproduce', version: 1 })
    expect(files.find(({ file }) => file === 'series.csv')).toMatchObject({ same: false, before: sha256(join(folder, 'made', 'series.csv')) })
  })

  it('says that another version made the folder', async () => {
    const name = copy('other-version', (_, manifest) => {
      manifest.engine.version = '0.0.9'
    })
    const { code, stderr } = await commandIn(['reproduce', name], folder)
    expect(code).toBe(0)
    expect(stderr).toMatch(/version 0\.0\.9 wrote this folder, and this is\s+version/)
  })

  it.for([
    ['a file that is missing', (path: string) => unlinkSync(join(path, 'gaps.csv')), /gaps\.csv: is named in manifest\.json and is not there/],
    ['a file that was changed', (path: string) => writeFileSync(join(path, 'gaps.csv'), 'x'), /gaps\.csv: was changed after it was written/],
  ] as const)('refuses a folder with %s, with 3, before anything is run', async ([, damage, message]) => {
    const name = copy(`damaged-${message.source.length}`, (path) => damage(path))
    const { code, stdout, stderr } = await commandIn(['reproduce', name], folder)
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toMatch(message)
  })

  it.for([
    [['reproduce', 'nowhere'], /nowhere: there is no such folder/],
    [['reproduce', LABORATORY], /is a file/],
    [['report', 'nowhere'], /nowhere: there is no such folder/],
    [['reproduce', '.'], /manifest\.json: is not in the folder/],
  ] as const)('%j is refused with 3', async ([args, message]) => {
    const { code, stderr } = await commandIn(args, folder)
    expect(code).toBe(3)
    expect(stderr).toMatch(message)
  })
})

describe('fairwait report', () => {
  it('makes the same report again from the other files, and says so', async () => {
    const { code, stdout } = await commandIn(['report', 'made'], folder)
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${join('made', 'report.html')} (as it was)\n` })
    expect(sha256(join(folder, 'made', 'report.html'))).toBe(manifestOf('made').outputs.find(({ path }) => path === 'report.html')?.sha256)
  })

  it('puts a missing or older report right, and keeps hashes and folder in step', async () => {
    const name = copy('older', (path, manifest) => {
      writeFileSync(join(path, 'report.html'), '<p>older</p>')
      agree(path, manifest)
    })
    expect((await commandIn(['report', name], folder)).stdout).toBe(`${join('older', 'report.html')}\n`)
    expect(sha256(join(folder, 'older', 'report.html'))).toBe(sha256(join(folder, 'made', 'report.html')))
    expect((await commandIn(['reproduce', name], folder)).code).toBe(0)
  })

  it('says what to do where the report cannot be written, which is not to name another folder', async () => {
    const path = join(folder, 'closed')
    cpSync(join(folder, 'made'), path, { recursive: true })
    rmSync(join(path, 'report.html'))
    mkdirSync(join(path, 'report.html'))
    const { code, stderr } = await commandIn(['report', 'closed'], folder)
    expect(code).toBe(1)
    expect(stderr).toContain('closed: the report cannot be written')
    expect(stderr).toContain('copy the folder to where you may write')
    expect(stderr).not.toContain('--out')
  })

  it('says with 3 what the folder lacks, and leaves the report that is there', async () => {
    const name = copy('short', (path) => unlinkSync(join(path, 'differences.parquet')))
    const { code, stderr } = await commandIn(['report', name], folder)
    expect(code).toBe(3)
    expect(stderr).toContain(`${join('short', 'differences.parquet')}: is not in the folder`)
    expect(sha256(join(folder, 'short', 'report.html'))).toBe(sha256(join(folder, 'made', 'report.html')))
  })
})
