/** A session that is not used for so long is over (ASVS 7.3.1). */
export const idleMinutes = 30;
/** And in any case after so long (ASVS 7.3.2). */
export const longestHours = 12;
