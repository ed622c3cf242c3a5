/** Damaged inputs for fuzzing: good ones with bytes, lines or values changed. Every case follows from its seed. */
import fc from 'fast-check'

/** One change of bytes. `at` is a place as a share of the length, so that it stays meaningful while cases shrink. */
type Edit =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'insert'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'remove'; readonly at: number; readonly length: number }
  | { readonly kind: 'repeat'; readonly at: number; readonly length: number; readonly times: number }
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'token'; readonly at: number; readonly text: string }

/** Numbers, names and marks that programs stumble over. */
export const HOSTILE_TEXTS: readonly string[] = [
  '', ' ', '0', '-0', '-1', '1e308', '-1e308', '1e-320', '1e999', '9007199254740993', '.nan', '.inf', '-.inf', 'NaN', 'null', '~',
  'true', 'yes', '0x7fffffff', '1_000', '£5', '5%', '2026-02-30', '9999-12-31', '0000-00-00', '1970-01-01', '__proto__', 'constructor',
  'toString', 'hasOwnProperty', '*a', '&a [*a, *a]', '!!js/function x', '!!binary AAAA', '<<: *a', '{}', '[]', '[[[[[[]]]]]]', '{"a": {"b": {}}}',
  '1.02^year', '9^9^9^9', 'if(week > 3, 1, 0)', 'import("fs")', 'week.constructor', '../../../etc/passwd', '/dev/null', '..', '.', 'con', 'a\u0000b',
  '\u202Eevil', '\u001B[2J', '\uFEFF', '\uD83D', '🏥', 'é'.repeat(40), '=cmd|x', '<script>', '"', "'", '\\', '\r\n', '\r', '\t', ',', ';', ':', '---\n', '...\n',
]

/** Evenly: `fc.double` takes every double alike, nearly all of which are close to 0. */
const share = fc.integer({ min: 0, max: 999_999 }).map((part) => part / 1e6)

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: share, bit: fc.nat(7) }),
  fc.record({ kind: fc.constant('insert' as const), at: share, bytes: fc.uint8Array({ maxLength: 12 }) }),
  fc.record({ kind: fc.constant('remove' as const), at: share, length: fc.nat(40) }),
  fc.record({ kind: fc.constant('repeat' as const), at: share, length: fc.nat(60), times: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constant('cut' as const), at: share }),
  fc.record({ kind: fc.constant('token' as const), at: share, text: fc.constantFrom(...HOSTILE_TEXTS) }),
)

/** Good bytes with one to a few changes, and now and then bytes of no kind at all. */
export function damagedBytes(good: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const changed = fc
    .record({ which: fc.nat(good.length - 1), edits: fc.array(edit, { minLength: 1, maxLength: 4 }) })
    .map(({ which, edits }) => edits.reduce(applyEdit, good[which]))
  return fc.oneof({ weight: 19, arbitrary: changed }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) })
}

function applyEdit(bytes: Uint8Array, change: Edit): Uint8Array {
  const at = Math.floor(change.at * bytes.length)
  const spliced = (middle: Uint8Array, removed: number): Uint8Array =>
    Uint8Array.from([...bytes.subarray(0, at), ...middle, ...bytes.subarray(at + removed)])
  switch (change.kind) {
    case 'flip': {
      const flipped = Uint8Array.from(bytes)
      if (at < flipped.length) flipped[at] ^= 1 << change.bit
      return flipped
    }
    case 'insert':
      return spliced(change.bytes, 0)
    case 'remove':
      return spliced(new Uint8Array(0), change.length)
    case 'repeat': {
      const piece = Array.from(bytes.subarray(at, at + change.length))
      return spliced(Uint8Array.from(Array.from({ length: change.times }, () => piece).flat()), 0)
    }
    case 'cut':
      return bytes.slice(0, at)
    case 'token':
      return spliced(new TextEncoder().encode(change.text), wordLength(bytes, at))
  }
}

/** Characters until the next separator, so that a token takes the place of a word or number. */
function wordLength(bytes: Uint8Array, at: number): number {
  const rest = bytes.subarray(at, at + 60)
  const end = rest.findIndex((byte) => ' ,:;\n\r[]{}"'.includes(String.fromCharCode(byte)))
  return end < 0 ? rest.length : end
}

/** Values that a checked document may hold in place of any other. */
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1, 0.5, 1e9, 1e308, -1e308, 1e-320, 2 ** 53, 2 ** 32, [], {}, [[]], [null], [{}]),
  fc.constantFrom<unknown>(JSON.parse('{"__proto__": {"polluted": true}}'), { constructor: { prototype: {} } }, { dist: 'normal', mean: 0, sd: 1e308 }),
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.jsonValue({ maxDepth: 3 }),
  fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 8 }),
  fc.integer({ min: 1, max: 400 }).map((length) => 'x'.repeat(length)),
  fc.integer({ min: 2, max: 3000 }).map((length) => Array.from({ length }, () => 1)),
)

/** Good documents of which one to three values are others, a little different, gone, named otherwise, or there twice. */
export function damagedValues(good: readonly unknown[]): fc.Arbitrary<unknown> {
  const change = fc.record({ at: share, how: fc.constantFrom('nudge', 'nudge', 'nudge', 'nudge', 'replace', 'replace', 'remove', 'rename', 'repeat'), factor: fc.constantFrom(0, 0.01, 0.5, 1.5, 2, 10, 1000, -1), value: hostileValue, name: fc.constantFrom(...HOSTILE_TEXTS) })
  return fc
    .record({ which: fc.nat(good.length - 1), changes: fc.array(change, { minLength: 1, maxLength: 3 }) })
    .map(({ which, changes }) => {
      const document = structuredClone(good[which])
      for (const each of changes) changeOne(document, { ...each, value: structuredClone(each.value) })
      return document
    })
}

/** A place in a document: what holds it, and under which key. */
type Spot = readonly [Record<string, unknown>, string]

/** One change of a value; a nudge leaves a number a number, so that what follows the checks is met too. */
interface Change {
  readonly at: number
  readonly how: string
  readonly factor: number
  readonly value: unknown
  readonly name: string
}

function changeOne(document: unknown, { at, how, factor, value, name }: Change): void {
  const spots = spotsOf(document)
  if (spots.length === 0) return
  const [holder, key] = spots[Math.min(spots.length - 1, Math.floor(at * spots.length))]
  if (how === 'remove') {
    if (Array.isArray(holder)) holder.splice(Number(key), 1)
    else delete holder[key]
  } else if (how === 'rename' && !Array.isArray(holder)) {
    const held = holder[key]
    delete holder[key]
    Object.defineProperty(holder, name, { value: held, enumerable: true, configurable: true, writable: true })
  } else if (how === 'repeat' && Array.isArray(holder)) {
    holder.push(structuredClone(holder[Number(key)]))
  } else if (how === 'nudge' && typeof holder[key] === 'number') {
    holder[key] *= factor
  } else if (how !== 'nudge') holder[key] = value
}

/** Long lists of numbers count as a few places, lest all changes fall on them. */
const PLACES_IN_LIST = 4

function spotsOf(value: unknown): Spot[] {
  if (typeof value !== 'object' || value === null) return []
  const keys = Object.keys(value)
  const kept = Array.isArray(value) ? keys.slice(0, PLACES_IN_LIST) : keys
  return kept.flatMap((key) => [[value as Record<string, unknown>, key] as const, ...spotsOf((value as Record<string, unknown>)[key])])
}
