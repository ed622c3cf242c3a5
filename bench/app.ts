/**
 * Times the app's engine in Chromium on the worked example: `node bench/app.ts`, after `npm run build:app`. Writes
 * `bench/app.json`; `docs/app.md` says what the numbers mean.
 *
 *     open the page → first results; change one scenario, several times → first results; longest task of the page's thread
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { appConfig } from '../scripts/app-config.ts'
import { serveApp } from '../src/cli/app-server.ts'

const PAGE = fileURLToPath(new URL('../test/app/engine/page', import.meta.url))
const RECORD = fileURLToPath(new URL('app.json', import.meta.url))
const STUDY = readFileSync(fileURLToPath(new URL('../scenarios/recovery.yaml', import.meta.url)), 'utf8')
const MOVES = 10
const ARGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

/** What was found; milliseconds. */
interface AppRecord {
  readonly date: string
  readonly processor: string
  readonly processors: number
  /** Mean number of busy processes in the minute before: above 0, others were at work. */
  readonly loadBefore: number
  readonly browser: string
  readonly scenarios: number
  /** From the first run of a fresh page to its first results. */
  readonly firstResults: number
  /** From each change of θ in one scenario to its first results, in order of the moves. */
  readonly moves: readonly number[]
  readonly medianMove: number
  /** Fraction of pathways in those first results. */
  readonly sample: number
  /** Longest task of the page's own thread while it ran, without a screen; 0 where none reached 50. */
  readonly longestTask: number
}

type Found = Pick<AppRecord, 'scenarios' | 'firstResults' | 'moves' | 'sample' | 'longestTask'>

function measure(page: Page): Promise<Found> {
  return page.evaluate(async ([text, count]) => {
    let longestTask = 0
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration)
    }).observe({ type: 'longtask', buffered: true })
    const engine = window.fairwait
    let sample = Number.NaN
    const firstResults = (file: Parameters<typeof engine.run>[0]): Promise<number> => {
      const asked = performance.now()
      return new Promise((resolve, reject) => {
        engine.run(file, (update) => {
          if (update.kind === 'failed') reject(new Error(update.problems.map(({ message }) => message).join()))
          if (update.kind !== 'results') return
          sample = update.results.precision.sample
          resolve(Math.round(performance.now() - asked))
        })
      })
    }
    const { file } = await engine.check(text)
    const first = await firstResults(file)
    const moves: number[] = []
    for (let move = 0; move < count; move += 1) {
      await new Promise((resolve) => setTimeout(resolve, 500))
      const { file: changed } = await engine.check(text.replace('theta: 1.5', `theta: ${(0.1 * move).toFixed(1)}`))
      moves.push(await firstResults(changed))
    }
    engine.cancel()
    await new Promise((resolve) => setTimeout(resolve, 200))
    return { scenarios: Object.keys(file.scenarios).length, firstResults: first, moves, sample, longestTask: Math.round(longestTask) }
  }, [STUDY, MOVES] as const)
}

const loadBefore = loadavg()[0]
const folder = mkdtempSync(join(tmpdir(), 'fairwait-bench-app-'))
await build(appConfig('app', { page: PAGE, outDir: join(folder, 'app') }))
const server = await serveApp(join(folder, 'app'), 0)
const context = await chromium.launchPersistentContext(join(folder, 'profile'), { executablePath: '/usr/bin/chromium', args: ARGS })
try {
  const page = await context.newPage()
  await page.goto(server.url)
  const found = await measure(page)
  const [{ model }] = cpus()
  const record: AppRecord = {
    date: new Date().toISOString().slice(0, 10),
    processor: model,
    processors: cpus().length,
    loadBefore,
    browser: context.browser()?.version() ?? (await page.evaluate(() => navigator.userAgent)),
    ...found,
    medianMove: found.moves.toSorted((a, b) => a - b)[Math.floor(found.moves.length / 2)],
  }
  writeFileSync(RECORD, `${JSON.stringify(record, null, 2)}\n`)
  process.stdout.write(`${JSON.stringify(record, null, 2)}\n`)
} finally {
  await context.close()
  await server.close()
  rmSync(folder, { recursive: true })
}
