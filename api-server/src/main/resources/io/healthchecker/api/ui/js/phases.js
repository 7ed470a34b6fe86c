/** Phases of a check from the first to the last; stacked in this order. */
export const PHASES = ['dns', 'connect', 'tls', 'firstByte', 'transfer'];
