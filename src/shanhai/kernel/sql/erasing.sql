-- What a person had erased (ADR 0046): history forgets the values and keeps its seal. Run again at every migrate.

-- Hash under which an entry was sealed: of its text, or of the text it had before something in it was erased. The second
-- holds only while the entry is exactly what the erasing left.
CREATE OR REPLACE FUNCTION kernel_sealed_digest(entry bigint, digest bytea) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT e.was FROM kernel_erasedentry e WHERE e.entry_id = $1 AND e.is_now = $2 LIMIT 1), $2)
$$;

-- The algorithm of the block that an entry is sealed in; null while it waits.
CREATE OR REPLACE FUNCTION kernel_sealed_by(entry bigint, transaction_id bigint) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT b.algorithm FROM kernel_sealblock b
    WHERE b.after_id = (SELECT max(o.after_id) FROM kernel_sealblock o WHERE o.after_id < $1)
        AND b.from_xid <= $2 AND $2 < b.to_xid
$$;

-- In every entry of these rows the columns are given the values that the rows have now, which tell nothing of the person;
-- how many entries changed. Each leaves a record of the hash it was sealed under and of the one it has now. The owner's: the
-- application may ask for it, in columns that models declare as personal, and for nothing else. `others`: number of an entry →
-- hash in hexadecimal, of entries that are sealed with what PostgreSQL does not know.
CREATE OR REPLACE FUNCTION kernel_erase(of_table text, ids uuid[], columns text[], others jsonb, who text, why text, told timestamptz)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    changed bigint;
BEGIN
    IF EXISTS (SELECT FROM unnest(columns) c WHERE (of_table, c) NOT IN (SELECT e.of_table, e.of_column FROM kernel_erasable_columns() e)) THEN
        RAISE EXCEPTION '%.% is not declared as personal', of_table, columns;
    END IF;
    IF who = '' OR why = '' THEN
        RAISE EXCEPTION 'erasing needs somebody and a reason';
    END IF;
    PERFORM pg_advisory_xact_lock(20210925, 21);  -- no block is sealed meanwhile
    EXECUTE format($sql$
        WITH fresh AS MATERIALIZED (
            SELECT t.id, (SELECT jsonb_object_agg(v.key, v.value) FROM jsonb_each(to_jsonb(t)) v WHERE v.key = ANY ($2)) AS told
            FROM %1$I t WHERE t.id = ANY ($1)
        ), was AS MATERIALIZED (
            SELECT h.id, h.at, h.row_id, h.transaction_id, f.told, sha256(convert_to(kernel_sealed_text(h.id, h.at, h.transaction_id,
                h.table_name, h.row_id, h.operation, h.row, h.before, h.actor, h.reason, h.request_id, h.import_id), 'UTF8')) AS digest
            FROM kernel_history h JOIN fresh f ON f.id = h.row_id
            WHERE h.table_name = $3 AND (
                EXISTS (SELECT FROM jsonb_each(f.told) v WHERE h.row ? v.key AND h.row -> v.key IS DISTINCT FROM v.value)
                OR EXISTS (SELECT FROM jsonb_each(f.told) v WHERE h.before ? v.key AND h.before -> v.key IS DISTINCT FROM v.value))
        ), is_now AS (
            UPDATE kernel_history h SET
                row = h.row || (SELECT coalesce(jsonb_object_agg(v.key, v.value), '{}') FROM jsonb_each(w.told) v WHERE h.row ? v.key),
                before = h.before || (SELECT coalesce(jsonb_object_agg(v.key, v.value), '{}') FROM jsonb_each(w.told) v WHERE h.before ? v.key)
            FROM was w WHERE h.id = w.id AND h.at = w.at
            RETURNING h.id, sha256(convert_to(kernel_sealed_text(h.id, h.at, h.transaction_id, h.table_name, h.row_id, h.operation,
                h.row, h.before, h.actor, h.reason, h.request_id, h.import_id), 'UTF8')) AS digest
        )
        INSERT INTO kernel_erasedentry (id, entry_id, of_table, row_id, fields, was, is_now, erased_at, erased_by, reason)
        SELECT gen_random_uuid(), w.id, $3, w.row_id, to_jsonb($2),
            CASE kernel_sealed_by(w.id, w.transaction_id)
                WHEN 'sha256' THEN kernel_sealed_digest(w.id, w.digest)
                ELSE coalesce((SELECT e.was FROM kernel_erasedentry e WHERE e.entry_id = w.id AND e.is_now = w.digest LIMIT 1),
                    decode($4 ->> w.id::text, 'hex')) END,
            n.digest, $7, $5, $6
        FROM was w JOIN is_now n USING (id)
    $sql$, of_table) USING ids, columns, of_table, others, who, why, told;
    GET DIAGNOSTICS changed = ROW_COUNT;
    IF EXISTS (
        SELECT FROM kernel_erasedentry e JOIN kernel_history h ON h.id = e.entry_id
        WHERE e.of_table = kernel_erase.of_table AND e.row_id = ANY (ids) AND e.was IS NULL
            AND kernel_sealed_by(h.id, h.transaction_id) IS NOT NULL AND e.erased_at = told
    ) THEN
        RAISE EXCEPTION 'an entry sealed otherwise came without its hash';
    END IF;
    RETURN changed;
END $$;
