/** What the page brings along for its engine: packs, shipped studies, and the code of the workers. Made by the build. */
import type { Engine as Made } from '../../results/engine.ts'
import type { PackEntry, ShippedStudy } from '../contract.ts'

/** A baseline pack that the build knows. */
export interface ShippedPack {
  readonly entry: PackEntry
  /** SHA-256 of the file, hex. */
  readonly sha256: string
  /** The file itself, where the page holds it; null where it is fetched. */
  readonly text: string | null
}

/** Code of a worker: a file beside the page, or its text inside the page. */
export type WorkerCode = { readonly url: string } | { readonly code: string }

/** What the engine starts with. */
export interface EngineParts {
  /** Name and version, as results files carry them. */
  readonly made: Made
  readonly packs: readonly ShippedPack[]
  /** Folder that packs which the page does not hold are fetched from, ending in a slash; null where there is none. */
  readonly packsUrl: string | null
  readonly studies: readonly ShippedStudy[]
}

/** Everything that the build puts into the page. */
export interface PageParts extends EngineParts {
  readonly coordinator: WorkerCode
  readonly runner: WorkerCode
}

/** Id of the page's data block. */
export const PARTS_ID = 'fairwait-parts'

/**
 * Reads the page's data block.
 * @param base address of the page, which relative addresses in the block are resolved against
 * @throws Error where the page was not made by the app's build
 */
export function readParts(page: Document, base: string): PageParts {
  const block = page.getElementById(PARTS_ID)?.textContent
  if (block === undefined || block === null) throw new Error('the page does not hold its parts; it is made by "npm run build:app"')
  const parts = JSON.parse(block) as PageParts
  return { ...parts, packsUrl: parts.packsUrl === null ? null : new URL(parts.packsUrl, base).href }
}

/** The code with its address in full, for a worker that does not know the page's. */
export function absolute(code: WorkerCode, base: string): WorkerCode {
  return 'url' in code ? { url: new URL(code.url, base).href } : code
}

/**
 * Address that a worker can be started from; text becomes a blob. To be asked for where the worker is started: a
 * blob of a page that came from disk is out of reach of that page's own workers.
 */
export function workerUrl(code: WorkerCode): string {
  return 'url' in code ? code.url : URL.createObjectURL(new Blob([code.code], { type: 'text/javascript' }))
}
