import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeInChromium } from '../../in-chromium.ts'
import { dragSlider, GAP, open, running, SCENARIOS, setSlider, study, textOf } from './actions.ts'
import { startSite, type Site } from './page.ts'

let site: Site
beforeAll(async () => {
  site = await startSite()
}, 240_000)
afterAll(() => site?.close())

/** Text whose contrast with what is behind it is less than WCAG 2.2 asks for at its size. */
const faintText = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const colour = (written: string): [number, number, number, number] => {
      const [red = 0, green = 0, blue = 0, opacity = 1] = (/\((.*)\)/.exec(written)?.[1] ?? '').split(/[\s,/]+/).map(Number)
      return [red, green, blue, opacity]
    }
    const luminance = (channels: readonly number[]): number => {
      const [red, green, blue] = channels.slice(0, 3).map((channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4))
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const ground = (element: Element | null): readonly number[] => {
      for (let at = element; at !== null; at = at.parentElement) {
        const found = colour(getComputedStyle(at).backgroundColor)
        if (found[3] === 1) return found
      }
      return [255, 255, 255]
    }
    const faint = new Set<string>()
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const { parentElement: parent } = node
      const words = node.textContent?.trim() ?? ''
      if (parent === null || words === '' || !parent.checkVisibility() || parent.closest('script, :disabled') !== null) continue
      const { color, fill, fontSize, fontWeight, opacity } = getComputedStyle(parent)
      const isSvg = parent instanceof SVGElement
      const own = colour(isSvg ? fill : color)
      const behind = ground(isSvg ? (parent.ownerSVGElement?.parentElement ?? null) : parent)
      const alpha = own[3] * Number(opacity)
      const seen = own.slice(0, 3).map((channel, index) => channel * alpha + behind[index] * (1 - alpha))
      const [light, dark] = [luminance(seen), luminance(behind)].toSorted((a, b) => b - a)
      const size = Number.parseFloat(fontSize)
      const least = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700) ? 3 : 4.5
      const ratio = (light + 0.05) / (dark + 0.05)
      if (ratio < least) faint.add(`${words.slice(0, 40)}: ${ratio.toFixed(2)}`)
    }
    return [...faint]
  })

describeInChromium('everybody', () => {
  it('can read every word: its contrast is at least 4.5, of large text 3', async () => {
    const page = await site.open()
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true
    })
    await page.waitForSelector('#figure-list svg.marks')
    expect(await faintText(page)).toEqual([])
    // The check itself sees what is faint.
    await page.evaluate(() => document.querySelector('.fw-lead')?.setAttribute('style', 'color: #999'))
    expect(await faintText(page)).toHaveLength(1)
    await page.close()
  })

  it('sees where the focus is, at every stop of the keyboard', async () => {
    const page = await site.open()
    const unseen: string[] = []
    for (let stop = 0; stop < 60; stop += 1) {
      await page.keyboard.press('Tab')
      const where = await page.evaluate(() => {
        const at = document.activeElement
        if (at === null || at === document.body) return null
        const { outlineStyle, outlineWidth } = getComputedStyle(at)
        const { top, bottom, left, right } = at.getBoundingClientRect()
        const isInView = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth
        return { name: at.outerHTML.slice(0, 80), isSeen: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 && isInView }
      })
      if (where !== null && !where.isSeen) unseen.push(where.name)
    }
    expect(unseen).toEqual([])
    await page.close()
  })

  it('can work at 400% zoom: nothing scrolls sideways, and nothing stands over the control in use', async () => {
    const page = await site.open({ width: 320, height: 256 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    const covered: string[] = []
    for (let stop = 0; stop < 40; stop += 1) {
      await page.keyboard.press('Tab')
      const name = await page.evaluate(() => {
        const at = document.activeElement
        if (at === null || at === document.body) return null
        const { top, bottom, left, right } = at.getBoundingClientRect()
        const over = document.elementFromPoint((left + right) / 2, (Math.max(0, top) + Math.min(innerHeight, bottom)) / 2)
        return over !== null && (at.contains(over) || over.contains(at)) ? null : at.outerHTML.slice(0, 80)
      })
      if (name !== null) covered.push(name)
    }
    expect(covered).toEqual([])
    await page.close()
  })

  it('can print the results: every picture, no controls, nothing wider than the paper', async () => {
    const page = await site.open()
    // Pictures further down are drawn once nothing has changed for a while.
    await page.waitForFunction(() => document.querySelectorAll('.fw-chart svg.marks').length >= 8)
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 700, height: 1000 })
    expect(await page.locator('.fw-change-side, .fw-actions, .fw-figure-save').filter({ visible: true }).count()).toBe(0)
    expect(await page.locator('.fw-tile').first().isVisible()).toBe(true)
    expect(await page.evaluate(() => Math.max(...[...document.querySelectorAll('.fw-results svg')].map((each) => each.getBoundingClientRect().right)))).toBeLessThanOrEqual(700)
    expect((await page.pdf({ format: 'A4' })).subarray(0, 4).toString()).toBe('%PDF')
    await page.close()
  })
})

