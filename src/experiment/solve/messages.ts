/** Every sentence that reading what is to be solved can say. */
export const solveText = {
  unreadableTarget: (written: string): string =>
    `cannot be read: ${JSON.stringify(written.slice(0, 120))}; write it like "within-18-weeks >= 0.92 by 2029-03-31", ` +
    '"waiting of group 1 in C_110 <= 5000 by 2028-03-31" or "abs(slope-index:within-18-weeks) <= 0.005 by 2029-03-31", or name a target of the study',
  absAtLeast: 'abs() is a distance from no gap: write abs(GAP) <= NUMBER by DATE',
  absOfRatio: (measure: string): string => `${measure} is a ratio, which is 1 where there is no gap; write "${measure} within NUMBER by DATE"`,
  noTargets: (id: string): string =>
    `this study has no targets, so none is called ${JSON.stringify(id.slice(0, 80))}; write one like "within-18-weeks >= 0.92 by 2029-03-31"`,
  reversed: (from: number, to: number): string => `the bounds run from ${from} to ${to}; write two different numbers, the lower first`,
  noBounds: (path: string): string => `is needed: no number above 0 stands at ${path} in the study file, from which bounds could follow`,
  whichScenario: (known: readonly string[]): string => `is needed: no --vary names a scenario; it can be ${known.join(', ')}`,
} as const
