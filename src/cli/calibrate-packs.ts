/** Writes fits into baseline packs. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { packFit } from '../baseline/calibrate/pack-fit.ts'
import type { FlowModel } from '../baseline/calibrate/forecast-flows.ts'
import type { ServiceFit } from '../baseline/calibrate/fit-service.ts'
import { packFiles } from '../baseline/import-rtt.ts'
import { ENGLAND, referenceArea } from '../baseline/reference/reference.ts'
import { listOf, totalOf, type MonthCounts } from '../baseline/series/types.ts'
import type { BaselinePack, PackFit, PackSpecialty, PackSpread } from '../baseline/types.ts'
import { cannotWritePacks, fitTitles, saySeriesCommand, seriesText } from './calibrate-messages.ts'
import { readPack } from './find-pack.ts'
import { writeFiles } from './write-files.ts'

/** What a pack needs of one fitted treatment function. */
export interface FittedSpecialty {
  readonly fit: ServiceFit
  readonly flows: FlowModel
  /** The last month fitted to. */
  readonly last: MonthCounts
  /** How unsure the fit is; undefined where its months do not say. */
  readonly packSpread: PackSpread | undefined
}

/** Files that a fit came from, by what they were read as. */
export interface FitFiles {
  readonly series: readonly string[]
  /** Table of the whole that small parts leaned on, and England's overview; undefined where none was given. */
  readonly whole: string | undefined
  readonly monthly: string | undefined
}

/** A fitted area. */
export interface FittedArea {
  readonly area: string
  readonly specialties: readonly FittedSpecialty[]
}

/** System of an area of the tables: England's go by several names, e.g. that of the constant panel. */
export function systemOf(area: string): string {
  return area.startsWith('ENGLAND') ? ENGLAND : area
}

/** Packs of a folder, by area as the tables call them. */
interface PacksToFit {
  readonly folder: string
  readonly packs: ReadonlyMap<string, BaselinePack>
}

/**
 * Reads the packs that fits are put into, before anything is fitted.
 *
 * Areas that are no system (commissioners without a board) have no pack and are left out.
 *
 * @param folder packs by their names, `QYG-2026-01.json`
 * @param areas as the tables call them
 * @throws InputError where a pack is missing or is none
 */
export async function packsToFit(folder: string, areas: readonly string[], until: string): Promise<PacksToFit> {
  const packs = new Map<string, BaselinePack>()
  for (const area of areas.filter((code) => referenceArea(systemOf(code)) !== undefined)) {
    const path = join(folder, `${systemOf(area)}-${until}.json`)
    if (!existsSync(path)) throw saySeriesCommand.noPack(path, area)
    packs.set(area, (await readPack(path, path)).pack)
  }
  return { folder, packs }
}

/**
 * Puts fits into packs, which are written again, all or none.
 *
 * @param packs of {@link packsToFit}
 * @param files that were read, for the packs' sources
 * @returns paths written
 */
export async function fitPacks({ folder, packs }: PacksToFit, areas: readonly FittedArea[], files: FitFiles): Promise<string[]> {
  const sources = await sourcesOf(files)
  const fitted = areas.flatMap((area) => {
    const pack = packs.get(area.area)
    return pack === undefined ? [] : [fittedPack(pack, area, sources)]
  })
  const written = packFiles(fitted)
  await writeFiles(folder, written, cannotWritePacks)
  return Object.keys(written).map((name) => join(folder, name))
}

type Source = BaselinePack['provenance']['sources'][number]

/** Files of the series, then those that it leaned on; none twice. */
async function sourcesOf({ series, whole, monthly }: FitFiles): Promise<Source[]> {
  const named = [
    ...series.map((file) => [file, seriesText.sourceTitle] as const),
    ...(whole === undefined || series.includes(whole) ? [] : [[whole, seriesText.wholeTitle] as const]),
    ...(monthly === undefined ? [] : [[monthly, seriesText.monthlyTitle] as const]),
  ]
  return Promise.all(named.map(([file, title]) => sourceOf(file, title)))
}

async function sourceOf(file: string, title: string): Promise<Source> {
  const sha256 = createHash('sha256').update(await readFile(file)).digest('hex')
  return { title, publisher: 'NHS England', file: basename(file), sha256 }
}

function fittedPack(pack: BaselinePack, area: FittedArea, sources: readonly Source[]): BaselinePack {
  const known = pack.provenance.sources.filter(({ title }) => !fitTitles.includes(title))
  return {
    ...pack,
    specialties: pack.specialties.map((specialty) => {
      const found = area.specialties.find(({ fit }) => fit.code === specialty.code)
      return found === undefined ? specialty : { ...specialty, fitted: scaled(packFit(found.fit, found.flows, found.last, found.packSpread), specialty, totalOf(listOf(found.last))) }
    }),
    provenance: { ...pack.provenance, sources: [...known, ...sources] },
  }
}

/** Flows at the scale of the pack's list, which may count more providers and commissioners than the series. */
function scaled(fit: PackFit, { waitingWithoutDecision, waitingWithDecision }: PackSpecialty, list: number): PackFit {
  const people = [...waitingWithoutDecision, ...waitingWithDecision].reduce((sum, waiting) => sum + waiting, 0)
  const factor = list > 0 ? people / list : 1
  const times = (value: number): number => Number((value * factor).toPrecision(5))
  return { ...fit, clockStartsPerWeek: times(fit.clockStartsPerWeek), nonAdmittedPerWeek: times(fit.nonAdmittedPerWeek), admittedPerWeek: times(fit.admittedPerWeek) }
}
