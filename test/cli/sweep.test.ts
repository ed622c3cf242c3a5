import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectSweep } from '../../src/cli/sweep-collect.ts'
import { executeSweep } from '../../src/cli/sweep-execute.ts'
import { loadDesign, makePlan, savePlan, storeFolder } from '../../src/cli/sweep-plan.ts'
import { openRunStore } from '../../src/results/store/run-store.ts'
import { commandIn, type Answer } from '../captured-command.ts'
import { fairwait } from './fairwait-process.ts'
import type { Finished } from './fairwait-process.ts'
import { FIXED_DAY, resultHashes, runsDone, slotsDesign, SLOTS, writeDesign } from './sweep-fixture.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-sweep-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (...args: string[]): Promise<Answer> => commandIn(args, folder, FIXED_DAY)
const runProcess = (...args: string[]): Promise<Finished> => fairwait(args, folder, FIXED_DAY)
const csv = (out: string, name: string): string[][] =>
  readFileSync(join(folder, out, name), 'utf8').trimEnd().split('\n').map((line) => line.split(','))

describe('fairwait sweep', () => {
  beforeAll(async () => {
    const design = writeDesign(folder, slotsDesign(6))
    await runProcess('sweep', design, '--out', 'one', '--workers', '1')
  })

  it('writes runs, summary and metadata, in canonical order', () => {
    expect(Object.keys(resultHashes(join(folder, 'one')))).toEqual(['datapackage.json', 'points.csv', 'ro-crate-metadata.json', 'runs.csv', 'runs.parquet', 'summary.csv', 'summary.json', 'summary.parquet'])
    const [head, ...rows] = csv('one', 'runs.csv')
    const runs = rows.map((row) => ['point', 'draw', 'replication'].map((name) => Number(row[head.indexOf(name)])))
    expect(runs).toEqual(runs.toSorted((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]))
    expect(new Set(rows.map((row) => row[0])).size).toBe(60)
    expect(csv('one', 'points.csv')[0]).toEqual(['point', SLOTS, 'replications', 'outcome'])
  })

  it('gives the same bytes with two workers', async () => {
    const { code, stdout } = await run('sweep', 'design.yaml', '--out', 'two', '--workers', '2')
    expect({ code, stdout: stdout.split('\n')[0] }).toEqual({ code: 0, stdout: expect.stringMatching(/^60 runs in/) as string })
    expect(resultHashes(join(folder, 'two'))).toEqual(resultHashes(join(folder, 'one')))
  })

  it('runs nothing that has run, and writes the same again', async () => {
    const before = resultHashes(join(folder, 'one'))
    const { stdout } = await run('sweep', 'design.yaml', '--out', 'one', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ format: 'fairwait-sweep', version: 1, runs: { total: 60, ran: 0, stored: 60, missing: 0 } })
    expect(resultHashes(join(folder, 'one'))).toEqual(before)
  })

  it('has Parquet tables with the same rows as the CSV tables', async () => {
    for (const name of ['runs', 'summary']) {
      const bytes = readFileSync(join(folder, 'one', `${name}.parquet`))
      const rows = await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) })
      const [head, ...lines] = csv('one', `${name}.csv`)
      expect(rows.map((row) => head.map((column) => String(row[column] ?? '')))).toEqual(lines)
    }
  })

  it('describes every file with its hash, for Frictionless and RO-Crate', () => {
    const hashes = resultHashes(join(folder, 'one'))
    const data = JSON.parse(readFileSync(join(folder, 'one', 'datapackage.json'), 'utf8')) as { resources: { path: string; hash: string; schema?: { fields: { name: string }[] } }[] }
    for (const { path, hash } of data.resources) expect(hash).toBe(`sha256:${hashes[path]}`)
    for (const { path, schema } of data.resources.filter((each) => each.path.endsWith('.csv'))) {
      expect(schema?.fields.map((field) => field.name)).toEqual(csv('one', path)[0])
    }
    const crate = JSON.parse(readFileSync(join(folder, 'one', 'ro-crate-metadata.json'), 'utf8')) as { '@graph': Record<string, unknown>[] }
    const rootEntity = crate['@graph'].find((entity) => entity['@id'] === './')
    expect(rootEntity).toMatchObject({ '@type': 'Dataset', datePublished: '2026-01-01' })
    const parts = (rootEntity?.['hasPart'] ?? []) as { '@id': string }[]
    expect(parts.length).toBe(7)
    for (const { '@id': part } of parts) {
      expect(crate['@graph'].some((entity) => entity['@id'] === part && entity['sha256'] === hashes[part])).toBe(true)
    }
  })

  it('says how far it is, without running anything', async () => {
    const { stdout } = await run('status', 'one')
    expect(stdout).toContain('60 of 60 runs stored, 0 set aside, 0 waiting.')
    expect(stdout).toContain('No process is writing.')
  })

  it('replays a run by the beginning of its id, to the last bit', async () => {
    const [, first] = csv('one', 'runs.csv')
    expect((await run('replay', 'one', first[0].slice(0, 10))).stdout).toContain('the same as stored, to the last bit')
    const unknown = await run('replay', 'one', 'zz')
    expect({ code: unknown.code, stderr: unknown.stderr }).toEqual({ code: 3, stderr: expect.stringContaining('has no run "zz"') as string })
  })

  it('expands: the old runs stay, and the whole is what it would have been from the start', async () => {
    const { stdout } = await run('expand', 'two', '--replications', '7', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ runs: { total: 84, ran: 24, stored: 60 } })
    writeDesign(folder, slotsDesign(6).replace('replications: 5', 'replications: 7'), 'seven.yaml')
    await run('sweep', 'seven.yaml', '--out', 'seven')
    for (const name of ['runs.csv', 'runs.parquet', 'summary.csv', 'summary.parquet', 'points.csv']) {
      expect(resultHashes(join(folder, 'two'))[name]).toBe(resultHashes(join(folder, 'seven'))[name])
    }
    const shrunk = await run('expand', 'two', '--replications', '3')
    expect({ code: shrunk.code, stderr: shrunk.stderr }).toEqual({ code: 3, stderr: expect.stringContaining('expand only adds') as string })
  })

  it('estimates without leaving anything behind', async () => {
    const before = readdirSync(folder)
    const { code, stdout } = await run('sweep', 'design.yaml', '--dry-run', '--out', 'dry')
    expect(code).toBe(0)
    for (const line of ['Points:  6', 'Runs:    60', 'Time:', 'Disk:', 'Memory:']) expect(stdout).toContain(line)
    expect(readdirSync(folder)).toEqual(before)
  })

  it('stops when its time is spent, and goes on when called again', async () => {
    const short = await run('sweep', 'design.yaml', '--out', 'short', '--budget-minutes', '0.0000001')
    expect(short.code).toBe(0)
    expect(short.stdout).toContain('The budget of time is spent')
    const done = runsDone(join(folder, 'short'))
    expect(done).toBeLessThan(60)
    await run('sweep', 'design.yaml', '--out', 'short')
    expect(resultHashes(join(folder, 'short'))).toEqual(resultHashes(join(folder, 'one')))
  })

  it('collects what there is of an unfinished sweep, and says what is missing', async () => {
    const partial = await run('sweep', 'design.yaml', '--out', 'partial', '--budget-minutes', '0.0000001')
    expect(partial.code).toBe(0)
    const { stdout } = await run('collect', 'partial', '--json')
    const done = runsDone(join(folder, 'partial'))
    expect(JSON.parse(stdout)).toMatchObject({ runs: { total: 60, stored: done, missing: 60 - done } })
    expect(csv('partial', 'points.csv').at(-1)?.at(-1)).toBe('incomplete')
  })
})

