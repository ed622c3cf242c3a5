/** Text that somebody else wrote, inside a message. */

const MOST_CHARACTERS = 60

/** In quotation marks, and cut, so that a hostile cell cannot fill the screen. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text)
}
