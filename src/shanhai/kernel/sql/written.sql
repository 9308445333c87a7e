-- What was written to some tables after a snapshot. A function, for its plan over all partitions of history is made once a
-- connection. Run again at every migrate.
CREATE OR REPLACE FUNCTION kernel_written_since(seen pg_snapshot, tables text[], most integer)
RETURNS TABLE (table_name varchar, row_id uuid, is_now jsonb, before jsonb)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    first bigint := pg_snapshot_xmin(seen)::text::bigint;
BEGIN
    RETURN QUERY
        SELECT h.table_name, h.row_id, h.row, h.before FROM kernel_history h
        WHERE h.transaction_id >= first AND h.table_name = ANY (tables)
            AND NOT pg_visible_in_snapshot(h.transaction_id::text::xid8, seen)
        LIMIT most;
END $$;
