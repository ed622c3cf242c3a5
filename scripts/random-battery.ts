/**
 * Puts the keyed random numbers, as the kernel draws them, through the statistical tests of dieharder, and records the
 * outcome in docs/verification.md:
 *
 *     node scripts/random-battery.ts [TEST ...]
 *
 * With no numbers of tests, all of `TESTS`: an hour or so. Rows of tests that are not run stay as they were. Where
 * dieharder is not installed (Debian: `dieharder`), nothing is changed and the reason is printed.
 */
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CELL_ORDINAL, PURPOSE, serviceKey } from '../src/model/identity.ts'
import { threefry, threefryMany } from '../src/model/threefry.ts'

const PAGE = fileURLToPath(new URL('../docs/verification.md', import.meta.url))
const BEGIN = '<!-- battery -->'
const END = '<!-- /battery -->'

/**
 * dieharder's tests by number, but those that its own documentation calls suspect (5, 6, 7, 14) and those that read the
 * generator for hours (17, 201).
 */
const TESTS = [0, 1, 2, 3, 4, 8, 9, 10, 11, 12, 13, 15, 16, 100, 101, 102, 200, 202, 203, 204, 205, 206, 207, 208, 209]

/** Tests that are run at several lengths: of the words whose bits are counted together; of the gaps between the words added. */
const LENGTHS: Readonly<Record<number, readonly number[]>> = { 200: [1, 2, 3, 4, 5, 6, 7, 8], 203: [0, 1, 3, 7, 15] }

const STRATA = 15
const STARTS = 365
const PEOPLE = 48
const PERSONAL = [PURPOSE.start, PURPOSE.exits, PURPOSE.appointment, PURPOSE.rebooking, PURPOSE.admission, PURPOSE.deterioration, PURPOSE.pathway]
const OF_CELLS = [PURPOSE.clockStarts, PURPOSE.directStarts, PURPOSE.unreferredNeed, PURPOSE.additionalStarts, PURPOSE.unmetResolution, PURPOSE.lateStarts]

/** Keys of cells one after the other: specialty by specialty, start by start, stratum by stratum, replication by replication. */
function* cellKeys(): Generator<Int32Array> {
  const words = new Int32Array(2)
  for (let replication = 0; ; replication++) {
    for (let specialty = 0; specialty < 24; specialty++) {
      const key = serviceKey([20260201, -77], replication, 'QYG', `C_${100 + specialty * 10}`)
      for (let cell = 0; cell < STARTS * STRATA; cell++) {
        threefry(key[0], key[1], Math.floor(cell / STRATA), cell % STRATA, words)
        yield words
      }
    }
  }
}

/** Everybody of a cell for one purpose, then for the next: neighbouring counters under one key. */
function* ofPeople(): Generator<Int32Array> {
  const ordinals = Int32Array.from({ length: PEOPLE }, (_, ordinal) => ordinal)
  const words = new Int32Array(2 * PEOPLE)
  for (const key of cellKeys()) {
    for (const purpose of PERSONAL) {
      threefryMany(key[0], key[1], ordinals, 0, PEOPLE, purpose, words)
      yield words
    }
  }
}

/** Each cell's own counts and its first person: the same counters under neighbouring keys. */
function* ofCells(): Generator<Int32Array> {
  const words = new Int32Array(2 * OF_CELLS.length + 2)
  const pair = new Int32Array(2)
  for (const key of cellKeys()) {
    OF_CELLS.forEach((purpose, index) => {
      threefry(key[0], key[1], CELL_ORDINAL, purpose, pair)
      words.set(pair, 2 * index)
    })
    threefry(key[0], key[1], 0, PURPOSE.start, pair)
    words.set(pair, 2 * OF_CELLS.length)
    yield words
  }
}

const STREAMS = [
  { name: 'people of a cell', words: ofPeople },
  { name: 'cells', words: ofCells },
] as const

/** A line of dieharder's table. */
interface Result {
  readonly stream: string
  readonly test: string
  readonly p: number
  readonly verdict: string
}

const BUFFER_WORDS = 1 << 16

