import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { packsFromFiles, packText } from '../../../src/baseline/import-rtt.ts'
import { loadStudy } from '../../../src/cli/load-study.ts'
import { createInlineBackend } from '../../../src/execution/inline.ts'
import type { Decomposition } from '../../../src/experiment/decompose/types.ts'
import { runStudy } from '../../../src/experiment/run-study.ts'
import { fileBytes } from '../../../src/results/file-bytes.ts'
import { writeRunsCsv } from '../../../src/results/runs-csv.ts'
import { withoutSmallNumbers } from '../../../src/results/small-numbers.ts'
import { writeResults } from '../../../src/results/write-results.ts'
import { csv, HEADER, monthRows } from '../../baseline/rtt-csv.ts'
import { fairwait } from '../../cli/fairwait-process.ts'
import { headStartLaboratory } from '../../experiment/decompose/laboratory.ts'
import { describeInChromium } from '../../in-chromium.ts'
import { openBench, runInPage, type Bench } from './chromium.ts'

const MINUTES = 60_000
const SCENARIOS = fileURLToPath(new URL('../../../scenarios/', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'fairwait-engine-test-'))
let bench: Bench

beforeAll(async () => {
  bench = await openBench()
}, 5 * MINUTES)

afterAll(async () => {
  await bench.close()
  rmSync(scratch, { recursive: true })
})

/** Two groups, one specialty, and a formula: what the page's policy would forbid to be made code of. */
const LABORATORY = readFileSync(join(SCENARIOS, 'laboratory.yaml'), 'utf8')
  .replace('weeks: 104', 'weeks: 30')
  .replace('replications: 4', 'replications: 3\nassumptions: { needFactor: "1.02^year" }')
  .replace('years: 2', 'years: 0.5')

/** One board of 23 specialties for a few weeks, every third pathway. */
const BOARD = `
schemaVersion: 1
name: board
baseline: baselines/QYG-2026-01.json
time: { weeks: 8 }
replications: 2
sample: 0.3
scenarios:
  as-it-is: {}
  capacity:
    invest:
      - lever: capacity
        budget: { perYear: 24000000, from: 2026-02-01, years: 1 }
        allocate: { rule: proportionate, theta: 1.5 }
targets:
  - { id: surgery, measure: within-18-weeks, specialty: C_100, atLeast: 0.6, by: 2026-03-20 }
`

const GAP_DATE = '2026-08-16'
const GAP_STUDY = headStartLaboratory(5)

const written = new Map<string, Promise<Record<string, Buffer>>>()

/** Files as the command line writes them; worked out once for each study. */
function onCommandLine(name: string, text: string): Promise<Record<string, Buffer>> {
  const known = written.get(text) ?? writeOnCommandLine(`${name}-${written.size}`, text)
  written.set(text, known)
  return known
}

async function writeOnCommandLine(name: string, text: string): Promise<Record<string, Buffer>> {
  const path = join(scratch, `${name}.yaml`)
  writeFileSync(path, text)
  const { study, inputs } = await loadStudy(path)
  const results = await runStudy(study, createInlineBackend())
  const folder = join(scratch, name)
  await writeResults(results, folder, inputs)
  writeFileSync(join(folder, 'runs.csv'), await fileBytes((file) => writeRunsCsv(withoutSmallNumbers(results), file)))
  return Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file))]))
}

const KINDS = ['series.csv', 'runs.csv', 'summary.json', 'workbook.xlsx', 'report.html'] as const

function expectSame(files: Readonly<Record<string, string>>, expected: Readonly<Record<string, Buffer>>, names: readonly string[]): void {
  const differ = names.filter((name) => !Buffer.from(files[name], 'base64').equals(expected[name]))
  expect(differ).toEqual([])
}

