/** Marks a step that does not come before the horizon. */
export const NEVER = 0xffff
