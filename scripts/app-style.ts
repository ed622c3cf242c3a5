/** The design system's stylesheet, made fit for a page that may fetch nothing. */
import type { Plugin } from 'vite'

const SHEET = /nhsuk-frontend[^/]*\.css$/

/**
 * Takes out of the stylesheet what would be fetched from elsewhere (the NHS typeface, which is licensed for NHS sites
 * only, and pictures that the page does not use), and the rules for Internet Explorer, which the minifier refuses.
 */
export function localStyle(): Plugin {
  return {
    name: 'fairwait-local-style',
    enforce: 'pre',
    transform: (code, id) => (SHEET.test(id) ? withoutFetches(withoutOldBrowsers(code)) : null),
  }
}

function withoutFetches(css: string): string {
  return css
    .replaceAll(/@font-face\{[^}]*\}/g, '')
    .replaceAll(/Frutiger W01,\s*/g, '')
    .replaceAll(/url\(\/assets\/[^)]*\)/g, 'none')
}

/** Without blocks of `@media screen\0`, rules inside them and all. */
function withoutOldBrowsers(css: string): string {
  const start = css.indexOf(String.raw`@media screen\0`)
  if (start < 0) return css
  let depth = 0
  let end = css.indexOf('{', start)
  do {
    if (css[end] === '{') depth += 1
    if (css[end] === '}') depth -= 1
    end += 1
  } while (depth > 0)
  return withoutOldBrowsers(css.slice(0, start) + css.slice(end))
}
