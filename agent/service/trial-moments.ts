/** When the unit has something done while a new version is on trial (`trial.ts` says what). */
export const trialMoments = ['before-start', 'ready', 'ended'] as const;

export type TrialMoment = (typeof trialMoments)[number];
