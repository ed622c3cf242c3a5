/**
 * Makes the README's picture: `npm run picture` photographs the executive page of a report with Debian's Chromium.
 *
 *     node scripts/picture.ts [REPORT.html] [PICTURE.png]
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { launchChromium } from './chromium.ts'

const WIDTH = 1280
const HEIGHT = 1000
/** Below the last figure of the executive page, pixels. */
const MARGIN = 32

const [report = 'output/recovery/report.html', picture = 'docs/images/report.png'] = process.argv.slice(2)
const profile = await mkdtemp(join(tmpdir(), 'fairwait-picture-'))
const browser = await launchChromium(profile, { viewport: { width: WIDTH, height: HEIGHT } })
try {
  const page = await browser.newPage()
  await page.goto(pathToFileURL(resolve(report)).href)
  await mkdir(dirname(picture), { recursive: true })
  const bottom = await page.locator('.picture').first().evaluate((figure) => figure.getBoundingClientRect().bottom)
  await page.screenshot({ path: picture, fullPage: true, clip: { x: 0, y: 0, width: WIDTH, height: Math.ceil(bottom) + MARGIN } })
} finally {
  await browser.close()
  await rm(profile, { recursive: true, force: true })
}
