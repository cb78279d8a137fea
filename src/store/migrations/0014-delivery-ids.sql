-- The ids in message metadata follow from the keys alone, so that two hosts give a message the same one.
DELETE FROM delivery_meta WHERE name = 'namespace';
