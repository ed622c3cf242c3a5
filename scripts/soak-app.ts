/** The process that works in the browser for a soak, and watches the page that stays open: the other end of `soak-browser.ts`. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { heapAfterCollection } from '../test/app/screen/measure.ts'
import { figure, moveTheta, running, saved, startWhole, type WholeSite } from '../test/app/whole/site.ts'
import { SMALL } from '../test/app/whole/studies.ts'
import type { PageLevels, Reply } from './soak-browser.ts'
import { heapMegabytes, megabytes } from './soak-heap.ts'

/** Starts at once, and answers each question. */
function work(): void {
  const folder = mkdtempSync(join(tmpdir(), 'fairwait-soak-app-'))
  const opened = startWhole('app').then(async (site) => ({ site, page: await openApp(site) }))
  process.on('message', (asked) => {
    if (asked === 'round') void replyTo(opened, folder).then((reply) => process.send?.(reply))
    else process.disconnect()
  })
  // The soak's end, whichever way it came.
  process.once('disconnect', () => {
    void opened.then(({ site }) => site.close()).finally(() => rmSync(folder, { recursive: true, force: true }))
  })
}

async function replyTo(opened: Promise<{ readonly site: WholeSite; readonly page: Page }>, folder: string): Promise<Reply> {
  try {
    const { site, page } = await opened
    await roundOfApp(site, page, folder)
    return { levels: await pageLevels(page) }
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}

async function pageLevels(page: Page): Promise<PageLevels> {
  const pageHeapMegabytes = megabytes(await heapAfterCollection(page))
  const session = await page.context().newCDPSession(page)
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters')
  await session.detach()
  const browserMegabytes = megabytes(descendants(process.pid).reduce((bytes, pid) => bytes + proportionalBytes(pid), 0))
  return { pageHeapMegabytes, pageNodes: nodes, pageListeners: jsEventListeners, pageWorkers: page.workers().length, browserMegabytes, driverHeapMegabytes: heapMegabytes() }
}

/** Processes that a process started, and those that they did. */
function descendants(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) => contentOf(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number))
  return children.flatMap((child) => [child, ...descendants(child)])
}

const proportionalBytes = (pid: number): number => 1024 * Number(/^Pss:\s+(\d+)/m.exec(contentOf(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0)

/** A process may end while it is looked at. */
function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Opens the app with a small study. */
const openApp = (site: WholeSite): Promise<Page> => site.open(SMALL)

/**
 * One round in the page that stays open: the slider there and back, a scenario off and on, two files saved; then a page
 * of its own, opened and closed. @throws Error where the way back leads to other numbers, or the browser complains
 */
async function roundOfApp(site: WholeSite, page: Page, folder: string): Promise<void> {
  const before = await figure(page, 'list')
  for (const theta of [3, 0.5]) await running(page, () => moveTheta(page, theta))
  await running(page, () => page.uncheck('#show-found'))
  await running(page, () => page.check('#show-found'))
  if ((await figure(page, 'list')) !== before) throw new Error(`the app went from ${before} to ${await figure(page, 'list')} on the way back`)
  for (const item of ['save-workbook-xlsx', 'save-report-html']) rmSync(await saved(page, item, folder))
  await (await openApp(site)).close()
  if (site.complaints.length > 0) throw new Error(`the browser complains: ${site.complaints.join('; ')}`)
}

work()
