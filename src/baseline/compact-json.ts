/** JSON with every list of numbers on one line, so that a difference between two files can be read. Pure. */
export function compactJson(value: unknown): string {
  const text = JSON.stringify(value, null, 1)
  // A raw line break never stands inside a JSON string, so text that looks like a list is left alone.
  const numbers = /\[\n\s*(-?\d[-+\d.eE,\s]*)\]/g
  return `${text.replaceAll(numbers, (_, list: string) => `[${list.replaceAll(/\s+/g, '')}]`)}\n`
}
