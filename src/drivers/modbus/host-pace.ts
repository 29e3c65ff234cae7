/** How a search goes about many hosts. */
export const HOST_PACE = {
  /** Asked at the same time, each by one connection. */
  concurrent: 32,
  /** Between one host and the next, so that a switch or firewall sees no burst. */
  pauseMs: 20,
} as const
