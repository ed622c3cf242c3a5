import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareVersions, readChangelog, releasesBetween, releasesIn } from '../../src/cli/changelog.ts'
import { migrateFile } from '../../src/cli/migrate.ts'
import type { MigrationStep } from '../../src/scenario/migrate.ts'
import { commandIn } from '../captured-command.ts'
import { fairwait } from './fairwait-process.ts'

const LABORATORY = fileURLToPath(new URL('../../scenarios/laboratory.yaml', import.meta.url))
const PACKAGE = fileURLToPath(new URL('../../package.json', import.meta.url))
const VERSION = (JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string }).version

/** Made up. */
const STEPS: readonly MigrationStep[] = [
  { from: 1, migrate: ({ name, ...data }) => ({ data: { ...data, id: name }, changes: ['name is now called id'] }) },
]

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-migrate-'))
  writeFileSync(join(folder, 'newer.yaml'), 'schemaVersion: 2\nname: newer\n')
  for (const [name, manifest] of Object.entries({
    first: { format: 'fairwait-manifest', engine: { name: 'fairwait', version: '0.1.0' } },
    same: { format: 'fairwait-manifest', engine: { name: 'fairwait', version: VERSION } },
    later: { format: 'fairwait-manifest', engine: { name: 'fairwait', version: '99.0.0' } },
    odd: { format: 'fairwait-manifest', engine: { name: 'fairwait', version: '\u001B[2J' } },
    other: { format: 'another' },
  })) {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, 'manifest.json'), JSON.stringify(manifest))
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('fairwait migrate STUDY', () => {
  it('has nothing to change in a study of the newest version, and writes nothing', async () => {
    const { code, stdout, stderr } = await fairwait(['migrate', LABORATORY, '--out', 'never.yaml'], folder)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.replaceAll('\n', ' ')).toContain('schema version 1 is the newest; nothing to change.')
    expect(readdirSync(folder)).not.toContain('never.yaml')
  })

  it('refuses a newer study with 3, its place and what to do', async () => {
    const { code, stdout, stderr } = await commandIn(['migrate', 'newer.yaml'], folder)
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toBe('newer.yaml:1:16 schemaVersion: is 2, of a newer Fairwait than this one, which reads up to 1; use the newer one, or write the study for version 1\n')
  })

  it('writes what a step made of an older study, once, and never over a file that is there', async () => {
    const out = join(folder, 'migrated.yaml')
    const { lines, data } = await migrateFile(LABORATORY, out, STEPS)
    expect(data).toEqual({ kind: 'study', from: 1, to: 2, changes: ['name is now called id'], written: out })
    expect(lines).toContain('- name is now called id')
    const { name, ...rest } = parse(readFileSync(LABORATORY, 'utf8')) as Record<string, unknown>
    expect(parse(readFileSync(out, 'utf8'))).toEqual({ ...rest, id: name, schemaVersion: 2 })
    const text = readFileSync(out, 'utf8')
    await expect(migrateFile(LABORATORY, out, STEPS)).rejects.toThrow('there is such a file already')
    expect(readFileSync(out, 'utf8')).toBe(text)
    await expect(migrateFile(LABORATORY, join(folder, 'nowhere', 'x.yaml'), STEPS)).rejects.toThrow(/cannot be written: there is no such folder\. Nothing was left half-written; name another file with --out FILE/)
  })

  it('says what it would change where no file is named, and writes nothing', async () => {
    const before = readdirSync(folder)
    expect((await migrateFile(LABORATORY, undefined, STEPS)).lines.at(-1)).toBe('Nothing was written; --out FILE writes the study.')
    expect(readdirSync(folder)).toEqual(before)
  })
})

describe('fairwait migrate FOLDER', () => {
  it('says what has changed since the version that wrote the results, and leaves them alone', async () => {
    const { code, stdout } = await commandIn(['migrate', 'first'], folder)
    expect(code).toBe(0)
    expect(stdout).toContain(`first: written by version 0.1.0; this is version ${VERSION}. Since then:`)
    expect(stdout).toMatch(/^Version 0\.2\.0\n\nEvery mechanism in the engine/m)
    expect(stdout).not.toContain('Version 0.1.0')
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(readdirSync(join(folder, 'first'))).toEqual(['manifest.json'])
  })

  it('prints the same as data', async () => {
    const { stdout } = await commandIn(['migrate', 'first', '--json'], folder)
    const { format, version, kind, from, to, changes } = JSON.parse(stdout) as Record<string, unknown> & { changes: string[] }
    expect({ format, version, kind, from, to }).toEqual({ format: 'fairwait-migrate', version: 1, kind: 'results', from: '0.1.0', to: VERSION })
    expect(changes.length).toBeGreaterThan(5)
  })

  it('has nothing to say of results of its own version', async () => {
    expect((await commandIn(['migrate', 'same'], folder)).stdout.replaceAll('\n', ' ')).toContain('nothing has changed')
  })

  it.for([
    ['later', /later.manifest\.json: was written by version 99\.0\.0, and this is version/],
    ['odd', /odd.manifest\.json: does not say which version/],
    ['other', /other.manifest\.json: does not say which version/],
    ['.', /manifest\.json: does not say which version/],
    ['nowhere', /nowhere: there is no such file/],
  ] as const)('refuses %s with 3', async ([name, message]) => {
    const { code, stdout, stderr } = await commandIn(['migrate', name], folder)
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toMatch(message)
  })
})

describe('the changelog', () => {
  it('has a section for this version, and versions that only fall', async () => {
    const versions = (await readChangelog()).map((release) => release.version)
    expect(versions).toContain(VERSION)
    expect(versions).toEqual(versions.toSorted((a, b) => compareVersions(b, a)))
  })

  it('is read section by section, entries on one line without marks', () => {
    const releases = releasesIn('# Changelog\n\nText.\n\n## 0.10.0 (soon)\n\nAll of\nit.\n\n- **One** `a`\n  and more\n- Two\n\n## 0.9.1\n\n- Three\n')
    expect(releases).toEqual([
      { version: '0.10.0', entries: ['All of it.', '- One a and more', '- Two'] },
      { version: '0.9.1', entries: ['- Three'] },
    ])
    expect(releasesBetween(releases, '0.9.1', '0.10.0').map(({ version }) => version)).toEqual(['0.10.0'])
    expect(releasesBetween(releases, '0.9.0', '0.9.9').map(({ version }) => version)).toEqual(['0.9.1'])
  })
})
