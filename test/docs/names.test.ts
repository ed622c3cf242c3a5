import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MEASURES } from '../../src/measures/definitions.ts'
import { RESULT_FILES } from '../../src/results/results-folder.ts'
import { PAGES, pageText, ROOT } from './pages.ts'

/** History, and a record of measurements, name what was there then. */
const PRESENT = PAGES.filter((page) => !['CHANGELOG.md', 'docs/performance.md'].includes(page) && !page.startsWith('docs/decisions/'))
const FOLDERS = ['src', 'test', 'docs', 'scripts', 'bench', 'workers', 'bin', 'scenarios']

/** What stands in backticks in the text of a page, its words one by one. */
function quotedWords(page: string): string[] {
  const words = pageText(page).replaceAll(/^```.*?^```/gms, '')
  return [...words.matchAll(/`([^`\n]+)`/g)].flatMap(([, inside]) => inside.split(/[\s,()]+/))
}

/** Files and folders of the project that a page names; patterns are left out. */
function pathsIn(page: string): string[] {
  return quotedWords(page)
    .map((word) => word.replace(/[.,;:]+$|:\d+.*$/, ''))
    .filter((word) => FOLDERS.some((folder) => word.startsWith(`${folder}/`)) && !/[*…<>{]/.test(word))
}

const isThere = (page: string, path: string): boolean =>
  [path, `${path}.ts`, join(dirname(page), path)].some((each) => existsSync(join(ROOT, each)))

/** Text of all that is run, and of what configures it. */
const code = globSync(['{src,scripts,bench,test,workers}/**/*.ts', 'scenarios/**/*.{yaml,json}', '*.json', '.oxlintrc.json'], {
  cwd: ROOT,
  exclude: (name) => name.includes('baselines'),
}).map((path) => readFileSync(join(ROOT, path), 'utf8')).join('\n')
const namesInCode = new Set(code.match(/[A-Za-z_]\w+/g))

describe('what the pages name', () => {
  it.each(PRESENT)('is in the project: files and folders of %s', (page) => {
    expect(pathsIn(page).filter((path) => !isThere(page, path))).toEqual([])
  })

  /** Shows how names are made, not one of them. */
  const EXAMPLES = ['newItems', 'waitWeeks', 'budgetPounds']

  it.each(PRESENT)('is in the code: names of %s', (page) => {
    const names = quotedWords(page).filter((word) => /^(?:[a-z]+[A-Z]\w*|[A-Z]{2,}_[A-Z_]+)$/.test(word) && !EXAMPLES.includes(word))
    expect(names.filter((name) => !namesInCode.has(name))).toEqual([])
  })

  it.each(PRESENT)('can be run: scripts of npm in %s', (page) => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
    const named = [...pageText(page).matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)].map(([, name]) => name)
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
  })

  it('is every file of a results folder, in the page about results', () => {
    expect(RESULT_FILES.filter((name) => !pageText('docs/results.md').includes(`\`${name}\``))).toEqual([])
  })

  it('is every measure, in the pages about measures, health and money', () => {
    const pages = ['docs/measures.md', 'docs/health-and-equity.md', 'docs/money.md'].map(pageText).join('\n')
    const ids = MEASURES.map(({ id }) => id).filter((id) => !id.includes(':'))
    expect(ids.length).toBeGreaterThan(40)
    expect(ids.filter((id) => !pages.includes(`\`${id}\``))).toEqual([])
  })

  it('is enough to notice what is gone', () => {
    expect(PRESENT.flatMap(pathsIn).length).toBeGreaterThan(100)
    expect(namesInCode.has('simulateService')).toBe(true)
    expect(namesInCode.has(['simulate', 'Nobody'].join(''))).toBe(false)
    expect(isThere('docs/model.md', 'src/model/nowhere.ts')).toBe(false)
  })
})
