import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { allows, installedPackages, refused, SHIPPED, TOOLS } from '../../scripts/check-licences.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const NOT_OURS = ['node_modules', 'dist', 'output', '.git']

/** Paths of text files of the checkout from its root, with `/`. */
function filesOf(...folders: readonly string[]): string[] {
  return readdirSync(ROOT, { withFileTypes: true })
    .filter(({ name }) => !NOT_OURS.includes(name) && (folders.length === 0 || folders.includes(name)))
    .flatMap((entry) => {
      if (entry.isFile()) return [entry.name]
      const inside = readdirSync(join(ROOT, entry.name), { recursive: true, withFileTypes: true })
      return inside.filter((each) => each.isFile()).map((each) => relative(ROOT, join(each.parentPath, each.name)).split(sep).join('/'))
    })
    .filter((path) => /\.(?:ts|mjs|js|json|jsonc|md|yaml|yml|sh|html|css|cff)$|run$|^\.[a-z]+/.test(path))
}

const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
/** Code without comments, roughly: enough for words that neither strings nor code of ours hold. */
const code = (path: string): string => text(path).replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '')
const sources = filesOf('src', 'workers', 'bin').filter((path) => /\.(?:ts|mjs)$/.test(path))
const holding = (pattern: RegExp): string[] => sources.filter((path) => pattern.test(code(path))).toSorted()

describe('what is installed', () => {
  interface Lock {
    readonly packages: Readonly<Record<string, { readonly resolved?: string; readonly integrity?: string; readonly hasInstallScript?: boolean; readonly link?: boolean; readonly optionalDependencies?: Readonly<Record<string, string>> }>>
  }
  const entries = Object.entries((JSON.parse(text('package-lock.json')) as Lock).packages).filter(([place]) => place !== '')

  it('comes from the public registry alone, each package with the hash of its contents', () => {
    expect(entries.length).toBeGreaterThan(100)
    for (const [place, { resolved, integrity, link }] of entries) {
      expect([place, link ?? false, integrity?.startsWith('sha512-')]).toEqual([place, false, true])
      expect([place, new URL(resolved ?? 'https://registry.npmjs.org').host]).toEqual([place, 'registry.npmjs.org'])
    }
  })

  it('runs no script when it is installed, but for the one that fetches Node', () => {
    expect(entries.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([place]) => place)).toEqual(['node_modules/node'])
    const { allowScripts } = JSON.parse(text('package.json')) as { allowScripts: Record<string, boolean> }
    expect(allowScripts).toEqual({ node: true })
  })

  it('is in the lock file for every platform, without which npm ci refuses it', () => {
    const places = entries.map(([place]) => place)
    const missing = entries.flatMap(([place, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !places.some((other) => other === `node_modules/${name}` || other === `${place}/node_modules/${name}`)),
    )
    expect(missing).toEqual([])
  })

  it('is pinned to exact versions', () => {
    const { dependencies, devDependencies } = JSON.parse(text('package.json')) as Record<string, Record<string, string>>
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+$/)])
  })

  it('stands under licences on the list, and on the shorter list where it is shipped', () => {
    const packages = installedPackages(ROOT)
    expect(packages.length).toBeGreaterThan(100)
    expect(refused(packages)).toEqual([])
  })

  it.for([
    ['MIT', true],
    ['(MIT OR GPL-3.0)', true],
    ['MIT AND Apache-2.0', true],
    ['MIT AND GPL-3.0', false],
    ['GPL-3.0-only', false],
    ['MPL-2.0', false],
    ['', false],
    ['stated in a file alone', false],
  ] as const)('a shipped package under %j is allowed: %j', ([licence, isAllowed]) => {
    expect(allows(licence, SHIPPED)).toBe(isAllowed)
    expect(refused([{ name: 'x', version: '1.0.0', licence, isTool: false }]).length).toBe(isAllowed ? 0 : 1)
    expect(allows('MPL-2.0', TOOLS)).toBe(true)
  })
})

