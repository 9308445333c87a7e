-- The planner's statistics of every table but the history, which is read by its keys alone. From what this transaction
-- sees: autovacuum knows only what is committed, and a table just filled is planned for as if it were empty. Only an
-- owner may analyse; the application asks here.
CREATE OR REPLACE FUNCTION kernel_analyse() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    name regclass;
BEGIN
    FOR name IN
        SELECT oid FROM pg_class
        WHERE relkind = 'r' AND NOT relispartition AND relnamespace = 'public'::regnamespace
            AND pg_has_role(relowner, 'USAGE')
        ORDER BY oid
    LOOP
        EXECUTE format('ANALYZE %s', name);
    END LOOP;
END $$;
