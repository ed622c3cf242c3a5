/**
 * Makes the guide's pictures of the app: `npm run app-pictures`, after `npm run build:app`. Opens the one file as a user
 * would, waits for full precision, and photographs it at three widths.
 *
 *     node scripts/app-pictures.ts [APP.html] [FOLDER]
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { launchChromium } from './chromium.ts'

/** Widths and heights, CSS pixels; the last is a telephone. */
const SIZES = [
  [1440, 1080],
  [768, 1300],
  [320, 1300],
] as const
/** A full run of the worked example takes minutes on a small machine. */
const MOST_MS = 1_200_000
/** Pictures are drawn in turns after the numbers. */
const DRAWING_MS = 5000

const [app = 'dist/fairwait.html', folder = 'docs/images'] = process.argv.slice(2)
const profile = await mkdtemp(join(tmpdir(), 'fairwait-app-pictures-'))
const browser = await launchChromium(profile)
try {
  const page = await browser.newPage()
  await page.setViewportSize({ width: SIZES[0][0], height: SIZES[0][1] })
  await page.goto(pathToFileURL(resolve(app)).href)
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await page.waitForSelector('[data-run="done"]', { timeout: MOST_MS })
  await mkdir(folder, { recursive: true })
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height })
    await page.waitForTimeout(DRAWING_MS)
    await page.screenshot({ path: join(folder, `app-${width}.png`) })
  }
} finally {
  await browser.close()
  await rm(profile, { recursive: true, force: true })
}
