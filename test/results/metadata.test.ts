import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEngine } from '../../src/results/engine.ts'
import { writeResults } from '../../src/results/write-results.ts'
import { fixtureResults } from './fixture.ts'

const INPUTS = [
  { path: 'scenarios/recovery.yaml', sha256: 'ef'.repeat(32) },
  { path: 'baselines/QYG-2026-01.json', sha256: '01'.repeat(32) },
]

let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-metadata-'))
  await writeResults(fixtureResults({ hostileText: '=1+1,"\n<&>' }), folder, INPUTS)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const read = (name: string): Buffer => readFileSync(join(folder, name))
const json = (name: string): unknown => JSON.parse(read(name).toString('utf8'))

/** What the Frictionless Data Package and Tabular Data Resource specifications (version 1) ask of a descriptor. */
interface Resource {
  readonly name: string
  readonly path: string
  readonly profile?: string
  readonly format: string
  readonly mediatype: string
  readonly encoding?: string
  readonly bytes: number
  readonly hash: string
  readonly schema?: { readonly fields: readonly { readonly name: string; readonly type: string; readonly description: string }[]; readonly missingValues: readonly string[] }
}

/** Lexical forms of the types that are used, by the Table Schema specification. */
const FORMS: Readonly<Record<string, RegExp>> = {
  string: /^[^]*$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  integer: /^-?\d+$/,
  number: /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i,
}

describe('datapackage.json', () => {
  const resources = (): readonly Resource[] => (json('datapackage.json') as { resources: Resource[] }).resources

  it('is a data package by its specification: names, paths, licence', () => {
    const { profile, name, licenses } = (json('datapackage.json') as { profile: string; name: string; licenses: { name: string; path: string }[] })
    expect(profile).toBe('data-package')
    expect(name).toMatch(/^[a-z0-9._-]+$/)
    for (const licence of licenses) expect([licence.name, new URL(licence.path).protocol]).toEqual(['OGL-UK-3.0', 'https:'])
    expect(new Set(resources().map((each) => each.name)).size).toBe(resources().length)
    for (const each of resources()) {
      expect(each.name).toMatch(/^[a-z0-9._-]+$/)
      expect(each.path).toMatch(/^(?!\/|\.\.|[a-z]+:)[\w.-]+$/)
      expect(each.mediatype).toMatch(/^[a-z]+\/[\w.+-]+$/)
    }
  })

  it('describes every file but those that are written after it, with its true size and hash', () => {
    const described = resources().map(({ path }) => path).toSorted()
    expect(described).toEqual(readdirSync(folder).filter((name) => !['datapackage.json', 'manifest.json', 'ro-crate-metadata.json'].includes(name)).toSorted())
    for (const { path, bytes, hash } of resources()) {
      expect([path, bytes, hash]).toEqual([path, statSync(join(folder, path)).size, `sha256:${createHash('sha256').update(read(path)).digest('hex')}`])
    }
  })

  it('gives each CSV file the columns and types that it has, row by row', () => {
    const tables = resources().filter(({ format }) => format === 'csv')
    expect(tables.length).toBeGreaterThanOrEqual(5)
    for (const { path, profile, encoding, schema } of tables) {
      expect([path, profile, encoding, schema?.missingValues]).toEqual([path, 'tabular-data-resource', 'utf-8', ['']])
      const [head, ...rows] = parse(read(path))
      const fields = schema?.fields ?? []
      expect([path, head]).toEqual([path, fields.map(({ name }) => name)])
      expect(fields.every(({ description }) => description.length > 5)).toBe(true)
      for (const [column, { name, type }] of fields.entries()) {
        const wrong = rows.find((row) => row[column] !== '' && !FORMS[type].test(row[column]))
        expect([path, name, type, wrong?.[column]]).toEqual([path, name, type, undefined])
      }
    }
  })
})

type Entity = Readonly<Record<string, unknown>> & { readonly '@id': string; readonly '@type': string }

describe('ro-crate-metadata.json', () => {
  const graph = (): readonly Entity[] => (json('ro-crate-metadata.json') as { '@graph': Entity[] })['@graph']
  const entity = (id: string): Entity => graph().find((each) => each['@id'] === id) ?? { '@id': '', '@type': '' }
  const ids = (value: unknown): string[] => [value].flat().map((each) => (each as { '@id': string })['@id'])

  it('is a crate by version 1.1 of its specification: context, descriptor, root', () => {
    expect((json('ro-crate-metadata.json') as { '@context': string })['@context']).toBe('https://w3id.org/ro/crate/1.1/context')
    expect(entity('ro-crate-metadata.json')).toMatchObject({
      '@type': 'CreativeWork',
      conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
      about: { '@id': './' },
    })
    const root = entity('./')
    expect(root['@type']).toBe('Dataset')
    for (const key of ['name', 'description']) expect(String(root[key]).length).toBeGreaterThan(3)
    expect(root['datePublished']).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(Math.abs(Date.parse(String(root['datePublished'])) - Date.now())).toBeLessThan(2 * 86_400_000)
    expect(new URL(ids(root['license'])[0]).protocol).toBe('https:')
  })

  it('is flat, with every entity once and no reference to one that is not there', () => {
    const known = graph().map((each) => each['@id'])
    expect(new Set(known).size).toBe(known.length)
    const outside = ['https://w3id.org/ro/crate/1.1']
    for (const each of graph()) {
      for (const value of Object.values(each).flat().filter((item) => typeof item === 'object' && item !== null)) {
        expect(Object.keys(value)).toEqual(['@id'])
        expect([...known, ...outside]).toContain((value as Entity)['@id'])
      }
    }
  })

  it('has every other file of the folder as its part', () => {
    const parts = ids(entity('./')['hasPart'])
    expect(parts.toSorted()).toEqual(readdirSync(folder).filter((name) => name !== 'ro-crate-metadata.json').toSorted())
    for (const id of parts) expect(entity(id)).toMatchObject({ '@type': 'File', name: id, encodingFormat: expect.stringMatching(/^[a-z]+\//) as string })
  })

  it('says what made the files, and from what', async () => {
    const { name, version } = await readEngine()
    const run = graph().find((each) => each['@type'] === 'CreateAction')
    expect(entity(ids(run?.['instrument'])[0])).toMatchObject({ '@type': 'SoftwareApplication', name, softwareVersion: version })
    expect(ids(run?.['object']).map((id) => ({ path: entity(id)['name'], sha256: entity(id)['sha256'] }))).toEqual(INPUTS)
    expect(ids(run?.['result'])).toEqual(ids(entity('./')['hasPart']))
  })
})