describeInChromium('the engine in Chromium', () => {
  it.each([1, 2])('writes the command line’s bytes with %i workers, and its policy refuses nothing', async (workers) => {
    const { page, complaints, close } = await bench.served(workers)
    for (const [name, text] of [['laboratory', LABORATORY], ['board', BOARD]] as const) {
      const expected = await onCommandLine(name, text)
      const { updates, files } = await runInPage(page, text, KINDS)
      expect(updates[0]).toMatchObject({ kind: 'results', phase: 'preview', replications: 1 })
      expect(updates.at(-1)).toMatchObject({ kind: 'results', phase: 'done' })
      expectSame(files, expected, KINDS)
    }
    expect(complaints).toEqual([])
    await close()
  }, 5 * MINUTES)

  it('does so from disk, in one file, with the default pack inside', async () => {
    const { page, complaints, close } = await bench.fromDisk()
    const expected = await onCommandLine('board', BOARD)
    expectSame((await runInPage(page, BOARD, ['series.csv'])).files, expected, ['series.csv'])
    const other = await page.evaluate((text) => window.fairwait.check(text).catch((error: Error) => error.message), BOARD.replace('QYG', 'QE1'))
    expect(other).toMatch(/QE1-2026-01\.json" is not inside this page/)
    expect(complaints).toEqual([])
    await close()
  }, 3 * MINUTES)

  it('gives a scenario that alone was changed, and those that were not, the numbers of a fresh start', async () => {
    const { page, close } = await bench.served(1)
    await runInPage(page, BOARD, ['series.csv'])
    const changed = BOARD.replace('theta: 1.5', 'theta: 0.5')
    const { files, updates } = await runInPage(page, changed, KINDS)
    expectSame(files, await onCommandLine('board', changed), KINDS)
    // The reference is not run again: one run of two is left at each replication.
    expect(updates.at(-1)).toMatchObject({ kind: 'results', phase: 'done', replications: 2 })
    await close()
  }, 3 * MINUTES)

  it('packs a folder that the command line can read, and opens one that it wrote', async () => {
    const { page, close } = await bench.served(1)
    const expected = await onCommandLine('laboratory', LABORATORY)
    const { files } = await runInPage(page, LABORATORY, ['results.zip'])
    const packed = unzipSync(Buffer.from(files['results.zip'], 'base64'))
    // Equal results give equal files, but for what says where they were made.
    const own = ['runs.csv', 'datapackage.json', 'manifest.json', 'ro-crate-metadata.json']
    const differ = Object.keys(expected).filter((name) => !own.includes(name) && !expected[name].equals(packed[`laboratory/${name}`]))
    expect(differ).toEqual([])
    expect(Object.keys(packed).map((name) => name.replace('laboratory/', '')).toSorted()).toEqual(
      [...Object.keys(expected).filter((name) => name !== 'runs.csv'), 'laboratory.yaml'].toSorted(),
    )
    const given = Object.entries(expected).map(([name, bytes]) => ({ name, text: bytes.toString('base64') }))
    const shown = await page.evaluate(async (folder) => {
      const opened = await window.fairwait.openResults(
        folder.map(({ name, text }) => ({ name, bytes: Uint8Array.from(atob(text), (character) => character.charCodeAt(0)) })),
      )
      const list = opened.series.find(({ scenario, group, measure }) => scenario === 'more-slots' && group === 'all' && measure === 'waiting')
      return { scenarios: opened.scenarios.map(({ id }) => id), last: list?.mean.at(-1), phase: opened.precision.phase }
    }, given)
    const row = expected['series.csv'].toString().split('\n').findLast((line) => /^more-slots,[^,]*,[^,]*,all,all,all,all,waiting,/.test(line))
    expect(shown).toEqual({ scenarios: ['as-it-is', 'head-start', 'more-slots'], last: Number(row?.split(',')[8]), phase: 'done' })
    await close()
  }, 3 * MINUTES)

  it('explains the gap to the command line’s numbers, and gives it up for a run', async () => {
    const { page, complaints, close } = await bench.served(1)
    const path = join(scratch, 'gap.json')
    writeFileSync(path, GAP_STUDY)
    const options = ['--scenario', 'head-start', '--date', GAP_DATE, '--replications', '3', '--json', '--quiet']
    const expected = JSON.parse((await fairwait(['decompose', path, ...options], scratch)).stdout) as object
    const [answer, ended] = await page.evaluate(async ([text, date]) => {
      const engine = window.fairwait
      const { file } = await engine.check(text)
      const updates: { kind: string; decomposition?: object; sample?: number }[] = []
      await new Promise<void>((resolve) => {
        engine.explain(file, { scenario: 'head-start', date }, (update) => {
          updates.push({ kind: update.kind, ...(update.kind === 'explained' && { decomposition: update.explanation.decomposition, sample: update.explanation.sample }) })
          if (update.kind !== 'progress') resolve()
        })
      })
      const heard: string[] = []
      await new Promise<void>((resolve) => {
        engine.explain(file, { scenario: 'head-start', date }, ({ kind }) => void heard.push(kind))
        engine.run(file, (update) => {
          if (update.kind === 'results' && update.results.precision.phase === 'done') resolve()
        })
      })
      return [updates, heard] as const
    }, [GAP_STUDY, GAP_DATE] as const)
    expect(answer.filter(({ kind }) => kind === 'progress').length).toBeGreaterThan(3)
    expect(answer[answer.length - 1]).toMatchObject({ kind: 'explained', sample: 1 })
    const { explanations, ...rest } = answer[answer.length - 1].decomposition as Decomposition
    expect(expected).toMatchObject(rest)
    expect(explanations.map(({ question }) => question)).toEqual(['gap', 'change'])
    expect(expected).toMatchObject({ explanations })
    expect(ended).toEqual(['cancelled'])
    expect(complaints).toEqual([])
    await close()
  }, 3 * MINUTES)

  it('tells an earlier run that it was cancelled, and goes on with the latest alone', async () => {
    const { page, close } = await bench.served(1)
    const outcome = await page.evaluate(async ([first, second]) => {
      const engine = window.fairwait
      const [one, two] = [(await engine.check(first)).file, (await engine.check(second)).file]
      const early: string[] = []
      const seeds: string[] = []
      engine.run(one, ({ kind }) => void early.push(kind))
      engine.run(one, ({ kind }) => void early.push(kind))
      await new Promise<void>((resolve) => {
        engine.run(two, (update) => {
          if (update.kind !== 'results') return
          seeds.push(update.results.study.seed)
          if (update.results.precision.phase === 'done') resolve()
        })
      })
      return { early, seeds: [...new Set(seeds)] }
    }, [BOARD, `${BOARD}seed: another\n`])
    expect(outcome).toEqual({ early: ['cancelled', 'cancelled'], seeds: ['another'] })
    await close()
  }, 3 * MINUTES)

  it('keeps what was finished for saving while it runs, stops at once when cancelled, says no more, and can run again', async () => {
    const { page, close } = await bench.served(1)
    const long = BOARD.replace('weeks: 8', 'weeks: 150').replace('sample: 0.3', 'sample: 1')
    const { files: before } = await runInPage(page, LABORATORY, ['series.csv'])
    const { updates, milliseconds, saved } = await page.evaluate(async (text) => {
      const engine = window.fairwait
      const { file } = await engine.check(text)
      const kinds: string[] = []
      await new Promise<void>((resolve) => {
        engine.run(file, (update) => {
          kinds.push(update.kind)
          if (update.kind === 'results') setTimeout(resolve, 500)
        })
      })
      const { bytes } = await engine.exportFile('series.csv')
      const asked = performance.now()
      engine.cancel()
      await engine.packs()
      const answered = performance.now() - asked
      await new Promise((resolve) => setTimeout(resolve, 1500))
      return { updates: kinds, milliseconds: answered, saved: new TextDecoder().decode(bytes) }
    }, long)
    // What was finished before can be saved until something else is.
    expect(saved).toBe(Buffer.from(before['series.csv'], 'base64').toString())
    expect(updates.filter((kind) => kind === 'cancelled')).toHaveLength(1)
    expect(updates.at(-1)).toBe('cancelled')
    // A run of this takes seconds, and nobody waits for it. Generous, for a machine that others use.
    expect(milliseconds).toBeLessThan(1500)
    expect((await runInPage(page, LABORATORY, [])).updates.at(-1)).toMatchObject({ phase: 'done' })
    await close()
  }, 3 * MINUTES)

  it('is under 1.2 MB of the first load, compressed, without packs', () => {
    const bytes = readdirSync(bench.app, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.endsWith('baselines'))
      .reduce((sum, { parentPath, name }) => sum + gzipSync(readFileSync(join(parentPath, name))).length, 0)
    expect(bytes).toBeLessThan(1_200_000)
  })
})

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const PACK = JSON.parse(readFileSync(join(SCENARIOS, 'baselines/QYG-2026-01.json'), 'utf8')) as Record<string, unknown>

describeInChromium('what the user gives', () => {
  it('is refused with a reason where it is no pack, and nothing that was there is lost', async () => {
    const { page, complaints, close } = await bench.served(1)
    const bomb = zipSync({ 'month.csv': new Uint8Array(460_000_000) }, { level: 1 })
    const given: [name: string, content: string | Uint8Array, icb: string | undefined, reason: RegExp][] = [
      ['other.json', JSON.stringify({ ...PACK, version: 2 }), undefined, /version|1/],
      ['short.json', '{"format":', undefined, /is not JSON/],
      ['empty.json', '{}', undefined, /is not a baseline pack/],
      ['many.json', JSON.stringify({ ...PACK, specialties: Array.from({ length: 300 }, () => ({})) }), undefined, /at most|<=200/i],
      ['evil.json', JSON.stringify({ ...PACK, system: { code: '<img src=x>', name: 'x', region: 'x' } }), undefined, /a code is/],
      ['bomb.zip', bomb, 'QYG', /unpacks to more than 450 MB/],
      ['cut.zip', bomb.slice(0, 1000), 'QYG', /not a whole ZIP file/],
      ['no-board.csv', 'Period,RTT Part Type\n', undefined, /say which integrated care board/],
      ['no-board.csv', 'Period,RTT Part Type\n', 'QQQ', /no ICB has the code/],
      ['other.csv', 'a,b\n1,2\n', 'QYG', /no header row/],
      ['binary.json', new Uint8Array([0x7b, 0, 0, 0]), undefined, /not UTF-8/],
    ]
    const refusals: [string, string][] = []
    for (const [name, content, icb, reason] of given) {
      const text = Buffer.from(content).toString('base64')
      const message = await page.evaluate(async ([file, base64, board]) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
        return window.fairwait.addPack({ name: file, bytes }, board).then(() => 'taken', (error: Error) => `${error.name}: ${error.message}`)
      }, [name, text, icb] as const)
      refusals.push([name, message.startsWith('GivenProblems: ') && reason.test(message) ? 'refused' : message])
    }
    expect(refusals).toEqual(given.map(([name]) => [name, 'refused']))
    expect(await page.evaluate(() => window.fairwait.packs().then((packs) => packs.length))).toBe(43)
    expect((await runInPage(page, BOARD, [])).updates.at(-1)).toMatchObject({ phase: 'done' })
    expect(complaints).toEqual([])
    await close()
  }, 3 * MINUTES)

  it('is a pack that studies can name from then on', async () => {
    const { page, close } = await bench.fromDisk()
    const text = readFileSync(join(SCENARIOS, 'baselines/QE1-2026-01.json'), 'utf8')
    const entry = await page.evaluate((pack) => window.fairwait.addPack({ name: 'QE1-2026-01.json', bytes: new TextEncoder().encode(pack) }), text)
    expect(entry).toMatchObject({ path: 'baselines/QE1-2026-01.json', code: 'QE1', own: true })
    const study = BOARD.replace('QYG', 'QE1')
    expectSame((await runInPage(page, study, ['series.csv'])).files, await onCommandLine('board', study), ['series.csv'])
    await close()
  }, 3 * MINUTES)

  it('is the command line’s pack where it is a published file, packed or not', async () => {
    const { page, close } = await bench.served(1)
    const month = csv([HEADER, ...monthRows()])
    const path = join(scratch, 'month.csv')
    writeFileSync(path, month)
    const [pack] = await packsFromFiles([path], { icb: 'QYG' })
    for (const [name, bytes] of [['month.csv', Buffer.from(month)], ['month.zip', Buffer.from(zipSync({ 'month.csv': Buffer.from(month) }))]] as const) {
      const taken = await page.evaluate(async ([file, base64, text]) => {
        const given = { name: file, bytes: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)) }
        const entry = await window.fairwait.addPack(given, 'QYG')
        const { study } = await window.fairwait.check(text)
        return { entry, baseline: study.baseline }
      }, [name, bytes.toString('base64'), BOARD.replace('C_100', 'C_110')] as const)
      expect(taken.entry).toMatchObject({ path: 'baselines/QYG-2026-01.json', code: 'QYG', own: true })
      const sources = pack.provenance.sources.map((source, index) => (index === 0 ? { ...source, file: name, sha256: sha256Of(bytes) } : source))
      const expected = { ...pack, provenance: { ...pack.provenance, sources } }
      expect(taken.baseline).toEqual({ kind: 'pack', path: 'baselines/QYG-2026-01.json', sha256: sha256Of(Buffer.from(packText(expected))), pack: expected })
    }
    await close()
  }, 3 * MINUTES)

  it('is refused with place and reason where it is no study, and is not run', async () => {
    const { page, close } = await bench.served(1)
    const hostile: [text: string, reason: RegExp][] = [
      [LABORATORY.replace('schemaVersion: 1', 'schemaVersion: 2'), /1/],
      [LABORATORY.replace('"1.02^year"', '"constructor.constructor(\'alert(1)\')()"'), /formula/i],
      [LABORATORY.replace('scenarios:', 'scenaros:'), /did you mean "scenarios"/],
      [`a: ${'['.repeat(50_000)}`, /nested|deep|levels/i],
      [`x: "${'y'.repeat(6_000_000)}"`, /MB/],
      [LABORATORY.replace('clockStartsPerWeek: [60, 60]', 'clockStartsPerWeek: [6000000000, 60]'), /must be at most/],
    ]
    for (const [text, reason] of hostile) {
      const message = await page.evaluate((source) => window.fairwait.check(source).then(() => 'taken', (error: Error) => `${error.name}: ${error.message}`), text)
      expect(message).toMatch(/^GivenProblems: /)
      expect(message).toMatch(reason)
    }
    const huge = LABORATORY.replace('clockStartsPerWeek: [60, 60]', 'clockStartsPerWeek: [9000000, 9000000]')
    expect((await runInPage(page, huge, [])).updates.at(-1)?.problems?.join()).toMatch(/would need about .* GB of memory/)
    await close()
  }, 3 * MINUTES)
})
