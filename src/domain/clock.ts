import type { Instant } from './day.ts';

/** Tells the time. Everything below the entry points gets it as an argument, so that tests own it. */
export type Clock = () => Instant;
