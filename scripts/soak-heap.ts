/** What the heap of this process consists of: what the program holds, and what V8 made of its code. */
import { json } from 'node:stream/consumers'
import { getHeapSnapshot, getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Megabytes of a heap by what they are. */
export interface HeapParts {
  /** Objects, lists, texts, functions: what the program holds, and what a leak is made of. */
  readonly heldMegabytes: number
  /** Compiled code, what V8 learnt of types for it, and the shapes of objects: as much as the program has had use for. */
  readonly codeMegabytes: number
}

/** Kinds of nodes, as V8 names them in a snapshot, that the engine makes for itself. */
const OF_CODE: readonly string[] = ['code', 'object shape', 'hidden']

/** The parts of V8's heap snapshots that are read here. */
interface Snapshot {
  readonly snapshot: { readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly [readonly string[], ...unknown[]] } }
  /** As many numbers a node as there are fields. */
  readonly nodes: readonly number[]
}

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void

/** JavaScript's heap after everything that can go has gone, MB. */
export function heapMegabytes(): number {
  gc()
  gc()
  return megabytes(process.memoryUsage().heapUsed)
}

/** Looks at every object there is, which takes seconds. */
export async function heapParts(): Promise<HeapParts> {
  const { snapshot, nodes } = (await json(getHeapSnapshot())) as Snapshot
  const { node_fields: fields, node_types: [kinds] } = snapshot.meta
  const [kindAt, sizeAt] = ['type', 'self_size'].map((name) => fields.indexOf(name))
  const bytes = { held: 0, code: 0 }
  for (let node = 0; node < nodes.length; node += fields.length) {
    bytes[OF_CODE.includes(kinds[nodes[node + kindAt]]) ? 'code' : 'held'] += nodes[node + sizeAt]
  }
  return { heldMegabytes: megabytes(bytes.held), codeMegabytes: megabytes(bytes.code) }
}

/** Bytes of the spaces that hold nothing but code: a part of the code, told at once. */
export function bytesOfCodeSpaces(): number {
  return getHeapSpaceStatistics().reduce((sum, { space_name: name, space_used_size: bytes }) => (/^(?:code|trusted)_/.test(name) ? sum + bytes : sum), 0)
}

/** To two places. */
export const megabytes = (bytes: number): number => Math.round(bytes / 1e4) / 100
