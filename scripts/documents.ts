/** Remakes every document, or part of one, that is made from code: `npm run docs`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { apiDocument } from './api-document.ts'
import { assumptionsDocument, modelDocument } from './assumptions-document.ts'
import { gradientsDocument } from './gradients-document.ts'
import { leversDocument } from './levers-document.ts'

/** Documents by path from the project's root, each with how it is made from what it is now. */
export const DOCUMENTS: Readonly<Record<string, (current: string) => string>> = {
  'docs/api.md': apiDocument,
  'docs/assumptions.md': assumptionsDocument,
  'docs/gradients.md': gradientsDocument,
  'docs/levers.md': leversDocument,
  'docs/model.md': modelDocument,
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, make] of Object.entries(DOCUMENTS)) {
    const file = new URL(`../${path}`, import.meta.url)
    writeFileSync(file, make(readFileSync(file, 'utf8')))
  }
}
