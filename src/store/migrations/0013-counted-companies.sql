-- Counting the licences of a company reads this index alone: the largest ones have thousands.
DROP INDEX licenses_by_company;
CREATE INDEX licenses_by_company ON licenses (company, vanished_at, developer_id);
