/** axe-core on a page, at every rule of WCAG 2.0 to 2.2, levels A and AA. No rule is switched off. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']

/** What axe found. */
export interface AxeFindings {
  /** A line for each element that breaks a rule: the rule, the element, and what is wrong. */
  readonly violations: readonly string[]
  /** Rules that had something to look at and found it right. */
  readonly passed: readonly string[]
}

/** Looks at the page as it is now. The debugger puts axe into it, which a page's policy does not concern. */
export async function axeFindings(page: Page): Promise<AxeFindings> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
  return page.evaluate(async (tags) => {
    const { run } = (globalThis as unknown as { readonly axe: typeof axe }).axe
    const { violations, passes } = await run(document, { runOnly: tags, resultTypes: ['violations'], selectors: false })
    return {
      violations: violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 120)}: ${failureSummary}`)),
      passed: passes.map(({ id }) => id),
    }
  }, TAGS)
}
