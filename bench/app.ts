/**
 * Times the app's engine in Chromium on the worked example: `node bench/app.ts`, after `npm run build:app`. Writes
 * `bench/app.json`; `docs/app.md` says what the numbers mean.
 *
 *     without a screen: open the page → first results; change one scenario, several times → first results
 *     as it ships: open the page; move θ, several times → the figures change; then once more, for processor time
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import { build } from 'vite'
import { appConfig } from '../scripts/app-config.ts'
import { launchChromium } from '../scripts/chromium.ts'
import { serveApp } from '../src/cli/app-server.ts'
import { cpuOf, type PageCpu } from '../test/app/screen/measure.ts'

const PAGE = fileURLToPath(new URL('../test/app/engine/page', import.meta.url))
const RECORD = fileURLToPath(new URL('app.json', import.meta.url))
const STUDY = readFileSync(fileURLToPath(new URL('../scenarios/recovery.yaml', import.meta.url)), 'utf8')
const MOVES = 10
/** For a machine that others use, too. */
const PATIENCE_MS = 180_000

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
  /** The app as it ships. Its processor time is not lengthened much by others at work on the machine. */
  readonly screen: ScreenRecord
}

type Found = Pick<AppRecord, 'scenarios' | 'firstResults' | 'moves' | 'sample' | 'longestTask'>

/** What a user waits for, and what it costs; milliseconds. */
interface ScreenRecord {
  /** Processor time, from the opening of the page to its first results and pictures. */
  readonly opening: PageCpu
  /** By the clock, from each move of θ to new figures in the tiles, in order of the moves. */
  readonly redraws: readonly number[]
  readonly medianRedraw: number
  /** Processor time, from a move of θ to its first results and pictures, in order of the moves. */
  readonly moves: readonly PageCpu[]
}

/** Pictures follow the first results in turns of their own. */
const DRAWING_MS = 4000
const REDRAWS = 10
const SCREEN_MOVES = 3
/** Between two moves, for pictures of the one before. */
const REST_MS = 500

/** The app itself, screen and all: what it costs to open it, and to move θ. */
async function measureScreen(context: BrowserContext, url: string): Promise<ScreenRecord> {
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await page.setViewportSize({ width: 1440, height: 900 })
  // The tracer must know the page's own process before it is measured.
  await page.goto(new URL('coordinator.js', url).href)
  const opening = await cpuOf(page, async () => {
    await page.goto(url)
    await page.waitForSelector('#results-body:not([hidden])')
    await page.waitForTimeout(DRAWING_MS)
  })
  const redraws: number[] = []
  for (let move = 1; move <= REDRAWS; move += 1) {
    await rest(page)
    redraws.push(await moveTheta(page, move / 10))
  }
  const moves: PageCpu[] = []
  for (let move = 1; move <= SCREEN_MOVES; move += 1) {
    await rest(page)
    moves.push(await cpuOf(page, async () => {
      await moveTheta(page, 1 + move / 10)
      await page.waitForTimeout(DRAWING_MS / 4)
      await stop(page)
    }))
  }
  await page.close()
  return { opening, redraws, medianRedraw: median(redraws), moves }
}

/** Ends what is running, so that a move has the machine to itself. */
async function stop(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelector<HTMLButtonElement>('#run-cancel:not([hidden])')?.click())
}

async function rest(page: Page): Promise<void> {
  await stop(page)
  await page.waitForTimeout(REST_MS)
}

/** Moves the slider, and tells when its first results are on the screen: milliseconds by the page's clock. */
function moveTheta(page: Page, theta: number): Promise<number> {
  return page.locator('input[id$="allocate-theta-slider"]').first().evaluate((slider: HTMLInputElement, next) => {
    const lead = document.querySelector('.fw-lead')
    if (lead === null) throw new Error('there is no sentence of results')
    const before = lead.textContent
    const moved = performance.now()
    slider.value = String(next)
    slider.dispatchEvent(new Event('input', { bubbles: true }))
    return new Promise<number>((resolve) => {
      const watcher = new MutationObserver(() => {
        if (lead.textContent === before) return
        watcher.disconnect()
        // Once the frame with the new figures has been made.
        requestAnimationFrame(() => setTimeout(() => resolve(Math.round(performance.now() - moved)), 0))
      })
      watcher.observe(lead, { childList: true, characterData: true, subtree: true })
    })
  }, theta)
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

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
await build(appConfig('app', { outDir: join(folder, 'whole') }))
const server = await serveApp(join(folder, 'app'), 0)
const whole = await serveApp(join(folder, 'whole'), 0)
const context = await launchChromium(join(folder, 'profile'))
try {
  const page = await context.newPage()
  await page.goto(server.url)
  const found = await measure(page)
  await page.close()
  const screen = await measureScreen(context, whole.url)
  const [{ model }] = cpus()
  const record: AppRecord = {
    date: new Date().toISOString().slice(0, 10),
    processor: model,
    processors: cpus().length,
    loadBefore,
    browser: context.browser()?.version() ?? 'unknown',
    ...found,
    screen,
    medianMove: median(found.moves),
  }
  writeFileSync(RECORD, `${JSON.stringify(record, null, 2)}\n`)
  process.stdout.write(`${JSON.stringify(record, null, 2)}\n`)
} finally {
  await context.close()
  await server.close()
  await whole.close()
  rmSync(folder, { recursive: true })
}
