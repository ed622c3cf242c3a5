import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { strFromU8, gunzipSync } from 'fflate'
import { publint } from 'publint'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { isChromiumHere, launchChromium } from '../../scripts/chromium.ts'
import { serveApp } from '../../src/cli/app-server.ts'
import { ended, pack, type Ended, type Packed } from './packed.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const MEGABYTE = 1e6
/** What somebody downloads, most of it the app in its two forms. */
const MOST_TARBALL_MEGABYTES = 6

/** Each starts processes, on machines that may be busy. */
vi.setConfig({ testTimeout: 240_000 })

let packed: Packed

beforeAll(async () => {
  packed = await pack()
}, 600_000)
afterAll(() => packed.remove())

const node = (args: readonly string[], limitSeconds = 120): Promise<Ended> => ended(process.execPath, args, packed.project, limitSeconds)
const write = (name: string, text: string): void => writeFileSync(join(packed.project, name), text)

/** Names in the tarball, without the folder that npm puts them in. */
function namesInTarball(): string[] {
  const tar = gunzipSync(readFileSync(packed.tarball))
  const names: string[] = []
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const text = (from: number, length: number): string => strFromU8(tar.subarray(at + from, at + from + length)).replace(/\0.*$/s, '')
    const prefix = text(345, 155)
    names.push(`${prefix === '' ? '' : `${prefix}/`}${text(0, 100)}`.replace(/^package\//, ''))
    at += 512 + Math.ceil(Number.parseInt(text(124, 12), 8) / 512) * 512
  }
  return names
}

describe('the package', () => {
  it('holds what it promises and nothing of the workshop', () => {
    const names = namesInTarball()
    const promised = [
      'LICENSE', 'README.md', 'CHANGELOG.md', 'SECURITY.md', 'bin/fairwait.mjs', 'dist/src/index.js', 'dist/src/index.d.ts', 'dist/src/browser.js',
      'dist/src/browser.d.ts', 'dist/workers/node-thread.js', 'dist/workers/browser-runner.js', 'dist/app/index.html', 'dist/fairwait.html',
      ...readdirSync(join(ROOT, 'scenarios'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name).slice(ROOT.length)),
    ]
    expect(promised.filter((name) => !names.includes(name))).toEqual([])
    expect(names.filter((name) => !/^(?:bin|dist\/(?:src|workers|app)|scenarios)\/|^dist\/fairwait\.html$|^(?:LICENSE|README\.md|CHANGELOG\.md|SECURITY\.md|package\.json)$/.test(name))).toEqual([])
    expect(names.filter((name) => /\.test\.|(?<!\.d)\.ts$|\.map$/.test(name))).toEqual([])
  })

  it('is as small as the documentation says', () => {
    const megabytes = packed.bytes / MEGABYTE
    expect(megabytes).toBeLessThan(MOST_TARBALL_MEGABYTES)
    for (const page of ['README.md', join('docs', 'library.md')]) {
      const stated = /package of ([\d.]+) MB/.exec(readFileSync(join(ROOT, page), 'utf8'))?.[1]
      expect([page, Math.abs(Number(stated) - megabytes) < 0.3, megabytes]).toEqual([page, true, megabytes])
    }
  })

  it('is clean to publint', async () => {
    const { messages } = await publint({ pkgDir: packed.installed, pack: false, strict: true })
    expect(messages).toEqual([])
  })

  it('runs none of its own scripts when it is installed', () => {
    const { scripts } = JSON.parse(readFileSync(join(packed.installed, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
    expect(Object.keys(scripts).filter((name) => /^(?:pre|post)?install$|^prepare$/.test(name))).toEqual([])
  })
})

describe('the built app', () => {
  const app = (): string => join(packed.installed, 'dist', 'app')
  const scripts = (): string[] => readdirSync(app(), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))
  const policyOf = (html: string): Map<string, string> => {
    const content = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1].replaceAll('&#39;', "'") ?? ''
    return new Map(content.split('; ').map((each): [string, string] => [each.split(' ')[0], each.slice(each.indexOf(' ') + 1)]))
  }

  /**
   * Calls that make code of text, which the libraries in the bundle hold: the schema library's probe, CSV's row objects,
   * and Vega's code generator with its accessors and comparators. The policy of the page lets none of them run, and the page works.
   */
  const KNOWN = [/^Function\(([`'"])\1\)/, /^Function\([`'"]d[`'"],/, /^Function\(\.\.\.t\.concat\(n\)\)/, /^Function\([`'"]_[`'"],/, /^Function\([`'"]a[`'"],[`'"]b[`'"],/]

  it('makes no code of text but where libraries can, and the policy stops them', () => {
    expect(scripts().length).toBeGreaterThan(3)
    for (const name of [...scripts(), join('..', 'fairwait.html')]) {
      const text = readFileSync(join(app(), name), 'utf8')
      const calls = [...text.matchAll(/(?<![\w.$])(?:new )?(?:Function|eval)\((?!e,t\)\{)[^]{0,40}/g)].map(([call]) => call)
      expect([name, calls.filter((call) => !KNOWN.some((known) => known.test(call)))]).toEqual([name, []])
    }
  })

  it('has a policy without inline or evaluated script, in both forms', () => {
    const [served, file] = [join(app(), 'index.html'), join(packed.installed, 'dist', 'fairwait.html')].map((path) => policyOf(readFileSync(path, 'utf8')))
    for (const policy of [served, file]) {
      expect(policy.get('default-src')).toBe("'none'")
      expect([...policy.values()].join(' ')).not.toContain('unsafe-eval')
      expect(policy.get('script-src')).not.toContain('unsafe-inline')
      expect([policy.get('base-uri'), policy.get('form-action')]).toEqual(["'none'", "'none'"])
    }
    expect(served.get('script-src')).toBe("'self'")
    expect(file.get('script-src')).toMatch(/^'sha256-[\w+/]{43}='$/)
    expect(file.get('connect-src')).toBe("'none'")
  })

  it('allows its one file exactly the script that it holds', () => {
    const html = readFileSync(join(packed.installed, 'dist', 'fairwait.html'), 'utf8')
    const script = /<script type="module">([^]*?)<\/script>/.exec(html)?.[1] ?? ''
    expect(policyOf(html).get('script-src')).toBe(`'sha256-${createHash('sha256').update(script).digest('base64')}'`)
  })

  it('passes on the licences of what is built into it', () => {
    const notices = readFileSync(join(app(), 'third-party-licences.txt'), 'utf8')
    for (const name of ['mathjs', 'nhsuk-frontend', 'vega', 'vega-interpreter', 'yaml', 'zod']) expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'))
    expect(notices.match(/Permission is hereby granted|Redistribution and use/g)?.length).toBeGreaterThan(20)
  })

  it('names no other host to fetch from', () => {
    for (const name of ['index.html', join('..', 'fairwait.html')]) {
      const markup = readFileSync(join(app(), name), 'utf8').replaceAll(/<script[^]*?<\/script>|<style[^]*?<\/style>/g, '')
      expect([name, /(?:src|href)="(?:https?:)?\/\/[^"]*"/.exec(markup)?.[0]]).toEqual([name, undefined])
    }
  })
})

describe('the installed command line', () => {
  it('is on the path of an empty project, and says its version', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
    expect(await ended('npx', ['--no-install', 'fairwait', '--version'], packed.project, 60)).toMatchObject({ code: 0, stdout: `${version}\n` })
  })

  it('runs a shipped study in threads, writes every file, and reproduces it', async () => {
    const bin = join('node_modules', 'fairwait', 'bin', 'fairwait.mjs')
    const run = await node([bin, 'run', 'scenarios/laboratory.yaml', '--weeks', '12', '--out', 'made', '--quiet'])
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' })
    const again = await node([bin, 'reproduce', 'made', '--workers', '1'])
    expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('finds packs, schemas and the built app beside it', async () => {
    const bin = join('node_modules', 'fairwait', 'bin', 'fairwait.mjs')
    expect((await node([bin, 'validate', 'scenarios/recovery.yaml', 'scenarios/england.yaml'])).code).toBe(0)
    const address = /http:\/\/127\.0\.0\.1:\d+\//
    const app = await ended(process.execPath, [bin, 'app', '--no-open'], packed.project, 60, address)
    expect(app.stdout).toMatch(address)
  })
})

describe('the installed library', () => {
  it("runs the documentation's example", async () => {
    const example = /```js example\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'docs', 'library.md'), 'utf8'))?.[1] ?? ''
    expect(example.trim().split('\n').length).toBeLessThanOrEqual(10)
    write('example.mjs', example)
    const { code, stdout, stderr } = await node(['example.mjs'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^head-start \d+\nmore-slots -?\d+\n$/m)
    expect(readdirSync(join(packed.project, 'output', 'laboratory'))).toContain('workbook.xlsx')
  })

  it('gives types that tell a right program from a wrong one', async () => {
    write('right.ts', `import { createThreadsBackend, loadStudy, runStudy, type StudyResults } from 'fairwait'
import { readStudy } from 'fairwait/browser'
const { study } = await loadStudy('scenarios/laboratory.yaml')
export const results: StudyResults = await runStudy(study, createThreadsBackend({ workers: 1 }))
export const weeks: number = (await readStudy('', () => Promise.resolve(''))).time.weeks
`)
    write('wrong.ts', `import { loadStudy } from 'fairwait'
export const study: string = (await loadStudy('x')).study
`)
    const tsc = (file: string): Promise<Ended> =>
      node([join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', '', file])
    expect(await tsc('right.ts')).toMatchObject({ code: 0, stdout: '' })
    expect((await tsc('wrong.ts')).stdout).toMatch(/^wrong\.ts\(2,14\): error TS2322: Type 'Study' is not assignable to type 'string'/)
  })

  it('lets others find its schemas, studies and app by name', async () => {
    write('names.mjs', `for (const name of ['schema/study.draft-07.schema.json', 'schema/study.draft-2020-12.schema.json', 'scenarios/recovery.yaml',
  'scenarios/baselines/QYG-2026-01.json', 'app/index.html', 'fairwait.html', 'package.json'])
  (await import('node:fs')).accessSync(new URL(import.meta.resolve('fairwait/' + name)))
`)
    expect(await node(['names.mjs'])).toEqual({ code: 0, stdout: '', stderr: '' })
  })
})

describe('the library in a page', () => {
  const page = (): string => join(packed.project, 'page')
  const files = (): string[] => readdirSync(join(page(), 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))

  beforeAll(async () => {
    mkdirSync(page())
    cpSync(fileURLToPath(new URL('page.js', import.meta.url)), join(page(), 'page.js'))
    writeFileSync(join(page(), 'index.html'), '<!doctype html><title>page</title><body></body><script type="module" src="page.js"></script>')
    await build({ configFile: false, root: page(), base: './', logLevel: 'error', build: { target: 'es2023', modulePreload: false, chunkSizeWarningLimit: 5000 }, worker: { format: 'es' } })
  }, 240_000)

  it('is bundled by vite without anything of Node', () => {
    expect(files().length).toBeGreaterThan(1)
    for (const name of files()) {
      const text = readFileSync(join(page(), 'dist', name), 'utf8')
      expect([name, /["'`]node:|__vite-browser-external/.exec(text)?.[0]]).toEqual([name, undefined])
    }
  })

  it('gives the bytes of the command line in Chromium, in line and in a worker', async ({ skip }) => {
    if (!isChromiumHere) skip('chromium is not installed')
    const bin = join('node_modules', 'fairwait', 'bin', 'fairwait.mjs')
    write('short.yaml', readFileSync(join(ROOT, 'scenarios', 'laboratory.yaml'), 'utf8').replace('weeks: 104', 'weeks: 12'))
    expect((await node([bin, 'run', 'short.yaml', '--out', 'short', '--quiet'])).stderr).toBe('')
    const expected = readFileSync(join(packed.project, 'short', 'summary.json'), 'utf8')
    const server = await serveApp(join(page(), 'dist'), 0)
    const browser = await launchChromium(join(packed.project, 'profile'))
    try {
      const tab = await browser.newPage()
      await tab.goto(server.url)
      await tab.waitForFunction(() => document.body.textContent?.startsWith('{'))
      const made = JSON.parse((await tab.textContent('body')) ?? '') as Record<string, string>
      const sha = (text: string): string => createHash('sha256').update(text).digest('hex')
      expect({ inline: sha(made['inline']), worker: sha(made['worker']) }).toEqual({ inline: sha(expected), worker: sha(expected) })
    } finally {
      await browser.close()
      await server.close()
    }
  })
})
