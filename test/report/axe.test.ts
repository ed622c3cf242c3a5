import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '../../scripts/chromium.ts'
import { loadStudy } from '../../src/cli/load-study.ts'
import { createInlineBackend } from '../../src/execution/inline.ts'
import { runStudy } from '../../src/experiment/run-study.ts'
import { renderReport } from '../../src/report/render-report.ts'
import type { StudyResults } from '../../src/results/types.ts'
import { axeFindings } from '../axe.ts'
import { describeInChromium } from '../in-chromium.ts'
import { fixtureResults } from '../results/fixture.ts'

const LABORATORY = fileURLToPath(new URL('../../scenarios/laboratory.yaml', import.meta.url))

const REPORTS: readonly (readonly [what: string, width: number, make: () => Promise<StudyResults>])[] = [
  ['six scenarios', 1280, () => Promise.resolve(fixtureResults({ weeks: 60 }))],
  ['a small run', 320, async () => {
    const { study } = await loadStudy(LABORATORY, { weeks: 52, replications: 2 })
    return runStudy(study, createInlineBackend())
  }],
]

describeInChromium('axe-core finds nothing against WCAG 2.2 AA in the report', () => {
  let folder: string
  let browser: BrowserContext

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fairwait-report-axe-'))
    browser = await launchChromium(join(folder, 'profile'))
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it.each(REPORTS)('of %s, %i pixels wide, every fold open', async (_, width, make) => {
    const path = join(folder, 'report.html')
    await writeFile(path, await renderReport(await make()))
    const page = await browser.newPage()
    await page.setViewportSize({ width, height: 900 })
    await page.goto(pathToFileURL(path).href)
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true
    })
    const { violations, passed } = await axeFindings(page)
    expect(violations).toEqual([])
    expect(passed).toContain('color-contrast')
    await page.close()
  }, 120_000)
})
