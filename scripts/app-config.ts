/**
 * How the browser app is built, in two forms from the same sources:
 *
 *     app    a folder for any static host; packs are fetched when they are chosen
 *     file   one file that runs from disk, with workers and the default pack inside
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { HtmlTagDescriptor, InlineConfig, Plugin, Rolldown } from 'vite'
import { PARTS_ID, type PageParts } from '../src/app/engine/parts.ts'
import { localStyle } from './app-style.ts'
import { ALIASES, made, packFiles, packs, pagePolicy, ROOT, studies, withoutOwnPackage, workerScript } from './app-parts.ts'

/** What the one file starts from without asking: the pack of the worked example. */
const PACKS_INSIDE = ['QYG']
/** Folder of the page's sources, with an `index.html`. */
const PAGE = join(ROOT, 'src', 'app')

/** Where a build reads and writes, other than the app's own folders. */
export interface AppBuild {
  /** Folder that holds `index.html`. */
  readonly page?: string
  /** Folder that receives the app, or the one file as `index.html`; emptied first. */
  readonly outDir: string
}

/** Vite's configuration of one form of the app. */
export function appConfig(form: 'app' | 'file', { page = PAGE, outDir }: AppBuild): InlineConfig {
  const isFile = form === 'file'
  return {
    configFile: false,
    root: page,
    base: './',
    publicDir: false,
    logLevel: 'warn',
    resolve: { alias: ALIASES },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      modulePreload: false,
      chunkSizeWarningLimit: 5000,
      assetsInlineLimit: isFile ? Number.MAX_SAFE_INTEGER : 0,
      ...(isFile && { cssCodeSplit: false }),
      // The time goes into bundling the workers, as it should.
      rolldownOptions: { checks: { bundlerTimings: false }, ...(isFile && { output: { codeSplitting: false } }) },
    },
    plugins: [localStyle(), withoutOwnPackage(), isFile ? oneFile() : folder()],
  }
}

/** Writes workers and packs beside the page, and says in it where they are. */
function folder(): Plugin {
  return {
    name: 'fairwait-folder',
    enforce: 'post',
    async transformIndexHtml() {
      const parts: PageParts = {
        made: await made(),
        packs: packs([]),
        packsUrl: './baselines/',
        studies: await studies(),
        coordinator: { url: './coordinator.js' },
        runner: { url: './runner.js' },
      }
      const policy = pagePolicy({ scripts: "'self'", workers: "'self'", connections: "'self'" })
      return [policyTag(policy), partsTag(parts)]
    },
    async generateBundle() {
      for (const [fileName, source] of Object.entries(await workers())) this.emitFile({ type: 'asset', fileName, source })
      for (const { name, text } of packFiles()) this.emitFile({ type: 'asset', fileName: name, source: text })
    },
  }
}

/** Puts script, style, workers and packs into the page itself. */
function oneFile(): Plugin {
  return {
    name: 'fairwait-one-file',
    enforce: 'post',
    async generateBundle(_, bundle) {
      const scripts = await workers()
      const parts: PageParts = {
        made: await made(),
        packs: packs(PACKS_INSIDE),
        packsUrl: null,
        studies: await studies(),
        coordinator: { code: scripts['coordinator.js'] },
        runner: { code: scripts['runner.js'] },
      }
      const page = Object.values(bundle).find(({ fileName }) => fileName.endsWith('.html'))
      if (page?.type !== 'asset') throw new Error('the page was not built')
      page.source = inlined(String(page.source), bundle, parts)
      for (const { fileName } of Object.values(bundle)) if (fileName !== page.fileName) delete bundle[fileName]
    },
  }
}

type WorkerScripts = Record<'coordinator.js' | 'runner.js', string>

let bundled: Promise<WorkerScripts> | null = null

/** The same for both forms, and bundled once for both. */
function workers(): Promise<WorkerScripts> {
  bundled ??= bundleWorkers()
  return bundled
}

async function bundleWorkers(): Promise<WorkerScripts> {
  return { 'coordinator.js': await workerScript('browser-coordinator.ts'), 'runner.js': await workerScript('browser-runner.ts') }
}

/** The page with everything in it, and a policy that allows exactly its own script. */
function inlined(page: string, bundle: Rolldown.OutputBundle, parts: PageParts): string {
  const files = Object.values(bundle)
  const style = files.flatMap((file) => (file.type === 'asset' && file.fileName.endsWith('.css') ? [String(file.source)] : [])).join('\n')
  const entry = files.find((file) => file.type === 'chunk')
  if (entry === undefined) throw new Error('the page has no script')
  // Vite puts what a dynamic import must load first in the place of this word, after this plugin; here that is nothing.
  const code = entry.code.replaceAll('__VITE_PRELOAD__', 'void 0')
  // A closing tag within text would end the script.
  const script = `\n${code.replaceAll('</script', String.raw`<\/script`).replaceAll('<!--', String.raw`<\!--`)}\n`
  const hash = createHash('sha256').update(script).digest('base64')
  const policy = pagePolicy({ scripts: `'sha256-${hash}'`, workers: 'blob:', connections: "'none'" })
  const bare = page.replaceAll(/<script type="module"[^>]*src=[^>]*><\/script>/g, '').replaceAll(/<link rel="(?:stylesheet|modulepreload)"[^>]*>/g, '')
  const tags = `<meta http-equiv="Content-Security-Policy" content="${policy}">`
  // Functions, so that no character of the contents means anything to the replacement.
  return bare
    .replace(/<head[^>]*>/, (head) => `${head}\n${tags}`)
    .replace('</head>', () => `<style>${style.replaceAll('</style', String.raw`<\/style`)}</style>\n</head>`)
    .replace('</body>', () => `<script type="application/json" id="${PARTS_ID}">${dataText(parts)}</script>\n<script type="module">${script}</script>\n</body>`)
}

function policyTag(content: string): HtmlTagDescriptor {
  return { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content }, injectTo: 'head-prepend' }
}

function partsTag(parts: PageParts): HtmlTagDescriptor {
  return { tag: 'script', attrs: { type: 'application/json', id: PARTS_ID }, children: dataText(parts), injectTo: 'body-prepend' }
}

/** JSON that cannot end the block that it stands in. */
function dataText(data: unknown): string {
  return JSON.stringify(data).replaceAll('<', String.raw`\u003c`)
}
