/**
 * A study in the fragment of a link: deflated and written in base64url. A fragment never leaves the browser with a
 * request, so that a link shares a study with whoever is given it and with no server.
 */
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate'

const PREFIX = '#study='
/** Longest fragment read, characters: a longer one is not from here. */
export const MOST_CHARACTERS = 100_000
/** Longest study text that a link may hold, bytes. */
export const MOST_BYTES = 1_000_000
/** Bytes inflated at a time, so that a hostile fragment is dropped before it grows. */
const PIECE = 512

/** The fragment for a study's text; null where it would be too long to share. */
export function linkFragment(text: string): string | null {
  const bytes = strToU8(text)
  if (bytes.length > MOST_BYTES) return null
  const fragment = PREFIX + toBase64Url(deflateSync(bytes, { level: 9 }))
  return fragment.length > MOST_CHARACTERS ? null : fragment
}

/** What a fragment holds: nothing of ours, a study's text, or something that cannot be read. */
export type FragmentContent = { readonly kind: 'none' } | { readonly kind: 'study'; readonly text: string } | { readonly kind: 'broken' }

/** Reads a page's fragment, with its `#`. What it gives still has to be checked as any study file. */
export function readFragment(fragment: string): FragmentContent {
  if (!fragment.startsWith(PREFIX)) return { kind: 'none' }
  if (fragment.length > MOST_CHARACTERS) return { kind: 'broken' }
  try {
    return { kind: 'study', text: inflated(fromBase64Url(fragment.slice(PREFIX.length))) }
  } catch {
    return { kind: 'broken' }
  }
}

function inflated(bytes: Uint8Array): string {
  const parts: Uint8Array[] = []
  let length = 0
  let isFinal = false
  const inflate = new Inflate((part, final) => {
    parts.push(part)
    length += part.length
    isFinal = final
  })
  for (let at = 0; at < bytes.length; at += PIECE) {
    inflate.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length)
    if (length > MOST_BYTES) throw new RangeError('too long')
  }
  if (!isFinal) throw new RangeError('cut short')
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return strFromU8(whole)
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(strFromU8(bytes, true)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function fromBase64Url(text: string): Uint8Array {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new RangeError('not base64url')
  return strToU8(atob(text.replaceAll('-', '+').replaceAll('_', '/')), true)
}