describe('what has run is never run again', () => {
  it('by a run after a run, and gives the same results as without a store', async () => {
    writeDesign(folder, 'method: grid\n', 'plain.yaml')
    await run('run', 'tiny.yaml', '--out', 'run-without', '--quiet')
    await run('run', 'tiny.yaml', '--out', 'run-first', '--store', 'shared', '--quiet')
    const again = await run('run', 'tiny.yaml', '--out', 'run-again', '--store', 'shared', '--replications', '2', '--json')
    expect(again.code).toBe(0)
    for (const name of ['series.csv', 'series.parquet', 'runs.parquet', 'summary.json']) {
      const bytes = readFileSync(join(folder, 'run-without', name))
      expect(readFileSync(join(folder, 'run-first', name)).equals(bytes)).toBe(true)
      expect(readFileSync(join(folder, 'run-again', name)).equals(bytes)).toBe(true)
    }
    const { performance: effort } = JSON.parse(readFileSync(join(folder, 'run-again', 'manifest.json'), 'utf8')) as { performance: { pathways: number } }
    expect(effort.pathways).toBe(0)
  })

  it('by a sweep after a run: it takes the run\'s values', async () => {
    writeDesign(folder, 'method: grid\nreplications: 2\n', 'plain.yaml')
    await run('sweep', 'plain.yaml', '--out', 'swept-alone')
    await run('sweep', 'plain.yaml', '--out', 'swept', '--store', 'shared')
    expect(resultHashes(join(folder, 'swept'))['runs.csv']).toBe(resultHashes(join(folder, 'swept-alone'))['runs.csv'])
  })

  it('at two points whose factors leave a scenario alone', async () => {
    const grid = 'method: grid\nreplications: 2\nfactors:\n  - { path: scenarios.ahead.policy.headStartWeeks.deprivation.1, values: [1, 2, 3] }\n'
    writeDesign(folder, grid, 'sharing.yaml')
    const { stdout } = await run('sweep', 'sharing.yaml', '--out', 'sharing', '--json')
    // 2 runs of the reference for all points, and 2 at each of 3 points.
    expect(JSON.parse(stdout)).toMatchObject({ runs: { total: 12, ran: 8, stored: 4 } })
  })
})

