import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { linkFragment } from '../../../src/app/screen/link.ts'
import { describeInChromium } from '../../in-chromium.ts'
import { figure, finished, moveTheta, running, saved, startWhole, type WholeSite } from './site.ts'
import { onCommandLine, SMALL, studyFile } from './studies.ts'

const MINUTES = 60_000
const KINDS = ['series.csv', 'runs.csv', 'summary.json', 'workbook.xlsx', 'report.html'] as const
const itemOf = (kind: string): string => `save-${kind.replace('.', '-')}`

describeInChromium.each(['app', 'file'] as const)('the whole app, as its %s', (form) => {
  let site: WholeSite
  let scratch: string
  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'fairwait-whole-test-'))
    site = await startWhole(form)
  }, 5 * MINUTES)
  afterAll(async () => {
    await site?.close()
    rmSync(scratch, { recursive: true })
  })
  const folderOf = (name: string): string => {
    const folder = join(scratch, name)
    mkdirSync(folder)
    return folder
  }

  // What does not depend on where workers and packs come from is asked of one form.
  it.runIf(form === 'app')('moves the gap when θ is moved, and brings it back to the digit when θ is', async () => {
    const page = await site.open(SMALL)
    const before = [await figure(page, 'visible-gap'), await figure(page, 'list')]
    await running(page, () => moveTheta(page, 3))
    const progressive = [await figure(page, 'visible-gap'), await figure(page, 'list')]
    expect(progressive[0]).not.toBe(before[0])
    expect(Number(progressive[0].replace('−', '-'))).toBeGreaterThan(Number(before[0].replace('−', '-')))
    await running(page, () => moveTheta(page, 0.5))
    expect([await figure(page, 'visible-gap'), await figure(page, 'list')]).toEqual(before)
    await page.close()
  }, 5 * MINUTES)

  it('saves a changed study that the command line runs to the same bytes, file by file', async () => {
    const page = await site.open(SMALL)
    await running(page, () => moveTheta(page, 1.2))
    const folder = folderOf('saved')
    const study = await saved(page, 'save-study', folder)
    const expected = await onCommandLine(study, join(folder, 'out'))
    for (const kind of KINDS) {
      const bytes = readFileSync(await saved(page, itemOf(kind), folder))
      expect([kind, bytes.equals(expected[kind])]).toEqual([kind, true])
    }
    const packed = unzipSync(readFileSync(await saved(page, itemOf('results.zip'), folder)))
    expect(Buffer.from(packed['small/series.csv']).equals(expected['series.csv'])).toBe(true)
    expect(Object.keys(packed)).toContain('small/small.yaml')
    await page.close()
  }, 5 * MINUTES)

  it('reloads from its link what was changed, to the same numbers', async () => {
    const page = await site.open(SMALL)
    await running(page, () => moveTheta(page, 2))
    const gap = await figure(page, 'visible-gap')
    await page.click('#share')
    await page.waitForFunction((before) => location.hash.startsWith('#study=') && location.hash !== before, linkFragment(SMALL))
    await page.reload()
    await finished(page)
    expect(await page.inputValue('input[id$="allocate-theta"]')).toBe('2')
    expect(await figure(page, 'visible-gap')).toBe(gap)
    await page.close()
  }, 5 * MINUTES)

  it.runIf(form === 'app')('opens a results folder of the command line at its numbers, and leads back to the study', async () => {
    const page = await site.open(SMALL.replace('weeks: 13', 'weeks: 12'))
    const own = await figure(page, 'list')
    const folder = folderOf('opened')
    const out = join(folder, 'out')
    const files = await onCommandLine(studyFile(folder, SMALL), out)
    writeFileSync(join(out, 'runs.csv'), files['runs.csv'])
    await page.setInputFiles('#open-folder', out)
    await page.waitForSelector('.fw-opened:not([hidden])')
    const row = files['series.csv'].toString().split('\n').findLast((line) => /^more-slots,[^,]*,[^,]*,all,all,all,all,waiting,/.test(line))
    expect(await figure(page, 'list')).toBe(Math.round(Number(row?.split(',')[8])).toLocaleString('en-GB'))
    await running(page, () => page.click('button:has-text("Back to my study")'))
    expect(await figure(page, 'list')).toBe(own)
    await page.close()
  }, 5 * MINUTES)

  it('stops a long run on request, keeps what it shows, and runs the next change', async () => {
    const page = await site.open(SMALL.replace('weeks: 13', 'weeks: 208').replace('sample: 0.05', 'sample: 1').replace('replications: 2', 'replications: 40'), false)
    await page.waitForSelector('#results-body:not([hidden])')
    await page.click('#run-cancel')
    await page.waitForSelector('[data-run="cancelled"]')
    expect(await page.textContent('.fw-run-words')).toMatch(/^Stopped\. On the screen: /)
    expect(await figure(page, 'list')).toMatch(/^[\d,]+$/)
    await page.click('#horizon-1')
    await page.waitForSelector('[data-run="running"]')
    await page.waitForFunction(() => document.querySelector('#read-date option:last-child')?.textContent?.includes('2027') === true)
    await page.close()
  }, 5 * MINUTES)

  it.runIf(form === 'app')('compares as many scenarios as are ticked', async () => {
    const page = await site.open(SMALL)
    const columns = (): Promise<string[]> => page.locator('.fw-headline tbody th').allTextContents()
    expect(await columns()).toEqual(['As it is', 'More slots', 'People found'])
    await running(page, () => page.uncheck('#show-found'))
    await page.waitForFunction(() => document.querySelectorAll('.fw-headline tbody tr').length === 2)
    expect(await columns()).toEqual(['As it is', 'More slots'])
    await page.close()
  }, 5 * MINUTES)

  it.runIf(form === 'app')('takes another system from its pack, and gives the command line’s numbers for it', async () => {
    const folder = folderOf('system')
    const page = await site.open(SMALL)
    const before = await figure(page, 'list')
    await running(page, async () => {
      await page.selectOption('#setup-system', 'baselines/QOP-2026-01.json')
    })
    expect(await page.title()).toContain('Greater Manchester')
    expect(await figure(page, 'list')).not.toBe(before)
    const study = await saved(page, 'save-study', folder)
    const series = readFileSync(await saved(page, 'save-series-csv', folder))
    expect(series.equals((await onCommandLine(study, join(folder, 'out')))['series.csv'])).toBe(true)
    await page.close()
  }, 5 * MINUTES)

  it('complains of nothing, and asks no other machine for anything', () => {
    expect(site.complaints).toEqual([])
  })
})
