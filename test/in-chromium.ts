/** Specs that need a browser: where there is none, they are skipped, and the reason is printed. */
import { describe } from 'vitest'
import { CHROMIUM, isChromiumHere } from '../scripts/chromium.ts'

if (!isChromiumHere) process.stderr.write(`skipped: specs in a browser need ${CHROMIUM}\n`)

/** `describe` for specs in Chromium. */
export const describeInChromium: typeof describe | typeof describe.skip = isChromiumHere ? describe : describe.skip
