-- How each material became current, and when: NONE for the first of a key and for one that waits for its rotation. Rows that
-- are here already say nothing, so that they keep their seals: all but the first of a key were made by automatic rotations,
-- at changed_at.
ALTER TABLE materials ADD COLUMN rotation_type TEXT CHECK (rotation_type IN ('NONE', 'AUTOMATIC', 'ON_DEMAND'));
ALTER TABLE materials ADD COLUMN rotated_at BIGINT
    CHECK (rotated_at IS NULL OR rotation_type IN ('AUTOMATIC', 'ON_DEMAND'));
