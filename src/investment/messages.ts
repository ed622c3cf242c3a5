/** What investments tell a user whose money cannot be shared out. */
export const text = {
  reachesNobody: (programme: string, among: string): string =>
    `the money of ${programme} reaches nobody: its rule gives no share to any of its ${among}; name groups with residents and need, or another rule`,
} as const