/** Runs one test on a stream; dieharder takes what it needs and closes the pipe. */
function runTest(test: number, length: number | null, { name, words }: (typeof STREAMS)[number]): Promise<Result[]> {
  return new Promise((resolve, reject) => {
    // Generator 200 is raw bits from standard input; -Y 1 repeats whatever comes out weak until it is clear.
    const dieharder = spawn('dieharder', ['-g', '200', '-d', String(test), '-Y', '1', ...(length === null ? [] : ['-n', String(length)])], { stdio: ['pipe', 'pipe', 'inherit'] })
    const source = words()
    let out = ''
    dieharder.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    dieharder.on('error', reject)
    // A closed pipe is how it says that it has enough.
    dieharder.stdin.on('error', () => undefined)
    const feed = (): void => {
      do {
        if (dieharder.stdin.destroyed) return
      } while (dieharder.stdin.write(filled(source)))
    }
    dieharder.stdin.on('drain', feed)
    feed()
    dieharder.on('close', () => resolve(readTable(out, name)))
  })
}

async function runLengths(test: number, stream: (typeof STREAMS)[number]): Promise<Result[]> {
  const results: Result[] = []
  for (const length of LENGTHS[test] ?? [null]) results.push(...(await runTest(test, length, stream)))
  return results
}

function filled(source: Generator<Int32Array>): Buffer {
  const buffer = new Int32Array(BUFFER_WORDS)
  let at = 0
  while (at < BUFFER_WORDS) {
    const words = source.next().value as Int32Array
    const part = words.subarray(0, Math.min(words.length, BUFFER_WORDS - at))
    buffer.set(part, at)
    at += part.length
  }
  return Buffer.from(buffer.buffer)
}

function readTable(out: string, stream: string): Result[] {
  return out
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells.length === 6 && /^[01]\.\d+$/.test(cells[4]))
    .map(([test, n, , , p, verdict]) => ({ stream, test: n === '0' ? test : `${test} ${n}`, p: Number(p), verdict }))
}

/** A row of the table for every test, by its name. */
function rowsOf(results: readonly Result[]): Map<string, string> {
  const nameOf = ({ test }: Result): string => test.replace(/ \d+$/, '')
  return new Map(
    [...new Set(results.map(nameOf))].map((name) => {
      const cells = STREAMS.map((stream) => {
        const own = results.filter((result) => result.stream === stream.name && nameOf(result) === name)
        const other = own.filter(({ verdict }) => verdict !== 'PASSED')
        const least = Math.min(...own.map(({ p }) => Math.min(p, 1 - p)))
        return `${own.length - other.length} of ${own.length}${other.length === 0 ? '' : ` (${other.map(({ verdict, p }) => `${verdict.toLowerCase()}, p ${p}`).join('; ')})`}, ${least.toFixed(4)}`
      })
      return [name, `| ${name} | ${cells.join(' | ')} |`]
    }),
  )
}

/** The table, with the rows of tests that were run before and are not run now. */
function section(before: string, results: readonly Result[]): string {
  const kept = [...before.matchAll(/^\| (\w+) \| \d+ of .*$/gm)].map(([row, name]): [string, string] => [name, row])
  const rows = [...new Map([...kept, ...rowsOf(results)]).values()]
  const counts = [...rows.join('\n').matchAll(/\| (\d+) of (\d+)/g)]
  const total = (group: number): number => counts.reduce((sum, count) => sum + Number(count[group]), 0)
  return [
    `${total(2)} p-values, of which ${total(1)} passed. By test: how many passed, and the p-value nearest to 0 or 1.`,
    '',
    `| dieharder's test | ${STREAMS.map(({ name }) => name).join(' | ')} |`,
    '|---|---|---|',
    ...rows,
  ].join('\n')
}

async function battery(tests: readonly number[]): Promise<void> {
  const results: Result[] = []
  for (const test of tests) {
    for (const stream of STREAMS) {
      const own = await runLengths(test, stream)
      results.push(...own)
      for (const { test: name, p, verdict } of own) console.error(`${stream.name}: ${name} ${p} ${verdict}`)
    }
    record(results)
  }
}

/** After every test, so that an end before the last loses nothing. */
function record(results: readonly Result[]): void {
  const page = readFileSync(PAGE, 'utf8')
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (from < 0 || to < 0) throw new Error(`docs/verification.md has no place between ${BEGIN} and ${END}`)
  writeFileSync(PAGE, `${page.slice(0, from + BEGIN.length)}\n\n${section(page.slice(from, to), results)}\n\n${page.slice(to)}`)
}

const asked = process.argv.slice(2).map(Number)
if (spawnSync('dieharder', ['-l']).error) console.error('nothing is done: dieharder is not installed')
else await battery(asked.length > 0 ? asked : TESTS)
