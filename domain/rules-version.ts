/**
 * What cases accept has become less over time: rules of a higher number refuse more. A run decides by those that were in
 * force when it came by, so that what it has accepted stays accepted when it replays.
 */
export type RulesVersion = 1 | 2 | 3;

export const rulesOfToday: RulesVersion = 3;

/** Whether days are refused that lie too far back, or after what they are for. */
export const refusesDays = (rules: RulesVersion): boolean => rules >= 2;

/** Whether a text that is to be replied to goes with the letter that asks for it. */
export const asksForTexts = (rules: RulesVersion): boolean => rules >= 3;
