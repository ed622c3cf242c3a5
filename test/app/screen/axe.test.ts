import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { axeFindings } from '../../axe.ts'
import { describeInChromium } from '../../in-chromium.ts'
import { open, SCENARIOS, study } from './actions.ts'
import { startSite, type Site } from './page.ts'

let site: Site
let folder: string
beforeAll(async () => {
  site = await startSite()
  folder = await mkdtemp(join(tmpdir(), 'fairwait-axe-'))
}, 240_000)
afterAll(async () => {
  await site?.close()
  await rm(folder, { recursive: true, force: true })
})

/** What a user comes by, one after the other: each step leads on from the one before. */
const STATES: readonly (readonly [state: string, reach: (page: Page) => Promise<unknown>])[] = [
  ['first screen, tour and all', (page) => page.waitForSelector('.fw-tour:not([hidden])')],
  ['Open menu', (page) => page.click('#open-menu-open')],
  ['Save menu', async (page) => {
    await page.keyboard.press('Escape')
    await page.click('#open-menu-save')
  }],
  ['refused study', async (page) => {
    await page.keyboard.press('Escape')
    await open(page, 'next.yaml', study(SCENARIOS).replace('schemaVersion: 1', 'schemaVersion: 2'))
    await page.waitForSelector('.fw-problems:not([hidden])')
  }],
  ['question for a code', async (page) => {
    await open(page, 'month.csv', 'a published file')
    await page.waitForSelector('.fw-dialog[open]')
  }],
  ['results folder', async (page) => {
    await page.keyboard.press('Escape')
    await page.setInputFiles('#open-folder', folder)
    await page.waitForSelector('.fw-opened:not([hidden])')
  }],
  ['every fold open, every picture drawn', async (page) => {
    await page.click('button:has-text("Back to my study")')
    await page.waitForSelector('[data-run="done"]')
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true
    })
    // Pictures below the screen are drawn once nothing has changed for a while.
    await page.waitForFunction(() => document.querySelectorAll('.fw-chart svg.marks').length >= 8)
  }],
  ['the gap explained', async (page) => {
    await page.click('#explain-gap')
    await page.waitForSelector('#gap-answer svg.marks')
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true
    })
  }],
  ['the gap explained as it was before', async (page) => {
    await page.selectOption('#read-date', { index: 0 })
    await page.waitForSelector('.fw-explain-stale:not([hidden])')
  }],
]

describeInChromium('axe-core finds nothing against WCAG 2.2 AA', () => {
  it.each([1440, 320])('in any state of the screen, %i pixels wide', async (width) => {
    for (const name of ['manifest.json', 'series.csv', 'runs.csv']) await writeFile(join(folder, name), '{}')
    const page = await site.open({ width })
    for (const [state, reach] of STATES) {
      await reach(page)
      const { violations, passed } = await axeFindings(page)
      expect([state, violations]).toEqual([state, []])
      expect(passed).toContain(state === 'question for a code' ? 'select-name' : 'color-contrast')
    }
    await page.close()
  }, 120_000)

  it('sees what is wrong where something is', async () => {
    const page = await site.open()
    await page.evaluate(() => document.querySelector('.fw-lead')?.setAttribute('style', 'color: #999'))
    expect((await axeFindings(page)).violations.join()).toMatch(/^color-contrast: <p class="fw-lead"/)
    await page.close()
  })
})
