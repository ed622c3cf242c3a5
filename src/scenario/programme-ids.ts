/** Names of a scenario's programmes. */
import type { LeverId } from './study.ts'

/** The id given, else the lever, with a number from the second programme of that lever that has no id of its own. */
export function programmeIds(programmes: readonly { readonly id?: string | undefined; readonly lever: LeverId }[]): string[] {
  const unnamed = new Map<LeverId, number>()
  return programmes.map(({ id, lever }) => {
    if (id !== undefined) return id
    const count = (unnamed.get(lever) ?? 0) + 1
    unnamed.set(lever, count)
    return count === 1 ? lever : `${lever}-${count}`
  })
}