describe('adaptive replications', () => {
  const until = (halfWidth: number): string =>
    `method: grid\nfactors: [{ path: "${SLOTS}", values: [50, 60] }]\nuntil: { measure: waiting, group: 1, scenario: ahead, halfWidth: ${halfWidth}, maxReplications: 8, batch: 3 }\n`

  it('stop at the cap where precision is out of reach, at the first check where it is easy, and say which', async () => {
    writeDesign(folder, until(1e-9), 'cap.yaml')
    expect((await run('sweep', 'cap.yaml', '--out', 'cap')).stdout).toContain('at 0 points, and at the cap at 2')
    expect(csv('cap', 'points.csv').slice(1).map((row) => row.slice(2))).toEqual([['8', 'cap'], ['8', 'cap']])
    writeDesign(folder, until(1e9), 'easy.yaml')
    expect((await run('sweep', 'easy.yaml', '--out', 'easy')).stdout).toContain('at 2 points, and at the cap at 0')
    expect(csv('easy', 'points.csv').slice(1).map((row) => row.slice(2))).toEqual([['3', 'precise'], ['3', 'precise']])
  })

  it('give the same bytes with one worker and with two', async () => {
    writeDesign(folder, until(6), 'some.yaml')
    await run('sweep', 'some.yaml', '--out', 'some-1', '--workers', '1')
    await run('sweep', 'some.yaml', '--out', 'some-2', '--workers', '2')
    expect(resultHashes(join(folder, 'some-2'))).toEqual(resultHashes(join(folder, 'some-1')))
  })
})

describe('a bad design', () => {
  const factor = (path: string, rest: string): string => `method: grid\nfactors:\n  - { path: "${path}", ${rest} }\n`
  it.each([
    ['an unknown path', factor('scenarios.ahead.policy.headStartWeks.deprivation.1', 'values: [1]'), 'did you mean "scenarios.ahead.policy.headStartWeeks.deprivation.1"?'],
    ['a misspelt assumption', factor('assumptions.dnaRte', 'values: [0.1]'), 'the study has no "assumptions.dnaRte"; did you mean "assumptions.dnaRate"?'],
    ['an unknown scenario', factor('scenarios.ahed.policy.headStartWeeks.deprivation.1', 'values: [1]'), 'bad.yaml:7:13 factors[0].path: the study has no'],
    ['a value out of range', factor('time.weeks', 'values: [10, -3]'), 'bad.yaml:7:40 factors[0].values[1]: with time.weeks = -3: must be at least 1; found -3'],
    ['an empty grid', factor('time.weeks', 'values: []'), 'has no values'],
    ['a reversed range', factor('time.weeks', 'range: [9, 2], levels: 2'), 'write the lower end first'],
    ['a million runs by mistake', 'method: grid\nreplications: 10000\nfactors:\n  - { path: time.weeks, range: [1, 100], levels: 100 }\n', 'the design has 2,000,000 runs, more than the 100,000 allowed; if that is meant, write "budget: { runs: 2000000 }"'],
    ['a setting that the design owns', factor('replications', 'values: [1, 2]'), 'is set in the design itself, by "replications"'],
    ['a scenario that the study has not', 'method: grid\nscenarios: [ahaed]\n', 'unknown scenario "ahaed"; did you mean "ahead"?'],
    ['a date outside the study', 'method: grid\ndates: [2031-01-01]\n', 'bad.yaml:6:8 dates: 2031-01-01 is outside the study'],
    ['a specialty that the study has not', 'method: grid\nspecialties: [T_01]\n', 'specialties: unknown specialty "T_01"; did you mean "T_001"?'],
    ['a measure that the study does not report', 'measures: [waiting, unmet-need-emergency]\nmethod: grid\nspecialties: [T_001]\n', 'bad.yaml:4:21 measures[1]: "unmet-need-emergency" is a measure, but no point of this design reports it for T_001'],
  ])('with %s is refused, with why and what to do', async (_, rest, message) => {
    const path = writeDesign(folder, rest, 'bad.yaml')
    // The fixture's own measures go, where the design names others.
    if (rest.startsWith('measures')) writeFileSync(path, readFileSync(path, 'utf8').replace(/^measures: .*\n/m, ''))
    await expect(loadDesign(path)).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining(message) as string })
  })

  it('ends with 3, says why on standard error, and leaves nothing', async () => {
    writeDesign(folder, factor('time.weeks', 'values: []'), 'bad.yaml')
    const before = readdirSync(folder)
    const { code, stdout, stderr } = await runProcess('sweep', 'bad.yaml', '--out', 'bad')
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toContain('has no values')
    expect(stderr).not.toContain('    at ')
    expect(readdirSync(folder)).toEqual(before)
  })

  it('that names a measure which one of its values switches on is not refused', async () => {
    const path = writeDesign(folder, factor('assumptions.diversionShare', 'values: [0, 0.1]'), 'bad.yaml')
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^measures: .*$/m, 'measures: [waiting, diverted]'))
    await expect(loadDesign(path)).resolves.toMatchObject({ source: { design: { measures: ['waiting', 'diverted'] } } })
  })

  it('that is meant to be large can say so', async () => {
    writeDesign(folder, 'method: grid\nreplications: 6000\nfactors: [{ path: time.weeks, range: [1, 10], levels: 10 }]\n', 'large.yaml')
    expect((await run('sweep', 'large.yaml', '--dry-run')).code).toBe(3)
    expect((await run('sweep', 'large.yaml', '--dry-run', '--budget-runs', '120000')).code).toBe(0)
  })

  it('of a store made by another engine ends with 3', async () => {
    const engine = readdirSync(join(folder, 'one', 'store'))[0]
    mkdirSync(join(folder, 'foreign', 'store'), { recursive: true })
    mkdirSync(join(folder, 'foreign', 'store', 'fairwait-0.0.1'))
    const made = await run('sweep', 'design.yaml', '--out', 'foreign')
    expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 3, stderr: expect.stringMatching(/made by fairwait-0.0.1.*another folder/) as string })
    renameSync(join(folder, 'short'), join(folder, 'older'))
    const plan = join(folder, 'older', 'sweep.json')
    writeFileSync(plan, readFileSync(plan, 'utf8').replace(engine, 'fairwait-0.0.1'))
    expect((await run('status', 'older')).code).toBe(3)
    expect((await run('sweep', 'design.yaml', '--out', 'older')).code).toBe(3)
    expect((await run('collect', 'nowhere')).stderr).toContain('holds no sweep')
  })
})

