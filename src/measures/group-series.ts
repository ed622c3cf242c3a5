/** Series as a target, an option or a question names them: of everybody, of a deprivation group, or across the groups. */
import type { SeriesCatalogue, SeriesKey } from './types.ts'

/** A measure of all stages; `group` is `all`, a deprivation group's id, or `gap`. */
export type GroupSeries = Pick<SeriesKey, 'measure' | 'specialty' | 'group'>

/** Where a series stands in a catalogue; −1 where the study does not report it. */
export function groupSeries({ keys }: Pick<SeriesCatalogue, 'keys'>, { measure, specialty, group }: GroupSeries): number {
  const dimension = group === 'all' ? 'all' : 'deprivation'
  return keys.findIndex(
    (key) => key.measure === measure && key.specialty === specialty && key.stage === 'all' && key.group === group && key.dimension === dimension,
  )
}
