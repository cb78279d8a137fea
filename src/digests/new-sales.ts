import { type BookedLines, entitlementsOf, readBookedLines, readPaidLinesOf } from './booked-lines.ts';
