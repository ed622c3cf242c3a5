import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { linkFragment } from '../../../src/app/screen/link.ts'
import { describeInChromium } from '../../in-chromium.ts'
import { GAP, open, running, SCENARIOS, setSlider, study, textOf, THETA } from './actions.ts'
import { startSite, type Site } from './page.ts'
import { cpuOfLongestTask, heapAfterCollection } from './measure.ts'

let site: Site
let folder: string
beforeAll(async () => {
  site = await startSite()
  folder = await mkdtemp(join(tmpdir(), 'fairwait-screen-files-'))
}, 240_000)
afterAll(async () => {
  await site?.close()
  await rm(folder, { recursive: true, force: true })
})

describeInChromium('the first screen', () => {
  it('opens on the worked example with six figures, each with its unit and its change, and asks no other machine for anything', async () => {
    const page = await site.open()
    expect(await page.locator('.fw-tile').count()).toBe(6)
    for (const tile of await page.locator('.fw-tile-number').allTextContents()) expect(tile.trim()).toMatch(/\d.* [a-z]/)
    expect(await textOf(page, '.fw-run-words')).toBe('Full precision: every pathway, 8 runs.')
    await page.waitForSelector('#figure-list svg.marks')
    expect(site.strays).toEqual([])
    await page.close()
  })

  it('gives every control a name', async () => {
    const page = await site.open()
    const nameless = await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true
      return [...document.querySelectorAll<HTMLInputElement>('button, input, select, textarea')]
        .filter((each) => each.labels?.length !== 1 && !each.getAttribute('aria-label') && each.textContent?.trim() === '')
        .map((each) => each.outerHTML.slice(0, 120))
    })
    expect(nameless).toEqual([])
    await page.close()
  })

  it.each([1440, 768, 320])('fits a page %i pixels wide without sideways scrolling', async (width) => {
    const page = await site.open({ width })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    await page.close()
  })

  it('can be toured and dismissed, and then stays dismissed', async () => {
    const page = await site.open()
    if (await page.locator('.fw-tour').isVisible()) await page.getByRole('button', { name: 'Dismiss' }).click()
    await page.reload()
    await page.waitForSelector('[data-run="done"]')
    expect(await page.locator('.fw-tour').isVisible()).toBe(false)
    await page.close()
  })
})

describeInChromium('what you change', () => {
  it('moves the gap when θ is moved by keyboard, and says so in words', async () => {
    const page = await site.open()
    const before = await textOf(page, GAP)
    await page.locator(THETA).first().focus()
    for (let press = 0; press < 10; press += 1) await page.keyboard.press('ArrowRight')
    await page.waitForFunction(([selector, old]) => document.querySelector(selector)?.textContent !== old, [GAP, before] as const)
    await page.waitForSelector('[data-run="done"]')
    expect(await page.inputValue('input[id$="allocate-theta"]')).toBe('1')
    expect(await textOf(page, '.fw-lead')).toMatch(/the visible gap is .* it narrows by 0\.96 points \(95% interval 0\.94 to 0\.98\)/)
    expect(await textOf(page, '#announcement')).toContain('the visible gap')
    await page.close()
  })

  it('says "no clear difference" where the interval spans nought', async () => {
    const page = await site.open()
    expect(await textOf(page, '#tile-need-gap .fw-tile-change')).toContain('No clear difference')
    await page.close()
  })

  it('takes another system, and titles the study after it', async () => {
    const page = await site.open()
    await running(page, async () => {
      await page.selectOption('#setup-system', { label: 'Greater Manchester' })
    })
    expect(await page.title()).toBe('Waiting-list recovery in Greater Manchester – Fairwait')
    await page.close()
  })

  it('adds a programme of any lever, a shock and a scenario of one’s own', async () => {
    const page = await site.open()
    await page.click('button:has-text("New scenario from this one")')
    await page.waitForSelector('#edit-my-scenario')
    await page.selectOption('#add-programme', 'outreach')
    await page.click('#add-programme-button')
    expect(await page.locator('.fw-card-title').allTextContents()).toContain('Outreach: finding unmet need')
    await page.click('summary:has-text("Shocks")')
    await page.click('#add-shock-button')
    expect(await page.locator('.fw-card-title').allTextContents()).toContain('Strikes')
    expect(await page.locator('.fw-problems').isVisible()).toBe(false)
    await page.close()
  })

  it('shows the source of a default', async () => {
    const page = await site.open()
    await page.click('summary:has-text("Dates, specialties and unit costs")')
    const sources = await page.locator('.fw-card .fw-source p').allTextContents()
    expect(sources.some((source) => source.includes('National Cost Collection'))).toBe(true)
    await page.close()
  })

  it('stops a run on request, keeps what it had, and runs again', async () => {
    const page = await site.open({ fragment: linkFragment(study(SCENARIOS).replace('name: given', 'name: endless')) ?? '', waitForResults: false })
    await page.waitForSelector('#results-body:not([hidden])')
    await page.click('#run-cancel')
    await page.waitForSelector('[data-run="cancelled"]')
    expect(await textOf(page, '.fw-run-words')).toContain('Stopped. On the screen: 1 in 20 pathways')
    expect(await page.locator('#run-again').isVisible()).toBe(true)
    await page.close()
  })
})

