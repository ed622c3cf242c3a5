/** Where the engine is: what it is given, and how much of it there is. */
import type { BrowserBackend } from '../../execution/browser.ts'
import type { Looks } from './looks/looks.ts'
import type { ReadUrl } from './packs.ts'
import type { EngineParts } from './parts.ts'

/** What the engine is given of its surroundings. */
export interface Surroundings {
  readonly parts: EngineParts
  readonly readUrl: ReadUrl
  /** Takes first looks. */
  readonly looks: Looks
  /** Starts the backend of a whole study, whose workers end where it is aborted. */
  readonly createBackend: (workers: number) => BrowserBackend
  /** Most workers at once, from 1. */
  readonly workers: number
  /** Memory that the page may use, bytes. */
  readonly memoryBytes: number
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number
}
