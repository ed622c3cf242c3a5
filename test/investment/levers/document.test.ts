import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { leversDocument } from '../../../scripts/levers-document.ts'

it('the guide to levers says what the registry says; remake it with `node scripts/levers-document.ts` where this fails', () => {
  const written = readFileSync(new URL('../../../docs/levers.md', import.meta.url), 'utf8')
  expect(written).toBe(leversDocument(written))
})
