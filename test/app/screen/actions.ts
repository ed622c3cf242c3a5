/** What a user does on the screen. */
import type { Page } from 'playwright-core'

/** The visible gap, as the headline has it. */
export const GAP = '#tile-visible-gap .fw-tile-value'
/** Sliders of how strongly money follows need. */
export const THETA = 'input[id$="allocate-theta-slider"]'
/** A study of one's own, from this on. */
export const study = (more: string): string =>
  `schemaVersion: 1\nname: given\ntitle: Given\nbaseline: baselines/QYG-2026-01.json\ntime: { weeks: 104 }\n${more}`
/** Two scenarios for it. */
export const SCENARIOS = 'scenarios:\n  none: {}\n  more: { invest: [{ lever: capacity, budget: { perYear: 20000000 } }] }\n'

/** What an element says. */
export const textOf = async (page: Page, selector: string): Promise<string> => (await page.textContent(selector)) ?? ''
/** Opens a file by the Open menu. */
export const open = async (page: Page, name: string, content: string): Promise<void> => {
  await page.click('#open-menu-open')
  await page.setInputFiles('#open-file', { name, mimeType: 'text/plain', buffer: Buffer.from(content) })
}
/** Moves the first slider of θ. */
export const setSlider = (page: Page, value: number): Promise<void> => dragSlider(page, [value])
/** Drags θ over values in one go, as a hand does: what a slow machine puts between two commands must not count. */
export const dragSlider = (page: Page, values: readonly number[]): Promise<void> =>
  page.locator(THETA).first().evaluate((slider: HTMLInputElement, all) => {
    for (const value of all) {
      slider.value = String(value)
      slider.dispatchEvent(new Event('input', { bubbles: true }))
    }
  }, values)
/** Does something that starts a run, and waits for that run's end: a run may be over before anybody could see it begin. */
export const running = async (page: Page, act: () => Promise<void>): Promise<void> => {
  const started = await page.evaluateHandle(() => ({
    begun: new Promise<void>((resolve) => {
      const bar = document.querySelector('[data-run]')
      const watcher = new MutationObserver(() => {
        if (bar?.getAttribute('data-run') === 'running') resolve()
      })
      if (bar !== null) watcher.observe(bar, { attributes: true })
    }),
  }))
  await act()
  await started.evaluate(({ begun }) => begun)
  await page.waitForSelector('[data-run="done"]')
}
