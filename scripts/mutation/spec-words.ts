/**
 * The words of vitest that specs of the core use, for running single specs in a process where their modules are loaded
 * again for every mutant: a process and a vitest of its own for each would take many times longer. `expect` is vitest's.
 */
import { expect as expectOfVitest } from 'vitest'

type Body = (...row: never[]) => void | Promise<void>

/** One spec: what `it` was given. */
export interface Spec {
  readonly name: string
  readonly run: () => void | Promise<void>
}

interface Block {
  readonly name: string
  readonly before: (() => void | Promise<void>)[]
  readonly after: (() => void | Promise<void>)[]
}

/** Specs of the file that is being loaded, in its order. */
let collected: Spec[] = []
let blocks: Block[] = [{ name: '', before: [], after: [] }]

/** Starts a new file, and later gives its specs. */
export function collect(): () => Spec[] {
  const own: Spec[] = []
  collected = own
  blocks = [{ name: '', before: [], after: [] }]
  return () => own
}

const skipped = (): void => {}
const rowOf = (row: unknown): never[] => (Array.isArray(row) ? row : [row]) as never[]

function addSpec(name: string, body: Body, row: never[] = []): void {
  const within = [...blocks]
  const run = async (): Promise<void> => {
    for (const block of within) for (const prepare of block.before) await prepare()
    try {
      await body(...row)
    } finally {
      for (const block of within) for (const clear of block.after) await clear()
    }
  }
  collected.push({ name: [...within.map((block) => block.name), name].join(' › '), run })
}

function addBlock(name: string, body: Body, row: never[] = []): void {
  blocks = [...blocks, { name, before: [], after: [] }]
  // A block is never asynchronous in these specs.
  void body(...row)
  blocks = blocks.slice(0, -1)
}

type Adding = typeof addSpec
const eachOf = (add: Adding) => (rows: readonly unknown[]) => (name: string, body: Body) => {
  rows.forEach((row, index) => add(`${name} (${index})`, body, rowOf(row)))
}
const skipIfOf = (add: Adding) => (skip: boolean) => (name: string, body: Body) => (skip ? skipped() : add(name, body))

/** As in vitest. */
export const it = Object.assign((name: string, body: Body) => addSpec(name, body), { each: eachOf(addSpec), skipIf: skipIfOf(addSpec) })
/** As in vitest. */
export const describe = Object.assign((name: string, body: Body) => addBlock(name, body), { each: eachOf(addBlock), skipIf: skipIfOf(addBlock) })
/** Unlike in vitest before every spec of its block: each is run by itself. */
export const beforeAll = (prepare: () => void | Promise<void>): void => void blocks[blocks.length - 1].before.push(prepare)
/** After every spec of its block. */
export const afterAll = (clear: () => void | Promise<void>): void => void blocks[blocks.length - 1].after.push(clear)
/** Vitest's own. */
export const expect = expectOfVitest
