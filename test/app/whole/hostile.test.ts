import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { strFromU8, unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeInChromium } from '../../in-chromium.ts'
import { figure, give, moveTheta, running, saved, startWhole, type WholeSite } from './site.ts'
import { SMALL } from './studies.ts'

const MINUTES = 60_000
const MARKUP = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
const FORMULA = '=HYPERLINK("http://example.org/","click")'
const PACK = readFileSync(fileURLToPath(new URL('../../../scenarios/baselines/QYG-2026-01.json', import.meta.url)), 'utf8')

let site: WholeSite
let scratch: string
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'fairwait-hostile-'))
  site = await startWhole('app')
}, 5 * MINUTES)
afterAll(async () => {
  await site?.close()
  rmSync(scratch, { recursive: true })
})

const hacked = (page: Page): Promise<boolean> => page.evaluate(() => Reflect.has(window, 'hacked') || document.querySelector('#app img, #app script, #app iframe') !== null)

/** The pack as its own data, changed. */
function packWith(change: (pack: Record<string, unknown>) => void): string {
  const pack = JSON.parse(PACK) as Record<string, unknown>
  change(pack)
  return JSON.stringify(pack)
}

const named = (name: string): string => packWith((pack) => {
  pack['system'] = { ...(pack['system'] as object), name }
})

/** A line a level, each nine times the one before. */
function multiplied(levels: number): string {
  const line = (level: number): string => `l${level}: &l${level} [${Array.from({ length: 9 }, () => (level === 0 ? '1' : `*l${level - 1}`)).join(', ')}]\n`
  return Array.from({ length: levels }, (_, level) => line(level)).join('')
}

const REFUSED: readonly (readonly [what: string, name: string, content: string, reason: RegExp])[] = [
  ['study of another schema version', 'next.yaml', SMALL.replace('schemaVersion: 1', 'schemaVersion: 2'), /schemaVersion/],
  ['study with a formula that reaches for more', 'code.yaml', SMALL.replace('perYear: 3000000', `perYear: "constructor.constructor('window.hacked=1')()"`), /formula|constructor/i],
  ['study that is nested without end', 'deep.yaml', `a: ${'['.repeat(20_000)}`, /nested|deep|levels/i],
  ['study whose aliases multiply', 'aliases.yaml', multiplied(8), /alias/i],
  ['study with a list of a hundred thousand dates', 'many.yaml', SMALL.replace('as-it-is: {', `as-it-is: { shocks: [{ kind: winter, weeks: [${'2026-02-01,'.repeat(100_000)}2026-02-01] }],`), /at most/],
  ['study that names itself a prototype', 'proto.yaml', SMALL.replace('  found:', '  __proto__:'), /cannot be a name/],
  ['pack of another version', 'pack.json', packWith((pack) => { pack['version'] = 99 }), /version/],
  ['pack with a negative list', 'pack.json', PACK.replace(/(\[)\d+(?=,)/, '$1-5'), /specialties\[0\].*at least 0; found -5/],
  ['pack cut short', 'pack.json', PACK.slice(0, PACK.length / 2), /JSON/],
  ['pack with an array of a million numbers', 'pack.json', packWith((pack) => { pack['specialties'] = Array.from({ length: 1_000_000 }, () => 7) }), /specialties/],
]

describeInChromium('hostile input to the whole app', () => {
  let victim: Page
  let kept: readonly string[]
  const shown = async (): Promise<string[]> => [await figure(victim, 'visible-gap'), await victim.inputValue('input[id$="allocate-theta"]'), await victim.title()]
  beforeAll(async () => {
    victim = await site.open(SMALL)
    await running(victim, () => moveTheta(victim, 2))
    kept = await shown()
  }, 5 * MINUTES)

  it.each(REFUSED)('answers a %s with place and reason, executes nothing and loses nothing', async (_, name, content, reason) => {
    await give(victim, name, content)
    await victim.waitForSelector('.fw-problems:not([hidden])')
    expect(await victim.textContent('.fw-problems')).toMatch(reason)
    expect(await shown()).toEqual(kept)
    expect(await hacked(victim)).toBe(false)
    await victim.click('.fw-problems button')
    await victim.waitForSelector('.fw-problems', { state: 'hidden' })
  }, 5 * MINUTES)

  it('goes on after all of these with what was there before them', async () => {
    await running(victim, () => moveTheta(victim, 1))
    expect(await figure(victim, 'visible-gap')).not.toBe(kept[0])
    await running(victim, () => moveTheta(victim, 2))
    expect(await shown()).toEqual(kept)
    await victim.close()
  }, 5 * MINUTES)

  it('shows markup in a pack’s name as text', async () => {
    const page = await site.open(SMALL)
    await running(page, () => give(page, 'pack.json', named(MARKUP)))
    expect(await page.locator('#setup-system option', { hasText: '<img src=x' }).count()).toBe(1)
    expect(await page.title()).toContain('<img src=x')
    expect(await hacked(page)).toBe(false)
    await page.close()
  }, 5 * MINUTES)

  it('shows markup and spreadsheet formulas in titles as text, on the screen and in every file', async () => {
    const page = await site.open(SMALL.replace('title: More slots', `title: ${JSON.stringify(MARKUP)}`).replace('title: People found', `title: ${JSON.stringify(FORMULA)}`))
    expect(await page.locator('.fw-scenario-name', { hasText: '<img src=x' }).count()).toBe(1)
    expect(await hacked(page)).toBe(false)
    const report = readFileSync(await saved(page, 'save-report-html', scratch), 'utf8')
    expect(report).not.toContain('<img src=x')
    expect(report).toContain('&lt;img src=x')
    const workbook = unzipSync(readFileSync(await saved(page, 'save-workbook-xlsx', scratch)))
    const sheets = Object.entries(workbook).filter(([name]) => /sheet\d+\.xml$/.test(name)).map(([, bytes]) => strFromU8(bytes))
    expect(sheets.some((sheet) => sheet.includes('HYPERLINK'))).toBe(true)
    expect(sheets.filter((sheet) => /<f>[^<]*HYPERLINK/.test(sheet))).toEqual([])
    const opened = await page.context().newPage()
    await opened.setContent(report)
    expect(await opened.evaluate(() => Reflect.has(window, 'hacked'))).toBe(false)
    await opened.close()
    await page.close()
  }, 5 * MINUTES)

  it('makes no request to elsewhere for any of it', () => {
    expect(site.complaints.filter((complaint) => complaint.startsWith('asked for'))).toEqual([])
  })
})
