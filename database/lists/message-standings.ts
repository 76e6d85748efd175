/** How a message stands, as people speak of it. */
export const messageStandings = ['expected', 'sent', 'failed', 'inDoubt', 'withdrawn'] as const;

export type MessageStanding = (typeof messageStandings)[number];
