/** Months in which elective care was stopped and started anew, `YYYY-MM`, the first and the last. Forecasts into or out of them tell of neither. */
const PANDEMIC = ['2020-02', '2021-03'] as const

/** Whether a month `YYYY-MM` is of the pandemic. */
export function inPandemic(month: string): boolean {
  return month >= PANDEMIC[0] && month <= PANDEMIC[1]
}
