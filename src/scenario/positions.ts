/**
 * Where in its file each part of a study stands, so that every message can say so.
 */
import type { Problem } from '../errors.ts'

/** A path inside a document: keys and 0-based list indices. */
export type DocumentPath = readonly (string | number)[]

/** A place in a text file, both 1-based. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** Looks up places of one document. */
export interface Positions {
  /** File as the user named it, or null for a study that came from no file. */
  readonly file: string | null
  /**
   * The place of the value at `path`, or of its key; of the nearest enclosing value where the path does not
   * exist; undefined where there is no text.
   */
  at(path: DocumentPath, of?: 'key' | 'value'): Place | undefined
}

/** For studies built by a program rather than read from a file. */
export const NO_POSITIONS: Positions = { file: null, at: () => undefined }

/** `scenarios.proportionate.invest[0].lever`; keys that are not plain names are quoted in brackets. */
export function formatPath(path: DocumentPath): string {
  let text = ''
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`
    else if (/^[A-Za-z0-9_-]{1,80}$/.test(part)) text += text === '' ? part : `.${part}`
    else text += `[${JSON.stringify(part.slice(0, 80))}]`
  }
  return text
}

/** A problem with its file, line, column and path. */
export function problemAt(
  positions: Positions,
  path: DocumentPath,
  message: string,
  of: 'key' | 'value' = 'value',
): Problem {
  const place = positions.at(path, of)
  return {
    ...(positions.file === null ? {} : { file: positions.file }),
    ...(place === undefined ? {} : { line: place.line, column: place.column }),
    ...(path.length === 0 ? {} : { path: formatPath(path) }),
    message,
  }
}

/** Problems in the order of their lines; those without a place, of a study that is no file, first and as they come. */
export function inFileOrder(problems: readonly Problem[]): Problem[] {
  const [lineOf, columnOf] = (['line', 'column'] as const).map((key) => (problem: Problem): number => problem[key] ?? 0)
  return problems.toSorted((a, b) => lineOf(a) - lineOf(b) || columnOf(a) - columnOf(b))
}
