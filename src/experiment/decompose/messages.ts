/** What a decomposition says when it cannot be made. */

/** Too few runs were allowed for a sample that shows its own error. */
export function tooFewRuns(allowed: number, needed: number): string {
  return `${allowed} runs are too few: all orders need more, and two pairs of sampled orders need ${needed}; allow at least ${needed}, or take fewer replications`
}

/** The gap has no value in any run. */
export function undefinedGap(date: string): string {
  return `is undefined on ${date} in every run, with or without some gradient: some group has nobody to measure; choose another date or measure`
}