describeInChromium('second thoughts', () => {
  it('takes a change back by Ctrl+Z and by button, a dragged slider as one', async () => {
    const page = await site.open()
    const theta = page.locator('input[id$="allocate-theta"]').first()
    const [value, gap, scenarios] = [await theta.inputValue(), await textOf(page, GAP), await page.locator('.fw-scenario').count()]
    expect(await page.getAttribute('#undo', 'aria-disabled')).toBe('true')
    await running(page, () => dragSlider(page, [1, 1.5, 2, 2.5]))
    expect(await textOf(page, GAP)).not.toBe(gap)
    await running(page, () => page.click('button:has-text("New scenario from this one")'))
    expect(await page.locator('.fw-scenario').count()).toBe(scenarios + 1)
    await running(page, () => page.click('#undo'))
    expect(await page.locator('.fw-scenario').count()).toBe(scenarios)
    await page.locator('input[id$="allocate-theta-slider"]').first().focus()
    await running(page, () => page.keyboard.press('Control+z'))
    expect([await page.locator('input[id$="allocate-theta"]').first().inputValue(), await textOf(page, GAP)]).toEqual([value, gap])
    expect(await page.getAttribute('#undo', 'aria-disabled')).toBe('true')
    await page.close()
  })

  it('brings back a study that another has taken the place of', async () => {
    const page = await site.open()
    const title = await page.title()
    await open(page, 'given.yaml', study(SCENARIOS))
    await page.waitForFunction(() => document.title.startsWith('Given'))
    await page.click('#undo')
    await page.waitForFunction(() => !document.title.startsWith('Given'))
    expect(await page.title()).toBe(title)
    await page.close()
  })

  it('marks the title of a scenario that is no longer what it says, and takes the mark away again', async () => {
    const page = await site.open()
    const title = await textOf(page, '.fw-scenario-chosen .fw-scenario-name > span')
    await running(page, () => setSlider(page, 2))
    expect(await textOf(page, '.fw-scenario-chosen .fw-scenario-name > span')).toBe(`${title} (changed)`)
    expect(await textOf(page, '#results-title')).toBe(`${title} (changed)`)
    expect(await page.inputValue('input[id^="field-scenarios-"][id$="-title"]')).toBe(`${title} (changed)`)
    await running(page, () => setSlider(page, 0))
    expect(await textOf(page, '#results-title')).toBe(title)
    await page.close()
  })

  it('offers both ways out where a shorter horizon cuts targets off', async () => {
    const page = await site.open()
    await running(page, () => page.click('#horizon-2'))
    expect(await page.locator('#beyond-horizon li').allTextContents()).toContain('target “92% within 18 weeks by March 2029”')
    await running(page, () => page.click('#beyond-horizon button:has-text("Look as far as that")'))
    expect(await page.locator('#beyond-horizon').textContent()).toBe('')
    expect(Number(await page.inputValue('#field-time-weeks'))).toBe(165)
    await running(page, () => page.click('#horizon-2'))
    await running(page, () => page.click('#beyond-horizon button:has-text("Leave it out")'))
    expect(await page.locator('#beyond-horizon').textContent()).toBe('')
    expect(await page.locator('summary:has-text("Targets (2)")').count()).toBe(1)
    await page.close()
  })
})