describeInChromium('scenarios side by side', () => {
  it('are at most four, and the pictures, dials and tables follow', async () => {
    const page = await site.open()
    expect(await page.locator('#show-strikes').isDisabled()).toBe(true)
    await running(page, () => page.uncheck('#show-core20-targeted'))
    await page.locator('#figure-groups').scrollIntoViewIfNeeded()
    await page.waitForFunction(() => document.querySelectorAll('#figure-groups .fw-panel').length === 3)
    await page.waitForFunction(() => document.querySelectorAll('.fw-headline tbody tr').length === 3)
    await page.locator('#figure-targets').scrollIntoViewIfNeeded()
    await page.waitForFunction(() => document.querySelectorAll('.fw-target:first-child .fw-dial').length === 3)
    await page.close()
  })

  it('are told apart by dashes, not by colour alone', async () => {
    const page = await site.open()
    await page.waitForSelector('#figure-list svg.marks')
    const dashes = await page.locator('#figure-list .fw-key svg line').evaluateAll((lines) => lines.map((line) => line.getAttribute('stroke-dasharray')))
    expect(new Set(dashes).size).toBe(4)
    await page.close()
  })
})

describeInChromium('what makes the gap', () => {
  const ANSWER = '#gap-answer:not([hidden])'

  it('is explained by keyboard, announced, and marked as of before once another is asked about', async () => {
    const page = await site.open()
    await page.locator('#figure-decomposition').scrollIntoViewIfNeeded()
    await page.waitForSelector('#explain-gap:not([disabled])')
    await page.focus('#explain-gap')
    await page.keyboard.press('Enter')
    await page.waitForSelector(`${ANSWER} .fw-waterfall >> nth=1 >> svg.marks`)
    expect(await textOf(page, '#explain-status')).toMatch(/^The gap under “Capacity, the same per head” is explained/)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('explain-gap')
    expect(await textOf(page, '#gap-answer')).toContain('missed appointments −1.20')
    expect(await textOf(page, '#gap-answer')).toContain('From 48 runs of 1 in 50 pathways: 3 replications of 8 combinations of differences. In so small a sample')
    expect(await page.locator('#gap-answer tbody tr').count()).toBe(12)
    expect(await page.locator('.fw-explain-stale').isVisible()).toBe(false)
    const date = await page.inputValue('#read-date')
    await page.selectOption('#read-date', { index: 0 })
    await page.waitForSelector('.fw-explain-stale:not([hidden])')
    await page.selectOption('#read-date', date)
    await page.waitForSelector('.fw-explain-stale', { state: 'hidden' })
    await running(page, () => setSlider(page, 2))
    expect(await textOf(page, '.fw-explain-stale')).toContain('in the study as it then was')
    await page.close()
  })

  it('is given up on request, and where the study changes', async () => {
    const page = await site.open({ fragment: linkFragment(study(SCENARIOS).replace('name: given', 'name: endless')) ?? '', waitForResults: false })
    await page.waitForSelector('#results-body:not([hidden])')
    await page.locator('#figure-decomposition').scrollIntoViewIfNeeded()
    expect(await page.locator('#explain-gap').isDisabled()).toBe(true)
    await page.click('#run-cancel')
    await page.click('#explain-gap')
    expect(await textOf(page, '.fw-explain-words')).toBe('6 of 48 runs, about 12 seconds left.')
    await page.click('#explain-stop')
    expect(await textOf(page, '#explain-status')).toBe('Stopped before there was an answer.')
    await page.click('#explain-gap')
    await setSlider(page, 2)
    await page.waitForFunction(() => document.getElementById('explain-status')?.textContent?.startsWith('Stopped, since the study'))
    await page.close()
  })
})

