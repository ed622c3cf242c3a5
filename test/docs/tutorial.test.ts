import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { tutorialDocument } from '../../scripts/tutorial-document.ts'
import { pageText } from './pages.ts'

const TUTORIAL = pageText('docs/tutorial.md')
/** What the notebook's commands need beside Fairwait. */
const missing = ['bash', 'jq', 'sed', 'grep'].filter((tool) => spawnSync(tool, ['--version']).error !== undefined)

describe('the tutorial', () => {
  it('has no number in its text that does not stand in a file or an output of it', () => {
    const blocks = [...TUTORIAL.matchAll(/^```\w*\n(.*?)^```/gms)].map(([, text]) => text).join('\n').replaceAll('−', '-')
    const words = TUTORIAL.replaceAll(/^```.*?^```/gms, '').replaceAll('−', '-')
    const numbers = [...words.matchAll(/\d[\d,]*\.\d+|\d{1,3}(?:,\d{3})+|\b\d{3,}\b/g)].map(([number]) => number)
    const rounded = ['28,000']
    expect(numbers.length).toBeGreaterThan(12)
    expect(numbers.filter((number) => !blocks.includes(number) && !rounded.includes(number) && !/^20[23]\d$/.test(number))).toEqual([])
  })

  it.skipIf(missing.length > 0)(
    `prints what it says, command by command${missing.length > 0 ? ` (not run: no ${missing.join(', ')} here)` : ''}`,
    { timeout: 600_000 },
    async () => {
      expect(await tutorialDocument(TUTORIAL)).toBe(TUTORIAL)
    },
  )
})
