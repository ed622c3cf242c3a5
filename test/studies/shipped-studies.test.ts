/** The studies that come with the package: each reads, says what it shows, and is described in the guide. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadStudy } from '../../src/cli/load-study.ts'
import { codeOf, systemsOf } from '../../src/scenario/baselines.ts'
import type { Study } from '../../src/scenario/study.ts'

const FOLDER = new URL('../../scenarios/', import.meta.url)
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml')).map((name) => name.slice(0, -'.yaml'.length))
const guide = readFileSync(new URL('../../docs/studies.md', import.meta.url), 'utf8')
const textOf = (name: string): string => readFileSync(new URL(`${name}.yaml`, FOLDER), 'utf8')
const load = async (name: string): Promise<Study> => (await loadStudy(fileURLToPath(new URL(`${name}.yaml`, FOLDER)))).study

/** Money asked for in a full financial year by a scenario, pounds. */
function perYear(study: Study, id: string): number {
  const scenario = study.scenarios.find((each) => each.id === id)
  if (scenario === undefined) throw new Error(`${study.name} has no scenario ${id}`)
  return scenario.invest.reduce((sum, { budget }) => sum + Number(budget.perYear), 0)
}

describe('the shipped studies', () => {
  it('are those that the guide describes, each under a heading of its own', () => {
    const described = [...guide.matchAll(/^## `([a-z0-9-]+)`/gm)].map(([, name]) => name)
    expect(described.toSorted()).toEqual(names.toSorted())
  })

  it.each(names)('%s reads without a problem, carries its file name, and gives editors its schema', async (name) => {
    expect(textOf(name).split('\n')[0]).toBe('# yaml-language-server: $schema=schema/study.draft-07.schema.json')
    const study = await load(name)
    expect(study.name).toBe(name)
    expect(study.title).not.toBe(study.name)
    expect(study.scenarios.length).toBeGreaterThan(1)
  })

  it('name only scenarios and targets that there are, where the guide names them', async () => {
    for (const name of names) {
      const [, section] = guide.split(`\n## \`${name}\``)
      const study = await load(name)
      const known = new Set([...study.scenarios.map(({ id }) => id), ...study.targets.map(({ id }) => id)])
      const rows = (section ?? '').split('\n## ')[0].split('\n').filter((line) => line.startsWith('| `'))
      const named = rows.map((row) => /^\| `([^`]+)`/.exec(row)?.[1] ?? '')
      expect(named.filter((each) => !known.has(each))).toEqual([])
    }
  })
})

describe('scenarios that compete', () => {
  it('have the same money in theta, restore-inclusively, prevention-or-treatment and levelling-up', async () => {
    const pounds = { theta: 24_000_000, 'restore-inclusively': 12_000_000, 'prevention-or-treatment': 24_000_000, 'levelling-up': 520_000_000 }
    for (const [name, each] of Object.entries(pounds)) {
      const study = await load(name)
      const spending = study.scenarios.filter(({ invest }) => invest.length > 0).map(({ id }) => perYear(study, id))
      expect(new Set(spending)).toEqual(new Set([each]))
    }
  })

  it('have as much for all five areas of Core20PLUS5 as per head', async () => {
    const study = await load('core20plus5')
    expect(perYear(study, 'all-five')).toBe(perYear(study, 'per-head'))
    const areas = ['maternity', 'severe-mental-illness', 'chronic-respiratory', 'early-cancer-diagnosis', 'hypertension']
    expect(areas.map((area) => perYear(study, area) / 1e6)).toEqual([2, 1, 3, 6, 3])
  })
})

describe('single studies', () => {
  it('theta goes from 0 to 3, each pair of a lever apart in theta alone', async () => {
    const study = await load('theta')
    const thetas = (lever: string): unknown[] =>
      study.scenarios.filter(({ id }) => id.startsWith(`${lever}-theta-`)).map(({ invest }) => invest.map(({ allocate }) => (allocate.rule === 'proportionate' ? allocate.theta : allocate.rule)))
    expect(thetas('capacity')).toEqual([[0], [1], [2], [3]])
    for (const lever of ['attendance', 'outreach']) expect(thetas(lever)).toEqual([[0, 0], [3, 3]])
  })

  it('levelling-up holds every integrated care board, each once', async () => {
    const study = await load('levelling-up')
    const packs = readdirSync(new URL('baselines/', FOLDER)).map((file) => file.split('-')[0]).filter((code) => code !== 'ENG')
    expect(systemsOf(study.baseline).map(codeOf).toSorted()).toEqual(packs.toSorted())
    expect(packs).toHaveLength(42)
  })

  it('prevention-or-treatment can be judged after 1, 3, 5 and 10 years', async () => {
    expect((await load('prevention-or-treatment')).targets.map(({ by }) => by.slice(0, 4))).toEqual(['2027', '2029', '2031', '2036'])
  })

  it('restore-inclusively has its gaps as targets that a check demands', async () => {
    const { targets } = await load('restore-inclusively')
    expect(targets.filter(({ requiredIn }) => requiredIn.length > 0).map(({ id }) => id)).toEqual(['within-18-weeks-2029', 'core20-2029'])
    expect(targets.some(({ measure }) => measure.startsWith('slope-index:'))).toBe(true)
  })
})
