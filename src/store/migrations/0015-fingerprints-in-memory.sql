-- Whoever reads an export reads all fingerprints first: asking an index for each row of a million took most of the time.
DROP INDEX licenses_by_fingerprint;
DROP INDEX transaction_lines_by_fingerprint;
