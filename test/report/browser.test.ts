import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderReport } from '../../src/report/render-report.ts'
import { fixtureResults } from '../results/fixture.ts'

const CHROMIUM = '/usr/bin/chromium'
const isHere = existsSync(CHROMIUM)
if (!isHere) process.stderr.write(`skipped: the report in a browser needs ${CHROMIUM}\n`)
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

describe.skipIf(!isHere)('the report in Chromium', () => {
  let folder: string
  let browser: BrowserContext
  let page: Page
  const complaints: string[] = []
  const requests: string[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fairwait-report-'))
    const path = join(folder, 'report.html')
    await writeFile(path, await renderReport(fixtureResults({ weeks: 120, hostileText: '<b>"Bold" & co</b>' })))
    browser = await chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: CHROMIUM,
      args: ARGUMENTS,
    })
    page = await browser.newPage()
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => requests.push(request.url()))
    await page.goto(pathToFileURL(path).href)
  })

  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('opens from disk without a console message or a request beyond the file', () => {
    expect(complaints).toEqual([])
    expect(requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([])
    expect(requests).toHaveLength(1)
  })

  it('has one first heading, and headings that never skip a level', async () => {
    const levels = await page.$$eval('h1,h2,h3,h4', (all) => all.map((each) => Number(each.tagName[1])))
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    expect(levels[0]).toBe(1)
    expect(levels.every((level, index) => index === 0 || level - levels[index - 1] <= 1)).toBe(true)
  })

  it('shows the title as text', async () => {
    expect(await page.textContent('h1')).toBe('<b>"Bold" & co</b>')
  })

  it('gives every chart a caption and a table whose header cells have a scope', async () => {
    const charts = page.locator('section.figure:not(.table-only)')
    expect(await charts.count()).toBeGreaterThan(8)
    for (const figure of await charts.all()) {
      expect((await figure.locator('.caption').textContent())?.length).toBeGreaterThan(40)
      expect(await figure.locator('svg').count()).toBeGreaterThan(0)
      expect(await figure.locator('table tbody tr').count()).toBeGreaterThan(0)
    }
    for (const figure of await page.locator('section.table-only').all()) expect(await figure.locator('table tbody tr').count()).toBeGreaterThan(0)
    expect(await page.locator('th:not([scope])').count()).toBe(0)
    expect(await page.locator('table:not(:has(caption))').count()).toBe(0)
  })

  it.each([1280, 390])('does not scroll sideways at %i pixels', async (width) => {
    await page.setViewportSize({ width, height: 900 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  })

  it('has text that stands out from its background by 4.5 to 1', async () => {
    const weak = await page.$$eval('p,li,dt,dd,th,td,caption,summary,h1,h2,h3,h4,span', (all) => {
      const rgb = (text: string): number[] => (text.match(/[\d.]+/g) ?? []).map(Number)
      const luminance = (colour: number[]): number =>
        colour
          .slice(0, 3)
          .map((part) => part / 255)
          .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
          .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0)
      return all.flatMap((element) => {
        if (element.textContent.trim() === '') return []
        let behind: Element | null = element
        while (behind !== null && rgb(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement
        const [a, b] = [
          getComputedStyle(element).color,
          behind === null ? 'rgb(255,255,255)' : getComputedStyle(behind).backgroundColor,
        ]
          .map(rgb)
          .map(luminance)
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
        return contrast < 4.5 ? [`${element.tagName} ${element.textContent.slice(0, 30)} ${contrast.toFixed(2)}`] : []
      })
    })
    expect(weak).toEqual([])
  })
})
