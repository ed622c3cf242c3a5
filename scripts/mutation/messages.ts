/** What the process that runs specs is told, and tells. */

/** Run every spec of a file as it is, and say what each meets. */
export interface Measure {
  readonly kind: 'measure'
  /** Path from the root of the project. */
  readonly file: string
}

/** Run these specs with the text of one file replaced, until one fails. */
export interface Hold {
  readonly kind: 'hold'
  readonly mutant: { readonly file: string; readonly text: string }
  /** By file and place in it; processor time after which a spec is taken to have no end, in milliseconds. */
  readonly specs: readonly { readonly file: string; readonly index: number; readonly limitMs: number }[]
}

/** To the process. */
export type ToProcess = Measure | Hold

/** What a spec meets: functions as `file:from-to`, offsets in its text. */
export interface Meeting {
  readonly cpuMs: number
  readonly met: readonly string[]
}

/** Answer to `Measure`. */
export interface Measured {
  readonly kind: 'measured'
  readonly file: string
  /** Before the first spec: loading the modules, and what the file works out for its specs. */
  readonly loading: Meeting
  readonly specs: readonly (Meeting & { readonly name: string })[]
  /** All functions of what was loaded, met or not. */
  readonly known: readonly string[]
}

/** Answer to `Hold`. */
export interface Held {
  readonly kind: 'held'
  readonly fate: 'Killed' | 'Survived' | 'RuntimeError'
  /** The spec that failed, and its words. */
  readonly by: string
  readonly spec?: { readonly file: string; readonly index: number }
  readonly cpuMs?: number
}

/** From the process; `at` when a spec begins, by its place among those asked for. */
export type FromProcess = Measured | Held | { readonly kind: 'at'; readonly place: number; readonly limitMs: number } | { readonly kind: 'broken'; readonly why: string }
