/** The page under test: built as it ships but with the made-up engine, served on loopback, opened in Chromium. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import { launchChromium } from '../../../scripts/chromium.ts'
import { build } from 'vite'
import { localStyle } from '../../../scripts/app-style.ts'
import { builtPage } from '../built.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const FAKE = fileURLToPath(new URL('fake-engine.ts', import.meta.url))
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/** Where the page may load from, as strict as the shipped page's: no generated code, nothing from elsewhere. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'"

/** A browser with the page served beside it. */
export interface Site {
  readonly url: string
  /** A fresh page at the address, with a fragment where one is given; waits for the first results at full precision. */
  open(options?: { readonly fragment?: string; readonly width?: number; readonly height?: number; readonly waitForResults?: boolean }): Promise<Page>
  /** Requests to any other machine, and messages of the page's policy, since the start. */
  readonly strays: readonly string[]
  close(): Promise<void>
}

/** Builds, serves, and starts the browser. */
export async function startSite(): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'fairwait-screen-'))
  const server = await serve(await builtPage('screen', buildPage))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const context = await startBrowser(join(folder, 'profile'))
  const strays: string[] = []
  context.on('request', (request) => {
    if (!/^(?:data|blob):/.test(request.url()) && !request.url().startsWith(url)) strays.push(request.url())
  })
  context.on('console', (message) => {
    if (message.type() === 'error') strays.push(`${message.text()} ${message.location().url}`)
  })
  context.on('weberror', (error) => strays.push(String(error.error())))
  return {
    url,
    strays,
    async open({ fragment = '', width = 1440, height = 900, waitForResults = true } = {}) {
      const page = await context.newPage()
      await page.setViewportSize({ width, height })
      await page.goto(`${url}${fragment}`)
      if (waitForResults) await page.waitForSelector('[data-run="done"]')
      return page
    },
    async close() {
      await context.close()
      server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function buildPage(outDir: string): Promise<void> {
  await build({
    root: join(ROOT, 'src', 'app'),
    configFile: false,
    logLevel: 'error',
    base: './',
    publicDir: false,
    plugins: [localStyle()],
    resolve: { alias: [{ find: /^\.\/engine\/index\.ts$/, replacement: FAKE }] },
    build: { outDir, emptyOutDir: true, modulePreload: false, target: 'es2023', chunkSizeWarningLimit: 5000 },
  })
}

async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://host').pathname)
    const file = join(folder, path === '/' ? 'index.html' : path)
    readFile(file).then(
      (content) => {
        response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': POLICY })
        response.end(content)
      },
      () => {
        response.writeHead(404)
        response.end()
      },
    )
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return server
}

function startBrowser(profile: string): Promise<BrowserContext> {
  return launchChromium(profile, { acceptDownloads: true, extraArgs: ['--js-flags=--expose-gc'] })
}