describe('a thread that fails', () => {
  const threadEntry = new URL('./sweep-thread-fixture.ts', import.meta.url)

  /** Runs the design in this process with threads that fail, and collects. */
  async function sweepFailing(fails: string, out: string) {
    process.env['FAIRWAIT_TEST_FAILS'] = fails
    process.env['SOURCE_DATE_EPOCH'] = FIXED_DAY.SOURCE_DATE_EPOCH
    const path = join(folder, out)
    const loaded = await loadDesign(join(folder, 'design.yaml'))
    const plan = await makePlan(path, loaded)
    const store = openRunStore(storeFolder(path, plan), plan.engine)
    savePlan(path, plan)
    try {
      const reached = await executeSweep(plan, store, { workers: 2, signal: new AbortController().signal, isSpent: () => false, onProgress: () => undefined, onBatchSize: () => undefined, threadEntry })
      return { reached, collected: await collectSweep(path, plan, store, () => undefined), failures: store.failures, aside: [...store.aside.keys()] }
    } finally {
      store.close()
    }
  }

  it.each(['throw:7', 'exit:7'])('once (%s) has its runs tried again, and the results are the same', async (fails) => {
    const { reached, failures } = await sweepFailing(fails, fails.replace(':', '-'))
    expect(reached).toMatchObject({ ran: 60, aside: 0 })
    expect(failures).toBeGreaterThan(0)
    expect(resultHashes(join(folder, fails.replace(':', '-')))).toEqual(resultHashes(join(folder, 'one')))
  })

  it('every time has its runs set aside, with inputs to replay; replayed, they make the results whole', async () => {
    const { reached, aside, collected } = await sweepFailing('always:3', 'always')
    expect(reached).toMatchObject({ ran: 48, aside: 12 })
    expect(collected).toMatchObject({ runs: 48, aside: 12, missing: 0 })
    const again = await run('sweep', 'design.yaml', '--out', 'always')
    expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 1, stderr: expect.stringContaining('12 runs failed twice and were set aside') as string })
    expect((await run('status', 'always')).stdout).toContain(`set aside: ${aside[0]}: thrown on purpose`)
    for (const id of aside) expect((await run('replay', 'always', id)).stdout).toContain('it was not stored, and is now')
    expect((await run('collect', 'always')).code).toBe(0)
    expect(resultHashes(join(folder, 'always'))).toEqual(resultHashes(join(folder, 'one')))
  })
})

describe('the shipped designs', () => {
  const shipped = fileURLToPath(new URL('../../scenarios/sweeps', import.meta.url))
  it.each(readdirSync(shipped))('%s can be run', async (name) => {
    expect(await run('sweep', join(shipped, name), '--dry-run')).toMatchObject({ code: 0, stderr: '' })
  })
})
