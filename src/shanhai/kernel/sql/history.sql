-- History of every write to a recorded table, bulk writes included. Statement level with transition tables, so that a
-- 200,000-row import costs one set-based insert here and not 200,000 trigger calls. Run again at every migrate.
CREATE OR REPLACE FUNCTION kernel_recorded_at() RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    told text := nullif(current_setting('shanhai.now', true), '');
BEGIN
    -- Only a demonstration may tell the time of what it records; anywhere else the server's clock decides.
    IF told IS NOT NULL AND EXISTS (SELECT 1 FROM kernel_installation WHERE is_demonstration) THEN
        RETURN told::timestamptz;
    END IF;
    RETURN clock_timestamp();
END $$;

-- Of some columns (password hashes) history keeps only that they changed.
CREATE OR REPLACE FUNCTION kernel_history_digested(kept jsonb, digested text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT kept || (
        SELECT coalesce(jsonb_object_agg(name, left(md5(kept ->> name), 16)), '{}')
        FROM unnest(digested) name WHERE kept ? name
    )
$$;

-- A row as history keeps it. One expression without a subquery, which the planner inlines: a quarter of the cost.
CREATE OR REPLACE FUNCTION kernel_history_row(whole jsonb, omitted text[], digested text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN cardinality(digested) + cardinality(omitted) = 0 THEN whole
        WHEN cardinality(digested) = 0 THEN whole - omitted
        ELSE kernel_history_digested(whole - omitted, digested) END
$$;

-- The columns that history keeps of a table, in the order in which a document keeps its keys.
CREATE OR REPLACE FUNCTION kernel_history_columns(recorded regclass, omitted text[])
RETURNS TABLE (name name, is_nullable boolean) LANGUAGE sql STABLE AS $$
    SELECT attname, NOT attnotnull FROM pg_attribute
    WHERE attrelid = recorded AND attnum > 0 AND NOT attisdropped AND attname <> ALL (omitted)
    ORDER BY octet_length(attname), attname COLLATE "C"
$$;

-- SQL of row n or o of a table as one document, column by column: half the cost of to_jsonb(row), which asks for the type
-- of every column of every row and then sorts what it found.
CREATE OR REPLACE FUNCTION kernel_history_document(recorded regclass, omitted text[], alias text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT format('json_object(%s RETURNING jsonb)', string_agg(format('%L: %s.%I', name, alias, name), ', '))
    FROM kernel_history_columns(recorded, omitted)
$$;

-- SQL of what row o held where row n now holds something else, as such a document: a third of the cost of comparing two
-- documents. json_object takes all nulls or none, so the names of what was null come beside the values.
CREATE OR REPLACE FUNCTION kernel_history_difference(recorded regclass, omitted text[]) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT format(
        'json_object(%s ABSENT ON NULL RETURNING jsonb) || (''{'' || concat_ws('','', NULL, %s) || ''}'')::jsonb',
        string_agg(format('%1$L: CASE WHEN o.%1$I IS DISTINCT FROM n.%1$I THEN o.%1$I END', name), ', '),
        coalesce(string_agg(format('CASE WHEN o.%1$I IS NULL AND n.%1$I IS NOT NULL THEN %2$L END',
                                   name, to_json(name) || ':null'), ', ') FILTER (WHERE is_nullable), 'NULL'))
    FROM kernel_history_columns(recorded, omitted)
$$;

-- The plan is kept for the session and made for as many rows as its first write had: after a single row a nested loop,
-- with which the next thousands would wait for minutes. Hence none; and many rows have a plan of their own.
CREATE OR REPLACE FUNCTION kernel_record_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_nestloop = off AS $$
DECLARE
    many CONSTANT integer := 100;  -- from here on, the statement with its columns written out pays for being planned
    are_many boolean;
    pairs text;
    omitted text[] := string_to_array(TG_ARGV[0], ',');
    digested text[] := string_to_array(TG_ARGV[1], ',');
    acting text := nullif(current_setting('shanhai.actor', true), '');
    why text := coalesce(current_setting('shanhai.reason', true), '');
    request text := coalesce(current_setting('shanhai.request', true), '');
    import uuid := nullif(current_setting('shanhai.import', true), '')::uuid;
    recorded timestamptz := kernel_recorded_at();
    transaction_id bigint := pg_current_xact_id()::text::bigint;
BEGIN
    IF acting IS NULL THEN
        RAISE EXCEPTION 'write to % outside a kernel context', TG_TABLE_NAME
            USING HINT = 'open context.acting(actor) or context.unscoped(reason)';
    END IF;
    IF TG_OP = 'DELETE' THEN
        are_many := (SELECT count(*) FROM (SELECT FROM old_rows LIMIT many) o) = many;
    ELSE
        are_many := (SELECT count(*) FROM (SELECT FROM new_rows LIMIT many) n) = many;
    END IF;
    IF are_many THEN
        pairs := CASE TG_OP
            WHEN 'INSERT' THEN
                format('SELECT n.id, %s AS is_now, NULL::jsonb AS before FROM new_rows n',
                       kernel_history_document(TG_RELID, omitted, 'n'))
            WHEN 'UPDATE' THEN
                format('SELECT n.id, %s AS is_now, %s AS before FROM new_rows n JOIN old_rows o USING (id)',
                       kernel_history_document(TG_RELID, omitted, 'n'), kernel_history_difference(TG_RELID, omitted))
            ELSE
                format('SELECT o.id, NULL::jsonb AS is_now, %s AS before FROM old_rows o',
                       kernel_history_document(TG_RELID, omitted, 'o'))
            END;
        EXECUTE format(
            'INSERT INTO kernel_history (at, transaction_id, table_name, row_id, operation, row, before,'
            '                            actor, reason, request_id, import_id)'
            ' SELECT $1, $2, $3, id, $4, kernel_history_row(is_now, ''{}'', $5), kernel_history_row(before, ''{}'', $5),'
            '        $6, $7, $8, $9'
            ' FROM (%s OFFSET 0) pair WHERE before IS DISTINCT FROM ''{}''', pairs)
        USING recorded, transaction_id, TG_TABLE_NAME, lower(TG_OP), digested, acting, why, request, import;
    ELSIF TG_OP = 'INSERT' THEN
        INSERT INTO kernel_history (at, transaction_id, table_name, row_id, operation, row, before,
                                    actor, reason, request_id, import_id)
        SELECT recorded, transaction_id, TG_TABLE_NAME, n.id, 'insert', kernel_history_row(to_jsonb(n), omitted, digested), NULL,
               acting, why, request, import
        FROM new_rows n;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO kernel_history (at, transaction_id, table_name, row_id, operation, row, before,
                                    actor, reason, request_id, import_id)
        SELECT recorded, transaction_id, TG_TABLE_NAME, pair.id, 'update', pair.is_now, changed.before,
               acting, why, request, import
        FROM (
            SELECT n.id, kernel_history_row(to_jsonb(n), omitted, digested) AS is_now,
                   kernel_history_row(to_jsonb(o), omitted, digested) AS was
            FROM new_rows n JOIN old_rows o USING (id)
            OFFSET 0  -- keeps both rows computed once, not once more for each of their columns
        ) pair
        CROSS JOIN LATERAL (
            SELECT jsonb_object_agg(was.key, was.value) AS before
            FROM jsonb_each(pair.was) was
            WHERE pair.is_now -> was.key IS DISTINCT FROM was.value
        ) changed
        WHERE changed.before IS NOT NULL;
    ELSE
        INSERT INTO kernel_history (at, transaction_id, table_name, row_id, operation, row, before,
                                    actor, reason, request_id, import_id)
        SELECT recorded, transaction_id, TG_TABLE_NAME, o.id, 'delete', NULL, kernel_history_row(to_jsonb(o), omitted, digested),
               acting, why, request, import
        FROM old_rows o;
    END IF;
    RETURN NULL;
END $$;

-- The wall of a part of history, which only the owner may enter: others are asked at the parent.
CREATE OR REPLACE PROCEDURE kernel_wall_partition(part regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', part);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', part);
    IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = part) THEN
        EXECUTE format('CREATE POLICY wall_owner ON %s TO %I USING (true) WITH CHECK (true)', part, current_user);
    END IF;
END $$;

-- Months from `first`, created ahead of time: a write must never wait for a table to be made. What was written to a month
-- nobody had prepared stands in the default partition and moves to its own.
CREATE OR REPLACE FUNCTION kernel_ensure_history_partitions(first date, months integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    month date;
    made integer := 0;
    name text;
BEGIN
    FOR month IN SELECT generate_series(date_trunc('month', first), date_trunc('month', first) + make_interval(months => months - 1), '1 month')::date LOOP
        name := 'kernel_history_' || to_char(month, 'YYYYMM');
        IF to_regclass(name) IS NULL THEN
            EXECUTE format('CREATE TABLE %I (LIKE kernel_history INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
            EXECUTE format(
                'WITH strayed AS (DELETE FROM kernel_history_default WHERE at >= %L AND at < %L RETURNING *)'
                ' INSERT INTO %I SELECT * FROM strayed',
                month::timestamptz, (month + interval '1 month')::timestamptz, name);
            EXECUTE format(
                'ALTER TABLE kernel_history ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                name, month::timestamptz, (month + interval '1 month')::timestamptz);
            CALL kernel_wall_partition(name::regclass);
            made := made + 1;
        END IF;
    END LOOP;
    RETURN made;
END $$;

-- What the parent refuses to the application, a partition asked by its own name must not give.
CREATE OR REPLACE PROCEDURE kernel_close_history_partitions(role regrole) LANGUAGE plpgsql AS $$
DECLARE
    part regclass;
BEGIN
    FOR part IN SELECT inhrelid FROM pg_inherits WHERE inhparent = 'kernel_history'::regclass LOOP
        EXECUTE format('REVOKE ALL ON %s FROM %s', part, role);
        CALL kernel_wall_partition(part);
    END LOOP;
END $$;
