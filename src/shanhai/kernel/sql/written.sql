-- What was written to some tables after a snapshot: by transactions that began after it, and by those that it saw running. A
-- function, for its plans over the partitions of history are made once a connection; and by the index always, for a plan
-- made while history is short would read all of it when it is long. Run again at every migrate.
DROP FUNCTION IF EXISTS kernel_written_since(pg_snapshot, text[], integer);
CREATE OR REPLACE FUNCTION kernel_written_since(seen pg_snapshot, seen_at timestamptz, tables text[], most integer)
RETURNS TABLE (table_name varchar, row_id uuid, is_now jsonb, before jsonb)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    first bigint := pg_snapshot_xmax(seen)::text::bigint;
    last bigint := pg_snapshot_xmax(pg_current_snapshot())::text::bigint;
    running bigint[] := ARRAY(SELECT one::text::bigint FROM pg_snapshot_xip(seen) one);
    -- Only partitions of these days are opened; a demonstration may have told any time. More than a month on either side, for
    -- clocks are set right at times, and a partition holds a month.
    told_any boolean := EXISTS (SELECT FROM kernel_installation WHERE is_demonstration);
    earliest timestamptz := CASE WHEN told_any THEN '-infinity' ELSE seen_at - interval '40 days' END;
    latest timestamptz := CASE WHEN told_any THEN 'infinity' ELSE clock_timestamp() + interval '40 days' END;
BEGIN
    RETURN QUERY
        SELECT h.table_name, h.row_id, h.row, h.before FROM every_kernel_history h
        WHERE h.transaction_id BETWEEN first AND last AND h.table_name = ANY (tables) AND h.at BETWEEN earliest AND latest
        LIMIT most;
    IF cardinality(running) > 0 THEN
        -- Whenever these began.
        RETURN QUERY
            SELECT h.table_name, h.row_id, h.row, h.before FROM every_kernel_history h
            WHERE h.transaction_id = ANY (running) AND h.table_name = ANY (tables)
            LIMIT most;
    END IF;
END $$;
