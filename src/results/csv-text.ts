/** Text in a CSV file: safe to open in a spreadsheet, quoted by RFC 4180. */

/** Characters with which a spreadsheet would take a cell for a formula. */
const FORMULA_START = /^[=+\-@\t\r]/

/** Text that no spreadsheet evaluates: an apostrophe before a first character that would begin a formula. */
export function inertText(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text
}

/** A text field of a CSV file. */
export function csvText(text: string): string {
  const inert = inertText(text)
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}
