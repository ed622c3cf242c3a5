/** What can be taken back: the study and the scenarios on the screen, as they were before each change. */
import type { StudyFile } from '../contract.ts'
import type { Comparison } from './comparison.ts'

/** A study as it stood, and what was shown of it. */
export interface Moment extends Comparison {
  readonly file: StudyFile
  /** The study as it was opened. */
  readonly opened: StudyFile
}

/** The last moments. */
export interface History {
  /**
   * Keeps a moment that is about to pass.
   * @param what the change by name: a slider that is dragged makes many changes of one name, which are taken back together
   */
  keep(moment: Moment, what: string): void
  /** Takes the last moment out; undefined where there is none. */
  takeBack(): Moment | undefined
  isEmpty(): boolean
}

/** Most moments kept. They share all that did not change, so that each is small. */
const MOST_MOMENTS = 50
/** Changes of one name closer together than this, milliseconds, are one. */
const TOGETHER_MS = 1000

/** @param now milliseconds of a monotonic clock */
export function createHistory(now: () => number): History {
  const moments: Moment[] = []
  let last = { what: '', at: Number.NEGATIVE_INFINITY }
  return {
    keep(moment, what) {
      const isSame = what === last.what && now() - last.at < TOGETHER_MS
      last = { what, at: now() }
      if (isSame) return
      moments.push(moment)
      if (moments.length > MOST_MOMENTS) moments.shift()
    },
    takeBack() {
      last = { what: '', at: Number.NEGATIVE_INFINITY }
      return moments.pop()
    },
    isEmpty: () => moments.length === 0,
  }
}