describeInChromium('saving and sharing', () => {
  it('puts the study into a link that opens as it was', async () => {
    const page = await site.open()
    await running(page, () => setSlider(page, 2))
    const gap = await textOf(page, GAP)
    await page.click('#share')
    await page.waitForFunction(() => location.hash.startsWith('#study='))
    const other = await site.open({ fragment: new URL(page.url()).hash })
    expect(await textOf(other, GAP)).toBe(gap)
    expect(await other.inputValue('input[id$="allocate-theta"]')).toBe('2')
    await page.close()
    await other.close()
  })

  it('saves the study as YAML that opens again, and every file of results', async () => {
    const page = await site.open()
    const save = async (id: string): Promise<string> => {
      await page.click('#open-menu-save')
      const [download] = await Promise.all([page.waitForEvent('download'), page.click(`#${id}`)])
      const path = join(folder, download.suggestedFilename())
      await download.saveAs(path)
      await page.keyboard.press('Escape')
      return path
    }
    const written = await readFile(await save('save-study'), 'utf8')
    expect(written).toContain('name: recovery')
    for (const id of ['save-workbook-xlsx', 'save-series-csv', 'save-report-html']) expect((await readFile(await save(id))).length).toBeGreaterThan(5)
    await open(page, 'again.yaml', written.replace('title: Recovery and', 'title: Again and'))
    await page.waitForFunction(() => document.title.startsWith('Again and'))
    await page.close()
  })

  it('goes on offering the last finished results while others are worked out, and says what they are of', async () => {
    const page = await site.open()
    const note = '#menu-save .fw-hint'
    expect(await textOf(page, note)).toContain('side by side on the screen')
    await open(page, 'endless.yaml', study(SCENARIOS).replace('name: given', 'name: endless'))
    await page.waitForFunction(() => document.title.startsWith('Given'))
    await page.waitForSelector('[data-run="running"]')
    expect(await textOf(page, note)).toMatch(/files hold the last that did, at \d\d:\d\d: “Recovery and the gap in Cheshire and Merseyside”, “No further investment/)
    await page.click('#open-menu-save')
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save-series-csv')])
    expect(download.suggestedFilename()).toBe('series.csv')
    await page.keyboard.press('Escape')
    await page.click('#run-cancel')
    await page.waitForSelector('[data-run="cancelled"]')
    expect(await page.locator('#save-series-csv').isDisabled()).toBe(false)
    await page.close()
  })

  it('saves a picture as SVG and as PNG, with its title, its key and every panel', async () => {
    const page = await site.open()
    await page.waitForSelector('#figure-gaps svg.marks')
    const picture = async (kind: string): Promise<Buffer> => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#figure-gaps').getByText(`Save as ${kind}`).click()])
      const path = join(folder, download.suggestedFilename())
      await download.saveAs(path)
      return readFile(path)
    }
    const svg = (await picture('SVG')).toString('utf8')
    expect(svg.startsWith('<svg')).toBe(true)
    const words = svg.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
    for (const part of ['Two gaps', 'No further investment (reference)', 'Capacity, the same per head', '95% interval', 'Visible gap at 18 weeks', 'Need gap: above nought']) {
      expect(words).toContain(part)
    }
    const png = await picture('PNG')
    expect(png.toString('latin1').startsWith('\u{89}PNG')).toBe(true)
    expect(png.readUInt32BE(16)).toBeGreaterThan(1000)
    await page.close()
  })

  it('opens a results folder of the command line, and leads back', async () => {
    const page = await site.open()
    const results = await mkdtemp(join(folder, 'results-'))
    for (const name of ['manifest.json', 'series.csv', 'runs.csv']) await writeFile(join(results, name), '{}')
    await page.setInputFiles('#open-folder', results)
    await page.waitForSelector('.fw-opened:not([hidden])')
    expect(await textOf(page, '.fw-opened')).toContain('made on the command line')
    expect(await page.locator(THETA).count()).toBe(0)
    await page.click('button:has-text("Back to my study")')
    await page.waitForSelector(THETA)
    await page.close()
  })
})

