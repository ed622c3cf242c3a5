/** The app as it ships, engine and all, in Chromium: served from a folder, or one file opened from disk. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import { build } from 'vite'
import { appConfig } from '../../../scripts/app-config.ts'
import { launchChromium } from '../../../scripts/chromium.ts'
import { serveApp } from '../../../src/cli/app-server.ts'
import { linkFragment } from '../../../src/app/screen/link.ts'
import { builtPage } from '../built.ts'

/** For a machine that others use: nothing here takes longer than seconds on an idle one. */
const PATIENCE_MS = 180_000

/** One form of the app, and a browser. */
export interface WholeSite {
  /** Opens the page with a study in its link; waits for full precision unless told not to. */
  open(study: string, waitForEnd?: boolean): Promise<Page>
  /** What the browsers complained of, refusals of the page's policy and requests to elsewhere among it. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

/** Builds one form of the app and starts Chromium. */
export async function startWhole(form: 'app' | 'file'): Promise<WholeSite> {
  const folder = mkdtempSync(join(tmpdir(), `fairwait-whole-${form}-`))
  const outDir = await builtPage(`whole-${form}`, (made) => build(appConfig(form, { outDir: made })))
  const server = form === 'app' ? await serveApp(outDir, 0) : null
  const url = server?.url ?? pathToFileURL(join(outDir, 'index.html')).href
  const context = await launchChromium(join(folder, 'profile'), { acceptDownloads: true })
  const complaints = heard(context, url)
  return {
    complaints,
    async open(study, waitForEnd = true) {
      const fragment = linkFragment(study)
      if (fragment === null) throw new Error('the study is too long for a link')
      const page = await context.newPage()
      page.setDefaultTimeout(PATIENCE_MS)
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.goto(`${url}${fragment}`)
      if (waitForEnd) await finished(page)
      return page
    },
    async close() {
      await context.close()
      await server?.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function heard(context: BrowserContext, url: string): string[] {
  const complaints: string[] = []
  const own = new URL('.', url).href
  context.on('request', (request) => {
    if (!/^(?:data|blob):/.test(request.url()) && !request.url().startsWith(own)) complaints.push(`asked for ${request.url()}`)
  })
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  context.on('weberror', (error) => complaints.push(String(error.error())))
  return complaints
}

/** Waits until what is on the screen is at full precision. */
export async function finished(page: Page): Promise<void> {
  // A locator leaves no handle behind, each of which keeps something of the page and of this process for good.
  await page.locator('[data-run="done"]').waitFor()
}

/** Does something that starts a run, and waits for that run's end. */
export async function running(page: Page, act: () => Promise<unknown>): Promise<void> {
  const started = await page.evaluateHandle(() => ({
    begun: new Promise<void>((resolve) => {
      const bar = document.querySelector('[data-run]')
      const watcher = new MutationObserver(() => {
        if (bar?.getAttribute('data-run') !== 'running') return
        watcher.disconnect()
        resolve()
      })
      if (bar !== null) watcher.observe(bar, { attributes: true })
    }),
  }))
  try {
    await act()
    await started.evaluate(({ begun }) => begun)
  } finally {
    await started.dispose()
  }
  await finished(page)
}

/** A headline figure as it is written, e.g. `346,012`. */
export async function figure(page: Page, id: string): Promise<string> {
  return (await page.textContent(`#tile-${id} .fw-tile-value`)) ?? ''
}

/** Chooses an item of the Save menu, and returns where the browser put the file. */
export async function saved(page: Page, item: string, folder: string): Promise<string> {
  await page.click('#open-menu-save')
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(`#${item}`)])
  const path = join(folder, download.suggestedFilename())
  await download.saveAs(path)
  await page.keyboard.press('Escape')
  return path
}

/** Opens a file by the Open menu. */
export async function give(page: Page, name: string, content: string): Promise<void> {
  await page.click('#open-menu-open')
  await page.setInputFiles('#open-file', { name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) })
}

/** Moves the slider of how strongly the money follows need. */
export async function moveTheta(page: Page, theta: number): Promise<void> {
  await page.locator('input[id$="allocate-theta-slider"]').first().evaluate((slider: HTMLInputElement, next) => {
    slider.value = String(next)
    slider.dispatchEvent(new Event('input', { bubbles: true }))
  }, theta)
}
