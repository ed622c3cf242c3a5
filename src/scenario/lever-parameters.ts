/**
 * Default unit costs and effects of each lever, part of the assumption registry (`assumptions.ts`). They stand by
 * subject in `registry/lever-….ts`.
 */
import { ATTENDANCE_LEVER_ENTRIES } from './registry/lever-attendance.ts'
import { CUSTOM_ENTRIES } from './registry/lever-custom.ts'
import type { LeverEntry } from './registry/lever-entry.ts'
import { NEED_LEVER_ENTRIES } from './registry/lever-need.ts'
import { SLOT_LEVER_ENTRIES, WORKFORCE_ENTRIES } from './registry/lever-slots.ts'
import type { LeverId } from './study.ts'

/** Every lever parameter with its default. */
export const LEVER_ENTRIES: readonly LeverEntry[] = [
  ...SLOT_LEVER_ENTRIES,
  ...NEED_LEVER_ENTRIES,
  ...ATTENDANCE_LEVER_ENTRIES,
  ...WORKFORCE_ENTRIES,
  ...CUSTOM_ENTRIES,
]

/** Names of all parameters of a lever. */
export function allParameterNames(lever: LeverId): string[] {
  const prefix = `lever.${lever}.`
  return LEVER_ENTRIES.filter(({ id }) => id.startsWith(prefix)).map(({ id }) => id.slice(prefix.length))
}

/** Names of a lever's parameters, as a study file writes them under `parameters`; a custom lever has its own block instead. */
export function leverParameterNames(lever: LeverId): string[] {
  return lever === 'custom' ? [] : allParameterNames(lever)
}
