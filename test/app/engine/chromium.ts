/** The engine as it is built, in a real browser: a page without a screen, from a server or from disk. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import { build } from 'vite'
import { appConfig } from '../../../scripts/app-config.ts'
import { launchChromium } from '../../../scripts/chromium.ts'
import { serveApp, type AppServer } from '../../../src/cli/app-server.ts'
import { builtPage } from '../built.ts'

const PAGE = fileURLToPath(new URL('page', import.meta.url))

/** The built pages and a browser. */
export interface Bench {
  /** Folder of the served form. */
  readonly app: string
  /** Opens the served form. @param workers processors that the page's workers are told of, less one */
  served(workers: number): Promise<Opened>
  /** Opens the one file from disk. */
  fromDisk(): Promise<Opened>
  close(): Promise<void>
}

/** A page whose engine has started. */
export interface Opened {
  readonly page: Page
  /** What the browser complained of, refusals of the page's policy among it. */
  readonly complaints: readonly string[]
  readonly close: () => Promise<void>
}

/** Builds both forms and starts Chromium. */
export async function openBench(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'fairwait-engine-'))
  const app = await builtPage('engine-app', (outDir) => build(appConfig('app', { page: PAGE, outDir })))
  const file = join(await builtPage('engine-file', (outDir) => build(appConfig('file', { page: PAGE, outDir }))), 'index.html')
  const context = await launchChromium(join(folder, 'profile'))
  const servers = new Map<number, AppServer>()
  return {
    app,
    async served(workers) {
      const server = servers.get(workers) ?? (await serveApp(withProcessors(folder, app, workers + 1), 0))
      servers.set(workers, server)
      return opened(context, server.url)
    },
    fromDisk: () => opened(context, pathToFileURL(file).href),
    async close() {
      await context.close()
      await Promise.all([...servers.values()].map((server) => server.close()))
      rmSync(folder, { recursive: true })
    },
  }
}

/** The served form for a machine of so many processors: the coordinator asks the browser, which knows this one's. */
function withProcessors(folder: string, app: string, processors: number): string {
  const copy = mkdtempSync(join(folder, 'served-'))
  rmSync(copy, { recursive: true })
  cpSync(app, copy, { recursive: true })
  const coordinator = join(copy, 'coordinator.js')
  const told = `Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${processors} });`
  writeFileSync(coordinator, `${told}\n${readFileSync(coordinator, 'utf8')}`)
  return copy
}

async function opened(context: BrowserContext, url: string): Promise<Opened> {
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(url)
  await page.waitForFunction(() => document.getElementById('state')?.textContent === 'ready')
  return { page, complaints, close: () => page.close() }
}

/** A run in the page: what the screen was told, in short, and the file asked for at the end, base64. */
export interface PageRun {
  readonly updates: readonly { readonly kind: string; readonly phase?: string; readonly replications?: number; readonly problems?: readonly string[] }[]
  readonly files: Readonly<Record<string, string>>
}

/** Reads a study, runs it to its end, and makes files. */
export function runInPage(page: Page, text: string, kinds: readonly string[]): Promise<PageRun> {
  return page.evaluate(async ([source, wanted]) => {
    const engine = window.fairwait
    const { file } = await engine.check(source)
    const updates: PageRun['updates'][number][] = []
    await new Promise<void>((resolve) => {
      engine.run(file, (update) => {
        const precision = update.kind === 'results' ? update.results.precision : update.kind === 'progress' ? update.precision : null
        updates.push({
          kind: update.kind,
          ...(precision !== null && { phase: precision.phase, replications: precision.replications }),
          ...(update.kind === 'failed' && { problems: update.problems.map(({ message }) => message) }),
        })
        if (update.kind === 'failed' || update.kind === 'cancelled' || precision?.phase === 'done') resolve()
      })
    })
    const files: Record<string, string> = {}
    for (const kind of wanted) {
      const { bytes } = await engine.exportFile(kind as Parameters<typeof engine.exportFile>[0])
      let characters = ''
      for (let at = 0; at < bytes.length; at += 8192) characters += String.fromCharCode(...bytes.subarray(at, at + 8192))
      files[kind] = btoa(characters)
    }
    return { updates, files }
  }, [text, kinds] as const)
}
