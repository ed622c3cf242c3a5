/** Baseline packs that a user names: by the code of a system whose pack is shipped, or by a path. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ENGLAND, REFERENCE, referenceArea } from '../baseline/reference/reference.ts'
import { validatePack } from '../baseline/validate-pack.ts'
import { InputError } from '../errors.ts'
import type { PackBaseline } from '../scenario/baselines.ts'
import { nearest } from '../scenario/suggest.ts'
import { nearFile, readText } from './read-text.ts'
import { packageFolder } from './shipped.ts'
import { studyMessages } from './study-messages.ts'

/** A system whose pack comes with the package. */
export interface ShippedSystem {
  /** `ENG`, or an integrated care board's code such as `QYG`. */
  readonly code: string
  readonly name: string
  /** NHS England region. */
  readonly region: string
  /** Last month of its newest pack, `YYYY-MM`. */
  readonly month: string
  /** That pack's path from the package's folder. */
  readonly path: string
}

const PACKS = join('scenarios', 'baselines')
const PACK_NAME = /^([A-Z0-9]+)-(\d{4}-\d{2})\.json$/

/** Systems with a pack in the package, England first, then integrated care boards by code; the newest pack of each. */
export function shippedSystems(): ShippedSystem[] {
  const folder = packageFolder()
  const packs = folder === null ? null : join(folder, PACKS)
  if (packs === null || !existsSync(packs)) return []
  const newest = new Map<string, ShippedSystem>()
  for (const file of readdirSync(packs).toSorted()) {
    const [, code, month] = PACK_NAME.exec(file) ?? []
    const area = code === undefined ? undefined : referenceArea(code, REFERENCE)
    if (area !== undefined) newest.set(code, { code, name: area.name, region: area.region, month, path: join(PACKS, file) })
  }
  const isEngland = ({ code }: ShippedSystem): number => Number(code === ENGLAND)
  return [...newest.values()].toSorted((a, b) => isEngland(b) - isEngland(a) || (a.code < b.code ? -1 : 1))
}

/**
 * The pack of a system's code or of a path.
 *
 * @param written code such as `QYG`, in either case, or path of a pack
 * @param option where it was given, for messages
 * @throws InputError where there is neither, with the nearest code or file; or where the file is no pack
 */
export async function findPack(written: string, option: string): Promise<PackBaseline> {
  if (existsSync(written)) return readPack(written, written)
  const systems = shippedSystems()
  const system = systems.find(({ code }) => code === written.toUpperCase())
  const folder = packageFolder()
  if (system === undefined || folder === null) {
    const looksLikePath = /[/\\.]/.test(written)
    const near = looksLikePath ? nearFile(written, written) : nearestSystem(written, systems)
    throw new InputError({ path: option, message: studyMessages.noSystem(written, near) })
  }
  return readPack(join(folder, system.path), system.path.replaceAll('\\', '/'))
}

/** The nearest code; or the code of the system whose name is nearly what was written. */
function nearestSystem(written: string, systems: readonly ShippedSystem[]): string | null {
  const code = nearest(written, systems.map((system) => system.code))
  const name = nearest(written, systems.map((system) => system.name))
  return systems.find((system) => system.name === name)?.code ?? code
}

/**
 * Reads and checks a pack.
 *
 * @param path where it is
 * @param name as results and messages call it
 * @throws InputError where it cannot be read or is no pack
 */
export async function readPack(path: string, name: string): Promise<PackBaseline> {
  const { text, sha256 } = await readText(path, name)
  return { kind: 'pack', path: name, sha256, pack: packOf(text, name) }
}

/**
 * A pack from its text.
 * @throws InputError where it is no JSON or no pack
 */
export function packOf(text: string, name: string): PackBaseline['pack'] {
  return validatePack(parseJson(text, name), name)
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new InputError({ file: name, message: studyMessages.notJson })
  }
}
