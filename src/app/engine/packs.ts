/** The baseline packs that a study on the page can start from: those of the build, and the user's own. */
import { validatePack } from '../../baseline/validate-pack.ts'
import type { BaselinePack } from '../../baseline/types.ts'
import { InputError } from '../../errors.ts'
import { listDate, type PackBaseline } from '../../scenario/baselines.ts'
import { nearest } from '../../scenario/suggest.ts'
import type { GivenFile, PackEntry } from '../contract.ts'
import { givenText } from './given.ts'
import { engineWords } from './messages.ts'
import type { EngineParts, ShippedPack } from './parts.ts'
import { packFromRtt, packText } from './rtt-pack.ts'
import { sha256 } from './sha256.ts'

/** Where packs are found by path. */
export interface Packs {
  list(): readonly PackEntry[]
  /** @throws InputError where there is no such pack, or it cannot be loaded */
  find(path: string): Promise<PackBaseline>
  /** Takes a pack or a published file. @throws InputError where it is neither */
  add(file: GivenFile, icb: string | undefined): Promise<PackEntry>
}

/** Reads an address as text. @throws Error with a reason where it cannot be had */
export type ReadUrl = (url: string) => Promise<string>

/** A pack that is fetched with the app. */
const PACK_FOLDER = 'baselines/'

/** The packs of one session. */
export function createPacks({ packs: shipped, packsUrl }: EngineParts, readUrl: ReadUrl): Packs {
  const own = new Map<string, { readonly entry: PackEntry; readonly pack: PackBaseline }>()
  const loaded = new Map<string, PackBaseline>()

  const load = async (found: ShippedPack): Promise<PackBaseline> => {
    const { path } = found.entry
    const text = found.text ?? (await fetched(path, packsUrl, readUrl))
    // A pack of another build would give other numbers than those that this page says it gives.
    if (sha256(text) !== found.sha256) throw new InputError({ message: engineWords.packChanged(path) })
    return { kind: 'pack', path, sha256: found.sha256, pack: validatePack(JSON.parse(text), path) }
  }
  const list = (): readonly PackEntry[] => {
    const given = [...own.values()].map(({ entry }) => entry)
    const replaced = new Set(own.keys())
    const available = shipped.filter(({ entry, text }) => !replaced.has(entry.path) && (text !== null || packsUrl !== null))
    return [...given, ...available.map(({ entry }) => entry)]
  }
  const missing = (path: string): InputError => {
    const paths = list().map((entry) => entry.path)
    const isShipped = shipped.some(({ entry }) => entry.path === path)
    const message = isShipped ? engineWords.packNotInside(path, paths) : engineWords.unknownPack(path, nearest(path, paths))
    return new InputError({ message })
  }
  return {
    list,
    async find(path) {
      const known = own.get(path)?.pack ?? loaded.get(path)
      if (known !== undefined) return known
      const found = shipped.find(({ entry, text }) => entry.path === path && (text !== null || packsUrl !== null))
      if (found === undefined) throw missing(path)
      const pack = await load(found)
      loaded.set(path, pack)
      return pack
    },
    async add(file, icb) {
      const pack = await readPack(file, icb)
      // The text that the command line would have written, so that both give a study the same hash.
      const text = pack.written
      const path = `${PACK_FOLDER}${pack.name}`
      const baseline: PackBaseline = { kind: 'pack', path, sha256: sha256(text), pack: pack.pack }
      const entry = entryOf(path, baseline, true)
      own.set(path, { entry, pack: baseline })
      return entry
    },
  }
}

/** How a pack is listed. */
export function entryOf(path: string, baseline: PackBaseline, own: boolean): PackEntry {
  const { code, name, region } = baseline.pack.system
  return { path, code, name, region, listDate: listDate(baseline), own }
}

interface ReadPack {
  readonly name: string
  readonly written: Uint8Array | string
  readonly pack: BaselinePack
}

async function readPack(file: GivenFile, icb: string | undefined): Promise<ReadPack> {
  const isJson = /\.json$/i.test(file.name) || startsAsJson(file.bytes)
  if (!isJson) {
    const { name, pack } = await packFromRtt(file, icb)
    return { name, written: packText(pack), pack }
  }
  const text = givenText(file)
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    throw new InputError({ file: file.name, message: engineWords.notJson })
  }
  return { name: file.name, written: file.bytes, pack: validatePack(data, file.name) }
}

const OPENING_BRACE = 0x7b
const BLANKS = [0x20, 0x09, 0x0a, 0x0d]

function startsAsJson(bytes: Uint8Array): boolean {
  return bytes.find((byte) => !BLANKS.includes(byte)) === OPENING_BRACE
}

async function fetched(path: string, packsUrl: string | null, readUrl: ReadUrl): Promise<string> {
  if (packsUrl === null) throw new InputError({ message: engineWords.packNotInside(path, []) })
  try {
    return await readUrl(new URL(path.slice(PACK_FOLDER.length), packsUrl).href)
  } catch (error) {
    throw new InputError({ message: engineWords.packNotFetched(path, error instanceof Error ? error.message : String(error)) })
  }
}
