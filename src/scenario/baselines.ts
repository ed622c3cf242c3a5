/** The baselines of a study: one system's, or those of several systems side by side. */
import { packStart } from '../baseline/derive.ts'
import { inlineToBaseline } from './inline-baseline.ts'
import type { InlineBaseline } from './inline-schema.ts'
import { text } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import type { DocumentPath } from './positions.ts'
import type { StudyFile } from './schema.ts'
import type { StudyBaseline, SystemBaseline } from './study.ts'

/** Every system's baseline, in the order of the file. */
export function systemsOf(baseline: StudyBaseline): readonly SystemBaseline[] {
  return baseline.kind === 'systems' ? baseline.systems : [baseline]
}

/** The system's code, such as `QYG`. */
export function codeOf(system: SystemBaseline): string {
  return (system.kind === 'inline' ? system.baseline : system.pack).system.code
}

/** Its NHS England region; null where the baseline is written out. */
export function regionOf(system: SystemBaseline): string | null {
  return system.kind === 'inline' ? null : system.pack.system.region
}

/** Number of its deprivation groups. */
export function groupsIn(system: SystemBaseline): number {
  return system.kind === 'inline' ? system.baseline.groups.length : system.pack.deprivation.population.length
}

/** Codes of its specialties. */
export function specialtyCodesIn(system: SystemBaseline): string[] {
  return (system.kind === 'inline' ? system.baseline : system.pack).specialties.map(({ code }) => code)
}

/** First day after its list was counted, ISO date. */
export function listDate(system: SystemBaseline): string {
  if (system.kind === 'inline') return system.baseline.asOf
  return packStart(system.pack)
}

/** A pack as a study holds it. */
export type PackBaseline = Extract<SystemBaseline, { readonly kind: 'pack' }>

/** Paths of the packs that a study file names, each once. */
export function packPaths({ baseline }: StudyFile): string[] {
  const written = typeof baseline === 'object' && 'systems' in baseline ? baseline.systems : [baseline]
  return [...new Set(written.filter((system) => typeof system === 'string'))]
}

/**
 * The baseline of a checked study file.
 *
 * @param packs the packs by path, every one of {@link packPaths}
 */
export function studyBaseline(file: StudyFile, packs: ReadonlyMap<string, PackBaseline>): StudyBaseline {
  const { baseline } = file
  const [anyPack] = packs.values()
  const start = file.time.start ?? (anyPack === undefined ? '' : listDate(anyPack))
  const systemOf = (written: string | InlineBaseline): SystemBaseline => {
    if (typeof written !== 'string') return { kind: 'inline', baseline: inlineToBaseline(written, start) }
    const pack = packs.get(written)
    if (pack === undefined) throw new Error(`the pack ${written} was not loaded`)
    return pack
  }
  if (typeof baseline === 'string' || !('systems' in baseline)) return systemOf(baseline)
  return { kind: 'systems', systems: baseline.systems.map(systemOf) }
}

/** Reports systems of one study that do not go together. */
export function reportSystems(baseline: StudyBaseline, start: string, reader: NumberReader): void {
  const systems = systemsOf(baseline)
  const [first] = systems
  for (const [index, system] of systems.entries()) {
    const path: DocumentPath = baseline.kind === 'systems' ? ['baseline', 'systems', index] : ['baseline']
    const code = codeOf(system)
    if (systems.findIndex((other) => codeOf(other) === code) < index) {
      reader.report([...path, 'code'], text.sameSystem(code, system.kind === 'inline' ? ' (code: …)' : ''))
    }
    if (groupsIn(system) !== groupsIn(first)) {
      reader.report(path, text.groupsDiffer(code, groupsIn(system), codeOf(first), groupsIn(first)))
    } else reportLabels(system, first, path, reader)
    if (system.kind !== 'pack' || listDate(system) === start) continue
    if (baseline.kind === 'systems') reader.report(path, text.startsDiffer(code, listDate(system), start))
    else reader.report(['time', 'start'], text.packStart(listDate(system)))
  }
}

function reportLabels(system: SystemBaseline, first: SystemBaseline, path: DocumentPath, reader: NumberReader): void {
  if (system.kind !== 'inline' || first.kind !== 'inline') return
  const expected = first.baseline.groups
  const different = system.baseline.groups.find(({ label }, group) => label !== expected[group].label)
  if (different === undefined) return
  const { label } = expected[Number(different.id) - 1]
  reader.report([...path, 'groups'], text.labelsDiffer(codeOf(system), different.label, codeOf(first), label))
}
