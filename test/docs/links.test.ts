import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { anchorsOf, linksOf, PAGES, ROOT } from './pages.ts'

describe('links between pages', () => {
  it.each(PAGES)('of %s lead to files and headings that are there', (page) => {
    const broken = linksOf(page).filter(
      ({ path, anchor }) =>
        !existsSync(join(ROOT, path)) || (anchor !== '' && path.endsWith('.md') && !anchorsOf(path).includes(anchor)),
    )
    expect(broken.map(({ written }) => written)).toEqual([])
  })

  it('reach every page from the README', () => {
    const reached = new Set(['README.md'])
    for (const page of reached) {
      for (const { path } of linksOf(page)) if (PAGES.includes(path)) reached.add(path)
    }
    // Decision records are linked as a folder.
    expect(PAGES.filter((page) => !reached.has(page) && !page.startsWith('docs/decisions/'))).toEqual([])
  })
})
