/** What the benchmark says to whoever runs it. */

/** Texts. */
export const benchMessages = {
  usage: [
    'Usage: npm run bench [-- OPTIONS]',
    '',
    '  With no options: peers, one ICB, threads and allocation. Otherwise those named:',
    '  --peers          beside SimPy and C',
    '  --icb            one integrated care board and a tenth of it',
    '  --threads        one thread and two',
    '  --allocation     bytes per pathway after warm-up',
    '  --profile        where the time goes',
    '  --england        every pathway in England and a tenth of it (minutes)',
    '  --mechanisms     the same with every mechanism at once (many minutes)',
    '  --sweeps         memory of a long sweep, and what it costs beside the simulation',
    '  --against REF    this checkout beside another commit',
    '',
    '  Results are kept in bench/results.json and shown in docs/performance.md; sweeps in docs/scale.md.',
  ].join('\n'),
  cannotStart: (program: string, reason: string) => `cannot start ${program}: ${reason}`,
  programFailed: (program: string, args: readonly string[], code: number | null, error: string) =>
    `${[program, ...args].join(' ').slice(0, 200)} ended with code ${code}:\n${error.trim()}`,
  skipped: (name: string, needs: string) => `${name} is left out: ${needs} is not installed`,
  checking: (order: string) => `peers, ${order}: do they agree?`,
  timing: (order: string) => `peers, ${order}: how fast?`,
  large: (order: string) => `peers, ${order}: how fast at the size of England?`,
  running: (name: string) => `${name} …`,
  disagree: (names: string, measure: string, errors: number, tolerance: number) =>
    `${names} disagree on "${measure}" by ${errors.toFixed(1)} standard errors (at most ${tolerance} is taken as chance)`,
  repeatsDiffer: (name: string) => `${name}: repeats of the same run gave different results`,
  noMarkers: (path: string, marker: string) => `${path} has no place for "${marker}"`,
  written: (paths: readonly string[]) => `written: ${paths.join(', ')}`,
}

/** Tells how far things are, on standard error. */
export function say(text: string): void {
  console.error(text)
}
