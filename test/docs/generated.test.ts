import { describe, expect, it } from 'vitest'
import { DOCUMENTS } from '../../scripts/documents.ts'
import { pageText } from './pages.ts'

describe('documents made from code', () => {
  it.each(Object.entries(DOCUMENTS))('%s says what the code says; `npm run docs` remakes it where this fails', (path, make) => {
    const written = pageText(path)
    expect(written).toBe(make(written))
  })
})