describe('the source', () => {
  it('makes no code out of text', () => {
    expect(sources.length).toBeGreaterThan(200)
    expect(holding(/(?<![\w.])(?:eval|Function)\s*\(|new\s+Function\b|node:vm|setTimeout\(\s*['"`]|\.constructor\s*\(|document\.write|insertAdjacentHTML/)).toEqual([])
  })

  it('writes markup into a page nowhere but through the template that escapes', () => {
    const writing = holding(/\.(?:innerHTML|outerHTML)\s*=/)
    expect(writing).toEqual([])
  })

  it('starts other programs in two places, by name and without a shell', () => {
    expect(holding(/node:child_process/)).toEqual(['src/cli/app.ts', 'src/cli/cluster-slurm.ts'])
    expect(holding(/shell:\s*true|\bexecSync\(|(?<!\.)\bexec\(/)).toEqual([])
  })

  it('listens in one place and asks the network in one place, for its own packs', () => {
    expect(holding(/node:(?:https?|net|tls|dgram|dns)['"]/)).toEqual(['src/cli/app-server.ts'])
    expect(holding(/(?<![\w.])fetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon/)).toEqual(['workers/browser-coordinator.ts'])
  })

  it('keeps no cookie, and nothing of a study in the browser but what the address holds', () => {
    expect(holding(/document\.cookie|sessionStorage|indexedDB/)).toEqual([])
  })
})

describe('secrets', () => {
  /** Forms of keys and tokens, and of passwords written down. */
  const SECRETS = [
    /AKIA[0-9A-Z]{16}/,
    /gh[pousr]_\w{30,}|github_pat_\w{30,}/,
    /npm_[A-Za-z0-9]{36}/,
    /xox[abprs]-[\w-]{10,}/,
    /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/,
    /eyJ[\w-]{20,}\.eyJ[\w-]{20,}\./,
    /\b(?:password|passwd|secret|api[_-]?key|token)\b\s*[:=]\s*['"][^'"\s]{8,}['"]/i,
    /[a-z]+:\/\/[^\s/:@'"`]+:[^\s/@'"`]+@[\w.-]+/,
  ]

  it('are in no file', () => {
    const files = filesOf()
    expect(files.length).toBeGreaterThan(400)
    const found = files.filter((path) => path !== 'test/package/security.test.ts' && SECRETS.some((secret) => secret.test(text(path))))
    expect(found).toEqual([])
  })

  it('would be found', () => {
    const planted = ['AKIA' + 'A'.repeat(16), 'ghp_' + 'a'.repeat(36), 'npm_' + 'a'.repeat(36), '-----BEGIN RSA PRIVATE KEY-----', "password: 'hunter2hunter2'", 'https://me:pw@example.org']
    for (const one of planted) expect([one, SECRETS.some((secret) => secret.test(one))]).toEqual([one, true])
  })

  it('are not asked for: of the environment, six settings and the number of a cluster task are read', () => {
    const reading = holding(/\benv(?:ironment)?\b/)
    expect(reading).toEqual(expect.arrayContaining(['src/cli/cluster-task.ts', 'src/cli/main.ts', 'src/cli/option-readers.ts', 'src/results/today.ts']))
    const names = reading.flatMap((path) => [...code(path).matchAll(/(['"])([A-Z][A-Z]+(?:_[A-Z]+)*)\1/g)].map(([, , name]) => name))
    const notSettings = ['EPIPE', 'SIGINT', 'SIGTERM']
    const ofTasks = ['SLURM_ARRAY_TASK_ID', 'JOB_COMPLETION_INDEX']
    const settings = ['FAIRWAIT_DEBUG', 'FAIRWAIT_STORE', 'FORCE_COLOR', 'NO_COLOR', 'SOURCE_DATE_EPOCH', 'TERM']
    expect([...new Set(names)].toSorted()).toEqual([...notSettings, ...ofTasks, ...settings].toSorted())
  })
})

describe('the audit of CI', () => {
  it('fails on a high advisory, passes without one, and says so where nobody answers', () => {
    const script = text('scripts/audit.sh').match(/npx node -e '([^']*)'/)?.[1] ?? ''
    const run = (report: string): { status: number | null; stdout: string } => spawnSync(process.execPath, ['-e', script, report], { encoding: 'utf8' })
    const counts = { info: 0, low: 3, moderate: 1, high: 0, critical: 0 }
    expect(run(JSON.stringify({ metadata: { vulnerabilities: counts } })).status).toBe(0)
    expect(run(JSON.stringify({ metadata: { vulnerabilities: { ...counts, high: 1 } } })).status).toBe(1)
    for (const none of ['', '{"message": "405 Method Not Allowed"}', 'not JSON']) {
      const { status, stdout } = run(none)
      expect(status).toBe(0)
      expect(stdout).toMatch(/^SKIPPED: the registry did not answer/)
    }
  })
})