describeInChromium('hostile input', () => {
  it('shows markup in a study as text, and executes nothing', async () => {
    const page = await site.open()
    const evil = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
    await open(page, 'evil.yaml', study(`${SCENARIOS}  evil: { title: ${JSON.stringify(evil)} }\n`))
    await page.waitForFunction(() => document.title.startsWith('Given'))
    expect(await page.locator('.fw-scenario-name', { hasText: '<img src=x' }).count()).toBe(1)
    expect(await page.evaluate(() => [document.querySelectorAll('#app img, #app script').length, Reflect.has(window, 'hacked')])).toEqual([0, false])
    await page.close()
  })

  it.each([
    ['study of another version', 'next.yaml', study(SCENARIOS).replace('schemaVersion: 1', 'schemaVersion: 2'), 'must be 1'],
    ['pack of another version', 'pack.json', '{"format":"fairwait-baseline","version":7,"system":{"name":"X"}}', 'must be 1'],
    ['file that is neither', 'song.mp3', 'la la la', 'Fairwait opens studies'],
    ['study larger than any', 'huge.yaml', 'x'.repeat(2_000_001), 'larger than 2 MB'],
  ])('answers a %s with a message, and loses nothing', async (_, name, content, message) => {
    const page = await site.open()
    await running(page, () => setSlider(page, 2))
    const gap = await textOf(page, GAP)
    await open(page, name, content)
    await page.waitForSelector('.fw-problems:not([hidden])')
    expect(await textOf(page, '.fw-problems')).toContain(message)
    expect(await textOf(page, '.fw-problems')).toContain('Nothing that was here is lost')
    expect([await textOf(page, GAP), await page.inputValue('input[id$="allocate-theta"]')]).toEqual([gap, '2'])
    await page.close()
  })

  it('answers a broken link with a message beside the worked example', async () => {
    const page = await site.open({ fragment: '#study=AAAA', waitForResults: false })
    await page.waitForSelector('.fw-problems:not([hidden])')
    expect(await textOf(page, '.fw-problems')).toContain('The link cannot be read')
    await page.waitForSelector('#results-body:not([hidden])')
    await page.close()
  })
})

describeInChromium('two hundred moves of a slider', () => {
  it('leave no more memory behind than twenty, and no turn of the page is long', async () => {
    const page = await site.open()
    await page.waitForSelector('#figure-gaps svg.marks')
    const move = async (from: number, to: number): Promise<void> => {
      for (let index = from; index < to; index += 1) {
        await setSlider(page, (index % 30) / 10)
        await page.waitForTimeout(30)
      }
      await page.waitForSelector('[data-run="done"]')
      await page.waitForTimeout(500)
    }
    await move(0, 20)
    const first = await heapAfterCollection(page)
    const longest = await cpuOfLongestTask(page, () => move(20, 60))
    await move(60, 200)
    const last = await heapAfterCollection(page)
    console.log(`heap after 20 moves ${(first / 1e6).toFixed(1)} MB, after 200 ${(last / 1e6).toFixed(1)} MB; longest task ${longest.toFixed(0)} ms of processor time`)
    expect(last).toBeLessThan(first * 1.05 + 500_000)
    expect(longest).toBeLessThan(100)
    await page.close()
  }, 300_000)
})
