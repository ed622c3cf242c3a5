/** One list of several systems' packs, for anchors that are published of a region. Pure. */
import { padded } from '../tilt.ts'
import { BANDS, type BaselinePack, type PackSpecialty } from '../types.ts'

type Banded = 'waitingWithoutDecision' | 'waitingWithDecision' | 'admittedStops' | 'nonAdmittedStops'

/**
 * Adds up packs of the same months: their counts, and their shares by deprivation as the list weighs them. Fits of single
 * systems are left out, so that rates are read off the months themselves.
 *
 * @param region name of the whole
 * @param packs at least one
 */
export function packOfRegion(region: string, packs: readonly BaselinePack[]): BaselinePack {
  const [first] = packs
  const codes = [...new Set(packs.flatMap(({ specialties }) => specialties.map(({ code }) => code)))].toSorted()
  const sizes = packs.map((pack) => pack.specialties.reduce((sum, { clockStarts }) => sum + clockStarts, 0))
  const total = sizes.reduce((a, b) => a + b, 0)
  const averaged = (read: (pack: BaselinePack) => number): number => packs.reduce((sum, pack, index) => sum + (read(pack) * sizes[index]) / total, 0)
  const added = (read: (pack: BaselinePack) => readonly number[]): number[] => read(first).map((_, group) => packs.reduce((sum, pack) => sum + read(pack)[group], 0))
  return {
    ...first,
    system: { code: 'REGION', name: region, region },
    unreportedRemovalShare: null,
    specialties: codes.map((code) => together(packs.flatMap(({ specialties }) => specialties.filter((each) => each.code === code)))),
    deprivation: {
      ...first.deprivation,
      population: added(({ deprivation }) => deprivation.population),
      populationByAge: first.deprivation.populationByAge.map((_, group) => added(({ deprivation }) => deprivation.populationByAge[group])),
      listShare: first.deprivation.listShare.map((_, group) => averaged(({ deprivation }) => deprivation.listShare[group])),
      startShare: first.deprivation.startShare.map((_, group) => averaged(({ deprivation }) => deprivation.startShare[group])),
      tilt18to51: averaged(({ deprivation }) => deprivation.tilt18to51),
      tilt52plus: averaged(({ deprivation }) => deprivation.tilt52plus),
    },
  }
}

function together(parts: readonly PackSpecialty[]): PackSpecialty {
  const [{ code, name }] = parts
  const bands = (key: Banded): number[] => {
    const all = parts.map((part) => padded(part[key]))
    return Array.from({ length: BANDS }, (_, band) => all.reduce((sum, list) => sum + list[band], 0))
  }
  const unknown = (key: keyof PackSpecialty['unknownClockStart']): number => parts.reduce((sum, { unknownClockStart }) => sum + unknownClockStart[key], 0)
  return {
    code,
    name,
    waitingWithoutDecision: bands('waitingWithoutDecision'),
    waitingWithDecision: bands('waitingWithDecision'),
    admittedStops: bands('admittedStops'),
    nonAdmittedStops: bands('nonAdmittedStops'),
    clockStarts: parts.reduce((sum, { clockStarts }) => sum + clockStarts, 0),
    unknownClockStart: { waiting: unknown('waiting'), withDecision: unknown('withDecision'), admitted: unknown('admitted'), nonAdmitted: unknown('nonAdmitted') },
  }
}
