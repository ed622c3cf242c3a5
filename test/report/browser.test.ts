import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '../../scripts/chromium.ts'
import { renderReport } from '../../src/report/render-report.ts'
import { describeInChromium } from '../in-chromium.ts'
import { fixtureResults } from '../results/fixture.ts'

describeInChromium('the report in Chromium', () => {
  let folder: string
  let browser: BrowserContext
  let page: Page
  const complaints: string[] = []
  const requests: string[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fairwait-report-'))
    const path = join(folder, 'report.html')
    await writeFile(path, await renderReport(fixtureResults({ weeks: 120, hostileText: '<b>"Bold" & co</b>' })))
    browser = await launchChromium(join(folder, 'profile'))
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
    const charts = page.locator('section.figure:has(svg)')
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

  it('lets a reader leave a scenario out everywhere, and says so', async () => {
    const box = page.getByRole('checkbox', { name: 'Core20 targeted capacity' })
    const parts = page.locator('[data-scenario="3"]')
    expect(await parts.count()).toBeGreaterThan(10)
    await box.uncheck()
    expect(await page.locator('[data-scenario="3"]:not(.left-out)').count()).toBe(0)
    expect(await page.locator('[data-scenario="2"].left-out').count()).toBe(0)
    expect(await parts.first().isVisible()).toBe(false)
    expect(await page.getByRole('status').textContent()).toBe('5 of 6 scenarios shown')
    await box.check()
    expect(await page.locator('.left-out').count()).toBe(0)
  })

  it('shows gaps as ratios in place of differences, and back', async () => {
    const [differences, ratios] = [page.locator('#gaps'), page.locator('#ratios')]
    expect([await differences.isVisible(), await ratios.isVisible()]).toEqual([true, false])
    await page.getByRole('radio', { name: 'ratios' }).check()
    expect([await differences.isVisible(), await ratios.isVisible()]).toEqual([false, true])
    await page.getByRole('radio', { name: 'differences' }).check()
    expect([await differences.isVisible(), await ratios.isVisible()]).toEqual([true, false])
  })

  it('puts the key figures of one scenario in the tiles, and the summary back', async () => {
    const tile = page.locator('.tile').first()
    const before = await tile.textContent()
    await page.getByLabel('Key figures of').selectOption({ label: 'Core20 targeted capacity' })
    expect(await tile.locator('.change').textContent()).toMatch(/^−4\d,\d{3} \(−4\d,\d{3} to −4\d,\d{3}\)$/)
    const inTable = await page.locator('table.headline tbody tr').nth(3).locator('.value').first().textContent()
    expect(await tile.locator('.value').textContent()).toBe(inTable)
    await page.getByLabel('Key figures of').selectOption({ label: 'Summary of all' })
    expect(await tile.textContent()).toBe(before)
  })

  it('says the values of a chart at each date by keyboard and by pointer', async () => {
    const panel = page.locator('.panel[data-values]').first()
    await panel.focus()
    await page.keyboard.press('Home')
    expect(await page.locator('.tip').textContent()).toMatch(/^31 January 2026Fifth 1: 76,310/)
    await page.keyboard.press('ArrowRight')
    expect(await page.getByRole('status').textContent()).toMatch(/^28 February 2026, Fifth 1: 7\d,\d{3}/)
    await page.keyboard.press('Escape')
    expect(await page.locator('.tip').isVisible()).toBe(false)
    await panel.locator('svg').hover()
    expect(await page.locator('.tip').textContent()).toMatch(/2027Fifth 1: \d/)
  })

  it('reaches everything it offers by keyboard, and shows where the focus is', async () => {
    const unreached = await page.$$eval('a[href],select,input,summary,.scroll,.panel[data-values]', (all) =>
      all.flatMap((element) => {
        if (!(element instanceof HTMLElement) || !element.checkVisibility()) return []
        element.focus({ preventScroll: true })
        return document.activeElement === element && element.tabIndex === 0 ? [] : [element.outerHTML.slice(0, 60)]
      }),
    )
    expect(unreached).toEqual([])
    await page.locator('summary').first().focus()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle)).toBe('solid')
  })

  it('has landmarks, and one name for each region', async () => {
    for (const landmark of ['banner', 'main', 'navigation', 'contentinfo'] as const) expect(await page.getByRole(landmark).count()).toBe(1)
    const ids = await page.$$eval('[id]', (all) => all.map((each) => each.id))
    expect(new Set(ids).size).toBe(ids.length)
    const loose = await page.$$eval('[aria-labelledby]', (all) => all.filter((each) => document.getElementById(each.getAttribute('aria-labelledby') ?? '') === null).length)
    expect(loose).toBe(0)
    const links = await page.$$eval('nav a', (all) => all.filter((each) => document.querySelector(each.getAttribute('href') ?? '') === null).length)
    expect(links).toBe(0)
  })

  it('runs no script but its own', async () => {
    const ran = await page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'document.body.dataset.ran = "yes"'
      document.body.append(script)
      return document.body.dataset['ran'] ?? 'no'
    })
    expect(ran).toBe('no')
    expect(complaints.splice(0)).toHaveLength(1)
  })

  it('cuts no figure on paper: each fits on an A4 page, whole', async () => {
    await page.emulateMedia({ media: 'print' })
    // A4 less margins of 12 mm, at 96 pixels an inch.
    await page.setViewportSize({ width: 703, height: 1031 })
    const tall = await page.$$eval('.figure:not(.table-only) .panel, .figure .head, .tile, .goal, .picture', (all) => all.filter((each) => each.getBoundingClientRect().height > 1031).length)
    expect(tall).toBe(0)
    const wide = await page.$$eval('svg,table', (all) => all.filter((each) => each.getBoundingClientRect().right > 704).map((each) => each.outerHTML.slice(0, 80)))
    expect(wide).toEqual([])
    await page.emulateMedia({ media: 'screen' })
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

describeInChromium('the report without scripts', () => {
  it('shows every scenario, both gaps and the ratios in a fold, and offers nothing that does not work', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fairwait-report-'))
    const path = join(folder, 'report.html')
    await writeFile(path, await renderReport(fixtureResults({ weeks: 60 })))
    const browser = await launchChromium(join(folder, 'profile'), { javaScriptEnabled: false })
    try {
      const page = await browser.newPage()
      await page.goto(pathToFileURL(path).href)
      expect(await page.locator('#controls').isVisible()).toBe(false)
      expect(await page.locator('input,select').count()).toBe(0)
      expect(await page.locator('#gaps').isVisible()).toBe(true)
      expect(await page.getByText('The same gaps as ratios, most deprived to least').isVisible()).toBe(true)
      expect(await page.locator('.tile .value').first().textContent()).toMatch(/^\d{3},\d{3}$/)
    } finally {
      await browser.close()
      await rm(folder, { recursive: true, force: true })
    }
  })
})
