/** Whole slots out of expected ones: running totals are rounded, so that nothing is lost over time. */

/** Whole numbers by step whose running total is the rounded running total of `amounts`. */
export function wholeNumbers(amounts: Float64Array): Int32Array {
  let owed = 0
  let given = 0
  const slots = new Int32Array(amounts.length)
  for (let step = 0; step < slots.length; step++) {
    owed += amounts[step]
    slots[step] = Math.round(owed) - given
    given += slots[step]
  }
  return slots
}

/** A share of whole slots, whole itself, never more than there are. */
export function shareOfWhole(slots: Int32Array, share: (step: number) => number): Int32Array {
  let owed = 0
  let given = 0
  return slots.map((own, step) => {
    owed += own * share(step)
    const whole = Math.max(0, Math.min(own, Math.round(owed) - given))
    given += whole
    return whole
  })
}
