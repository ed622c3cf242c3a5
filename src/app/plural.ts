/** A count with its noun, e.g. `1 run`, `8 runs`. */
export const plural = (count: number, one: string, several: string): string => `${count} ${count === 1 ? one : several}`
