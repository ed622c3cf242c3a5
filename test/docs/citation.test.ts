import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { pageText, ROOT } from './pages.ts'

const cited = parse(readFileSync(join(ROOT, 'CITATION.cff'), 'utf8')) as Record<string, unknown>
const made = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string; license: string }

it('the citation and the changelog name the version and the licence of the package', () => {
  expect(cited).toMatchObject({ 'cff-version': '1.2.0', version: made.version, license: made.license })
  expect(pageText('CHANGELOG.md')).toContain(`\n## ${made.version}`)
})
