/**
 * The names of every series that a run reports, in the order in which its numbers are stored.
 */
import type { CompiledScenario } from '../model/tables.ts'
import { GAP_MEASURES, MEASURES } from './definitions.ts'
import { GAP_INDICES } from './gaps.ts'
import { seriesLayout } from './layout.ts'
import type { GapBlock, Unit } from './layout.ts'
import type { MeasureInfo, SeriesCatalogue, SeriesKey } from './types.ts'

export { MEASURES } from './definitions.ts'

/**
 * The catalogue of a study, from any one of its compiled scenarios: specialty `all` first, then each specialty;
 * everybody first, then each group of each dimension, then gap rows of each ordered dimension. Spend is listed
 * for everybody and by deprivation group, the groups that programmes' money is known by.
 */
export function buildCatalogue(compiled: CompiledScenario): SeriesCatalogue {
  const layout = seriesLayout(compiled)
  const specialties = ['all', ...compiled.specialties.map(({ code }) => code)]
  const keys = specialties.flatMap((specialty) => {
    const { units, gapBlocks } = specialty === 'all' ? layout.all : layout.specialty
    return units.flatMap((unit) => unitKeys(specialty, unit)).concat(gapBlocks.flatMap((block) => gapKeys(specialty, block)))
  })
  const dimensions = compiled.dimensions.map(({ id, ordered, ofResidents, groups }) => ({
    id,
    ordered,
    ofResidents,
    groups: groups.map((group) => ({ id: group.id, label: group.label, population: group.population })),
  }))
  return { keys, dimensions, dates: compiled.dates }
}

/** What the measures of a catalogue mean, in the order of {@link MEASURES}. */
export function reportedMeasures({ keys }: Pick<SeriesCatalogue, 'keys'>): MeasureInfo[] {
  const reported = new Set(keys.map(({ measure }) => measure))
  return MEASURES.filter(({ id }) => reported.has(id))
}

function unitKeys(specialty: string, unit: Unit): SeriesKey[] {
  const { dimension, group, plan } = unit
  return plan.series.map(({ stage, measure }) => ({
    specialty,
    stage,
    dimension,
    group,
    measure,
  }))
}

function gapKeys(specialty: string, { dimension }: GapBlock): SeriesKey[] {
  return GAP_MEASURES.flatMap((measure) =>
    GAP_INDICES.map((index) => ({ specialty, stage: 'all', dimension, group: 'gap', measure: `${index}:${measure}` })),
  )
}
